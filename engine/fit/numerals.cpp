#include "fit/numerals.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/apportion.hpp"

namespace waystone::fit {
namespace {

double number_of(const std::string& numeral) {
  double value = 0;
  std::from_chars(numeral.data(), numeral.data() + numeral.size(), value);
  return value;
}

bool is_locked(const weights::Domain& domain, arma::uword member) { return domain.low[member] == domain.high[member]; }

std::string without_trailing_zeros(std::string numeral) {
  if (numeral.find('.') == std::string::npos) return numeral;
  numeral.erase(numeral.find_last_not_of('0') + 1);
  if (numeral.back() == '.') numeral.pop_back();
  return numeral;
}

// Parts add up to nothing in particular: each is rounded by itself, those of a tie alike since their shares are.
std::vector<std::string> parts(const weights::Group& group, const weights::Domain& domain, const arma::vec& shares, int decimals,
                               const std::vector<std::string>& now) {
  std::vector<std::string> numerals;
  for (arma::uword m = 0; m < shares.n_elem; ++m) {
    const double least = std::pow(10.0, -decimals);
    numerals.push_back(is_locked(domain, m) ? now[m]
                                            : without_trailing_zeros(fmt::format("{:.{}f}", std::max(least, shares[m] * group.written_total), decimals)));
  }
  return numerals;
}

std::optional<std::vector<std::string>> percentages(const weights::Domain& domain, const arma::vec& shares, int decimals, const std::vector<std::string>& now) {
  std::vector<ApportionLimit> limits(shares.n_elem);
  for (arma::uword m = 0; m < shares.n_elem; ++m) {
    limits[m].low = domain.low[m];
    limits[m].high = domain.high[m];
    if (is_locked(domain, m)) limits[m] = {0, 1, now[m]};
  }
  return apportion({shares.memptr(), shares.n_elem}, limits, domain.ties, decimals);
}

arma::vec shares_of(const std::vector<std::string>& numerals) {
  arma::vec shares(numerals.size());
  for (std::size_t m = 0; m < numerals.size(); ++m) shares[m] = number_of(numerals[m]);
  return shares / arma::accu(shares);
}

}  // namespace

std::optional<Written> write_numerals(const weights::Group& group, const weights::Domain& domain, const arma::vec& shares, int decimals,
                                      const std::vector<std::string>& now, const weights::Requirements* requirements) {
  const bool asked = requirements && !requirements->list.empty() && requirements->met(shares)[0];
  for (int digits = decimals; digits <= decimals + 3; ++digits) {
    auto numerals = group.percent ? percentages(domain, shares, digits, now) : parts(group, domain, shares, digits + 2, now);
    if (!numerals) continue;
    const arma::vec written = shares_of(*numerals);
    if (!asked || requirements->met(written)[0]) return Written{std::move(*numerals), written, digits};
  }
  return std::nullopt;
}

}  // namespace waystone::fit
