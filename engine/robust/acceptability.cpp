#include "robust/acceptability.hpp"

#include <algorithm>
#include <cmath>

#include "base/ties.hpp"

namespace waystone::robust {
namespace {

// By country and rank: what part of the rank it has; a country that is not rated has none. `values`: of one draw.
arma::mat ranks_of(const arma::vec& values, bool high_is_best) {
  const arma::uword count = values.n_elem;
  arma::mat result(count, count, arma::fill::zeros);
  for (arma::uword c = 0; c < count; ++c) {
    if (std::isnan(values[c])) continue;
    arma::uword better = 0, equal = 0;
    for (arma::uword other = 0; other < count; ++other) {
      better += high_is_best ? below(values[c], values[other]) : below(values[other], values[c]);
      equal += tie(values[other], values[c]);  // itself too
    }
    for (arma::uword k = 0; k < equal; ++k) result(c, std::min(better + k, count - 1)) += 1 / double(equal);
  }
  return result;
}

Winning winning_of(const arma::mat& values, std::size_t first, std::size_t second) {
  Winning result{first, second};
  double rated = 0;
  for (arma::uword k = 0; k < values.n_cols; ++k) {
    const double one = values(first, k), other = values(second, k);
    if (std::isnan(one) || std::isnan(other)) continue;
    ++rated;
    (tie(one, other) ? result.equal : below(other, one) ? result.first_higher : result.second_higher) += 1;
  }
  if (rated == 0) return result;
  result.first_higher /= rated;
  result.second_higher /= rated;
  result.equal /= rated;
  result.standard_error = standard_error(result.first_higher, std::size_t(rated));
  return result;
}

}  // namespace

double standard_error(double share, std::size_t draws) { return draws == 0 ? 0 : std::sqrt(std::max(0.0, share * (1 - share)) / double(draws)); }

Acceptabilities acceptabilities(const Question& question, const Candidates& candidates, const Effort& effort, bool high_is_best) {
  const std::size_t count = question.countries.size();
  Acceptabilities result{candidates.drawn, effort.seed, {}, {}};
  if (count == 0 || candidates.drawn == 0) return result;
  const arma::mat values = candidates.values.tail_cols(candidates.drawn), shares = candidates.shares.tail_cols(candidates.drawn);
  arma::mat rank(count, count, arma::fill::zeros), central(question.group.size(), count, arma::fill::zeros);
  for (arma::uword k = 0; k < values.n_cols; ++k) {
    const arma::mat of_draw = ranks_of(values.col(k), high_is_best);
    rank += of_draw;
    central += shares.col(k) * of_draw.col(0).t();
  }
  for (std::size_t c = 0; c < count; ++c) {
    Acceptability entry{c, {}, 0, {}, 0};
    for (std::size_t r = 0; r < count; ++r) entry.rank.push_back(rank(c, r) / double(candidates.drawn));
    entry.not_rated = double(arma::uvec(arma::find_nonfinite(values.row(c))).n_elem) / double(candidates.drawn);
    if (rank(c, 0) > 0) {
      entry.central = central.col(c) / rank(c, 0);
      entry.confidence = ranks_of(question.scores.at(entry.central).as_col(), high_is_best)(c, 0);
    }
    result.countries.push_back(std::move(entry));
  }
  for (std::size_t first = 0; first < count; ++first)
    for (std::size_t second = first + 1; second < count; ++second) result.pairs.push_back(winning_of(values, first, second));
  return result;
}

}  // namespace waystone::robust
