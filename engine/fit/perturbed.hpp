// The principal eigenvector of a comparison matrix with one comparison left out or replaced, from
// that of the whole. Only four entries differ, so the new eigenpair follows from the resolvent near
// the old eigenvalue, whose powers are worked out once for all comparisons (T. Kato, "Perturbation
// Theory for Linear Operators", Springer, 1966, chapter II): each costs as much as the vector is
// long, where an eigenvector of its own costs the third power of it.
#pragma once
#include <vector>

#include "fit/ahp.hpp"

namespace waystone::fit {

class Perturbed {
 public:
  /// `comparisons` as comparison_matrix gives them; `whole`: its principal eigenvector.
  Perturbed(const arma::mat& comparisons, const Priorities& whole);

  /// With this ratio of the pair, which is compared, in place of the one said; 0: without the
  /// comparison. Nothing where the others then don't connect all members. Relative accuracy about
  /// 1e-12, as of principal_eigenvector, which is asked where the change is too large for the
  /// series.
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
