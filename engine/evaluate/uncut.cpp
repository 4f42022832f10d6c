#include "evaluate/uncut.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace waystone::evaluate {
namespace {

using model::EffectKind;
using program::OpCode;
using program::Operation;
using program::Program;

// The operations from what a node is worked out to, to its final value: each reads the one before
// it first.
std::vector<const Operation*> acting_on(const Program& program,
                                        const program::NodeRegisters& node) {
  std::vector<const Operation*> steps;
  for (RegisterId at = node.value; at != node.base;) {
    steps.push_back(&program.operations[at.index]);
    at = steps.back()->in[0];
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

bool has_limit(const Operation& operation) {
  return operation.code == OpCode::limit || operation.code == OpCode::weighted_sum;
}

RegisterId add_operation(Program& program, Operation operation) {
  operation.out = RegisterId{program.operations.size()};
  program.operations.push_back(std::move(operation));
  return program.operations.back().out;
}

Operation without_limit(Operation operation) {
  operation.low = -std::numeric_limits<double>::infinity();
  operation.high = std::numeric_limits<double>::infinity();
  return operation;
}

CutStep step_of(EffectKind kind) {
  switch (kind) {
    case EffectKind::scale: return CutStep::scale;
    case EffectKind::add: return CutStep::add;
    case EffectKind::at_most: return CutStep::at_most;
    case EffectKind::at_least: break;
  }
  return CutStep::at_least;
}

// The effects of one kind of an operation that has several.
Operation only(EffectKind kind, const Operation& all) {
  Operation some = all;
  some.in.resize(1);
  some.effects.clear();
  for (std::size_t e = 0; e < all.effects.size(); ++e) {
    if (all.effects[e] != kind) continue;
    some.effects.push_back(kind);
    some.in.insert(some.in.end(), {all.in[1 + 2 * e], all.in[2 + 2 * e]});
  }
  return some;
}

}  // namespace

Uncut::Uncut(const Program& program, bool with_overrides) : program_(program) {
  for (std::size_t n = 0; n < program.nodes.size(); ++n) {
    Steps of{NodeId{n}, {}};
    RegisterId at = program.nodes[n].base;
    if (const Operation& base = program.operations[at.index]; has_limit(base)) {
      const RegisterId raw = add_operation(program_, without_limit(base));
      of.steps.push_back({CutStep::combination, column(at), column(raw), column(at)});
    }
    for (const Operation* op : acting_on(program, program.nodes[n])) {
      if (op->code == OpCode::adjust && !with_overrides) continue;
      if (op->code == OpCode::effects)
        add_effects(of, *op, at);
      else if (op->code == OpCode::strength || op->code == OpCode::adjust)
        add_step(of, op->code == OpCode::adjust ? CutStep::adjust : CutStep::strength, *op, at);
    }
    if (!of.steps.empty()) nodes_.push_back(std::move(of));
  }
}

std::size_t Uncut::column(RegisterId reg) {
  wanted_.push_back(reg);
  return wanted_.size() - 1;
}

void Uncut::add_step(Steps& to, CutStep kind, Operation operation, RegisterId& at) {
  const std::size_t before = column(at);
  operation.in[0] = at;
  const RegisterId raw = add_operation(program_, without_limit(operation));
  at = add_operation(program_, std::move(operation));
  to.steps.push_back({kind, before, column(raw), column(at)});
}

// Each kind of effect is a step of its own, with the limit after it.
void Uncut::add_effects(Steps& to, const Operation& operation, RegisterId& at) {
  for (const EffectKind kind :
       {EffectKind::scale, EffectKind::add, EffectKind::at_most, EffectKind::at_least})
    if (Operation some = only(kind, operation); !some.effects.empty())
      add_step(to, step_of(kind), std::move(some), at);
}

void Uncut::mark(const Frame& frame, std::size_t from, ViewResult& view) const {
  const arma::mat values = evaluate(Plan(program_, wanted_), frame);
  for (std::size_t lane = 0; lane < frame.lanes(); ++lane)
    for (const Steps& of : nodes_) {
      NodeResult& node = view.countries[from + lane].nodes[of.node.index];
      if (std::isnan(node.value)) continue;
      CutStep where = CutStep::combination;
      for (const Step& step : of.steps) {
        const double before = values(lane, step.before), raw = values(lane, step.raw),
                     after = values(lane, step.after);
        const bool cut = differs(raw, after);
        // What leaves a cut value as it is doesn't make it another.
        if (!cut && !(step.kind != CutStep::combination && differs(after, before))) continue;
        if (!std::isnan(node.uncut)) node.cut_before.push_back({where, node.uncut, before});
        node.uncut = cut ? raw : unknown_value;
        where = step.kind;
      }
    }
}

}  // namespace waystone::evaluate
