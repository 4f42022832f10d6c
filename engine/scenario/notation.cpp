#include "scenario/notation.hpp"

#include <cmath>

#include <fmt/format.h>

#include "scenario/figure_words.hpp"

namespace waystone::scenario {
namespace {

constexpr std::size_t longest_figure = 64;  // bytes; no figure is longer

std::size_t count_digits(std::string_view text) {
  return std::size_t(std::count_if(text.begin(), text.end(), is_digit));
}

}  // namespace

std::string Figure::hint(std::string_view unit) const {
  if (wants_conversion(unit))
    return fmt::format("convert it: {}, and this is in another currency", unit);
  std::vector<std::string> parts = advice;
  if (alone && parts.empty() && !unit.empty())
    return fmt::format("write the number alone: {}, so {}", unit, numeral);
  if (alone) parts.emplace_back("write the number alone");
  const std::string other =
      otherwise.empty() ? "" : fmt::format(", or {} where the comma is a decimal mark", otherwise);
  return fmt::format("{}: {}{}", fmt::join(parts, "; "), numeral, other);
}

bool Figure::wants_conversion(std::string_view unit) const {
  return foreign && unit.find("USD") != std::string_view::npos;
}

std::optional<Figure> figure_in(std::string_view text, const std::function<bool(double)>& fits) {
  if (text.size() > longest_figure || marks_absence(text)) return std::nullopt;
  const std::string simple = plain(text);
  const std::size_t digits = count_digits(simple);
  if (digits == 0) return std::nullopt;
  auto figure = read_figure(simple, fits);
  if (!figure) return std::nullopt;
  const auto dashes = [](std::string_view in) { return std::count(in.begin(), in.end(), '-'); };
  const auto appears = [&](char c) {
    return simple.find(c) != std::string::npos && text.find(c) == std::string_view::npos;
  };
  if (dashes(simple) > dashes(text) && figure->numeral.starts_with('-'))
    figure->advice.insert(figure->advice.begin(), "write the hyphen-minus");
  if (digits > count_digits(text) && !appears('/') && !appears('^'))
    figure->advice.emplace_back("write plain digits");
  if (figure->advice.empty() && !figure->alone) return std::nullopt;
  return figure;
}

bool is_plain_number(std::string_view text) {
  const bool plus = text.starts_with('+');
  if (plus) text.remove_prefix(1);
  return !(plus && text.starts_with('-')) && value_of(text).has_value();
}

std::optional<std::string> without_point(std::string_view numeral) {
  const std::size_t point = numeral.find('.'),
                    first = numeral.starts_with('-') || numeral.starts_with('+') ? 1 : 0;
  if (point == std::string_view::npos || point == first || point > first + 3 ||
      numeral.size() - point != 4)
    return std::nullopt;
  std::string digits(numeral);
  digits.erase(point, 1);
  const std::string_view bare = std::string_view(digits).substr(first);
  if (bare[0] == '0' || !std::all_of(bare.begin(), bare.end(), is_digit)) return std::nullopt;
  return digits;
}

std::optional<std::string> turned_fraction(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  Text above_line{text.substr(0, slash)}, below_line{text.substr(slash + 1)};
  above_line.trim();
  below_line.trim();
  const auto above = value_of(above_line.rest), below = value_of(below_line.rest);
  if (!above || !below || !(*above > 0 && *below > *above)) return std::nullopt;
  return fmt::format("{:.6g}", *below / *above);
}

bool marks_absence(std::string_view text) {
  constexpr std::array<std::string_view, 44> words{"..",
                                                   "...",
                                                   ".",
                                                   "-",
                                                   "--",
                                                   "---",
                                                   ":",
                                                   "?",
                                                   "*",
                                                   "**",
                                                   "x",
                                                   "xx",
                                                   "xxx",
                                                   "/",
                                                   "\\n",
                                                   "na",
                                                   "n/a",
                                                   "n.a.",
                                                   "n.a",
                                                   "#n/a",
                                                   "n/d",
                                                   "n.d.",
                                                   "nd",
                                                   "nan",
                                                   "-nan",
                                                   "null",
                                                   "none",
                                                   "nil",
                                                   "missing",
                                                   "unknown",
                                                   "n.k.",
                                                   "not available",
                                                   "not applicable",
                                                   "no data",
                                                   "no value",
                                                   "void",
                                                   "tbd",
                                                   "#value!",
                                                   "#ref!",
                                                   "#div/0!",
                                                   "#name?",
                                                   "#null!",
                                                   "#num!",
                                                   "<na>"};
  std::string simple = plain(text);
  if (simple.size() > 2 && (simple.front() == '(' || simple.front() == '[') &&
      (simple.back() == ')' || simple.back() == ']'))
    simple = simple.substr(1, simple.size() - 2);
  return simple.empty() || std::find(words.begin(), words.end(), simple) != words.end();
}

bool stands_for_none(double number) {
  constexpr std::array numbers{66.0,  77.0,  88.0,   99.0,   999.0, 9999.0, 99999.0, 999999.0,
                               888.0, 777.0, 8888.0, 7777.0, 99.99, 999.9,  999.99,  9999.99};
  constexpr double least_positive = 99.99;  // 77 is often a figure, -77 hardly ever
  const bool known = std::find(numbers.begin(), numbers.end(), std::abs(number)) != numbers.end();
  return known && (number < 0 || number >= least_positive);
}

bool stands_for_none(std::string_view numeral) {
  const auto number = value_of(numeral);
  return number && stands_for_none(*number);
}

}  // namespace waystone::scenario
