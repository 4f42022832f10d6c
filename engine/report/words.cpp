#include "report/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "scenario/scenario.hpp"
#include "syntax/parse.hpp"

namespace waystone::report {
namespace {

using model::Unit;

std::string with_separators(const std::string& digits) {
  std::string result;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) result += ',';
    result += digits[i];
  }
  return result;
}

std::string without_trailing_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

// One unit of the last digit: "1", "0.1".
std::string last_digit(int digits) { return fixed(std::pow(10.0, -digits), digits); }

std::string with_unit(const std::string& number) {
  return fmt::format("{} {}", number, number == "1" ? "point" : "points");
}

std::string dollars(double value) {
  const double size = std::abs(value);
  if (size >= 1e9) return fmt::format("USD {} billion", amount(value / 1e9));
  if (size >= 1e6) return fmt::format("USD {} million", amount(value / 1e6));
  return "USD " + amount(value);
}

std::string counted_amount(const std::string& number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == "1" ? one : many);
}

// Derived values that say their digits, or that rounding leaves some.
bool has_digits(const model::Node& node) {
  return node.kind == model::NodeKind::derived && (node.digits || node.rounding);
}

std::string amount_of(const model::Node& node, double value) {
  if (has_digits(node)) return amount(value, node.digits ? *node.digits : *node.rounding);
  // Beside a number that it is compared with: the digits that tell the two apart.
  constexpr int most = 9;
  std::string text = amount(value);
  for (const double edge : node.compared) {
    if (tie(edge, value) || amount(edge) != text) continue;
    for (int digits = 1; digits <= most; ++digits)
      if (amount(edge, digits) != amount(value, digits)) return amount(value, digits);
  }
  return text;
}

std::string dollars_of(const model::Node& node, double value) {
  constexpr int most = 9;
  for (const double edge : node.compared) {
    if (tie(edge, value) || dollars(edge) != dollars(value)) continue;
    for (int digits = 0; digits <= most; ++digits)
      if (amount(edge, digits) != amount(value, digits)) return "USD " + amount(value, digits);
  }
  return dollars(value);
}

const model::Level* level_at(const model::Node& node, double value) {
  if (node.kind != model::NodeKind::indicator) return nullptr;
  for (const model::Level& level : node.indicator().levels)
    if (level.value == value) return &level;
  return nullptr;
}

std::string level_short(const model::Node& node, double value) {
  return node.high ? fmt::format("{} of {}", amount(value), amount(*node.high))
                   : "level " + amount(value);
}

std::string level_words(const model::Node& node, double value) {
  const std::string text = level_short(node, value);
  if (const model::Level* level = level_at(node, value))
    return fmt::format("{}, \"{}\"", text, level->anchor);
  const model::Level *below = level_at(node, std::floor(value)),
                     *above = level_at(node, std::ceil(value));
  if (below && above)
    return fmt::format("{}, between \"{}\" and \"{}\"", text, below->anchor, above->anchor);
  return text;
}

std::string code_words(const model::Node& node, double value) {
  const model::Level* level = level_at(node, value);
  return level ? level->code : amount(value);
}

std::string date_words(double days) {
  if (std::isinf(days)) return days < 0 ? "never" : "any later day";
  return to_string(Date{static_cast<std::int32_t>(days)});
}

}  // namespace

std::string points(double score, int digits) {
  return std::isnan(score) ? "not rated" : fixed(score, digits);
}

std::string signed_points(double value, int digits) {
  if (std::isnan(value)) return "";
  const double units = in_units(value, digits);
  return units == 0 ? "0" : fmt::format("{}{}", units > 0 ? "+" : "", fixed(value, digits));
}

std::string small_points(double value, int digits) {
  if (tie(value, 0.0)) return signed_points(0, digits);  // the last bits of a sum
  if (std::isnan(value) || in_units(value, digits) != 0) return signed_points(value, digits);
  return fmt::format("{}<{}", value > 0 ? "+" : "-", last_digit(digits));
}

std::string point_word(double value, int digits) {
  const bool rounds_away = value != 0 && in_units(value, digits) == 0;
  return rounds_away ? "less than " + with_unit(last_digit(digits))
                     : with_unit(fixed(std::abs(value), digits));
}

