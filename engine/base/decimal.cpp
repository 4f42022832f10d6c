#include "base/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace waystone {
namespace {

constexpr int most_digits = 18;  // 10^18 fits an int64

std::optional<std::int64_t> scaled(std::int64_t mantissa, int by) {
  for (; by > 0; --by)
    if (__builtin_mul_overflow(mantissa, std::int64_t{10}, &mantissa)) return std::nullopt;
  return mantissa;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view numeral) {
  Decimal result;
  bool point = false;
  int digits = 0;
  for (const char c : numeral) {
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      if (++digits > most_digits) return std::nullopt;
      result.mantissa = result.mantissa * 10 + (c - '0');
      result.scale += point ? 1 : 0;
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0) return std::nullopt;
  return result;
}

std::optional<Decimal> sum(std::span<const Decimal> terms) {
  Decimal total;
  for (const Decimal& term : terms) total.scale = std::max(total.scale, term.scale);
  for (const Decimal& term : terms) {
    const auto mantissa = scaled(term.mantissa, total.scale - term.scale);
    if (!mantissa || __builtin_add_overflow(total.mantissa, *mantissa, &total.mantissa))
      return std::nullopt;
  }
  return total;
}

bool equal(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale, b.scale);
  const auto left = scaled(a.mantissa, scale - a.scale),
             right = scaled(b.mantissa, scale - b.scale);
  return left && right && *left == *right;
}

std::string Decimal::text() const {
  std::string digits = fmt::format("{:0{}}", std::abs(mantissa), scale + 1);
  if (scale > 0) {
    digits = fmt::format("{}.{}", digits.substr(0, digits.size() - std::size_t(scale)),
                         digits.substr(digits.size() - std::size_t(scale)));
    while (digits.back() == '0') digits.pop_back();
    if (digits.back() == '.') digits.pop_back();
  }
  return fmt::format("{}{}", mantissa < 0 ? "-" : "", digits);
}

double Decimal::value() const {
  const std::string digits = text();
  double result = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), result);
  return result;
}

std::optional<double> parse_double(std::string_view numeral) {
  double result = 0;
  const char* last = numeral.data() + numeral.size();
  const auto [end, error] = std::from_chars(numeral.data(), last, result);
  if (error != std::errc{} || end != last || !std::isfinite(result)) return std::nullopt;
  return result;
}

}  // namespace waystone
