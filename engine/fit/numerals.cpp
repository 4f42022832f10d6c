#include "fit/numerals.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/apportion.hpp"
#include "base/decimal.hpp"

namespace waystone::fit {
namespace {

double number_of(const std::string& numeral) {
  double value = 0;
  std::from_chars(numeral.data(), numeral.data() + numeral.size(), value);
  return value;
}

// What may not move: a limit that leaves one other value than today's is no lock.
bool stays(const weights::Group& group, const weights::Domain& domain, arma::uword member) {
  return domain.low[member] == domain.high[member] &&
         std::fabs(domain.low[member] - group.now[member]) < 1e-12;
}

// What parts add up to, exactly.
std::optional<Decimal> whole_of(const std::vector<std::string>& now) {
  std::vector<Decimal> numerals;
  for (const std::string& numeral : now) {
    const auto read = parse_decimal(numeral);
    if (!read) return std::nullopt;
    numerals.push_back(*read);
  }
  return sum(numerals);
}

std::optional<std::vector<std::string>> numerals_of(const weights::Group& group,
                                                    const weights::Domain& domain,
                                                    const arma::vec& shares, int decimals,
                                                    const std::vector<std::string>& now) {
  std::vector<ApportionLimit> limits(shares.n_elem);
  for (arma::uword m = 0; m < shares.n_elem; ++m) {
    limits[m].low = domain.low[m];
    limits[m].high = domain.high[m];
    if (stays(group, domain, m)) limits[m] = {0, 1, now[m]};
  }
  const std::span<const double> all{shares.memptr(), shares.n_elem};
  if (group.percent) return apportion(all, limits, domain.ties, decimals);
  const auto whole =
      whole_of(now);  // kept, so that what stays keeps its share, and a sum of parts its size
  if (!whole) return std::nullopt;
  return apportion(all, limits, domain.ties, std::min(9, std::max(decimals + 2, int(whole->scale))),
                   whole->text());
}

arma::vec shares_of(const std::vector<std::string>& numerals) {
  arma::vec shares(numerals.size());
  for (std::size_t m = 0; m < numerals.size(); ++m) shares[m] = number_of(numerals[m]);
  return shares / arma::accu(shares);
}

}  // namespace

std::optional<Written> write_numerals(const weights::Group& group, const weights::Domain& domain,
                                      const arma::vec& shares, int decimals,
                                      const std::vector<std::string>& now,
                                      const weights::Requirements* requirements) {
  const bool asked = requirements && !requirements->list.empty() && requirements->met(shares)[0];
  for (int digits = decimals; digits <= decimals + 3; ++digits) {
    auto numerals = numerals_of(group, domain, shares, digits, now);
    if (!numerals) continue;
    const arma::vec written = shares_of(*numerals);
    if (!asked || requirements->met(written)[0])
      return Written{std::move(*numerals), written, digits};
  }
  return std::nullopt;
}

}  // namespace waystone::fit
