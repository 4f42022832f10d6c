#include "evaluate/uncut.hpp"

#include <algorithm>
#include <limits>

namespace waystone::evaluate {
namespace {

using program::OpCode;
using program::Operation;
using program::Program;

bool has_limit(OpCode code) {
  const program::NaturalRange range = program::row_of(code).range;
  return range == program::NaturalRange::cut_score || range == program::NaturalRange::declared;
}

// The operations from what a node is worked out to, to its final value: each reads the one before
// it first. Where the first can't leave the scale it is not among them.
std::vector<const Operation*> steps_of(const Program& program, const program::NodeRegisters& node) {
  std::vector<const Operation*> steps;
  RegisterId at = node.value;
  while (at != node.base) {
    steps.push_back(&program.operations[at.index]);
    at = steps.back()->in[0];
  }
  if (has_limit(program.operations[at.index].code)) steps.push_back(&program.operations[at.index]);
  std::reverse(steps.begin(), steps.end());
  return steps;
}

RegisterId add(Program& program, Operation operation) {
  operation.out = RegisterId{program.operations.size()};
  program.operations.push_back(std::move(operation));
  return program.operations.back().out;
}

}  // namespace

Uncut without_limits(const Program& program, bool with_overrides) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Uncut uncut{program, {}, {}};
  for (std::size_t n = 0; n < program.nodes.size(); ++n) {
    const auto steps = steps_of(program, program.nodes[n]);
    const bool may_be_cut = std::any_of(steps.begin(), steps.end(), [&](const Operation* op) {
      return op->code != OpCode::adjust || with_overrides;
    });
    if (!may_be_cut) continue;
    RegisterId last;
    for (const Operation* op : steps) {
      Operation step = *op;
      step.low = -infinity;
      step.high = infinity;
      if (last.valid()) step.in[0] = last;
      last = add(uncut.program, std::move(step));
    }
    uncut.nodes.emplace_back(n);
    uncut.results.push_back(last);
  }
  return uncut;
}

}  // namespace waystone::evaluate
