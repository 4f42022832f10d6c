#include "model/dependencies.hpp"

#include <algorithm>

namespace waystone::model {
namespace {

template <class Id>
void add_once(std::vector<Id>& to, Id id) {
  if (id.valid() && std::find(to.begin(), to.end(), id) == to.end()) to.push_back(id);
}

template <class Id>
void settle_ids(std::vector<Id>& ids) {
  std::erase_if(ids, [](Id id) { return !id.valid(); });
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

void read_expression(const Expression& expression, Reads& reads) {
  for_each_part(expression, [&](const Expression& part) {
    reads.nodes.push_back(part.node);
    reads.rules.push_back(part.rule);
  });
}

Reads settled(Reads reads) {
  settle_ids(reads.nodes);
  settle_ids(reads.rules);
  settle_ids(reads.switches);
  return reads;
}

}  // namespace

std::vector<NodeId> nodes_in(const Expression& expression) {
  std::vector<NodeId> nodes;
  for_each_part(expression, [&](const Expression& part) { add_once(nodes, part.node); });
  return nodes;
}

std::vector<RuleId> rules_in(const Expression& expression) {
  std::vector<RuleId> rules;
  for_each_part(expression, [&](const Expression& part) { add_once(rules, part.rule); });
  return rules;
}

std::vector<NodeId> parts_of(const Factor& factor) {
  if (factor.expression) return nodes_in(*factor.expression);
  std::vector<NodeId> nodes;
  for (const model::Member& member : factor.members) nodes.push_back(member.node);
  return nodes;
}

Reads reads_of(const Node& node) {
  Reads reads;
  if (node.kind == NodeKind::derived) read_expression(node.derived().value, reads);
  if (node.is_factor()) {
    for (const model::Member& member : node.factor().members) reads.nodes.push_back(member.node);
    for (const Strength& strength : node.factor().strengths) {
      reads.nodes.push_back(strength.node);
      reads.switches.insert(reads.switches.end(), strength.unless.begin(), strength.unless.end());
    }
    if (node.factor().expression) read_expression(*node.factor().expression, reads);
  }
  return settled(std::move(reads));
}

Reads reads_of(const Rule& rule) {
  Reads reads;
  read_expression(rule.when, reads);
  for (const Effect& effect : rule.effects) read_expression(effect.amount, reads);
  return settled(std::move(reads));
}

Dependencies::Dependencies(const Model& model) : acting_(model.nodes.size()) {
  for (const Node& node : model.nodes) nodes_.push_back(reads_of(node));
  for (const Rule& rule : model.rules) rules_.push_back(reads_of(rule));
  for (std::size_t r = 0; r < model.rules.size(); ++r)
    for (const Effect& effect : model.rules[r].effects)
      if (effect.target.valid()) add_once(acting_[effect.target.index], RuleId{r});
}

}  // namespace waystone::model
