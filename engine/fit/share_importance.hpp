// Weights that give each member its target share of the variance of the score: its first-order
// importance, scaled to add up to 1.
#pragma once
#include "fit/importance.hpp"

namespace waystone::fit {

struct ImportanceFit {
  bool met = false;  // the search converged and no member's share of the importance is off its
                     // target by more than `tolerance`
  bool converged = false;
  double tolerance = 0.005;
  arma::vec shares;         // of weight
  arma::vec importance;     // shares of importance at those weights
  double largest_miss = 0;  // of a share of importance
};

/// `targets`: shares of importance, members, adding up to 1. Least squares by sequential quadratic
/// steps on dual-number slopes, from today's weights, from the targets and from the eight of 1,500
/// drawn weights that miss least; the best end is taken. It is still a local search: the targets
/// may be reachable although it misses them.
ImportanceFit weights_for_importance(const weights::Domain& domain,
                                     const ImportanceMeasure& importance, const arma::vec& now,
                                     const arma::vec& targets);

}  // namespace waystone::fit
