// Which doubles stand for the same decimal number. Figures, weights and edges are decimal numbers
// with few digits, and their binary sums can miss the decimal result by a last bit. So every
// comparison that decides something compares the decimals that the two numbers stand for.
#pragma once
#include <array>
#include <cmath>
#include <cstdlib>

namespace waystone {

/// The powers of ten that doubles hold exactly.
inline constexpr std::array<double, 23> powers_of_ten{
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// The decimal number that `x` stands for, as the nearest double: nine decimals below 100,000,
/// fourteen significant digits from there on, halves away from zero; from 1e22 on, infinite and
/// NaN: `x` itself. A function of one number, so ties are transitive; and monotone, since each step
/// (times a power of ten, floor, divided by it) is, and all steps of a decade end where the next
/// begins.
inline double decimal(double x) {
  constexpr int significant = 14;
  const double size = std::fabs(x);
  if (!(size < powers_of_ten.back())) return x;
  int whole = 5;  // digits before the point
  while (size >= powers_of_ten[std::size_t(whole)]) ++whole;
  const double unit = powers_of_ten[std::size_t(std::abs(significant - whole))];
  const bool fraction = whole <= significant;  // the last digit stands for 1 / unit, else for unit
  const double count = std::floor((fraction ? size * unit : size / unit) + 0.5);
  return std::copysign(fraction ? count / unit : count * unit, x);
}

/// Whether two different numbers are near enough to possibly stand for the same decimal number. If
/// not, they compare as their decimal numbers do, so there is no need to work these out.
inline bool may_tie(double a, double b) {
  return a != b && std::fabs(a - b) <= 1e-8 + 1e-12 * std::fabs(b);
}

/// Whether two numbers stand for the same decimal number. NaN ties with nothing.
inline bool tie(double a, double b) {
  return a == b || (may_tie(a, b) && decimal(a) == decimal(b));
}

/// Whether `a` is less than `b` in decimals. False where either is NaN.
inline bool below(double a, double b) { return may_tie(a, b) ? decimal(a) < decimal(b) : a < b; }

/// Rounded half up to a whole number (halves towards infinity), in decimals.
double round_half_up(double x);
/// Rounded to the nearest whole number in decimals, halves to the even one.
double round_half_even(double x);

}  // namespace waystone
