// Conditions on scores that weights must meet: orderings, gaps and levels of example countries.
// Each is linear in scores, which are not linear in weights.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "weights/scores.hpp"

namespace waystone::weights {

/// Met where the sum of coefficient x score is at least `least`.
struct Requirement {
  std::string text;  // as a person wrote it
  std::vector<std::pair<std::size_t, double>>
      terms;         // index of a subject of the scores, coefficient
  double least = 0;  // points
  Span where;
};

struct Requirements {
  Scores scores;  // of all subjects that the requirements are about
  std::vector<Requirement> list;

  /// By how many points each is met, negative if it is missed: requirements x candidates (columns
  /// of `shares`, members x candidates). NaN where a subject is not rated.
  arma::mat slack(const arma::mat& shares) const;
  struct Slopes {
    arma::vec slack;       // requirements, points
    arma::mat derivative;  // requirements x members, points by share
  };
  Slopes slopes(const arma::vec& shares) const;
  /// Which candidates meet all of them to within `tolerance` points.
  std::vector<char> met(const arma::mat& shares, double tolerance = 1e-6) const;
};

}  // namespace waystone::weights
