// Over all weights of the domain, evenly drawn: how often does a country have a rank, and which
// weights would put it first? Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen
// and Salminen 1998; ranks: SMAA-2, Lahdelma and Salminen 2001), every draw scored through the
// rules. Facts keep their values; their ranges are not drawn.
#pragma once
#include "robust/question.hpp"

namespace waystone::robust {

struct Acceptability {
  std::size_t country = 0;
  std::vector<double> rank;  // by rank: share of the draws. Countries that are equal all have the
                             // first of their ranks, as in a ranking
  double open = 0;  // share of the draws that rate it but not all others: where those stand isn't
                    // known, so it has no rank
  double not_rated = 0;  // share of the draws with weights that leave it not rated
  RankRange most;  // holds for 90% of the draws that rate it: at most 5% of them put it before, 5%
                   // behind. One that isn't rated may stand anywhere
  arma::vec central;      // mean of the weights that make it the best of all; empty where none do
  double best = 0;        // share of the draws that do
  double confidence = 0;  // 1 where it is the best with its central weights, too
};

struct Winning {
  std::size_t first = 0, second = 0;
  double first_higher = 0, second_higher = 0, equal = 0,
         not_rated = 0;       // shares of all draws, adding up to 1; the last: of either or both
  double standard_error = 0;  // of the first
};

struct Acceptabilities {
  std::size_t draws = 0;
  std::uint64_t seed = 0;
  std::vector<Acceptability> countries;  // in order of Question::countries
  std::vector<Winning> pairs;            // every pair, in that order
};
/// Of a share of `draws` independent draws.
double standard_error(double share, std::size_t draws);

/// From the draws among the candidates. `high_is_best`: whether rank 1 is the best.
Acceptabilities acceptabilities(const Question& question, const Candidates& candidates,
                                const Effort& effort, bool high_is_best);

}  // namespace waystone::robust
