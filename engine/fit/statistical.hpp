// Weights from figures instead of judgements: equal, principal components, benefit of the doubt.
// OECD and Joint Research Centre: "Handbook on Constructing Composite Indicators", OECD, 2008,
// sections 6.1 and 6.3.
#pragma once
#include "fit/proposal.hpp"

namespace waystone::fit {

/// 1 / n each.
Proposal equal_weights(const weights::Group& group);

/// Members' scores of some subjects (countries, on one date or several).
struct ScoreTable {
  arma::mat scores;                   // subjects x members, 0..100; NaN where not rated
  std::vector<std::string> subjects;  // what they are called; as many as rows
  std::string countries;              // "Hungary and Poland": who is in it, for messages; may be ""
};

/// Principal components of the correlation matrix of the members' scores. With l_ik the loading of
/// member i on component k, of those with an eigenvalue above 1,   w_i = Σ_k l_ik² / Σ_ik l_ik²,
/// which is each component's squared loadings scaled to unity sum, weighted by the variance that it
/// explains. Squares don't depend on the signs of eigenvectors, and rotating the components changes
/// nothing. Members whose scores are all the same keep today's share; subjects with an unknown
/// score don't count. Each subject is one judgement. Fails where no member varies, or nothing is
/// correlated so that no eigenvalue is above 1 (but for a single member that varies). `components`:
/// how many to retain instead; 0 for those above 1.
Proposal principal_components(const ScoreTable& table, const weights::Group& group,
                              std::size_t components = 0);

/// The weights within `domain` (which must not be empty) with which one subject's weighted
/// arithmetic mean of its members' scores is best: lowest, or highest with `higher_is_better`. Of
/// several, those nearest to `group.now` by the sum of changes. Where the node is no arithmetic
/// mean, or rules act on it, this is the linear part only: compute the score at the weights to know
/// it. L. Cherchye and others: "An introduction to 'benefit of the doubt' composite indicators",
/// Social Indicators Research 82, 2007. Fails where a score is unknown.
Proposal benefit_of_the_doubt(const arma::vec& scores, const std::string& subject,
                              bool higher_is_better, const weights::Domain& domain,
                              const weights::Group& group);

}  // namespace waystone::fit
