// How much each member matters to a score, which is not its weight: the share of the score's
// variance over a sample of countries that goes with the member alone. First-order sensitivity
// index (correlation ratio) S = Var(E(score | member)) / Var(score), as proposed for composite
// indicators by Paruolo, Saisana and Saltelli, "Ratings and rankings: voodoo or science?" (2013).
// Scores come from the evaluator, rules and all.
#pragma once
#include <vector>

#include "fit/sample.hpp"

namespace waystone::fit {

class ImportanceMeasure {
 public:
  /// At least 5 subjects, else the smoother has nothing to work on.
  static constexpr std::size_t fewest_subjects = 5;

  ImportanceMeasure(const weights::Group& group, ViewpointId viewpoint, Sample sample);
  const Sample& sample() const { return sample_; }

  struct Indices {
    arma::vec first_order;  // by member, about 0..1; 0 for a member that is the same everywhere
    arma::mat derivative;   // of first_order by the share of each member: members x members. Empty
                            // unless asked for
    arma::vec shares() const { return first_order / arma::accu(first_order); }
  };
  /// NaN throughout where the score is the same for all subjects.
  Indices at(const arma::vec& shares, bool with_derivative = false) const;

 private:
  Sample sample_;
  weights::Scores scores_;
  std::vector<arma::mat>
      smoothers_;  // by member, subjects x subjects: E(score | member) = smoother * scores. Empty
                   // for a member that is the same everywhere
};

/// The matrix that turns scores into their local linear regression on x, with a Gaussian kernel
/// whose bandwidth is Silverman's rule, 1.06 sd n^(-1/5) (Fan and Gijbels 1996). Depends on x
/// alone, so that importance has a gradient.
arma::mat local_linear_smoother(const arma::vec& x);

}  // namespace waystone::fit
