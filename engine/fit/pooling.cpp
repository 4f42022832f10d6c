#include "fit/pooling.hpp"

#include <cmath>

namespace waystone::fit {

arma::vec pool(const arma::mat& shares, const arma::vec& trust, Pool how) {
  const arma::vec part = normalised(trust);
  if (part.is_empty() || part.n_elem != shares.n_cols || part.min() <= 0) return {};
  if (how == Pool::arithmetic) return normalised(shares * part);
  arma::vec logarithms = arma::log(shares) * part;  // log 0 is -infinity, which stays
  if (logarithms.has_nan() || !std::isfinite(logarithms.max())) return {};
  return normalised(arma::exp(logarithms - logarithms.max()));
}

arma::vec pool(const std::vector<Proposal>& proposals, Pool how) {
  arma::mat shares;
  std::vector<double> trust;
  for (const Proposal& proposal : proposals) {
    if (!proposal.found()) continue;
    shares = shares.is_empty() ? arma::mat(proposal.shares)
                               : arma::mat(arma::join_rows(shares, proposal.shares));
    trust.push_back(proposal.trust);
  }
  return trust.empty() ? arma::vec() : pool(shares, arma::vec(trust), how);
}

}  // namespace waystone::fit
