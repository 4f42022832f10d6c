#include "base/digits.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/ties.hpp"

namespace waystone {

double in_units(double value, int digits) {
  return std::round(decimal(value * std::pow(10.0, digits)));
}

std::string fixed(double value, int digits) {
  const double units = in_units(value, digits);
  return fmt::format("{:.{}f}", units == 0 ? 0.0 : units / std::pow(10.0, digits), digits);
}

std::optional<int> digits_apart(double a, double b, int least, int most) {
  for (int digits = least; digits <= most; ++digits)
    if (in_units(a, digits) != in_units(b, digits)) return digits;
  return std::nullopt;
}

int decimals_in(double value) {
  constexpr int most = 9;
  int digits = 0;
  while (digits < most &&
         std::fabs(in_units(value, digits) / std::pow(10.0, digits) - value) > 1e-10)
    ++digits;
  return digits;
}

}  // namespace waystone
