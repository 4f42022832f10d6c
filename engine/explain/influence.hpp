// What a part of the tree is worth to an output: the output's value if what the part is made of
// stood at its best, everything else and all rules as they are, those on the part itself too.
// Answers "what would turn it round" one part at a time, and where a floor or cap stops it, which.
#pragma once
#include <map>
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::explain {

/// A floor or cap of a rule that its target stands at.
struct Hold {
  RuleId rule;
  std::size_t effect = 0;  // index into the rule's effects; its kind is at_least or at_most
  double amount = 0;       // points
};

struct AtBest {
  double value = 0;           // of the output, with the node at its best
  std::vector<Hold> held_by;  // what keeps the output from coming out better; by rule, then effect;
                              // empty where nothing does
  double without_holds =
      0;  // the same value were those floors and caps not there; `value` where nothing holds it
  double unheld_today = 0;  // the output without those floors and caps, the node as it is; the
                            // output's value where nothing holds it
};

/// By NodeId of every factor below `output` (inner factors too) and every leaf taken in there: a
/// factor's combination (its base) at its best, a leaf's datum at its best. Empty where the output
/// is not rated.
std::map<NodeId, AtBest> at_best(const evaluate::Case& scenario_case, ViewpointId viewpoint,
                                 const std::string& country, NodeId output);

}  // namespace waystone::explain
