// Which doubles stand for one decimal number: monotone, so transitive, and what sums, quotients and
// means of few digits come to.
#include "catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "base/ties.hpp"

using namespace waystone;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double up(double x, int bits) {
  for (; bits > 0; --bits) x = std::nextafter(x, infinity);
  for (; bits < 0; ++bits) x = std::nextafter(x, -infinity);
  return x;
}

// The borders of the rule: where a decade ends, halves of a step, and what lies beside them.
std::vector<double> places() {
  std::vector<double> all{0, 1e-300, 5e-10, 1e-9, 1.5e-9, 0.1, 0.3, 39.99999999999999, 40, 1e300};
  for (const double power : powers_of_ten)
    for (const double x : {power, 1.5 * power, 9.9999999999995 * power, 1.2345678901235 * power})
      all.push_back(x);
  std::vector<double> beside;
  for (const double x : all)
    for (int bits = -3; bits <= 3; ++bits) beside.insert(beside.end(), {up(x, bits), -up(x, bits)});
  std::sort(beside.begin(), beside.end());
  return beside;
}

}  // namespace

TEST_CASE("decimals never fall as numbers rise", "[ties]") {
  const std::vector<double> all = places();
  for (std::size_t k = 0; k + 1 < all.size(); ++k) {
    INFO(all[k] << " and " << all[k + 1]);
    REQUIRE(decimal(all[k]) <= decimal(all[k + 1]));
    REQUIRE(round_half_up(all[k]) <= round_half_up(all[k + 1]));
    REQUIRE(round_half_even(all[k]) <= round_half_even(all[k + 1]));
    REQUIRE(decimal(decimal(all[k])) == decimal(all[k]));
    REQUIRE(decimal(-all[k]) == -decimal(all[k]));
  }
}

TEST_CASE("comparing is comparing decimals", "[ties]") {
  const std::vector<double> all = places();
  for (const double a : all)
    for (const double b : all) {
      INFO(a << " and " << b);
      REQUIRE(tie(a, b) == (decimal(a) == decimal(b)));
      REQUIRE(below(a, b) == (decimal(a) < decimal(b)));
    }
  const double unknown = std::nan("");
  CHECK(std::isnan(decimal(unknown)));
  CHECK_FALSE(tie(unknown, unknown));
  CHECK_FALSE(below(unknown, 1));
  CHECK_FALSE(below(1, unknown));
  CHECK(tie(infinity, infinity));
  CHECK(below(1, infinity));
  CHECK_FALSE(below(infinity, 1));
}

TEST_CASE("sums, products, quotients and means of few digits are what they are in decimals",
          "[ties]") {
  CHECK(decimal(0.1 + 0.2) == 0.3);
  CHECK(decimal(100 * (0.07 * 3)) == 21);
  CHECK(decimal(0.5 * 33 + 0.3 * 35 + 0.2 * 65) == 40);
  CHECK(decimal((5.6 + 4.8 + 1.6) / 3) == 4);
  std::mt19937_64 random(3);
  const auto whole = [&random](int most) { return std::int64_t(random() % std::uint64_t(most)); };
  for (int trial = 0; trial < 200000; ++trial) {  // figures of one digit, weights of one percent
    std::vector<std::int64_t> tenths(2 + std::size_t(whole(6)));
    std::int64_t left = 100, thousandths = 0;
    double sum = 0;
    for (std::size_t m = 0; m < tenths.size(); ++m) {
      tenths[m] = whole(1001);
      const std::int64_t weight = m + 1 == tenths.size() ? left : whole(int(left) + 1);
      left -= weight;
      thousandths += weight * tenths[m];
      sum += double(weight) / 100 * (double(tenths[m]) / 10);
    }
    INFO(sum);
    REQUIRE(decimal(sum) == double(thousandths) / 1000);
    REQUIRE(round_half_up(sum * 100) == double((thousandths + 5) / 10));
  }
}

TEST_CASE("the mean of two grades rounds half up, whichever grades they are", "[ties]") {
  int pairs = 0;
  for (int a = 10; a < 100; ++a)
    for (int b = 10; b < 100; ++b) {
      if ((a + b) % 2 == 0 || a > b) continue;
      ++pairs;
      const double mean = (double(a) / 10 + double(b) / 10) / 2;
      INFO(a << " and " << b);
      REQUIRE(round_half_up(mean * 10) / 10 == double(a + b + 1) / 20);
    }
  CHECK(pairs == 2025);
}

TEST_CASE("halves go up or to the even number, at any size", "[ties]") {
  CHECK(round_half_up(2.5) == 3);
  CHECK(round_half_up(-2.5) == -2);
  CHECK(round_half_up(up(2.5, -1)) == 3);
  CHECK(round_half_up(2.499999) == 2);
  CHECK(round_half_even(2.5) == 2);
  CHECK(round_half_even(up(2.5, 1)) == 2);
  CHECK(round_half_even(3.5) == 4);
  CHECK(round_half_even(-3.5) == -4);
  CHECK(round_half_even(-2.5) == -2);
  CHECK(round_half_up(12345678901.46) == 12345678901);
  CHECK(round_half_up(12345678901.5) == 12345678902);
  CHECK(round_half_up(4503599627370497.0) == 4503599627370497.0);  // 2^52 + 1
  CHECK(round_half_up(1e300) == 1e300);
  CHECK(round_half_even(-infinity) == -infinity);
}
