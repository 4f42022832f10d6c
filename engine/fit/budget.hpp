// Budget allocation: people share out points, the weights are the pooled shares. OECD and Joint
// Research Centre: "Handbook on Constructing Composite Indicators", OECD, 2008, section 6.5.
#pragma once
#include "fit/pooling.hpp"

namespace waystone::fit {

/// By member: lowest and highest share over the people, standard deviation. `shares`: members x
/// people.
BudgetFindings spread_of(const arma::mat& shares);

/// All people's budgets as one proposal, whose trust is the mean of theirs; each person is one
/// judgement.
Proposal propose(const std::vector<Budget>& budgets, Pool how, const weights::Group& group);

}  // namespace waystone::fit
