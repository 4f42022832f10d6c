// What a part of the tree is worth to an output: the output's value if that part stood at its best, everything else and all rules
// as they are. Answers "what would turn it round" one part at a time.
#pragma once
#include <map>

#include "evaluate/assess.hpp"

namespace waystone::explain {

/// By NodeId of every factor below `output` (inner factors too) and every leaf taken in there: the output's value with the node at
/// its best score. Empty where the output is not rated.
std::map<NodeId, double> at_best(const evaluate::Case& scenario_case, ViewpointId viewpoint, const std::string& country, NodeId output);

}  // namespace waystone::explain
