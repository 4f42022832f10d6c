// What reads what in a model: one walk that every question about it shares.
#pragma once
#include <set>
#include <vector>

#include "model/model.hpp"
#include "syntax/walk.hpp"

namespace waystone::model {

using syntax::any_part;
using syntax::for_each_part;

/// The nodes and rules that an expression names, each once, in the order in which they are written.
std::vector<NodeId> nodes_in(const Expression& expression);
std::vector<RuleId> rules_in(const Expression& expression);

/// What a factor is put together from: its members, or the nodes that its expression names. Its
/// strengths are not among them.
std::vector<NodeId> parts_of(const Factor& factor);

/// What is read directly. Each once, ascending; names that don't resolve are left out.
struct Reads {
  std::vector<NodeId> nodes;
  std::vector<RuleId> rules;     // whose truth an expression asks
  std::vector<RuleId> switches;  // that switch a strength off
};

Reads reads_of(const Node& node);
/// Its condition and amounts.
Reads reads_of(const Rule& rule);

class Dependencies {
 public:
  explicit Dependencies(const Model& model);

  const Reads& of(NodeId node) const { return nodes_[node.index]; }
  const Reads& of(RuleId rule) const { return rules_[rule.index]; }
  /// Rules with an effect on the node, each once, ascending.
  const std::vector<RuleId>& acting_on(NodeId node) const { return acting_[node.index]; }

 private:
  std::vector<Reads> nodes_, rules_;
  std::vector<std::vector<RuleId>> acting_;
};

}  // namespace waystone::model
