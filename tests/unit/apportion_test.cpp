// Percentages as written: they add up in decimal arithmetic, whatever limits, ties and numerals are
// asked for.
#include "catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

#include <fmt/format.h>

#include "base/apportion.hpp"
#include "base/decimal.hpp"

using namespace waystone;

namespace {

using Ties = std::vector<std::vector<std::size_t>>;

struct Problem {
  std::vector<double> shares;
  std::vector<ApportionLimit> limits;
  Ties ties;
  int decimals = 0;
};

std::optional<std::vector<std::string>> solve(const Problem& problem) {
  return apportion(problem.shares, problem.limits, problem.ties, problem.decimals);
}

double unit_of(const Problem& problem) { return std::pow(10.0, -problem.decimals); }

// Shares that add up to 1, some of them small.
std::vector<double> random_shares(std::mt19937_64& random, std::size_t count) {
  std::vector<double> shares(count);
  for (double& share : shares) share = -std::log(double(random() >> 11) * 0x1p-53 + 1e-12);
  const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= total;
  return shares;
}

// What every answer must satisfy.
void require_sound(const Problem& problem, const std::vector<std::string>& numerals) {
  std::vector<Decimal> terms;
  REQUIRE(numerals.size() == problem.shares.size());
  for (std::size_t i = 0; i < numerals.size(); ++i) {
    const auto numeral = parse_decimal(numerals[i]);
    REQUIRE(numeral);
    REQUIRE(numeral->mantissa > 0);
    terms.push_back(*numeral);
    if (problem.limits.empty()) continue;
    const ApportionLimit& limit = problem.limits[i];
    REQUIRE(numeral->value() / 100 >= limit.low - 1e-14);
    REQUIRE(numeral->value() / 100 <= limit.high + 1e-14);
    if (limit.fixed)
      REQUIRE(numerals[i] == *limit.fixed);
    else
      REQUIRE((numeral->scale <= problem.decimals || !problem.ties.empty()));
  }
  REQUIRE(equal(*sum(terms), Decimal{100, 0}));
  for (const auto& tie : problem.ties)
    for (const std::size_t i : tie) REQUIRE(equal(terms[i], terms[tie.front()]));
}

double farthest_units(const Problem& problem, const std::vector<std::string>& numerals) {
  double farthest = 0;
  for (std::size_t i = 0; i < numerals.size(); ++i)
    farthest =
        std::max(farthest, std::abs(parse_decimal(numerals[i])->value() - 100 * problem.shares[i]) /
                               unit_of(problem));
  return farthest;
}

// Hamilton's method as in the textbook.
std::vector<std::int64_t> largest_remainders(const std::vector<double>& shares) {
  std::vector<std::int64_t> seats;
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const double share : shares) seats.push_back(std::int64_t(100 * share));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return 100 * shares[a] - double(seats[a]) > 100 * shares[b] - double(seats[b]);
  });
  const auto left = 100 - std::accumulate(seats.begin(), seats.end(), std::int64_t{0});
  for (std::size_t k = 0; k < std::size_t(left); ++k) ++seats[order[k]];
  return seats;
}

// Is there any way at all? Whole percents, tried one group after another.
bool possible(const std::vector<std::array<std::int64_t, 3>>& groups, std::size_t from,
              std::int64_t left) {
  if (from == groups.size()) return left == 0;
  const auto [size, low, high] = groups[from];
  for (std::int64_t units = low; units <= high && size * units <= left; ++units)
    if (possible(groups, from + 1, left - size * units)) return true;
  return false;
}

}  // namespace

TEST_CASE("percentages are written as short as they can be and add up") {
  const auto written = [](std::vector<double> shares, int decimals) {
    return *apportion(shares, {}, {}, decimals);
  };
  using Numerals = std::vector<std::string>;
  REQUIRE(written({0.22, 0.78}, 0) == Numerals{"22", "78"});
  REQUIRE(written({0.075, 0.925}, 3) == Numerals{"7.5", "92.5"});
  REQUIRE(written({1.0 / 3, 1.0 / 3, 1.0 / 3}, 0) ==
          Numerals{"34", "33", "33"});  // equal remainders by position
  REQUIRE(written({1.0 / 3, 1.0 / 3, 1.0 / 3}, 1) == Numerals{"33.4", "33.3", "33.3"});
  REQUIRE(written({0.285, 0.285, 0.43}, 0) ==
          Numerals{"29", "28", "43"});                               // 28.499999999999996 in binary
  REQUIRE(written({0.999999, 0.000001}, 0) == Numerals{"99", "1"});  // never nothing
  REQUIRE(written({1}, 2) == Numerals{"100"});
}

