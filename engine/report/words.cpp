#include "report/words.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

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

long rounded(double value) { return std::lround(value); }

std::string dollars(double value) {
  const double size = std::abs(value);
  if (size >= 1e9) return fmt::format("USD {} billion", amount(value / 1e9));
  if (size >= 1e6) return fmt::format("USD {} million", amount(value / 1e6));
  return "USD " + amount(value);
}

std::string counted_amount(double value, std::string_view one, std::string_view many) {
  const std::string text = amount(value);
  return fmt::format("{} {}", text, text == "1" ? one : many);
}

const model::Level* level_at(const model::Node& node, double value) {
  if (node.kind != model::NodeKind::indicator) return nullptr;
  for (const model::Level& level : node.indicator().levels)
    if (level.value == value) return &level;
  return nullptr;
}

std::string level_short(const model::Node& node, double value) {
  return node.high ? fmt::format("{} of {}", amount(value), amount(*node.high)) : "level " + amount(value);
}

std::string level_words(const model::Node& node, double value) {
  const std::string text = level_short(node, value);
  if (const model::Level* level = level_at(node, value)) return fmt::format("{}, \"{}\"", text, level->anchor);
  const model::Level *below = level_at(node, std::floor(value)), *above = level_at(node, std::ceil(value));
  if (below && above) return fmt::format("{}, between \"{}\" and \"{}\"", text, below->anchor, above->anchor);
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

std::string points(double score) { return std::isnan(score) ? "not rated" : std::to_string(rounded(score)); }

std::string signed_points(double value) {
  if (std::isnan(value)) return "";
  const long whole = rounded(value);
  return whole == 0 ? "0" : fmt::format("{:+}", whole);
}

std::string small_points(double value) {
  if (value == 0 || std::isnan(value) || rounded(value) != 0) return signed_points(value);
  return value > 0 ? "+<1" : "-<1";
}

std::string point_word(double value) {
  const long whole = std::labs(rounded(value));
  return whole == 0 && value != 0 ? "less than 1 point" : fmt::format("{} {}", whole, whole == 1 ? "point" : "points");
}

std::string printed_change(double from, double to) {
  const long shown = rounded(to) - rounded(from);
  return shown == 0 || std::abs(to - from) < 0.5 ? point_word(std::clamp(to - from, -0.4, 0.4)) : point_word(double(shown));
}

std::string interval(double low, double high) {
  if (std::isnan(low) || std::isnan(high)) return "";
  const long from = rounded(low), to = rounded(high);
  return from == to ? std::to_string(from) : fmt::format("{} to {}", from, to);
}

std::string percent(double share) { return fmt::format("{}%", rounded(share * 100)); }

std::string amount(double value) {
  if (std::isnan(value)) return "unknown";
  if (std::isinf(value)) return value < 0 ? "minus infinity" : "infinity";
  const double size = std::abs(value);
  if (size != 0 && (size >= 1e15 || size < 1e-6)) return fmt::format("{:.3g}", value);
  const int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : size >= 0.01 ? 4 : 7;
  const std::string text = without_trailing_zeros(fmt::format("{:.{}f}", size, size == std::floor(size) ? 0 : digits));
  const std::size_t dot = std::min(text.find('.'), text.size());
  const std::string shown = with_separators(text.substr(0, dot)) + text.substr(dot);
  return fmt::format("{}{}", value < 0 && shown != "0" ? "-" : "", shown);
}

std::string exact(double value) {
  if (std::isnan(value)) return "unknown";
  if (std::isinf(value)) return value < 0 ? "never" : "infinity";
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value == 0 ? 0.0 : value).ptr;
  return std::string(buffer.data(), end);
}

std::string value_in_short(const model::Node& node, double value) {
  if (std::isnan(value)) return "unknown";
  switch (node.unit) {
    case Unit::percent: return amount(value) + "%";
    case Unit::usd: return dollars(value);
    case Unit::years: return counted_amount(value, "year", "years");
    case Unit::months: return counted_amount(value, "month", "months");
    case Unit::days: return counted_amount(value, "day", "days");
    case Unit::points: return counted_amount(value, "point", "points");
    case Unit::yes_no: return value != 0 ? "yes" : "no";
    case Unit::date: return date_words(value);
    case Unit::code: return code_words(node, value);
    case Unit::level: return level_short(node, value);
    default: return amount(value);
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
  if (node.unit == Unit::level) return fmt::format("{} to {}", amount(low), amount(high));
  if (node.unit == Unit::percent) return fmt::format("{}% to {}%", amount(low), amount(high));
  if (node.unit == Unit::code) return "any of its codes";
  return fmt::format("{} to {}", value_in_short(node, low), value_in_short(node, high));
}

std::string long_date(Date date) {
  static constexpr std::array<std::string_view, 12> months = {"January", "February", "March",     "April",   "May",      "June",
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

std::string listed(const std::vector<std::string>& items) { return fmt::format("{}", fmt::join(items, "; ")); }

std::string joined_up_to(const std::vector<std::string>& items, std::size_t most, std::string_view where) {
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
    if (c == '\n') comment = false;
    else if (c == '"' && !comment) quoted = !quoted;
    else if (c == '#' && !quoted) comment = true;
    if (!comment) kept += c;
  }
  return one_line(kept);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string spoken(std::string_view name) {
  std::string text(name);
  for (char& c : text)
    if (c == '_') c = ' ';
  return text;
}

std::string combination_in_words(const model::Factor& factor) {
  const std::string floor = factor.floor ? fmt::format(", no part below {}", amount(factor.floor->value)) : "";
  switch (factor.combination) {
    case model::Combination::arithmetic: return "arithmetic mean";
    case model::Combination::geometric: return "geometric mean" + floor;
    case model::Combination::harmonic: return "harmonic mean" + floor;
    case model::Combination::power_mean: return fmt::format("power mean of order {}{}", factor.order ? amount(factor.order->value) : "1", floor);
    case model::Combination::sum: return "sum";
    case model::Combination::product: return "product";
    case model::Combination::worst: return "worst member";
    case model::Combination::best: return "best member";
    case model::Combination::median: return "median";
    case model::Combination::expression: return "written formula";
  }
  return "";
}

std::string_view unit_word(Unit unit) { return unit == Unit::none ? "plain" : syntax::name_of(unit); }

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
