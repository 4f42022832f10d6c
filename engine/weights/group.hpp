// The weights of one node under one viewpoint: what tuning sets and robustness moves.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "program/program.hpp"
#include "weights/domain.hpp"

namespace waystone::weights {

struct Group {
  NodeId node;
  ViewpointId viewpoint;             // invalid where the node's weights are its own
  std::vector<std::string> members;  // names, in the model's (alphabetical) order
  arma::vec now;                     // shares: as the rule files have them, scaled to add up to 1
  double written_total = 100;        // what the numerals add up to: 100 where they are percent
  bool percent = true;               // written in percent, else in parts
  bool multipliers = false;          // of a sum: the numerals times the scores, not shares
  Domain domain;                     // limits, locks and ties of the rule files
  std::vector<SlotId> slots;         // of the weights, by member
  std::vector<Span> numerals;        // their digits, by member

  std::size_t size() const { return members.size(); }
  /// Index of a member; nothing where there is none of that name.
  std::optional<std::size_t> find(std::string_view member) const;
};

/// Nothing where the node has no weights. `viewpoint` is looked at only where the node takes its
/// weights from viewpoints.
std::optional<Group> group_of(const model::Model& model, const program::Program& program,
                              NodeId node, ViewpointId viewpoint);

/// Nodes whose weights can be tuned: those with weighted members, in name order, the main output
/// first where it is one.
std::vector<NodeId> weighted_nodes(const model::Model& model);

}  // namespace waystone::weights
