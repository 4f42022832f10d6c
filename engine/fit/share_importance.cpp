#include "fit/share_importance.hpp"

#include <cmath>

#include "optimise/nonlinear.hpp"

namespace waystone::fit {
namespace {

// Sum of squared misses of the shares of importance; and its gradient.
double misses(const ImportanceMeasure& importance, const arma::vec& targets,
              const arma::vec& shares, arma::vec* gradient) {
  const ImportanceMeasure::Indices indices = importance.at(shares, gradient != nullptr);
  const double total = arma::accu(indices.first_order);
  const arma::vec miss = indices.first_order / total - targets;
  if (gradient) {
    // d(S / sum S) = (dS - (S / sum S) sum dS) / sum S
    const arma::rowvec sum = arma::sum(indices.derivative, 0);
    const arma::mat by_share = (indices.derivative - (indices.first_order / total) * sum) / total;
    *gradient = 2 * by_share.t() * miss;
  }
  return arma::dot(miss, miss);
}

// Misses have many valleys, so the search starts where drawn weights miss least.
std::vector<arma::vec> starts(const weights::Domain& domain, const ImportanceMeasure& importance,
                              const arma::vec& now, const arma::vec& targets) {
  constexpr std::size_t tries = 1500, best = 8;
  const arma::mat drawn = weights::sample(domain, tries, 7);
  arma::vec by_draw(tries);
  for (std::size_t k = 0; k < tries; ++k)
    by_draw[k] = misses(importance, targets, drawn.col(k), nullptr);
  by_draw.replace(arma::datum::nan, arma::datum::inf);
  const arma::uvec order = arma::stable_sort_index(by_draw);
  std::vector<arma::vec> result{weights::nearest(domain, now), weights::nearest(domain, targets)};
  for (std::size_t k = 0; k < best; ++k) result.push_back(drawn.col(order[k]));
  return result;
}

}  // namespace

ImportanceFit weights_for_importance(const weights::Domain& domain,
                                     const ImportanceMeasure& importance, const arma::vec& now,
                                     const arma::vec& targets) {
  const weights::Equalities equal = weights::equalities(domain);
  optimise::NonlinearProgram program;
  program.objective = [&](const arma::vec& x, arma::vec* gradient) {
    return misses(importance, targets, x, gradient);
  };
  program.equalities = equal.rows;
  program.equal_to = equal.equal_to;
  program.low = domain.low;
  program.high = domain.high;
  ImportanceFit best;
  double least = arma::datum::inf;
  for (const arma::vec& start : starts(domain, importance, now, targets)) {
    optimise::Effort effort;
    effort.tolerance = 1e-9;
    effort.evaluations = 400;
    const auto solution = optimise::minimise(program, start, effort);
    const arma::vec shares = weights::nearest(domain, solution.x);
    const double value = misses(importance, targets, shares, nullptr);
    if (!(value < least)) continue;
    least = value;
    best.converged = solution.converged;
    best.shares = shares;
    if (value < 1e-10) break;  // met: no other start can do better
  }
  if (best.shares.is_empty()) {
    best.shares = weights::nearest(domain, now);
    best.largest_miss = arma::datum::inf;
    return best;
  }
  best.importance = importance.at(best.shares).shares();
  best.largest_miss = arma::abs(best.importance - targets).max();
  best.met = best.converged && best.largest_miss <= best.tolerance;
  return best;
}

}  // namespace waystone::fit
