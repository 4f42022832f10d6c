#include "explain/branches.hpp"

#include <algorithm>

namespace waystone::explain {

std::vector<std::pair<std::string, std::vector<const BranchResult*>>> branch_groups(
    const std::vector<BranchResult>& branches) {
  std::vector<std::pair<std::string, std::vector<const BranchResult*>>> groups;
  for (const BranchResult& branch : branches) {
    const auto found = std::find_if(groups.begin(), groups.end(),
                                    [&](const auto& g) { return g.first == branch.branch->group; });
    if (found != groups.end())
      found->second.push_back(&branch);
    else
      groups.push_back({branch.branch->group, {&branch}});
  }
  return groups;
}

double expected_value(const std::vector<const BranchResult*>& group, std::size_t view,
                      const std::string& country, NodeId output) {
  double sum = 0;
  for (const BranchResult* branch : group)
    if (branch->branch->probability > 0)
      sum += branch->branch->probability *
             (*branch->assessment.views[view].find(country))[output].value;
  return sum;
}

}  // namespace waystone::explain
