#include "fit/proposal.hpp"

#include <cmath>

#include <fmt/format.h>

namespace waystone::fit {

arma::vec normalised(const arma::vec& numbers) {
  if (numbers.is_empty() || !numbers.is_finite() || numbers.min() < 0) return {};
  const double largest = numbers.max();
  if (!(largest > 0)) return {};
  arma::vec shares = numbers / largest;  // so that the sum can't overflow
  shares /= arma::accu(shares);
  return shares;
}

arma::vec spread(const arma::vec& shares, const std::vector<std::size_t>& given,
                 const arma::vec& now) {
  if (shares.is_empty()) return {};
  arma::vec result = now;
  double kept = arma::accu(now);
  for (const std::size_t member : given) kept -= now[member];
  const double rest = given.size() == now.n_elem ? 1 : std::max(0.0, 1 - kept);
  for (std::size_t k = 0; k < given.size(); ++k) result[given[k]] = rest * shares[k];
  return result;
}

Proposal proposed_by(const Signature& signature, std::string source) {
  Proposal result;
  result.source = std::move(source);
  result.trust = signature.trust;
  result.where = signature.where;
  return result;
}

std::string said(double number) { return fmt::format("{:.6g}", number); }

}  // namespace waystone::fit
