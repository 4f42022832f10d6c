// Natural logarithm and exponential in plain double arithmetic: no branches, so loops over lanes
// run in vectors, and no fused operations, so every machine and vector width gives the same bits
// (the mathematical libraries promise neither). Argument reduction and polynomials after the
// published method of fdlibm (Sun Microsystems, 1993); errors below 1 unit in the last place.
#pragma once
#include <bit>
#include <cstdint>
#include <limits>

namespace waystone::evaluate {

/// ln x for normal positive x; NaN stays NaN.
inline double natural_log_normal(double x) {
  constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
  // x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2); k in double through the bits of 2^52
  // + k
  constexpr std::uint64_t half_sqrt2 = 0x3FE6A09E00000000u, one = 0x3FF0000000000000u;
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t shifted = bits - half_sqrt2;
  const std::uint64_t exponent = ((shifted >> 52) ^ 0x800u) & 0xFFFu;  // k + 2048
  const double k =
      std::bit_cast<double>(0x4330000000000000u | exponent) - (4503599627370496.0 + 2048.0);
  const double m = std::bit_cast<double>((shifted & 0x000FFFFFFFFFFFFFu) + half_sqrt2);
  static_assert(one > half_sqrt2);
  const double f = m - 1.0, s = f / (2.0 + f), z = s * s, w = z * z;
  const double even = w * (3.999999999940941908e-01 +
                           w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd = z * (6.666666666666735130e-01 +
                          w * (2.857142874366239149e-01 +
                               w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double half_square = 0.5 * f * f;
  const double result =
      k * ln2_high - ((half_square - (s * (half_square + odd + even) + k * ln2_low)) - f);
  return x != x ? x : result;
}

/// e^x for |x| below 700; NaN stays NaN.
inline double exponential_moderate(double x) {
  constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10,
                   log2_e = 1.44269504088896338700;
  constexpr double to_integer =
      6755399441055744.0;  // 1.5 * 2^52: adding it rounds to a whole number
  const double shifted = x * log2_e + to_integer;
  const double k = shifted - to_integer;
  const double high = x - k * ln2_high, low = k * ln2_low, r = high - low, t = r * r;
  const double c =
      r - t * (1.66666666666666019037e-01 +
               t * (-2.77777777770155933842e-03 +
                    t * (6.61375632143793436117e-05 +
                         t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  const double y = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
  const std::uint64_t power = std::bit_cast<std::uint64_t>(shifted)
                              << 52;  // k to the exponent's place
  const double result = std::bit_cast<double>(std::bit_cast<std::uint64_t>(y) + power);
  return x != x ? x : result;
}

/// ln x for any x: unknown (NaN) for x <= 0.
inline double natural_log(double x) {
  constexpr double smallest = std::numeric_limits<double>::min(),
                   infinity = std::numeric_limits<double>::infinity();
  if (!(x > 0)) return std::numeric_limits<double>::quiet_NaN();
  if (x == infinity) return x;
  if (x < smallest)
    return natural_log_normal(x * 18014398509481984.0) - 54 * 6.93147180559945286227e-01;
  return natural_log_normal(x);
}

/// e^x for any x.
inline double exponential(double x) {
  if (x > 709.78) return std::numeric_limits<double>::infinity();
  if (x < -700) return x < -745 ? 0 : exponential_moderate(x + 100) * 3.720075976020835963e-44;
  if (x > 700) return exponential_moderate(x - 100) * 2.688117141816135448e+43;
  return exponential_moderate(x);
}

}  // namespace waystone::evaluate
