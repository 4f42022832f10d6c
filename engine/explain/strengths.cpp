#include "explain/strengths.hpp"

#include <algorithm>
#include <cmath>

namespace waystone::explain {
namespace {

using program::OpCode;
using program::Operation;
using program::Program;

// The register after a strength: of what takes in the value before it, the one written there.
RegisterId after(const Program& program, RegisterId value, const model::Strength& strength) {
  const auto found =
      std::find_if(program.operations.begin(), program.operations.end(), [&](const Operation& op) {
        return op.code == OpCode::strength && op.in[0] == value && op.where == strength.where;
      });
  return found == program.operations.end() ? value : found->out;
}

}  // namespace

std::map<NodeId, std::vector<StrengthEffect>> strengths(const evaluate::Case& scenario_case,
                                                        ViewpointId viewpoint,
                                                        const std::string& country) {
  const model::Model& model = *scenario_case.model;
  const Program& program = *scenario_case.program;
  const std::vector<double> values =
      evaluate::trace(program, evaluate::frame_of(scenario_case, viewpoint, country), 0);
  std::map<NodeId, std::vector<StrengthEffect>> result;
  for (std::size_t n = 0; n < model.nodes.size(); ++n) {
    if (!model.nodes[n].is_factor()) continue;
    RegisterId value = program.nodes[n].base;
    for (const model::Strength& strength : model.nodes[n].factor().strengths) {
      const RegisterId then = after(program, value, strength);
      const bool unknown = std::isnan(
          values[program.nodes[strength.node.index].score.index]);  // then the score goes without,
                                                                    // and the bounds cover it
      StrengthEffect effect{values[value.index] - values[then.index], {}};
      for (const RuleId rule : strength.unless)
        if (values[program.rules[rule.index].truth.index] > 0) effect.off_by.push_back(rule);
      if (unknown && effect.off_by.empty()) effect.lowers = std::nan("");
      result[NodeId{n}].push_back(std::move(effect));
      value = then;
    }
  }
  return result;
}

}  // namespace waystone::explain
