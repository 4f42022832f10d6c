#include "robust/lapses.hpp"

#include <cmath>

#include "optimise/turns.hpp"

namespace waystone::robust {
namespace {

// The candidate that moves the fewest points of those that leave a country not rated.
std::optional<arma::uword> nearest_unrated(const Candidates& candidates, std::size_t country) {
  std::optional<arma::uword> nearest;
  for (arma::uword k = 0; k < candidates.values.n_cols; ++k)
    if (std::isnan(candidates.values(country, k)) &&
        (!nearest || candidates.points[k] < candidates.points[*nearest]))
      nearest = k;
  return nearest;
}

// The way from today's weights to others, to where the only country of the question isn't rated.
arma::vec first_unrated(const Question& question, const arma::vec& to) {
  constexpr std::size_t steps = 256;
  const arma::vec& now = question.group.now;
  const arma::vec way = to - now;
  const auto rated = [&](const std::vector<double>& at) {
    const arma::mat places = arma::repmat(now, 1, at.size()) + way * arma::rowvec(at);
    const arma::mat values = question.scores.at(places);
    std::vector<double> result(at.size());
    for (std::size_t k = 0; k < at.size(); ++k) result[k] = std::isnan(values(0, k)) ? -1 : 1;
    return result;
  };
  const auto turn = optimise::first_sign_turn(rated, 0, 1, steps);
  return turn ? arma::vec(now + way * turn->after) : to;
}

}  // namespace

std::vector<Lapse> lapses(const Question& question, const Candidates& candidates) {
  std::vector<Lapse> result;
  for (std::size_t c = 0; c < question.countries.size(); ++c) {
    const auto nearest = nearest_unrated(candidates, c);
    if (!nearest) continue;
    const arma::vec shares = first_unrated(question.about({c}), candidates.shares.col(*nearest));
    result.push_back({c, {shares, points_moved(question.group.now, shares)},
                      question.knows_too_little(c, shares)});
  }
  return result;
}

}  // namespace waystone::robust
