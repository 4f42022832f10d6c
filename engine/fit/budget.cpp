#include "fit/budget.hpp"

#include <fmt/format.h>

namespace waystone::fit {
namespace {

arma::vec shares_of(const Budget& budget, const weights::Group& group) {
  std::vector<std::size_t> given;
  std::vector<double> points;
  for (const Said& one : budget.points) {
    given.push_back(one.member);
    points.push_back(one.number);
  }
  return spread(normalised(arma::vec(points)), given, group.now);
}

}  // namespace

BudgetFindings spread_of(const arma::mat& shares) {
  BudgetFindings result;
  result.lowest = arma::min(shares, 1);
  result.highest = arma::max(shares, 1);
  result.deviation = arma::zeros<arma::vec>(shares.n_rows);
  if (shares.n_cols > 1) result.deviation = arma::stddev(shares, 0, 1);
  return result;
}

Proposal propose(const std::vector<Budget>& budgets, Pool how, const weights::Group& group) {
  Proposal result;
  result.source = "budget allocation";
  arma::mat shares(group.size(), budgets.size());
  arma::vec trust(budgets.size());
  for (std::size_t k = 0; k < budgets.size(); ++k) {
    const arma::vec one = shares_of(budgets[k], group);
    if (one.is_empty()) {
      result.failure =
          fmt::format("no points that could be shared out by '{}'", budgets[k].signature.by);
      return result;
    }
    shares.col(k) = one;
    trust[k] = budgets[k].signature.trust;
  }
  if (!budgets.empty()) {
    result.trust = arma::mean(trust);
    result.where = budgets[0].signature.where;
    result.findings = spread_of(shares);
  }
  result.shares = pool(shares, trust, how);
  if (!result.found())
    result.failure =
        budgets.empty() ? "no budgets" : "the people's budgets have no common member above 0";
  for (std::size_t k = 0; k < budgets.size(); ++k) {
    arma::mat others = shares;
    arma::vec trust_of_others = trust;
    others.shed_col(k);
    trust_of_others.shed_row(k);
    result.judgements.push_back(
        {budgets[k].signature.by, budgets[k].signature.where, pool(others, trust_of_others, how)});
  }
  return result;
}

}  // namespace waystone::fit
