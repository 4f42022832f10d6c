// A change of weights as numerals of the rule file.
#include <cmath>

#include <fmt/format.h>

#include "base/apportion.hpp"
#include "base/decimal.hpp"
#include "robust/turning.hpp"

namespace waystone::robust {
namespace {

constexpr int fewest_decimals = 1, most_decimals = 9;

std::string numeral(double value) { return fmt::format("{:.12g}", value); }

// What may stand in the file: today's numerals where nothing moves.
std::vector<ApportionLimit> limits_of(const weights::Group& group, const arma::vec& shares) {
  std::vector<ApportionLimit> limits(group.size());
  for (std::size_t m = 0; m < group.size(); ++m) {
    limits[m] = {group.domain.low[m], group.domain.high[m], std::nullopt};
    if (std::fabs(shares[m] - group.now[m]) < 1e-9)
      limits[m].fixed = numeral(group.now[m] * group.written_total);
  }
  return limits;
}

// The change carried a little further, in steps of half a unit of the last digit, rounded each
// time.
std::vector<std::vector<std::string>> roundings(const weights::Group& group, const Change& change,
                                                int decimals) {
  const arma::vec way = change.shares - group.now;
  const double unit = 0.01 * std::pow(10, -decimals), largest = arma::abs(way).max();
  std::vector<std::vector<std::string>> result;
  for (int further = 0; further <= 8; ++further) {
    const arma::vec shares =
        arma::clamp(arma::vec(group.now + way * (1 + 0.5 * further * unit / largest)), 0, 1);
    auto numerals =
        apportion(std::vector<double>(shares.begin(), shares.end()), limits_of(group, shares),
                  group.domain.ties, decimals, numeral(group.written_total));
    if (numerals && (result.empty() || result.back() != *numerals))
      result.push_back(std::move(*numerals));
  }
  return result;
}

arma::vec shares_of(const std::vector<std::string>& numerals) {
  arma::vec shares(numerals.size());
  for (std::size_t m = 0; m < numerals.size(); ++m)
    shares[m] = parse_double(numerals[m]).value_or(0);
  return shares / arma::accu(shares);
}

Edit edit_with(const weights::Group& group, const std::vector<std::string>& numerals,
               const arma::vec& shares, int decimals) {
  Edit edit{{}, shares, points_moved(group.now, shares), decimals};
  for (std::size_t m = 0; m < group.size(); ++m) {
    const std::string before = numeral(group.now[m] * group.written_total);
    if (before != numerals[m]) edit.weights.push_back({m, before, numerals[m], group.numerals[m]});
  }
  return edit;
}

}  // namespace

std::optional<Edit> edit_of(const Question& question, const Target& target, const Change& change) {
  const weights::Group& group = question.group;
  for (int decimals = fewest_decimals; decimals <= most_decimals; ++decimals)
    for (const auto& numerals : roundings(group, change, decimals)) {
      const arma::vec shares = shares_of(numerals);
      if (target.reached(target.height(question.scores.at(shares))[0]))
        return edit_with(group, numerals, shares, decimals);
    }
  return std::nullopt;
}

}  // namespace waystone::robust
