// Numbers are kept as unevaluated sums of two doubles, `high` being the sum rounded, so that a
// logarithm has some 70 bits: multiplied by an exponent of hundreds it still has more than the 53
// of the result. Sums and products are exact by Knuth and Dekker (Numerische Mathematik 18, 1971).
#include "evaluate/power.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace waystone::evaluate {
namespace {

struct Pair {
  double high, low;
};

constexpr double infinite = std::numeric_limits<double>::infinity();

Pair exact_sum(double a, double b) {
  const double sum = a + b, of_b = sum - a;
  return {sum, (a - (sum - of_b)) + (b - of_b)};
}

// Where |a| >= |b|.
Pair quick_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

// The upper 26 bits.
double upper(double a) {
  const double shifted = 134217729.0 * a;  // 2^27 + 1
  return shifted - (shifted - a);
}

Pair exact_product(double a, double b) {
  const double product = a * b, a_high = upper(a), a_low = a - a_high, b_high = upper(b),
               b_low = b - b_high;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

Pair product(Pair a, Pair b) {
  const Pair p = exact_product(a.high, b.high);
  return quick_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

// Of a number and a smaller one.
Pair sum(Pair a, Pair b) {
  const Pair s = exact_sum(a.high, b.high);
  return quick_sum(s.high, s.low + (a.low + b.low));
}

constexpr Pair ln2{6.93147180369123816490e-01, 1.90821492927058770002e-10};  // `high` has 33 bits
constexpr Pair third{1.0 / 3, 1.850371707708594e-17}, fifth{0.2, -1.1102230246251566e-17};
constexpr Pair one_over_ln10{0.4342944819032518, 1.098319650216765e-17};

// ln x of a positive finite x other than 0. With x = 2^k m, m between sqrt(1/2) and sqrt(2), and
// s = (m - 1) / (m + 1), ln m = 2 (s + s^3 / 3 + s^5 / 5 + ...).
Pair long_log(double x) {
  constexpr std::uint64_t half_sqrt2 = 0x3FE6A09E00000000u;
  double k = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 18014398509481984.0;  // 2^54
    k = -54;
  }
  const std::uint64_t shifted = std::bit_cast<std::uint64_t>(x) - half_sqrt2;
  k += double(std::int64_t(shifted) >> 52);
  const double m = std::bit_cast<double>((shifted & 0x000FFFFFFFFFFFFFu) + half_sqrt2), f = m - 1;
  const Pair below = exact_sum(2, f);
  const double s_high = f / below.high;
  const Pair back = exact_product(s_high, below.high);
  const Pair s{s_high, ((f - back.high) - back.low - s_high * below.low) / below.high};
  const Pair z = product(s, s);
  double rest = 0;
  for (const double odd : {27, 25, 23, 21, 19, 17, 15, 13, 11, 9, 7})
    rest = z.high * (rest + 1.0 / odd);
  const Pair series = product(z, sum(third, product(z, sum(fifth, {rest, 0}))));
  const Pair log = sum(s, product(s, series));
  return sum({k * ln2.high, k * ln2.low}, {2 * log.high, 2 * log.low});
}

// 1 over 16!, 15! … 3!
constexpr std::array one_over_factorials = [] {
  std::array<double, 14> terms{};
  double factorial = 2;
  for (int n = 3; n <= 16; ++n) terms[std::size_t(16 - n)] = 1 / (factorial *= n);
  return terms;
}();

double two_to(int k) { return std::bit_cast<double>(std::uint64_t(k + 1023) << 52); }

// e^x, the rounded sum of 1, x, x^2 / 2 and what is small beside them; x = k ln 2 + r.
double exponential_of(Pair x) {
  if (x.high > 710) return infinite;
  if (x.high < -746) return 0;
  const double k = std::floor(x.high * 1.44269504088896338700 + 0.5);
  const Pair r = quick_sum(x.high - k * ln2.high, x.low - k * ln2.low);
  const Pair square = product(r, r);
  double rest = 0;
  for (const double term : one_over_factorials) rest = rest * r.high + term;
  const double cubic = square.high * r.high * rest;
  const Pair one = quick_sum(1, r.high), two = quick_sum(one.high, 0.5 * square.high);
  const double result = two.high + ((one.low + two.low) + (r.low + 0.5 * square.low) + cubic);
  const int half = int(k) / 2;
  return result * two_to(half) * two_to(int(k) - half);
}

bool is_whole(double x) { return std::floor(x) == x; }
bool is_odd(double x) { return is_whole(x) && std::fabs(x) < 0x1p53 && std::fmod(x, 2) != 0; }

// x > 0, neither infinite.
double positive_power(double x, double y) {
  constexpr double huge = 0x1p64;  // whatever x is, the result is none between
  if (y == 1) return x;            // what one rounded operation gives is quicker and nearer
  if (y == 2) return x * x;
  if (y == 0.5) return std::sqrt(x);
  if (y == -1) return 1 / x;
  if (x == 1) return 1;
  if (std::fabs(y) > huge) return (x > 1) == (y > 0) ? infinite : 0;
  const Pair log = long_log(x), p = exact_product(y, log.high);
  return exponential_of(quick_sum(p.high, p.low + y * log.low));
}

}  // namespace

double power_of(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return std::numeric_limits<double>::quiet_NaN();
  const double size = std::fabs(x);
  if (std::isinf(y)) return size == 1 ? 1 : (size > 1) == (y > 0) ? infinite : 0;
  const bool negative = std::signbit(x);
  if (negative && x != 0 && size != infinite && !is_whole(y))
    return std::numeric_limits<double>::quiet_NaN();
  const double result = size == 0          ? (y > 0 ? 0 : infinite)
                        : size == infinite ? (y > 0 ? infinite : 0)
                                           : positive_power(size, y);
  return negative && is_odd(y) ? -result : result;
}

double common_log(double x) {
  if (!(x > 0)) return std::numeric_limits<double>::quiet_NaN();
  if (x == infinite) return x;
  const Pair log = product(long_log(x), one_over_ln10);
  return log.high + log.low;
}

}  // namespace waystone::evaluate
