// Swing weights. D. von Winterfeldt, W. Edwards: "Decision Analysis and Behavioral Research",
// Cambridge University Press, 1986. With points p_i for moving member i alone from its worst to its
// best goalpost, w_i = p_i / Σ p.
#pragma once
#include "fit/proposal.hpp"

namespace waystone::fit {

/// Shares of members from their points (0 or more); empty where they are no points.
arma::vec swing_shares(const arma::vec& points);
/// The points that would give these shares: 100 for the largest.
arma::vec implied_swings(const arma::vec& shares);

/// Without one member's points it keeps today's share.
Proposal propose(const Swing& swing, const weights::Group& group);

}  // namespace waystone::fit
