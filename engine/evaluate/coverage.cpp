// What a score rests on: the shares of its weight on known data and on judgement (SEMANTICS 3).
#include <algorithm>

#include "evaluate/assess.hpp"

namespace waystone::evaluate {
namespace {

using model::Expression;
using model::Model;
using model::Node;
using model::NodeKind;

Coverage of_fact(const data::Chosen& fact) {
  using scenario::Grade;
  const bool filled_in = fact.value && !fact.known && fact.grade == Grade::assumed;
  const bool judged = (fact.known && fact.grade == Grade::judged) || filled_in;
  return {fact.known ? 1.0 : 0.0, judged ? 1.0 : 0.0};
}

std::vector<NodeId> names_in(const Expression& expression) {
  std::vector<NodeId> found;
  const auto walk = [&](const auto& self, const Expression& e) -> void {
    if (e.node.valid()) found.push_back(e.node);
    for (const Expression& argument : e.arguments) self(self, argument);
  };
  walk(walk, expression);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// Every name an expression reads counts the same, once.
Coverage of_names(const std::vector<NodeId>& names, const std::vector<Coverage>& nodes) {
  if (names.empty()) return {1, 0};
  Coverage sum;
  for (const NodeId name : names) {
    sum.known += nodes[name.index].known;
    sum.judged += nodes[name.index].judged;
  }
  return {sum.known / double(names.size()), sum.judged / double(names.size())};
}

Coverage of_factor(const model::Factor& factor, std::size_t profile, const std::vector<Coverage>& nodes) {
  const auto weight = [&](std::size_t m) {
    if (factor.weights.empty()) return 1.0;
    return factor.weights[factor.weights_from_viewpoint ? profile : 0][m].value;
  };
  Coverage sum;
  double total = 0;
  for (std::size_t m = 0; m < factor.members.size(); ++m) {
    const Coverage& member = nodes[factor.members[m].node.index];
    sum.known += weight(m) * member.known;
    sum.judged += weight(m) * member.judged;
    total += weight(m);
  }
  return {sum.known / total, sum.judged / total};
}

}  // namespace

Shares::Shares(const Model& model, ViewpointId viewpoint)
    : model_(&model), indicators_(data::indicators(model)), names_(model.nodes.size()), profile_(viewpoint.valid() ? viewpoint.index : 0) {
  for (std::size_t n = 0; n < model.nodes.size(); ++n) {
    const Node& node = model.nodes[n];
    if (node.kind == NodeKind::derived) names_[n] = names_in(node.derived().value);
    else if (node.is_factor() && node.factor().expression) names_[n] = names_in(*node.factor().expression);
  }
}

std::vector<Coverage> Shares::of(const std::vector<data::Chosen>& facts) const {
  std::vector<Coverage> nodes(names_.size());
  for (std::size_t k = 0; k < indicators_.size(); ++k) nodes[indicators_[k].index] = of_fact(facts[k]);
  for (const model::Step& step : model_->order) {
    const NodeId* id = std::get_if<NodeId>(&step);
    if (!id) continue;
    const Node& node = (*model_)[*id];
    if (node.kind == NodeKind::parameter) nodes[id->index] = {1, 0};
    else if (node.kind == NodeKind::derived || (node.is_factor() && node.factor().expression)) nodes[id->index] = of_names(names_[id->index], nodes);
    else if (node.is_factor()) nodes[id->index] = of_factor(node.factor(), profile_, nodes);
  }
  return nodes;
}

}  // namespace waystone::evaluate
