// The best-worst method, linear form. J. Rezaei: "Best-worst multi-criteria decision-making method:
// some properties and a linear model", Omega 64, 2016. With a_Bj how many times as important the
// best member is as j, and a_jW j as the worst:
//   minimise xi   subject to   |w_B - a_Bj w_j| <= xi,   |w_j - a_jW w_W| <= xi,   Σ w = 1,   w >=
//   0
// xi is 0 where all judgements agree, and is itself the measure of how far they don't (the index of
// Rezaei's nonlinear form is none for this).
#pragma once
#include "fit/proposal.hpp"

namespace waystone::fit {

/// Input-based consistency ratio max_j |a_Bj a_jW - a_BW| / (a_BW² - a_BW). F. Liang, M. Brunelli,
/// J. Rezaei: "Consistency issues in the best worst method: measurements and thresholds", Omega 96,
/// 2020. NaN where the best and the worst aren't compared or are as important.
double input_consistency_ratio(const BestWorst& said);
/// The largest ratio that the paper (table 3) accepts for judgements about n members with this
/// a_BW; none outside its 3 to 9 members and whole numbers 2 to 9.
std::optional<double> input_threshold(std::size_t n, double best_to_worst);

/// If several weights have the least xi, those with the least sum of deviations.
Proposal propose(const BestWorst& said, const weights::Group& group);

}  // namespace waystone::fit
