#include "report/reasons.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace waystone::report {
namespace {

// Collects indicators, looking through everything that is computed. Each node and rule is entered
// once.
class Collector {
 public:
  explicit Collector(const model::Model& model) : model_(model) {}

  void read(const model::Expression& e) {
    if (e.node.valid()) enter(e.node);
    if (e.rule.valid()) condition(e.rule);
    for (const model::Expression& argument : e.arguments) read(argument);
  }

  void enter(NodeId id) {
    if (!nodes_.insert(id).second) return;
    const model::Node& node = model_[id];
    if (node.kind == model::NodeKind::indicator) found_.insert(id);
    if (node.kind == model::NodeKind::derived) read(node.derived().value);
    if (!node.is_factor()) return;
    const model::Factor& factor = node.factor();
    for (const model::Member& member : factor.members) enter(member.node);
    if (factor.expression) read(*factor.expression);
    for (const model::Strength& strength : factor.strengths) enter(strength.node);
  }

  void condition(RuleId rule) {
    if (rules_.insert(rule).second) read(model_[rule].when);
  }

  /// What the rules read that act on what was entered, and those that switch its strengths off.
  void follow_rules() {
    for (std::size_t known = 0; known != nodes_.size() + rules_.size();) {
      known = nodes_.size() + rules_.size();
      for (std::size_t r = 0; r < model_.rules.size(); ++r)
        for (const model::Effect& effect : model_.rules[r].effects) {
          if (!nodes_.contains(effect.target)) continue;
          condition(RuleId{r});
          read(effect.amount);
        }
      for (const NodeId node : std::vector<NodeId>(nodes_.begin(), nodes_.end()))
        if (model_[node].is_factor())
          for (const model::Strength& strength : model_[node].factor().strengths)
            for (const RuleId rule : strength.unless) condition(rule);
    }
  }

  const std::set<RuleId>& rules() const { return rules_; }
  const std::set<NodeId>& nodes() const { return nodes_; }
  std::vector<NodeId> found() const { return {found_.begin(), found_.end()}; }

 private:
  const model::Model& model_;
  std::set<NodeId> nodes_, found_;
  std::set<RuleId> rules_;
};

}  // namespace

std::vector<double> member_shares(const model::Factor& factor, ViewpointId viewpoint) {
  if (factor.weights.empty()) return {};
  const auto& profile =
      factor.weights[factor.weights_from_viewpoint && viewpoint.valid() ? viewpoint.index : 0];
  double total = 0;
  for (const model::Numeral& weight : profile) total += weight.value;
  std::vector<double> shares;
  for (const model::Numeral& weight : profile) shares.push_back(weight.value / total);
  return shares;
}

std::vector<NodeId> nodes_in(const model::Expression& expression) {
  std::vector<NodeId> nodes;
  const auto collect = [&](const auto& self, const model::Expression& e) -> void {
    if (e.node.valid() && std::find(nodes.begin(), nodes.end(), e.node) == nodes.end())
      nodes.push_back(e.node);
    for (const model::Expression& argument : e.arguments) self(self, argument);
  };
  collect(collect, expression);
  return nodes;
}

std::vector<NodeId> parts_of(const model::Factor& factor) {
  if (factor.expression) return nodes_in(*factor.expression);
  std::vector<NodeId> nodes;
  for (const model::Member& member : factor.members) nodes.push_back(member.node);
  return nodes;
}

std::set<NodeId> nodes_below(const model::Model& model, NodeId node) {
  std::set<NodeId> found;
  std::vector<NodeId> open{node};
  while (!open.empty()) {
    const NodeId next = open.back();
    open.pop_back();
    if (!found.insert(next).second) continue;
    if (!model[next].is_factor()) {
      for (const NodeId indicator : indicators_below(model, next)) found.insert(indicator);
      continue;
    }
    for (const NodeId part : parts_of(model[next].factor())) open.push_back(part);
    for (const model::Strength& strength : model[next].factor().strengths)
      open.push_back(strength.node);
  }
  return found;
}

std::set<NodeId> nodes_behind(const model::Model& model, NodeId node) {
  Collector collector(model);
  collector.enter(node);
  collector.follow_rules();
  return collector.nodes();
}

std::vector<NodeId> indicators_below(const model::Model& model, NodeId node) {
  Collector collector(model);
  collector.enter(node);
  return collector.found();
}

std::vector<NodeId> facts_behind(const model::Model& model, NodeId node) {
  Collector collector(model);
  collector.enter(node);
  collector.follow_rules();
  return collector.found();
}

std::set<RuleId> rules_behind(const model::Model& model, NodeId node) {
  Collector collector(model);
  collector.enter(node);
  collector.follow_rules();
  return collector.rules();
}

bool is_left_out(const evaluate::RuleResult& rule) {
  const bool open_amount =
      std::any_of(rule.effects.begin(), rule.effects.end(),
                  [](const auto& effect) { return std::isnan(effect.amount); });
  return rule.truth == evaluate::Truth::unknown ||
         (rule.truth == evaluate::Truth::yes && open_amount);
}

std::vector<RuleId> left_out(const evaluate::CountryResult& country, NodeId output) {
  std::vector<RuleId> rules;
  for (std::size_t r = 0; r < country.rules.size(); ++r)
    if (country.rules[r].would_move.contains(output)) rules.emplace_back(r);
  return rules;
}

double influence(const model::Model& model, NodeId output, double value, double at_best) {
  return model[output].factor().higher_is_better ? at_best - value : value - at_best;
}

}  // namespace waystone::report
