#include "fit/nearest.hpp"

#include <algorithm>
#include <cmath>

#include "optimise/nonlinear.hpp"

namespace waystone::fit {
namespace {

using optimise::NonlinearProgram;
using weights::Domain;
using weights::Requirements;

constexpr std::uint64_t seed = 20191106;  // any: the draws only give starts and a check
constexpr std::size_t draws = 2000;

// Weights in the domain, with nothing to minimise yet.
NonlinearProgram program_over(const Domain& domain, std::size_t more_variables) {
  const weights::Equalities equal = weights::equalities(domain);
  NonlinearProgram program;
  program.equalities =
      arma::join_rows(equal.rows, arma::zeros<arma::mat>(equal.rows.n_rows, more_variables));
  program.equal_to = equal.equal_to;
  program.low = arma::join_cols(domain.low, arma::zeros<arma::vec>(more_variables));
  program.high =
      arma::join_cols(domain.high, arma::datum::inf * arma::ones<arma::vec>(more_variables));
  return program;
}

// A set of requirements, by index.
using Chosen = std::vector<std::size_t>;

Chosen all_of(const Requirements& requirements) {
  Chosen all(requirements.list.size());
  for (std::size_t r = 0; r < all.size(); ++r) all[r] = r;
  return all;
}

arma::uvec rows_of(const Chosen& chosen) {
  arma::uvec rows(chosen.size());
  for (std::size_t k = 0; k < chosen.size(); ++k) rows[k] = chosen[k];
  return rows;
}

// Largest miss of the chosen requirements, points; by candidate. One about a country that isn't
// rated is neither met nor missed by any number of points, so it is infinitely far from met.
arma::rowvec worst_miss(const arma::mat& slack, const Chosen& chosen) {
  arma::mat of_chosen = slack.rows(rows_of(chosen));
  of_chosen.replace(arma::datum::nan, -arma::datum::inf);
  return arma::rowvec(-arma::min(of_chosen, 0));
}

bool meets(const Requirements& requirements, const Chosen& chosen, const arma::vec& shares) {
  return worst_miss(requirements.slack(shares), chosen)[0] <= met_points;
}

arma::vec tidied(const Domain& domain, const arma::vec& shares) {
  return weights::nearest(domain, shares);
}

// Shortfalls and what they cost: variables are the weights, then a shortfall for each chosen
// requirement.
arma::vec least_shortfall(const Domain& domain, const arma::vec& target,
                          const Requirements& requirements, const Chosen& chosen,
                          const arma::vec& start) {
  const arma::uword members = target.n_elem, count = chosen.size();
  constexpr double nearness =
      1e-4;  // of a squared share beside a squared point: only chooses among equals
  NonlinearProgram program = program_over(domain, count);
  program.objective = [=](const arma::vec& x, arma::vec* gradient) {
    const arma::vec away = x.head(members) - target, shortfall = x.tail(count);
    if (gradient)
      *gradient = arma::join_cols(arma::vec(2 * nearness * away), arma::vec(2 * shortfall));
    return nearness * arma::dot(away, away) + arma::dot(shortfall, shortfall);
  };
  program.constraint_count = count;
  const arma::uvec rows = rows_of(chosen);
  program.constraints = [&](const arma::vec& x, arma::mat* jacobian) {
    const arma::vec shares = x.head(members);
    if (!jacobian) return arma::vec(-requirements.slack(shares).eval().elem(rows) - x.tail(count));
    const Requirements::Slopes slopes = requirements.slopes(shares);
    *jacobian = arma::join_rows(arma::mat(-slopes.derivative.rows(rows)),
                                arma::mat(-arma::eye(count, count)));
    return arma::vec(-slopes.slack.elem(rows) - x.tail(count));
  };
  const arma::vec missed = arma::clamp(-requirements.slack(start).eval().elem(rows), 0.0, 200.0);
  optimise::Effort effort;
  effort.evaluations = 500;
  const optimise::NonlinearSolution solution =
      optimise::minimise(program, arma::join_cols(start, missed), effort);
  return tidied(domain, solution.x.head(members));
}

struct Drawn {
  arma::mat shares;  // members x draws
  arma::mat slack;   // requirements x draws
};

Drawn draw(const Domain& domain, const Requirements& requirements) {
  Drawn drawn{weights::sample(domain, draws, seed), {}};
  drawn.slack = requirements.slack(drawn.shares);
  return drawn;
}

// Where to begin: the target, and the drawn weights that miss least.
std::vector<arma::vec> starts(const Domain& domain, const arma::vec& target, const Drawn& drawn,
                              const Chosen& chosen, std::size_t count) {
  std::vector<arma::vec> result{weights::nearest(domain, target)};
  const arma::rowvec miss = worst_miss(drawn.slack, chosen);
  const arma::uvec order = arma::stable_sort_index(miss.t());
  for (std::size_t k = 0; k < std::min<std::size_t>(count, order.n_elem); ++k)
    result.push_back(drawn.shares.col(order[k]));
  return result;
}

double total_shortfall(const Requirements& requirements, const Chosen& chosen,
                       const arma::vec& shares) {
  const arma::vec slack = requirements.slack(shares).eval().elem(rows_of(chosen));
  const arma::vec missed = arma::clamp(-slack, 0.0, arma::datum::inf);
  return missed.has_nan() ? arma::datum::inf : arma::dot(missed, missed);
}

// Weights that meet the chosen requirements, if any are found.
std::optional<arma::vec> some_meeting(const Domain& domain, const Requirements& requirements,
                                      const Chosen& chosen, const Drawn& drawn) {
  for (arma::uword k = 0; k < drawn.slack.n_cols; ++k) {
    bool met = true;
    for (const std::size_t r : chosen) met = met && drawn.slack(r, k) >= 0;
    if (met) return arma::vec(drawn.shares.col(k));
  }
  const arma::vec middle = weights::nearest(domain, (domain.low + domain.high) / 2);
  for (const arma::vec& start : starts(domain, middle, drawn, chosen, 3)) {
    const arma::vec found = least_shortfall(domain, start, requirements, chosen, start);
    if (meets(requirements, chosen, found)) return found;
  }
  return std::nullopt;
}

// The last point on the way from `met` to `target` that still meets all.
arma::vec pulled(const Requirements& requirements, const Chosen& all, arma::vec met,
                 const arma::vec& target) {
  double near = 0, far = 1;
  for (int step = 0; step < 40; ++step) {
    const double middle = (near + far) / 2;
    (meets(requirements, all, met + middle * (target - met)) ? near : far) = middle;
  }
  return met + near * (target - met);
}

}  // namespace

std::optional<arma::vec> nearest_meeting(const Domain& domain, const arma::vec& target,
                                         const Requirements& requirements) {
  const arma::vec nearest = weights::nearest(domain, target);
  const Chosen all = all_of(requirements);
  if (all.empty() || meets(requirements, all, nearest)) return nearest;
  const Drawn drawn = draw(domain, requirements);
  const auto inside = some_meeting(domain, requirements, all, drawn);
  if (!inside) return std::nullopt;

  NonlinearProgram program = program_over(domain, 0);
  program.objective = [&](const arma::vec& x, arma::vec* gradient) {
    const arma::vec away = x - target;
    if (gradient) *gradient = 2 * away;
    return arma::dot(away, away);
  };
  program.constraint_count = all.size();
  program.constraints = [&](const arma::vec& x, arma::mat* jacobian) {
    if (!jacobian) return arma::vec(-requirements.slack(x).eval());
    const Requirements::Slopes slopes = requirements.slopes(x);
    *jacobian = -slopes.derivative;
    return arma::vec(-slopes.slack);
  };
  arma::vec best = pulled(requirements, all, *inside, nearest);
  auto from = starts(domain, target, drawn, all, 6);
  from.push_back(best);
  for (const arma::vec& start : from) {
    arma::vec found = tidied(domain, optimise::minimise(program, start).x);
    if (!meets(requirements, all, found)) found = pulled(requirements, all, *inside, found);
    if (arma::norm(found - target) < arma::norm(best - target)) best = found;
  }
  return best;
}

arma::vec best_compromise(const Domain& domain, const arma::vec& target,
                          const Requirements& requirements) {
  const Chosen all = all_of(requirements);
  const Drawn drawn = draw(domain, requirements);
  arma::vec best = weights::nearest(domain, target);
  double least = total_shortfall(requirements, all, best);
  for (const arma::vec& start : starts(domain, target, drawn, all, 6)) {
    const arma::vec found = least_shortfall(domain, target, requirements, all, start);
    const double shortfall = total_shortfall(requirements, all, found);
    if (shortfall < least) {
      least = shortfall;
      best = found;
    }
  }
  return best;
}

std::vector<std::size_t> smallest_conflict(const Domain& domain, const Requirements& requirements,
                                           const std::vector<std::size_t>& statement) {
  const Drawn drawn = draw(domain, requirements);
  std::vector<std::size_t> statements = statement;
  std::sort(statements.begin(), statements.end());
  statements.erase(std::unique(statements.begin(), statements.end()), statements.end());
  const auto can_be_met = [&](const std::vector<std::size_t>& some) {
    Chosen chosen;
    for (std::size_t r = 0; r < statement.size(); ++r)
      if (std::find(some.begin(), some.end(), statement[r]) != some.end()) chosen.push_back(r);
    return chosen.empty() || some_meeting(domain, requirements, chosen, drawn).has_value();
  };
  if (can_be_met(statements)) return {};
  const std::size_t n = statements.size();
  for (std::size_t a = 0; a < n; ++a)
    if (!can_be_met({statements[a]})) return {statements[a]};
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = a + 1; b < n; ++b)
      if (!can_be_met({statements[a], statements[b]})) return {statements[a], statements[b]};
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = a + 1; b < n; ++b)
      for (std::size_t c = b + 1; c < n; ++c)
        if (!can_be_met({statements[a], statements[b], statements[c]}))
          return {statements[a], statements[b], statements[c]};
  std::vector<std::size_t> kept = statements;
  for (const std::size_t s : statements) {
    std::vector<std::size_t> without = kept;
    std::erase(without, s);
    if (!can_be_met(without)) kept = without;
  }
  return kept;
}

}  // namespace waystone::fit
