// The principal eigenvector of a comparison matrix with one comparison left out or replaced, from
// that of the whole. Only four entries differ, so the new eigenpair follows from the resolvent near
// the old eigenvalue, whose powers are worked out once for all comparisons (T. Kato, "Perturbation
// Theory for Linear Operators", Springer, 1966, chapter II): each costs the length of the vector,
// while computing an eigenvector afresh costs its third power.
#pragma once
#include <vector>

#include "fit/ahp.hpp"

namespace waystone::fit {

class Perturbed {
 public:
  /// `comparisons` as comparison_matrix gives them; `whole`: its principal eigenvector.
  Perturbed(const arma::mat& comparisons, const Priorities& whole);

  /// With this ratio for a compared pair instead of the judged one; 0: without the comparison.
  /// Nothing if the others then don't connect all members. Relative accuracy about 1e-12, as of
  /// principal_eigenvector, which takes over if the change is too large for the series.
  std::optional<Priorities> with(std::size_t first, std::size_t second, double ratio) const;

 private:
  std::optional<Priorities> by_series(std::size_t first, std::size_t second,
                                      const arma::mat& change) const;
  bool connected_without(std::size_t first, std::size_t second) const;

  arma::mat comparisons_;
  arma::vec right_, left_;  // eigenvectors; left_ scaled so that their product is 1
  double lambda_;
  std::vector<arma::mat>
      powers_;  // of the reduced resolvent, from the first; empty where there is none
  double norm_ = 0, last_norm_ = 0;  // Frobenius, of the first power and of the last
};

}  // namespace waystone::fit
