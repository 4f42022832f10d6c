// A decimal numeral exactly as written, so that percentages add up in decimal arithmetic and not in
// binary.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace waystone {

struct Decimal {
  std::int64_t mantissa = 0;
  int scale = 0;  // value = mantissa / 10^scale, 0 <= scale <= 18

  double value() const;      // nearest double
  std::string text() const;  // shortest plain form: "12.5"
};

/// Digits with an optional fraction ("0.05"); nothing where it has an exponent, a sign or more than
/// 18 digits.
std::optional<Decimal> parse_decimal(std::string_view numeral);

/// Exact sum; nothing on overflow of 18 digits.
std::optional<Decimal> sum(std::span<const Decimal> terms);
bool equal(const Decimal& a, const Decimal& b);

/// Nearest double of a numeral as the rule language allows it (digits, fraction, exponent); nothing
/// where it is malformed, or too large or too small for a double.
std::optional<double> parse_double(std::string_view numeral);

}  // namespace waystone
