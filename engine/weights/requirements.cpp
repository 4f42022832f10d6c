#include "weights/requirements.hpp"

namespace waystone::weights {
namespace {

// Requirements x subjects: what the scores are multiplied by.
arma::mat coefficients(const Requirements& requirements) {
  arma::mat result(requirements.list.size(), requirements.scores.subjects(), arma::fill::zeros);
  for (std::size_t r = 0; r < requirements.list.size(); ++r)
    for (const auto& [subject, coefficient] : requirements.list[r].terms) result(r, subject) += coefficient;
  return result;
}

arma::vec least(const Requirements& requirements) {
  arma::vec result(requirements.list.size());
  for (std::size_t r = 0; r < requirements.list.size(); ++r) result[r] = requirements.list[r].least;
  return result;
}

}  // namespace

arma::mat Requirements::slack(const arma::mat& shares) const {
  arma::mat result = coefficients(*this) * scores.at(shares);
  result.each_col() -= least(*this);
  return result;
}

Requirements::Slopes Requirements::slopes(const arma::vec& shares) const {
  const Scores::Slopes of_scores = scores.slopes(shares);
  const arma::mat by = coefficients(*this);
  return {by * of_scores.value - least(*this), by * of_scores.derivative};
}

std::vector<char> Requirements::met(const arma::mat& shares, double tolerance) const {
  const arma::mat by_how_much = slack(shares);
  std::vector<char> result(shares.n_cols, 1);
  for (arma::uword k = 0; k < by_how_much.n_cols; ++k)
    for (arma::uword r = 0; r < by_how_much.n_rows; ++r)
      if (!(by_how_much(r, k) >= -tolerance)) result[k] = 0;  // not rated is not met
  return result;
}

}  // namespace waystone::weights
