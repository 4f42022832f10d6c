#include "explain/reasons.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "model/dependencies.hpp"

namespace waystone::explain {
namespace {

// Collects indicators, looking through everything that is computed. Each node and rule is entered
// once.
class Collector {
 public:
  explicit Collector(const model::Model& model) : model_(model) {}

  void enter(NodeId id) {
    if (!nodes_.insert(id).second) return;
    if (model_[id].kind == model::NodeKind::indicator) found_.insert(id);
    read(model::reads_of(model_[id]));
  }

  void condition(RuleId rule) {
    if (rules_.insert(rule).second) read_expression(model_[rule].when);
  }

  void read_expression(const model::Expression& e) {
    for (const NodeId node : model::nodes_in(e)) enter(node);
    for (const RuleId rule : model::rules_in(e)) condition(rule);
  }

  /// What the rules read that act on what was entered, and those that switch its strengths off.
  void follow_rules() {
    for (std::size_t known = 0; known != nodes_.size() + rules_.size();) {
      known = nodes_.size() + rules_.size();
      for (std::size_t r = 0; r < model_.rules.size(); ++r)
        for (const model::Effect& effect : model_.rules[r].effects) {
          if (!nodes_.contains(effect.target)) continue;
          condition(RuleId{r});
          read_expression(effect.amount);
        }
      for (const NodeId node : std::vector<NodeId>(nodes_.begin(), nodes_.end()))
        for (const RuleId rule : model::reads_of(model_[node]).switches) condition(rule);
    }
  }

  const std::set<RuleId>& rules() const { return rules_; }
  const std::set<NodeId>& nodes() const { return nodes_; }
  std::vector<NodeId> found() const { return {found_.begin(), found_.end()}; }

 private:
  void read(const model::Reads& reads) {
    for (const NodeId node : reads.nodes) enter(node);
    for (const RuleId rule : reads.rules) condition(rule);
  }

  const model::Model& model_;
  std::set<NodeId> nodes_, found_;
  std::set<RuleId> rules_;
};

// What a node rests on, with what the rules on it read.
Collector behind(const model::Model& model, NodeId node) {
  Collector collector(model);
  collector.enter(node);
  collector.follow_rules();
  return collector;
}

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
    for (const NodeId read : model::reads_of(model[next]).nodes) open.push_back(read);
  }
  return found;
}

std::set<NodeId> nodes_behind(const model::Model& model, NodeId node) {
  return behind(model, node).nodes();
}

std::vector<NodeId> worked_out_from(const model::Model& model, NodeId node) {
  if (!node.valid()) return {};
  if (model[node].is_factor()) return model::parts_of(model[node].factor());
  if (model[node].kind == model::NodeKind::derived)
    return model::nodes_in(model[node].derived().value);
  return {};
}

std::vector<NodeId> indicators_below(const model::Model& model, NodeId node) {
  Collector collector(model);
  collector.enter(node);
  return collector.found();
}

std::vector<NodeId> facts_behind(const model::Model& model, NodeId node) {
  return behind(model, node).found();
}

std::set<RuleId> rules_behind(const model::Model& model, NodeId node) {
  return behind(model, node).rules();
}

std::set<NodeId> last_told(const model::Model& model, NodeId output, int depth) {
  if (!model[output].is_factor()) return {};
  std::set<NodeId> level{output};
  for (int k = 1; k < depth; ++k) {
    std::set<NodeId> next;
    for (const NodeId node : level)
      for (const NodeId part : model::parts_of(model[node].factor()))
        if (model[part].is_factor()) next.insert(part);
    level = std::move(next);
  }
  return level;
}

bool is_read(const program::Program& program, RuleId rule) {
  return std::any_of(
      program.operations.begin(), program.operations.end(), [&](const program::Operation& op) {
        return op.code != program::OpCode::effects &&
               std::find(op.in.begin(), op.in.end(), program[rule].truth) != op.in.end();
      });
}

std::vector<RuleId> left_out(const evaluate::CountryResult& country, NodeId output) {
  std::vector<RuleId> rules;
  for (std::size_t r = 0; r < country.rules.size(); ++r)
    if (country.rules[r].would_move.contains(output) && country.rules[r].is_left_out())
      rules.emplace_back(r);
  return rules;
}

std::vector<RuleId> of_open_amount(const evaluate::CountryResult& country, NodeId output) {
  std::vector<RuleId> rules;
  for (std::size_t r = 0; r < country.rules.size(); ++r)
    if (country.rules[r].would_move.contains(output) && !country.rules[r].is_left_out())
      rules.emplace_back(r);
  return rules;
}

double influence(const model::Model& model, NodeId output, double value, double at_best) {
  return model[output].factor().higher_is_better ? at_best - value : value - at_best;
}

}  // namespace waystone::explain