namespace {

// What a reader gets who subtracts the printed numbers; what rounds away between them stays too
// small to be said.
double printed_difference(double from, double to, int digits) {
  if (tie(from, to)) return 0;
  const double unit = std::pow(10.0, -digits);
  const double shown = (in_units(to, digits) - in_units(from, digits)) * unit;
  return in_units(shown, digits) == 0 || in_units(to - from, digits) == 0
             ? std::clamp(to - from, -0.4 * unit, 0.4 * unit)
             : shown;
}

}  // namespace

std::string printed_change(double from, double to, int digits) {
  return point_word(printed_difference(from, to, digits), digits);
}

std::string printed_move(double from, double to, int digits) {
  if (std::isnan(from) || std::isnan(to)) return "";
  return small_points(printed_difference(from, to, digits), digits);
}

std::string moved_words(double value, double moved, int digits) {
  if (std::isnan(moved)) return std::isnan(value) ? "no score with it" : "no score without it";
  return printed_move(value - moved, value, digits);
}

std::string interval(double low, double high, int digits) {
  if (std::isnan(low) || std::isnan(high)) return "";
  const std::string from = fixed(low, digits), to = fixed(high, digits);
  if (from == to) return to;
  const bool whole =
      decimals_in(low) == 0 && decimals_in(high) == 0;  // "0 to 100" of what is not known at all
  return whole ? fmt::format("{} to {}", fixed(low, 0), fixed(high, 0))
               : fmt::format("{} to {}", from, to);
}

double least_told(int digits) { return 0.5 * std::pow(10.0, -digits); }

std::string written_points(double value) { return with_unit(exact(value)); }

std::string percent(double share) { return fixed(100 * share, 0) + "%"; }

std::string amount(double value) {
  if (std::isnan(value)) return "unknown";
  if (std::isinf(value)) return value < 0 ? "minus infinity" : "infinity";
  const double size = std::abs(value);
  if (size != 0 && (size >= 1e15 || size < 1e-6)) return fmt::format("{:.3g}", value);
  const int digits = size >= 100    ? 0
                     : size >= 10   ? 1
                     : size >= 1    ? 2
                     : size >= 0.1  ? 3
                     : size >= 0.01 ? 4
                                    : std::min(9, 2 - int(std::floor(std::log10(size))));
  const std::string text =
      without_trailing_zeros(fixed(size, size == std::floor(size) ? 0 : digits));
  const std::size_t dot = std::min(text.find('.'), text.size());
  const std::string shown = with_separators(text.substr(0, dot)) + text.substr(dot);
  return fmt::format("{}{}", value < 0 && shown != "0" ? "-" : "", shown);
}

std::string amount(double value, int digits) {
  if (!std::isfinite(value)) return amount(value);
  const std::string text = fixed(std::abs(value), digits);
  const std::size_t dot = std::min(text.find('.'), text.size());
  return fmt::format("{}{}{}", in_units(value, digits) < 0 ? "-" : "",
                     with_separators(text.substr(0, dot)), text.substr(dot));
}

std::string exact(double value) {
  if (std::isnan(value)) return "unknown";
  if (std::isinf(value)) return value < 0 ? "never" : "infinity";
  std::array<char, 32> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value == 0 ? 0.0 : value).ptr;
  return std::string(buffer.data(), end);
}

std::string value_in_short(const model::Node& node, double value) {
  if (std::isnan(value)) return "unknown";
  const std::string number = amount_of(node, value);
  switch (node.unit) {
    case Unit::percent: return number + "%";
    case Unit::usd: return has_digits(node) ? "USD " + number : dollars_of(node, value);
    case Unit::years: return counted_amount(number, "year", "years");
    case Unit::months: return counted_amount(number, "month", "months");
    case Unit::days: return counted_amount(number, "day", "days");
    case Unit::points: return counted_amount(number, "point", "points");
    case Unit::yes_no: return value != 0 ? "yes" : "no";
    case Unit::date: return date_words(value);
    case Unit::code: return code_words(node, value);
    case Unit::level: return level_short(node, value);
    default: return number;
  }
}

std::string value_in_words(const model::Node& node, double value) {
  if (node.unit == Unit::level && !std::isnan(value)) return level_words(node, value);
  return value_in_short(node, value);
}

std::string range_in_words(const model::Node& node, double low, double high) {
  if (std::isnan(low) || std::isnan(high) || low == high) return "";
  if (node.unit == Unit::date && std::isinf(low) && std::isinf(high)) return "any day or never";
  if (node.unit == Unit::yes_no) return "yes or no";
  if (node.unit == Unit::code) return "any of its codes";
  const auto end = [&](double value) {
    return node.unit == Unit::level     ? amount(value)
           : node.unit == Unit::percent ? amount_of(node, value) + "%"
                                        : value_in_short(node, value);
  };
  const std::string from = end(low), to = end(high);
  return from == to ? "" : fmt::format("{} to {}", from, to);  // a range too narrow to be printed
}

