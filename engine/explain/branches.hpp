// What branches come to: possible courses with a probability each.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::explain {

struct BranchResult {
  const scenario::Branch* branch = nullptr;
  std::shared_ptr<const evaluate::Case> scenario_case;
  evaluate::Assessment assessment;
};

/// Results by group, groups and results in the order in which they are written.
std::vector<std::pair<std::string, std::vector<const BranchResult*>>> branch_groups(
    const std::vector<BranchResult>& branches);
/// The mean of an output over one group's branches by their probabilities; NaN where a branch that
/// may happen is not rated. `view`: index of the viewpoint.
double expected_value(const std::vector<const BranchResult*>& group, std::size_t view,
                      const std::string& country, NodeId output);

}  // namespace waystone::explain
