// What the strengths of a factor do: how much each lowers it, or which rule switches it off.
#pragma once
#include <map>
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::explain {

struct StrengthEffect {
  double lowers = 0;           // points by which it lowers the factor; NaN where it is not known
  std::vector<RuleId> off_by;  // rules that switch it off; empty where it acts
};

/// By NodeId of every factor with strengths; within it in the order of model::Factor::strengths.
std::map<NodeId, std::vector<StrengthEffect>> strengths(const evaluate::Case& scenario_case,
                                                        ViewpointId viewpoint,
                                                        const std::string& country);

}  // namespace waystone::explain
