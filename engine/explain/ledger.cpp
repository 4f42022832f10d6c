#include "explain/ledger.hpp"

namespace waystone::explain {

Ledger ledger(const evaluate::Case& scenario_case, ViewpointId viewpoint, const std::string& country, NodeId output) {
  const program::Program& program = *scenario_case.program;
  const evaluate::Frame frame = evaluate::frame_of(scenario_case, viewpoint);
  const std::vector<double> registers = evaluate::trace(program, frame, scenario_case.lane_of(country));
  const std::vector<RegisterId> wanted{program[output].value};
  const evaluate::Plan plan(program, wanted);
  Ledger result;
  result.output = output;
  result.result = registers[program[output].value.index];
  for (const std::uint32_t index : plan.operations()) {
    const program::Operation& operation = program.operations[index];
    Entry entry{operation.out, &operation, {}, {}, registers[index]};
    for (const RegisterId in : operation.in) entry.in.push_back(registers[in.index]);
    for (const SlotId slot : operation.slots) entry.slots.push_back(frame.slots[slot.index]);
    result.entries.push_back(std::move(entry));
  }
  return result;
}

}  // namespace waystone::explain