TEST_CASE("ties and fixed numerals") {
  using Numerals = std::vector<std::string>;
  const std::vector<double> shares{0.333, 0.333, 0.334};
  REQUIRE(*apportion(shares, {}, {{0, 1}}, 0) == Numerals{"33", "33", "34"});
  REQUIRE(!apportion(shares, {}, {{0, 1}, {1, 2}}, 0));  // a third of 100 has no end
  REQUIRE(!apportion(shares, {}, {{0, 1, 2}}, 9));
  std::vector<ApportionLimit> limits(3);
  limits[2].fixed = "33.50";
  REQUIRE(*apportion(shares, limits, {}, 1) == Numerals{"33.3", "33.2", "33.50"});
  REQUIRE(!apportion(shares, limits, {}, 0));  // 66.5 in whole percents
  REQUIRE(*apportion(shares, limits, {{0, 1}}, 2) == Numerals{"33.25", "33.25", "33.50"});
  REQUIRE(!apportion(shares, limits, {{0, 1}}, 1));  // 66.5 in two equal parts
  REQUIRE(*apportion(shares, limits, {{0, 2}}, 0) == Numerals{"33.50", "33", "33.50"});
  limits[0].fixed = "33.5";
  REQUIRE(*apportion(shares, limits, {{0, 2}}, 0) == Numerals{"33.5", "33", "33.50"});
  limits[0].fixed = "33.6";
  REQUIRE(!apportion(shares, limits, {{0, 2}}, 1));  // tied, and fixed apart
  limits[0].fixed = "70";
  REQUIRE(!apportion(shares, limits, {}, 2));            // more than there is
  limits[0] = {.low = 0.07, .high = 0.07, .fixed = {}};  // 7.000000000000001 percent in binary
  REQUIRE(*apportion(shares, limits, {}, 2) == Numerals{"7", "59.5", "33.50"});
}

TEST_CASE("what can't be apportioned is nothing, not a guess") {
  REQUIRE(!apportion({}, {}, {}, 2));
  REQUIRE(!apportion(std::vector{0.5, std::nan("")}, {}, {}, 2));
  REQUIRE(!apportion(std::vector{0.5, 0.5}, {}, {}, -1));
  REQUIRE(!apportion(std::vector<double>(101, 1.0 / 101), {}, {},
                     0));  // one unit each is more than there is
  REQUIRE(apportion(std::vector<double>(101, 1.0 / 101), {}, {}, 1));
  REQUIRE(!apportion(std::vector{0.5, 0.5},
                     std::vector<ApportionLimit>{{.low = 0, .high = 0.4, .fixed = {}},
                                                 {.low = 0, .high = 0.5, .fixed = {}}},
                     {}, 2));
  REQUIRE(!apportion(std::vector{0.5, 0.5},
                     std::vector<ApportionLimit>{{.low = 0.101, .high = 0.109, .fixed = {}}, {}},
                     {},
                     0));  // no whole percent within
}

TEST_CASE("without limits and ties it is the method of largest remainders") {
  std::mt19937_64 random(11);
  for (int trial = 0; trial < 20'000; ++trial) {
    const Problem problem{random_shares(random, 2 + random() % 12), {}, {}, 0};
    const auto seats = largest_remainders(problem.shares);
    if (std::any_of(seats.begin(), seats.end(), [](auto s) { return s < 1; })) continue;
    const auto numerals = solve(problem);
    REQUIRE(numerals);
    double ours = 0, textbook = 0;
    for (std::size_t i = 0; i < seats.size(); ++i) {
      ours += std::abs(parse_decimal((*numerals)[i])->value() - 100 * problem.shares[i]);
      textbook += std::abs(double(seats[i]) - 100 * problem.shares[i]);
    }
    REQUIRE(ours == Approx(textbook).margin(1e-2));  // remainders within a 4096th may change places
  }
}

