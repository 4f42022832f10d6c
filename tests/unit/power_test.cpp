// The engine's own power and common logarithm: exact where they can be, within half a unit and a
// little of the exact result elsewhere, with the special cases of std::pow.
#include "catch.hpp"

#include <cfloat>
#include <cmath>
#include <limits>
#include <random>
#include <string>

#include "evaluate/power.hpp"

namespace {

using waystone::evaluate::common_log;
using waystone::evaluate::power_of;

const double infinite = std::numeric_limits<double>::infinity();

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

TEST_CASE("whole powers that a double holds are exact") {
  for (int base = 2; base <= 60; ++base) {
    double exact = 1;
    for (int n = 0; exact * base < 0x1p53; ++n, exact *= base) {
      INFO(base << " to the power " << n);
      CHECK(power_of(base, n) == exact);
      CHECK(power_of(-base, n) == (n % 2 ? -exact : exact));
    }
  }
  CHECK(power_of(2, -1074) == 5e-324);
  CHECK(power_of(4, 0.5) == 2);
  CHECK(power_of(0.25, 1.5) == 0.125);
}

TEST_CASE("the logarithm of a power of ten is whole") {
  for (int n = -307; n <= 308; ++n)
    CHECK(common_log(std::strtod(("1e" + std::to_string(n)).c_str(), nullptr)) == n);
  CHECK(std::isnan(common_log(0)));
  CHECK(std::isnan(common_log(-1)));
  CHECK(common_log(infinite) == infinite);
}

TEST_CASE("special cases are those of std::pow") {
  const double some[] = {0.0,    -0.0,       1,        -1,        0.5,    -0.5,   2,
                         -2,     3,          -3,       1e300,     -1e300, 5e-324, DBL_MIN,
                         0x1p53, 0x1p53 + 2, infinite, -infinite, 1024,   -1075,  std::nan("")};
  for (const double x : some)
    for (const double y : some) {
      INFO(x << " to the power " << y);
      CHECK(same(power_of(x, y), std::pow(x, y)));
    }
}

// A long double has 64 bits on x86, 113 on ARM; where it is a double there is nothing to measure
// by.
TEST_CASE("results are within 0.53 units in the last place") {
  if (LDBL_MANT_DIG < 64) return;
  std::mt19937_64 bits(1);
  const auto uniform = [&bits] { return double(bits() >> 11) * 0x1p-53; };
  const auto units = [](double got, long double want) {
    int exponent = 0;
    std::frexp(double(want), &exponent);
    return std::fabs(double((got - want) * std::ldexp(1.0L, 53 - exponent)));
  };
  double worst = 0, worst_log = 0;
  for (int n = 0; n < 200'000; ++n) {
    const double x = n % 2 ? uniform() * 100 + 1e-9 : std::exp(uniform() * 1400 - 700);
    const double y = n % 2 ? uniform() * 40 - 20 : uniform() * 2 - 1;
    const long double want = std::pow((long double)x, (long double)y);
    if (want < 1e-300L || want > 1e300L) continue;
    worst = std::max(worst, units(power_of(x, y), want));
    worst_log = std::max(worst_log, units(common_log(x), std::log10((long double)x)));
  }
  CHECK(worst < 0.535);  // the measure itself is off by a thousandth
  CHECK(worst_log < 0.51);
}

}  // namespace
