#include "fit/ahp.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "fit/perturbed.hpp"

namespace waystone::fit {

arma::mat comparison_matrix(const std::vector<Comparison>& comparisons, std::size_t n) {
  arma::mat result(n, n, arma::fill::eye);
  for (const Comparison& comparison : comparisons) {
    result(comparison.first, comparison.second) = comparison.ratio;
    result(comparison.second, comparison.first) = 1 / comparison.ratio;
  }
  return result;
}

arma::mat harker_matrix(const arma::mat& comparisons) {
  arma::mat result = comparisons;
  for (arma::uword i = 0; i < result.n_rows; ++i)
    result(i, i) += double(arma::accu(comparisons.row(i) == 0));
  return result;
}

std::optional<Priorities> principal_eigenvector(const arma::mat& comparisons) {
  if (comparisons.is_empty() || !comparisons.is_finite() || comparisons.min() < 0)
    return std::nullopt;
  const arma::mat matrix = harker_matrix(comparisons);
  // Squaring doubles the number of power steps each time, so chains of comparisons, whose steps
  // converge slowly, cost no more.
  arma::mat powers = matrix / matrix.max();
  for (int doubling = 0; doubling < 60; ++doubling) {
    arma::mat next = powers * powers;
    next /= next.max();
    if (!next.is_finite()) return std::nullopt;
    const bool settled = arma::approx_equal(next, powers, "reldiff", 1e-15);
    powers = next;
    if (settled) break;
  }
  if (!(powers.min() > 0)) return std::nullopt;  // a pair that no chain of comparisons connects
  Priorities result;
  result.shares = normalised(arma::sum(powers, 1));
  for (int step = 0; step < 5 && !result.shares.is_empty();
       ++step) {  // takes the rounding of the squarings away
    const arma::vec next = matrix * result.shares;
    result.lambda_max = arma::accu(next);
    result.shares = normalised(next);
  }
  if (result.shares.is_empty() || !std::isfinite(result.lambda_max)) return std::nullopt;
  result.lambda_max =
      std::max(result.lambda_max, double(comparisons.n_rows));  // never less but by rounding
  return result;
}

double random_index(std::size_t n, std::size_t missing) {
  constexpr std::array saaty{0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49};
  if (n < 3) return 0;
  const double complete =
      n < saaty.size() ? saaty[n] : (1.7699 * double(n) - 4.3513) / double(n - 1);
  return complete * std::max(0.0, 1 - 2 * double(missing) / (double(n - 1) * double(n - 2)));
}

namespace {

std::size_t missing_pairs(const arma::mat& comparisons) { return arma::accu(comparisons == 0) / 2; }

double consistency_index(const Priorities& priorities) {
  const double n = double(priorities.shares.n_elem);
  return n < 2 ? 0 : (priorities.lambda_max - n) / (n - 1);
}

double consistency_ratio(const Priorities& priorities, std::size_t missing) {
  const double random = random_index(priorities.shares.n_elem, missing);
  return random > 0 ? consistency_index(priorities) / random : 0;
}

struct Compared {
  std::vector<std::size_t> members;     // of the group, those that are compared
  std::vector<Comparison> comparisons;  // by their places among these
};

Compared compared(const std::vector<Comparison>& comparisons) {
  Compared result;
  for (const Comparison& one : comparisons)
    result.members.insert(result.members.end(), {one.first, one.second});
  std::sort(result.members.begin(), result.members.end());
  result.members.erase(std::unique(result.members.begin(), result.members.end()),
                       result.members.end());
  const auto place = [&](std::size_t member) {
    return std::size_t(std::lower_bound(result.members.begin(), result.members.end(), member) -
                       result.members.begin());
  };
  for (const Comparison& one : comparisons)
    result.comparisons.push_back({place(one.first), place(one.second), one.ratio, one.where});
  return result;
}

AhpFindings findings_of(const Compared& said, const arma::mat& matrix,
                        const Priorities& priorities) {
  AhpFindings result;
  result.lambda_max = priorities.lambda_max;
  result.missing = missing_pairs(matrix);
  result.consistency_index = consistency_index(priorities);
  result.random_index = random_index(said.members.size(), result.missing);
  result.consistency_ratio = consistency_ratio(priorities, result.missing);
  return result;
}

// `without`: the priorities if it is left out.
ComparisonFit fit_of(const Compared& said, std::size_t comparison, const Priorities& priorities,
                     const Perturbed& perturbed, const std::optional<Priorities>& without,
                     const AhpFindings& all) {
  const Comparison& one = said.comparisons[comparison];
  ComparisonFit fit;
  fit.comparison = comparison;
  fit.implied = priorities.shares[one.first] / priorities.shares[one.second];
  fit.error = one.ratio / fit.implied;
  if (without) fit.ratio_without = consistency_ratio(*without, all.missing + 1);
  const auto replaced = perturbed.with(one.first, one.second, fit.implied);
  fit.ratio_replaced = replaced ? consistency_ratio(*replaced, all.missing) : all.consistency_ratio;
  return fit;
}

}  // namespace

Proposal propose(const Ahp& ahp, const weights::Group& group) {
  Proposal result = proposed_by(ahp.signature, "comparisons of pairs (AHP)");
  const Compared said = compared(ahp.comparisons);
  const arma::mat matrix = comparison_matrix(said.comparisons, said.members.size());
  const auto priorities = principal_eigenvector(matrix);
  if (!priorities) {
    result.failure =
        "the comparisons don't connect all members that they are about, or their numbers can't be "
        "computed with";
    return result;
  }
  result.shares = spread(priorities->shares, said.members, group.now);
  AhpFindings findings = findings_of(said, matrix, *priorities);
  const Perturbed perturbed(matrix, *priorities);
  for (std::size_t k = 0; k < said.comparisons.size(); ++k) {
    const auto without = perturbed.with(said.comparisons[k].first, said.comparisons[k].second, 0);
    const Comparison& one = ahp.comparisons[k];
    result.judgements.push_back(
        {fmt::format("{} is {} times as important as {}", group.members[one.first],
                     fit::said(one.ratio), group.members[one.second]),
         one.where, without ? spread(without->shares, said.members, group.now) : arma::vec()});
    findings.fits.push_back(fit_of(said, k, *priorities, perturbed, without, findings));
  }
  std::stable_sort(findings.fits.begin(), findings.fits.end(), [](const auto& a, const auto& b) {
    return a.ratio_replaced < b.ratio_replaced;
  });
  result.findings = std::move(findings);
  return result;
}

}  // namespace waystone::fit
