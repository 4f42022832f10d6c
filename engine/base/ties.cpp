#include "base/ties.hpp"

namespace waystone {
namespace {

// From here on decimal numbers are whole, and tens beyond 1e14: there a number is rounded as it is.
constexpr double all_whole = 1e13;

double in_decimals(double x) { return std::fabs(x) < all_whole ? decimal(x) : x; }

// Whole already, and adding a half would not be exact.
bool is_whole(double x) { return !(std::fabs(x) < 0x1p52); }

}  // namespace

double round_half_up(double x) { return is_whole(x) ? x : std::floor(in_decimals(x) + 0.5); }

double round_half_even(double x) {
  if (is_whole(x)) return x;
  const double value = in_decimals(x), below = std::floor(value), rest = value - below;
  const bool up = rest > 0.5 || (rest == 0.5 && std::fmod(below, 2.0) != 0);
  return up ? below + 1 : below;
}

}  // namespace waystone