std::string long_date(Date date) {
  static constexpr std::array<std::string_view, 12> months = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::string iso = to_string(date);  // YYYY-MM-DD
  const int month = std::stoi(iso.substr(5, 2)), day = std::stoi(iso.substr(8, 2));
  return fmt::format("{} {} {}", day, months[std::size_t(month - 1)], std::stoi(iso.substr(0, 4)));
}

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", with_separators(std::to_string(number)), number == 1 ? one : many);
}

std::string joined(const std::vector<std::string>& items, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? last : ", ";
    text += items[i];
  }
  return text;
}

std::string listed(const std::vector<std::string>& items) {
  return fmt::format("{}", fmt::join(items, "; "));
}

std::string joined_up_to(const std::vector<std::string>& items, std::size_t most,
                         std::string_view where) {
  if (items.size() <= most) return joined(items);
  std::vector<std::string> shown(items.begin(), items.begin() + std::ptrdiff_t(most));
  shown.push_back(fmt::format("{} more ({})", items.size() - most, where));
  return joined(shown);
}

std::string never_rated_words(const std::vector<std::string>& countries) {
  std::vector<std::string> names;
  for (const std::string& code : countries) names.emplace_back(scenario::country_name(code));
  if (names.empty()) return "";
  return fmt::format(" ({} {} not rated by any weights within the limits)", joined(names),
                     names.size() == 1 ? "is" : "are");
}

std::string one_line(std::string_view text) {
  std::string result;
  bool space = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      space = !result.empty();
      continue;
    }
    if (space) result += ' ';
    space = false;
    result += c;
  }
  return result;
}

std::string code_line(std::string_view text) {
  std::string kept;
  bool quoted = false, comment = false;
  for (const char c : text) {
    if (c == '\n')
      comment = false;
    else if (c == '"' && !comment)
      quoted = !quoted;
    else if (c == '#' && !quoted)
      comment = true;
    if (!comment) kept += c;
  }
  return one_line(kept);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string spoken(std::string_view name) {
  std::string text(name);
  if (name.find(' ') != std::string_view::npos) return text;  // a window: as it is written
  for (char& c : text)
    if (c == '_') c = ' ';
  return text;
}

std::string combination_in_words(const model::Factor& factor) {
  const std::string floor =
      factor.floor ? fmt::format(", no part below {}", amount(factor.floor->value)) : "";
  switch (factor.combination) {
    case model::Combination::arithmetic: return "arithmetic mean";
    case model::Combination::geometric: return "geometric mean" + floor;
    case model::Combination::harmonic: return "harmonic mean" + floor;
    case model::Combination::power_mean:
      return fmt::format("power mean of order {}{}",
                         factor.order ? amount(factor.order->value) : "1", floor);
    case model::Combination::sum: return "sum";
    case model::Combination::product: return "product";
    case model::Combination::worst: return "worst member";
    case model::Combination::best: return "best member";
    case model::Combination::median: return "median";
    case model::Combination::expression: return "written formula";
  }
  return "";
}

std::string_view unit_word(Unit unit) {
  return unit == Unit::none ? "plain" : syntax::name_of(unit);
}

std::string_view comparison_word(model::Op op) {
  switch (op) {
    case model::Op::less: return "<";
    case model::Op::less_equal: return "<=";
    case model::Op::greater: return ">";
    case model::Op::greater_equal: return ">=";
    case model::Op::equal: return "=";
    default: return "!=";
  }
}

std::string_view kind_word(model::NodeKind kind) {
  switch (kind) {
    case model::NodeKind::indicator: return "indicator";
    case model::NodeKind::parameter: return "parameter";
    case model::NodeKind::derived: return "derived";
    case model::NodeKind::factor: return "factor";
    case model::NodeKind::output: return "output";
  }
  return "";
}

std::string_view effect_word(model::EffectKind kind) {
  switch (kind) {
    case model::EffectKind::scale: return "scale";
    case model::EffectKind::add: return "add";
    case model::EffectKind::at_most: return "at_most";
    case model::EffectKind::at_least: return "at_least";
  }
  return "";
}

}  // namespace waystone::report
