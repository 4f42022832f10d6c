#include "robust/lapses.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "optimise/turns.hpp"

namespace waystone::robust {
namespace {

// The candidates that leave a country not rated, those first that move the fewest points.
std::vector<arma::uword> nearest_unrated(const Candidates& candidates, std::size_t country) {
  constexpr std::size_t most = 32;  // each costs a walk
  std::vector<arma::uword> unrated;
  for (arma::uword k = 0; k < candidates.values.n_cols; ++k)
    if (std::isnan(candidates.values(country, k))) unrated.push_back(k);
  std::stable_sort(unrated.begin(), unrated.end(), [&](arma::uword a, arma::uword b) {
    return candidates.points[a] < candidates.points[b];
  });
  unrated.resize(std::min(unrated.size(), most));
  return unrated;
}

// How many weights a change moves: of changes alike in size the one that is said in fewer words.
std::size_t moved(const Question& question, const arma::vec& shares) {
  return arma::uvec(arma::find(arma::abs(shares - question.group.now) > 1e-9)).n_elem;
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
    const Question about = question.about({c});
    std::optional<Change> least;
    for (const arma::uword k : nearest_unrated(candidates, c)) {
      arma::vec shares = first_unrated(about, candidates.shares.col(k));
      const double points = points_moved(question.group.now, shares);
      const bool as_small = least && std::fabs(points - least->points) < 1e-9;
      if (!least ||
          (as_small ? moved(about, shares) < moved(about, least->shares) : points < least->points))
        least = Change{std::move(shares), points};
    }
    if (!least) continue;
    const bool knows_too_little = question.knows_too_little(c, least->shares);
    result.push_back({c, std::move(*least), knows_too_little});
  }
  return result;
}

std::vector<std::string> rated_by_others(const Question& question, const Candidates& candidates) {
  std::vector<weights::Subject> subjects;
  for (const std::string& country : question.not_rated)
    subjects.push_back({question.scenario_case, country, question.output});
  std::vector<std::string> result;
  if (subjects.empty() || candidates.shares.empty()) return result;
  const arma::mat values =
      weights::Scores(question.group, question.viewpoint, subjects).at(candidates.shares);
  for (std::size_t c = 0; c < subjects.size(); ++c)
    if (const arma::rowvec row = values.row(c); row.n_elem > arma::find_nan(row).eval().n_elem)
      result.push_back(subjects[c].country);
  return result;
}

}  // namespace waystone::robust
