// A number in an expectation: its value or, if that is unknown, the range in which it may lie.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>

namespace waystone::validate {

struct Extent {
  double value = std::numeric_limits<double>::quiet_NaN();  // NaN: unknown
  double low = -std::numeric_limits<double>::infinity();    // low = value = high where it is known
  double high = std::numeric_limits<double>::infinity();

  bool known() const { return !std::isnan(value); }
};

inline Extent exactly(double value) {
  return std::isnan(value) ? Extent{} : Extent{value, value, value};
}

/// An unknown with only one possible value is known.
inline Extent lying_between(double low, double high) {
  return low == high ? exactly(low) : Extent{std::nan(""), low, high};
}

/// f(a, b), which must be monotone in each operand while the other is fixed: its extremes are at
/// the ends. An operation without a result for known operands, such as a division by zero, is
/// unknown.
template <class F>
Extent combined(const Extent& a, const Extent& b, F f) {
  if (a.known() && b.known()) return exactly(f(a.value, b.value));
  const double ends[] = {f(a.low, b.low), f(a.low, b.high), f(a.high, b.low), f(a.high, b.high)};
  if (std::any_of(std::begin(ends), std::end(ends), [](double x) { return std::isnan(x); }))
    return {};
  const auto [low, high] = std::minmax_element(std::begin(ends), std::end(ends));
  return lying_between(*low, *high);
}

}  // namespace waystone::validate
