// What of a difference between two rule files comes from which factor's rules. Internal to the
// room.
//
// Players are the factors and outputs that both files have: each is worked out as the one file or
// as the other says, from what the factors below it come to. Shapley values of these; factors of
// one file alone belong to those that read them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "explain/attribution.hpp"

namespace waystone::explain {

struct RulesPart {
  std::string node;  // factor or output that both files have
  double points = 0;
};

struct RulesChange {
  double from = 0, to = 0;       // the node's values by the one file and by the other
  std::vector<RulesPart> parts;  // those that differ, by name; add up to `to - from`
  bool split = true;             // else one part, the node's own: the files order factors in
                                 // contrary ways, or some mix of them is not rated
  bool sampled = false;          // too many parts for the exact sum: drawn orders, the same always
  double standard_error = 0;     // of a part, the largest
};

/// One country's facts by two rule files, each side with the program of its own. Nothing where
/// either is not rated.
std::optional<RulesChange> rules_change(const Side& from, NodeId node_from, const Side& to,
                                        NodeId node_to);

}  // namespace waystone::explain
