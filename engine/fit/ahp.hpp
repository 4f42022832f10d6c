// Comparisons of pairs: the Analytic Hierarchy Process. T. L. Saaty: "The Analytic Hierarchy
// Process", McGraw-Hill, 1980. With a_ij how many times as important i is as j, the weights are the
// principal eigenvector, A w = lambda_max w, and
//   consistency index CI = (lambda_max - n) / (n - 1),   consistency ratio CR = CI / RI,
// RI being the mean CI of random matrices. Pairs may be missing as long as comparisons connect all
// members: P. T. Harker, "Incomplete pairwise comparisons in the analytic hierarchy process",
// Mathematical Modelling 9, 1987, writes 0 for a missing pair and 1 + the number of them on the
// diagonal of its row, which is the same as filling in w_i / w_j.
#pragma once
#include "fit/proposal.hpp"

namespace waystone::fit {

/// n x n: a_ij and 1 / a_ij, 1 on the diagonal, 0 where a pair is not compared. Members beyond n
/// must not occur.
arma::mat comparison_matrix(const std::vector<Comparison>& comparisons, std::size_t n);

/// The same as Harker has it: for every missing pair 1 on the diagonals of both. Primitive where
/// comparisons connect all members, so that its powers tend to the projection on its eigenvector.
arma::mat harker_matrix(const arma::mat& comparisons);

struct Priorities {
  arma::vec shares;       // positive (Perron), adding up to 1; relative accuracy about 1e-12
  double lambda_max = 0;  // n or more
};
/// Of a comparison matrix, complete or not. Nothing where comparisons don't connect all members or
/// numbers are not finite.
std::optional<Priorities> principal_eigenvector(const arma::mat& comparisons);

/// RI of n members: Saaty's table up to 10; beyond, from the mean lambda_max 2.7699 n - 4.3513 of
/// J. A. Alonso and M. T. Lamata, "Consistency in the analytic hierarchy process: a new approach",
/// International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14, 2006. With pairs
/// missing it is scaled by the share of independent cycles of comparisons that are left, 1 - 2
/// missing / ((n - 1)(n - 2)): on a tree nothing can disagree. docs/method/tuning.md has the
/// simulation that this agrees with. 0 below 3 members and on a tree.
double random_index(std::size_t n, std::size_t missing);

/// Findings and weights; each comparison's contribution is by Harker's method without it.
Proposal propose(const Ahp& ahp, const weights::Group& group);

}  // namespace waystone::fit
