// `score --json`: docs/schema/score.md.
#pragma once
#include "report/json.hpp"
#include "report/pieces.hpp"
#include "report/ranking.hpp"

namespace waystone::report {

/// Country by country, so that a document of any length takes little room.
void put_score_json(const std::vector<RankedScored>& scenarios, const std::string& tool,
                    const Put& put);

/// Sum of probability times value over the branches of a group; NaN where one is not rated.
double expected_value(const std::vector<const BranchResult*>& group, std::size_t view,
                      const std::string& country, NodeId output);
/// Branches by group, groups and branches in the scenario's order.
std::vector<std::pair<std::string, std::vector<const BranchResult*>>> branch_groups(
    const std::vector<BranchResult>& branches);

}  // namespace waystone::report
