// What a part of the tree is worth to an output: the output's value with the part at its best. Sets
// one fact, or one factor's combination, to its best value and re-evaluates everything, including
// rule conditions and the rules on the part itself. Answers "what would turn it round" one part at
// a time, and names the floor or cap that stops it.
#pragma once
#include <map>
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::explain {

/// A floor or cap of a rule that holds its target.
struct Hold {
  RuleId rule;
  std::size_t effect = 0;  // index into the rule's effects; its kind is at_least or at_most
  double amount = 0;       // points
};

struct AtBest {
  double value = 0;           // of the output, with the node at its best
  std::vector<Hold> held_by;  // what keeps the output from being better; by rule, then effect;
                              // empty where nothing does
  double without_holds = 0;   // the same without those floors and caps; `value` if nothing holds it
  double unheld_today = 0;    // the output without those floors and caps, the node as it is; the
                              // output's value where nothing holds it
};

/// By NodeId of every factor below `output` (inner factors too) and every leaf that they read: with
/// a factor's combination (its base) at its best, or a leaf's datum. Empty if the output is not
/// rated.
std::map<NodeId, AtBest> at_best(const evaluate::Case& scenario_case, ViewpointId viewpoint,
                                 const std::string& country, NodeId output);

/// The value of a leaf at which its curve is best.
double best_datum(const model::Curve& curve);

}  // namespace waystone::explain
