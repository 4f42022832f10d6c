// Several people's or sources' weights made one. S. French: "Group consensus probability
// distributions: a critical survey", in "Bayesian Statistics 2", North-Holland, 1985: the linear
// opinion pool Σ t_k w_ik / Σ t and the logarithmic one, proportional to Π w_ik^(t_k / Σ t).
#pragma once
#include "fit/proposal.hpp"

namespace waystone::fit {

/// `shares`: members x sources, columns that add up to 1; `trust`: above 0, one a source. Empty
/// where there is no source, trust is not finite and above 0, or a geometric mean leaves nothing
/// since each member has a 0 from someone. One source's 0 makes a geometric share 0.
arma::vec pool(const arma::mat& shares, const arma::vec& trust, Pool how);

/// The same for the proposals that were found.
arma::vec pool(const std::vector<Proposal>& proposals, Pool how);

}  // namespace waystone::fit
