// Powers and common logarithms in plain double arithmetic, as elementary.hpp has logarithm and
// exponential: every machine gives the same bits, and so does every language that a model is
// emitted to.
#pragma once

namespace waystone::evaluate {

/// x to the power y, within 0.53 units in the last place of the exact result (1.1 where that is
/// subnormal); results that a double holds are exact. Special cases as std::pow has them: 1 for y =
/// 0 and for x = 1, NaN for a negative x and a broken y.
double power_of(double x, double y);

/// The logarithm to base 10, within 0.51 units in the last place; whole for powers of ten. NaN for
/// x <= 0.
double common_log(double x);

}  // namespace waystone::evaluate
