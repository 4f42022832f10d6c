// Weights nearest to a target that meet requirements on scores; if none do, the best compromise,
// and the statements that contradict each other.
#pragma once
#include <optional>
#include <vector>

#include "weights/requirements.hpp"

namespace waystone::fit {

/// How far a requirement may be missed and still count as met, points.
inline constexpr double met_points = 1e-6;

/// Weights of the domain, nearest to `target` in Euclidean distance among those that meet every
/// requirement. Sequential least squares on dual-number slopes from several starts, checked against
/// drawn weights; exact where scores are smooth in the weights. Nothing if it found no weights that
/// meet them.
std::optional<arma::vec> nearest_meeting(const weights::Domain& domain, const arma::vec& target,
                                         const weights::Requirements& requirements);

/// Weights of the domain with the smallest sum of squared shortfalls (points), then nearest to
/// `target`.
arma::vec best_compromise(const weights::Domain& domain, const arma::vec& target,
                          const weights::Requirements& requirements);

/// A set of statements that no weights of the domain meet together, by index, ascending. Sets of up
/// to three are searched exhaustively, the smallest first. Larger conflicts are found by deletion,
/// so they are irreducible but not necessarily minimum. Empty if all statements can be met.
/// `statement`: which statement each requirement comes from.
std::vector<std::size_t> smallest_conflict(const weights::Domain& domain,
                                           const weights::Requirements& requirements,
                                           const std::vector<std::size_t>& statement);

}  // namespace waystone::fit
