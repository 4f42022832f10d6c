#include "explain/influence.hpp"

#include <set>

namespace waystone::explain {
namespace {

// Everything below an output: factors, and the leaves that members take in.
std::set<NodeId> below(const model::Model& model, NodeId output) {
  std::set<NodeId> found;
  std::vector<NodeId> open{output};
  const auto include = [&](NodeId node) {
    if (node != output && found.insert(node).second && model[node].is_factor()) open.push_back(node);
  };
  const auto names = [&](const auto& self, const model::Expression& e) -> void {
    if (e.node.valid()) include(e.node);
    for (const auto& argument : e.arguments) self(self, argument);
  };
  while (!open.empty()) {
    const model::Factor& factor = model[open.back()].factor();
    open.pop_back();
    for (const model::Member& member : factor.members) include(member.node);
    if (factor.expression) names(names, *factor.expression);
  }
  return found;
}

}  // namespace

std::map<NodeId, double> at_best(const evaluate::Case& scenario_case, ViewpointId viewpoint, const std::string& country, NodeId output) {
  const model::Model& model = *scenario_case.model;
  const program::Program& program = *scenario_case.program;
  const evaluate::Frame frame = evaluate::select_lanes(evaluate::frame_of(scenario_case, viewpoint), {scenario_case.lane_of(country)});
  const std::vector<RegisterId> wanted{program[output].value};
  const evaluate::Plan plan(program, wanted);
  std::map<NodeId, double> result;
  for (const NodeId node : below(model, output)) {
    if (!program[node].score.valid()) continue;  // read raw by an expression
    const bool better = model[node].is_factor() && model[node].factor().higher_is_better;
    evaluate::Frame best = frame;
    best.pins.push_back({program[node].score, arma::vec(1, arma::fill::value(better ? 100.0 : 0.0))});
    const double value = evaluate::evaluate(plan, best)(0, 0);
    if (!std::isnan(value)) result[node] = value;
  }
  return result;
}

}  // namespace waystone::explain
