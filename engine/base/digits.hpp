// Numbers with a fixed count of digits after the point, as they are printed, and how many digits a
// number or a pair of them needs.
#pragma once
#include <optional>
#include <string>

namespace waystone {

/// A number in units of its last printed digit, halves away from zero: in_units(-0.125, 2) is -13.
/// NaN stays NaN.
double in_units(double value, int digits);

/// "0.350", "47", "-0.1"; never "-0". `value` is finite, 0 <= digits <= 9.
std::string fixed(double value, int digits);

/// The fewest digits, from `least` to `most`, with which two numbers print differently; nothing
/// where none of these tell them apart.
std::optional<int> digits_apart(double a, double b, int least, int most);

/// Digits after the point that a number is written with: 0 for 5, 3 for 0.001; at most 9.
int decimals_in(double value);

}  // namespace waystone
