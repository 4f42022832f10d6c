#include "explain/ledger.hpp"

#include <cmath>

#include "evaluate/evaluate.hpp"
#include "evaluate/kernels.hpp"

namespace waystone::explain {
namespace {

// Whether the operation has no result of its own from these operands, or another, and yet one is
// known.
bool known_by_range(const Entry& entry) {
  if (entry.operation->code == program::OpCode::input || std::isnan(entry.result)) return false;
  std::vector<const double*> in;
  std::vector<evaluate::SlotView> slots;
  for (const double& value : entry.in) in.push_back(&value);
  for (const double& numeral : entry.slots) slots.push_back({&numeral, 0});
  double own = 0;
  evaluate::run(*entry.operation, {in.data(), slots.data(), &own, 1});
  return own != entry.result;
}

}  // namespace

Ledger ledger(const evaluate::Case& scenario_case, ViewpointId viewpoint,
              const std::string& country, NodeId output) {
  const program::Program& program = *scenario_case.program;
  const evaluate::Frame frame = evaluate::frame_of(scenario_case, viewpoint, country);
  const std::vector<double> registers = evaluate::trace(program, frame, 0);
  const std::vector<RegisterId> wanted{program[output].value};
  const evaluate::Plan plan(program, wanted);
  Ledger result;
  result.output = output;
  result.result = registers[program[output].value.index];
  for (const std::uint32_t index : plan.operations()) {
    const program::Operation& operation = program.operations[index];
    Entry entry{operation.out, &operation, {}, {}, registers[index], false};
    for (const RegisterId in : operation.in) entry.in.push_back(registers[in.index]);
    for (const SlotId slot : operation.slots) entry.slots.push_back(frame.slots[slot.index]);
    entry.by_range = known_by_range(entry);
    result.entries.push_back(std::move(entry));
  }
  return result;
}

std::vector<GivenInput> given_inputs(const evaluate::Case& scenario_case,
                                     const std::string& country) {
  const std::size_t lane = scenario_case.lane_of(country);
  const evaluate::Frame& frame = scenario_case.frame;
  std::vector<GivenInput> given;
  for (const program::Input& input : scenario_case.program->inputs) {
    const std::size_t i = given.size();
    given.push_back({&input, frame.value(lane, i), frame.low(lane, i), frame.high(lane, i)});
  }
  return given;
}

}  // namespace waystone::explain