TEST_CASE("random shares, limits, ties and fixed numerals: sound, and near where nothing binds") {
  std::mt19937_64 random(12);
  int answered = 0, near = 0;
  for (int trial = 0; trial < 30'000; ++trial) {
    Problem problem{random_shares(random, 1 + random() % 14), {}, {}, int(random() % 5)};
    const std::size_t count = problem.shares.size();
    std::size_t largest = 1;
    for (std::size_t set = random() % 3; set > 0 && count > 1; --set) {
      std::vector<std::size_t> tie;
      for (std::size_t k = 2 + random() % 3; k > 0; --k) tie.push_back(random() % count);
      std::sort(tie.begin(), tie.end());
      tie.erase(std::unique(tie.begin(), tie.end()), tie.end());
      const bool apart =
          std::none_of(problem.ties.begin(), problem.ties.end(), [&](const auto& other) {
            return std::any_of(tie.begin(), tie.end(), [&](auto i) {
              return std::find(other.begin(), other.end(), i) != other.end();
            });
          });
      if (!apart) continue;
      double mean = 0;
      for (const std::size_t i : tie) mean += problem.shares[i] / double(tie.size());
      for (const std::size_t i : tie) problem.shares[i] = mean;
      largest = std::max(largest, tie.size());
      problem.ties.push_back(tie);
    }
    const bool bound = random() % 2 == 0;
    if (bound) {
      problem.limits.resize(count);
      for (std::size_t i = 0; i < count; ++i) {
        ApportionLimit& limit = problem.limits[i];
        const auto pick = random() % 6;
        if (pick == 0) limit.low = double(random() % 15) / 100;
        if (pick == 1) limit.high = double(10 + random() % 60) / 100;
        if (pick == 2)
          limit.fixed =
              fmt::format("{:.{}f}", std::max(1.0, 100 * problem.shares[i]), int(random() % 3));
      }
    }
    const auto numerals = solve(problem);
    if (!numerals) continue;
    ++answered;
    require_sound(problem, *numerals);
    const bool small = std::any_of(problem.shares.begin(), problem.shares.end(),
                                   [&](double share) { return 100 * share < unit_of(problem); });
    if (bound || small) continue;
    ++near;
    REQUIRE(farthest_units(problem, *numerals) <= double(largest) + 1e-3);
  }
  REQUIRE(answered > 20'000);
  REQUIRE(near > 8'000);
}

TEST_CASE("nothing is said only where there is nothing, by trying every way") {
  std::mt19937_64 random(13);
  int none = 0;
  for (int trial = 0; trial < 3'000; ++trial) {
    Problem problem;
    std::vector<std::array<std::int64_t, 3>> groups;
    for (std::size_t g = 1 + random() % 3; g > 0; --g) {
      const std::int64_t size = 1 + std::int64_t(random() % 7),
                         low = 1 + std::int64_t(random() % 20),
                         high = std::min<std::int64_t>(100, low + std::int64_t(random() % 30));
      groups.push_back({size, low, high});
      std::vector<std::size_t> tie;
      for (std::int64_t k = 0; k < size; ++k) {
        tie.push_back(problem.shares.size());
        problem.shares.push_back(double(random() % 100) / 300);
        problem.limits.push_back(
            {.low = double(low) / 100, .high = double(high) / 100, .fixed = {}});
      }
      problem.ties.push_back(tie);
    }
    const auto numerals = solve(problem);
    none += !numerals;
    REQUIRE(numerals.has_value() == possible(groups, 0, 100));
    if (numerals) require_sound(problem, *numerals);
  }
  REQUIRE(none > 300);
  REQUIRE(none < 2'700);
}

TEST_CASE("a thousand shares are apportioned, and more are refused") {
  std::mt19937_64 random(14);
  REQUIRE(apportion(random_shares(random, 1000), {}, {}, 4));
  REQUIRE(!apportion(random_shares(random, 1001), {}, {}, 4));
}
