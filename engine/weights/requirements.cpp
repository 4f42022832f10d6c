#include "weights/requirements.hpp"

namespace waystone::weights {
namespace {

// Sums of coefficient x row of what is said of the subjects, a row a requirement. Term by term: a
// subject that isn't rated is NaN in the requirements that it is in, and in no other.
arma::mat combined(const std::vector<Requirement>& list, const arma::mat& of_subjects) {
  arma::mat result(list.size(), of_subjects.n_cols, arma::fill::zeros);
  for (std::size_t r = 0; r < list.size(); ++r)
    for (const auto& [subject, coefficient] : list[r].terms)
      result.row(r) += coefficient * of_subjects.row(subject);
  return result;
}

arma::vec least(const Requirements& requirements) {
  arma::vec result(requirements.list.size());
  for (std::size_t r = 0; r < requirements.list.size(); ++r) result[r] = requirements.list[r].least;
  return result;
}

}  // namespace

arma::mat Requirements::slack(const arma::mat& shares) const {
  arma::mat result = combined(list, scores.at(shares));
  result.each_col() -= least(*this);
  return result;
}

Requirements::Slopes Requirements::slopes(const arma::vec& shares) const {
  const Scores::Slopes of_scores = scores.slopes(shares);
  return {combined(list, of_scores.value) - least(*this), combined(list, of_scores.derivative)};
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
