#include "robust/search.hpp"

#include <algorithm>
#include <cmath>

#include "optimise/linear.hpp"
#include "optimise/turns.hpp"

namespace waystone::robust {
namespace {

using optimise::LinearProgram;
using weights::Domain;

// A target's height near some shares: height + by_share (w - at). Rules bend heights; where a step
// over a bend fails, the piece beyond it is kept beside the one here, and the lower of the two
// counts (a bundle of cutting planes, as for nonsmooth functions).
struct Piece {
  arma::vec at;
  double height = 0;
  arma::rowvec by_share;
  double constant() const { return height - arma::dot(by_share, at); }
};

Piece piece_at(const Question& question, const Target& target, const arma::vec& shares) {
  const weights::Scores::Slopes scores = question.scores.slopes(shares);
  Piece result{shares, target.height(scores.value)[0],
               arma::rowvec(shares.n_elem, arma::fill::zeros)};
  for (const auto& [country, coefficient] : target.terms)
    result.by_share += coefficient * scores.derivative.row(country);
  return result;
}

double height_at(const Question& question, const Target& target, const arma::vec& shares) {
  return target.height(question.scores.at(shares))[0];
}

// Adds the piece at some shares, but for where a country isn't rated: there is no height there.
void learn(const Question& question, const Target& target, const arma::vec& at,
           std::vector<Piece>& pieces) {
  Piece piece = piece_at(question, target, at);
  if (std::isfinite(piece.height) && piece.by_share.is_finite()) pieces.push_back(std::move(piece));
}

void add_row(LinearProgram& program, const arma::rowvec& row, double low, double high) {
  program.rows = arma::join_cols(program.rows, row);
  program.row_low = arma::join_cols(program.row_low, arma::vec{low});
  program.row_high = arma::join_cols(program.row_high, arma::vec{high});
}

// Variables: the shares within the domain, none further than `radius` from `from`.
LinearProgram program_over(const Domain& domain, const arma::vec& from, double radius) {
  const weights::Equalities equal = weights::equalities(domain);
  return {arma::zeros<arma::vec>(from.n_elem),
          equal.rows,
          equal.equal_to,
          equal.equal_to,
          arma::max(domain.low, from - radius),
          arma::min(domain.high, from + radius)};
}

// The rows with one more column, for the height, of equal coefficients.
arma::mat with_height(const arma::mat& rows, double coefficient) {
  return arma::join_rows(rows, arma::mat(rows.n_rows, 1, arma::fill::value(coefficient)));
}

constexpr double smallest_radius = 1e-7;
constexpr int most_steps = 60;

// The weights within `radius` at which the lowest piece is highest. Variables: the shares, then
// that height.
std::optional<arma::vec> uphill(const std::vector<Piece>& pieces, const Region& region,
                                const arma::vec& from, double radius) {
  const LinearProgram over = program_over(*region.domain, from, radius);
  const arma::uword members = from.n_elem;
  LinearProgram program{arma::zeros<arma::vec>(members + 1),
                        with_height(over.rows, 0),
                        over.row_low,
                        over.row_high,
                        arma::join_cols(over.low, arma::vec{-1e6}),
                        arma::join_cols(over.high, arma::vec{1e6})};
  program.cost[members] = -1;
  for (const Piece& piece : pieces)
    add_row(program, with_height(piece.by_share, -1), -piece.constant(), arma::datum::inf);
  if (region.requirements) {
    const weights::Requirements::Slopes required = region.requirements->slopes(from);
    for (arma::uword r = 0; r < required.slack.n_elem; ++r)
      if (std::isfinite(required.slack[r]) && required.derivative.row(r).is_finite())
        add_row(program, with_height(required.derivative.row(r), 0),
                arma::dot(required.derivative.row(r), from) - required.slack[r], arma::datum::inf);
  }
  const optimise::LinearSolution solution = optimise::solve(program);
  return solution.status == optimise::Status::optimal
             ? std::optional<arma::vec>(solution.x.head(members))
             : std::nullopt;
}

// Of the places on the way to `to` the one that counts and is highest.
std::pair<arma::vec, double> highest_on_way(const Question& question, const Target& target,
                                            const Region& region, const arma::vec& from,
                                            const arma::vec& to) {
  static const arma::rowvec parts{1, 0.7, 0.5, 0.3, 0.1, 0.03, 0.01};
  const arma::mat places = arma::repmat(from, 1, parts.n_elem) + (to - from) * parts;
  const arma::rowvec heights = target.height(question.scores.at(places));
  const auto count = counts(region, places);
  std::pair<arma::vec, double> best{from, -arma::datum::inf};
  for (arma::uword k = 0; k < places.n_cols; ++k)
    if (count[k] && heights[k] > best.second) best = {places.col(k), heights[k]};
  return best;
}

// Points by which a plan goes beyond the turn: more than the linear program's tolerance. Where
// limits end the way at the planned weights, one that fell short by rounding could not be carried
// on until it turns.
constexpr double beyond_the_turn = 1e-6;

// The weights within `radius` of `from` that move the fewest points and reach the target by all
// pieces. Variables: what each share gains, what it loses; of the two at most one is above 0, so
// that their bounds keep the share within limits and radius.
std::optional<arma::vec> nearest_to_today(const std::vector<Piece>& pieces,
                                          const Question& question, const arma::vec& from,
                                          double radius) {
  const arma::vec& now = question.group.now;
  const arma::uword members = now.n_elem;
  const LinearProgram over = program_over(question.group.domain, from, radius);
  const auto difference = [](const arma::mat& rows) {
    return arma::mat(arma::join_rows(rows, -rows));
  };
  const auto above_zero = [](const arma::vec& values) {
    return arma::vec(arma::clamp(values, 0, 1));
  };
  LinearProgram program{arma::vec(2 * members, arma::fill::value(0.5)),
                        difference(over.rows),
                        arma::zeros<arma::vec>(over.rows.n_rows),
                        arma::zeros<arma::vec>(over.rows.n_rows),
                        arma::join_cols(above_zero(over.low - now), above_zero(now - over.high)),
                        arma::join_cols(above_zero(over.high - now), above_zero(now - over.low))};
  for (const Piece& piece : pieces)
    add_row(program, difference(piece.by_share),
            beyond_the_turn - piece.constant() - arma::dot(piece.by_share, now), arma::datum::inf);
  const optimise::LinearSolution solution = optimise::solve(program);
  if (solution.status != optimise::Status::optimal) return std::nullopt;
  return now + solution.x.head(members) - solution.x.tail(members);
}

// How many times the way from `from` to `to` may be walked before a limit is met.
double stretch(const Domain& domain, const arma::vec& from, const arma::vec& to) {
  double result = 2;
  for (arma::uword m = 0; m < from.n_elem; ++m) {
    const double step = to[m] - from[m];
    if (std::fabs(step) > 1e-12)
      result = std::min(result, ((step > 0 ? domain.high[m] : domain.low[m]) - from[m]) / step);
  }
  return std::max(result, 1.0);
}

}  // namespace

std::vector<char> counts(const Region& region, const arma::mat& shares) {
  if (region.requirements) return region.requirements->met(shares);
  return std::vector<char>(shares.n_cols, 1);
}

arma::vec climb(const Question& question, const Target& target, const Region& region,
                arma::vec start, bool until_reached) {
  double height = height_at(question, target, start), radius = 1;
  std::vector<Piece> pieces;
  learn(question, target, start, pieces);
  for (int step = 0; step < most_steps && radius > smallest_radius && !pieces.empty(); ++step) {
    if (until_reached && target.reached(height)) break;
    const auto to = uphill(pieces, region, start, radius);
    if (!to) break;
    const auto [next, reached] = highest_on_way(question, target, region, start, *to);
    if (reached > height + 1e-9) {
      start = next;
      height = reached;
      radius = std::min(1.0, 2 * radius);
      pieces.clear();
      learn(question, target, start, pieces);
    } else {
      radius = std::min(radius, arma::abs(*to - start).max()) / 4;
      learn(question, target, *to, pieces);
    }
  }
  return start;
}

std::optional<arma::vec> first_on_way(const Question& question, const Target& target,
                                      const arma::vec& to) {
  constexpr std::size_t steps = 256;
  const arma::vec& now = question.group.now;
  const arma::vec way = (to - now) * stretch(question.group.domain, now, to);
  const auto reached = [&](const std::vector<double>& at) {
    const arma::rowvec heights =
        target.height(question.scores.at(arma::repmat(now, 1, at.size()) + way * arma::rowvec(at)));
    std::vector<double> result(at.size());
    for (std::size_t k = 0; k < at.size(); ++k) result[k] = target.reached(heights[k]) ? 1 : -1;
    return result;
  };
  const auto turn = optimise::first_sign_turn(reached, 0, 1, steps);
  return turn ? std::optional<arma::vec>(now + way * turn->after) : std::nullopt;
}

Approach approach(const Question& question, const Target& target, const arma::vec& start) {
  const arma::vec& now = question.group.now;
  Approach best{start, points_moved(now, start), false};
  double radius = 1;
  std::vector<Piece> pieces;
  learn(question, target, start, pieces);
  for (int step = 0; step < most_steps && radius > smallest_radius && !pieces.empty(); ++step) {
    const auto to = nearest_to_today(pieces, question, best.shares, radius);
    if (!to && pieces.size() == 1) break;
    if (!to) {  // pieces of another bend contradict
      pieces.resize(1);
      radius /= 4;
      continue;
    }
    best.planned_best =
        pieces.size() == 1 && radius >= 1 && points_moved(now, *to) >= best.points - 1e-6;
    if (best.planned_best) break;
    const auto next =
        points_moved(now, *to) > 1e-9 ? first_on_way(question, target, *to) : std::nullopt;
    const double points = next ? points_moved(now, *next) : arma::datum::inf;
    if (points < best.points - 1e-7) {
      best = {*next, points, false};
      radius = std::min(1.0, 2 * radius);
      pieces.clear();
      learn(question, target, *next, pieces);
    } else {
      radius = std::min(radius, arma::abs(*to - best.shares).max()) / 4;
      learn(question, target, *to, pieces);
    }
  }
  return best;
}

}  // namespace waystone::robust
