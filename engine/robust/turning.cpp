#include "robust/turning.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/ties.hpp"

namespace waystone::robust {
namespace {

// The candidates of one kind that reach the target and move the fewest points.
void pick_nearest(const Candidates& candidates, const std::vector<char>& reached, std::size_t from,
                  std::size_t count, std::size_t most, std::vector<arma::uword>& picked) {
  std::vector<arma::uword> which;
  for (std::size_t k = from; k < from + count; ++k)
    if (reached[k]) which.push_back(k);
  std::stable_sort(which.begin(), which.end(),
                   [&](auto a, auto b) { return candidates.points[a] < candidates.points[b]; });
  which.resize(std::min(which.size(), most));
  picked.insert(picked.end(), which.begin(), which.end());
}

std::vector<arma::uword> starts(const Candidates& candidates, const Target& target,
                                const arma::rowvec& heights, std::size_t most) {
  std::vector<char> reached(heights.n_elem);
  for (arma::uword k = 0; k < heights.n_elem; ++k) reached[k] = target.reached(heights[k]);
  std::vector<arma::uword> picked;
  pick_nearest(candidates, reached, 0, candidates.transfers, most, picked);
  pick_nearest(candidates, reached, candidates.transfers, candidates.corners, 1, picked);
  pick_nearest(candidates, reached, candidates.transfers + candidates.corners, candidates.drawn,
               most, picked);
  return picked;
}

// Highest candidates first: from where to climb.
std::vector<arma::uword> highest(const arma::rowvec& heights, std::size_t most) {
  std::vector<arma::uword> which;
  for (arma::uword k = 0; k < heights.n_elem; ++k)
    if (!std::isnan(heights[k])) which.push_back(k);
  most = std::min(most, which.size());
  std::partial_sort(which.begin(), which.begin() + most, which.end(),
                    [&](auto a, auto b) { return heights[a] > heights[b]; });
  which.resize(most);
  return which;
}

bool is_reached(const Question& question, const Target& target, const arma::vec& shares) {
  return target.reached(target.height(question.scores.at(shares))[0]);
}

// 99% of the change must not do it; where a spike between two places of the grid does, that is the
// change.
Change cut(const Question& question, const Target& target, arma::vec shares) {
  const arma::vec& now = question.group.now;
  for (int times = 0; times < 500; ++times) {
    const arma::vec less = now + 0.99 * (shares - now);
    if (!is_reached(question, target, less)) break;
    shares = less;
  }
  return {shares, points_moved(now, shares)};
}

// No weights can: the sign is linear, and no corner reaches it.
bool proves_none(const Question& question, const Candidates& candidates, const Target& target,
                 const arma::rowvec& heights) {
  if (!question.sign_linear || !candidates.all_corners) return false;
  for (std::size_t k = candidates.transfers; k < candidates.transfers + candidates.corners; ++k)
    if (target.reached(heights[k])) return false;
  return true;
}

// Where the target is first reached on the way to the best candidates, or, where none reaches it,
// to where climbing from them does; nearest first.
std::vector<Approach> first_turns(const Question& question, const Candidates& candidates,
                                  const Target& target, const arma::rowvec& heights,
                                  std::size_t most, std::size_t& searches) {
  std::vector<arma::vec> ends;
  for (const arma::uword k : starts(candidates, target, heights, most))
    ends.push_back(candidates.shares.col(k));
  if (ends.empty())
    for (const arma::uword k : highest(heights, most)) {
      ++searches;
      const arma::vec top = climb(question, target, {&question.group.domain, nullptr},
                                  candidates.shares.col(k), true);
      if (is_reached(question, target, top)) ends.push_back(top);
    }
  std::vector<Approach> turns;
  for (const arma::vec& shares : ends)
    if (const auto first = first_on_way(question, target, shares))
      turns.push_back({*first, points_moved(question.group.now, *first), false});
  std::stable_sort(turns.begin(), turns.end(),
                   [](const auto& a, const auto& b) { return a.points < b.points; });
  turns.resize(std::min(turns.size(), most));
  return turns;
}

}  // namespace

std::string_view word_of(Found found) {
  static constexpr std::string_view words[] = {"change", "none", "level", "fixed"};
  return words[std::size_t(found)];
}

Turning smallest_change(const Question& asked, const Candidates& candidates, const Target& wanted,
                        const Effort& effort) {
  if (candidates.transfers == 0) return {Found::fixed, {}, {}, true, 0};
  const arma::rowvec heights = wanted.height(candidates.values);
  const Question question = asked.about(wanted.countries());
  const Target target = wanted.renumbered();
  Turning result;
  if (proves_none(question, candidates, target, heights)) return {Found::none, {}, {}, true, 0};
  std::vector<Approach> turns = first_turns(question, candidates, target, heights,
                                            std::size_t(effort.starts), result.started);
  std::optional<Approach> best;
  for (const Approach& turn :
       turns) {  // nearest first: the later ones are skipped where they can't matter
    ++result.started;
    const Approach found = approach(question, target, turn.shares);
    if (!best || found.points < best->points - 1e-9) best = found;
    if (question.sign_linear && found.planned_best) {
      best = found;
      result.proved = true;
      break;
    }
  }
  if (!best) return result;
  result.found = Found::change;
  result.change = cut(question, target, best->shares);
  result.edit = edit_of(question, target, *result.change);
  return result;
}

OrderTurning turn_order(const Question& question, const Candidates& candidates, std::size_t first,
                        std::size_t second, const Effort& effort) {
  const bool higher = !below(question.today[first], question.today[second]);
  OrderTurning result{higher ? first : second, higher ? second : first, {}};
  if (tie(question.today[first], question.today[second]))
    result.turning.found = Found::settled;
  else
    result.turning = smallest_change(question, candidates, turned(result.high, result.low), effort);
  return result;
}

std::vector<BandTurning> turn_bands(const Question& question, const Candidates& candidates,
                                    const model::Bands& bands, std::size_t country,
                                    const Effort& effort) {
  const double value = question.today[country];
  const std::size_t band = std::size_t(
      std::upper_bound(bands.edges.begin(), bands.edges.end(), value, below) - bands.edges.begin());
  std::vector<BandTurning> result;
  if (band < bands.edges.size()) {
    const double edge = bands.edges[band];
    result.push_back({country, true, bands.names[band], bands.names[band + 1], edge,
                      smallest_change(question, candidates, rises_to(country, edge), effort)});
  }
  if (band > 0) {
    const double edge = bands.edges[band - 1];
    result.push_back({country, false, bands.names[band], bands.names[band - 1], edge,
                      smallest_change(question, candidates, falls_below(country, edge), effort)});
  }
  return result;
}

}  // namespace waystone::robust
