// Over all weights of the domain, evenly drawn: how often does a country have a rank, and which weights would put it first? Stochastic
// multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen 1998; ranks: SMAA-2, Lahdelma and Salminen 2001), every draw scored
// through the rules. Facts stand at their values; their ranges are not drawn.
#pragma once
#include "robust/question.hpp"

namespace waystone::robust {

struct Acceptability {
  std::size_t country = 0;
  std::vector<double> rank;        // by rank, the best first: share of the draws. Countries that are equal share their ranks
  double not_rated = 0;            // share of the draws with weights that leave it not rated
  arma::vec central;               // mean of the weights that put it first; empty where none do
  double confidence = 0;           // share of rank 1 that it has with its central weights
};

struct Winning {
  std::size_t first = 0, second = 0;
  double first_higher = 0, second_higher = 0, equal = 0;  // shares of the draws in which both are rated
  double standard_error = 0;                              // of the first two
};

struct Acceptabilities {
  std::size_t draws = 0;
  std::uint64_t seed = 0;
  std::vector<Acceptability> countries;  // in order of Question::countries
  std::vector<Winning> pairs;            // every pair, in that order
};
/// Of a share of `draws` independent draws.
double standard_error(double share, std::size_t draws);

/// From the draws among the candidates. `high_is_best`: what rank 1 means.
Acceptabilities acceptabilities(const Question& question, const Candidates& candidates, const Effort& effort, bool high_is_best);

}  // namespace waystone::robust
