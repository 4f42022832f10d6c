// Words and signs around the digits of figures, and the text that they are taken from. Private to
// this room.
#pragma once
#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <string_view>

#include "scenario/notation.hpp"

namespace waystone::scenario {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

inline std::optional<double> value_of(std::string_view numeral) {
  double value = 0;
  const auto [end, error] = std::from_chars(numeral.data(), numeral.data() + numeral.size(), value);
  if (error != std::errc{} || end != numeral.data() + numeral.size()) return std::nullopt;
  return value;
}

/// A text whose ends are taken off word by word.
struct Text {
  std::string_view rest;

  void trim() {
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    while (rest.ends_with(' ')) rest.remove_suffix(1);
  }
  bool take_front(std::string_view word) {
    if (!rest.starts_with(word)) return false;
    if (is_letter(word.back()) && rest.size() > word.size() && is_letter(rest[word.size()]))
      return false;
    rest.remove_prefix(word.size());
    trim();
    return true;
  }
  // A word counts only behind something, and not as the end of another.
  bool take_back(std::string_view word) {
    if (rest.size() <= word.size() || !rest.ends_with(word)) return false;
    if (is_letter(word.front()) && is_letter(rest[rest.size() - word.size() - 1])) return false;
    rest.remove_suffix(word.size());
    trim();
    return true;
  }
  template <class Words>
  bool take_any_front(const Words& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const auto& word) { return take_front(word); });
  }
  template <class Words>
  bool take_any_back(const Words& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const auto& word) { return take_back(word); });
  }
};

inline constexpr std::array<std::string_view, 4> us_dollars{"us$", "usd", "$", "dollars"};
inline constexpr std::array<std::string_view, 21> other_currencies{
    "a$",  "c$",  "hk$", "r$",  "eur", "euros", "gbp", "cny", "rmb", "yuan", "rub",
    "chf", "jpy", "yen", "inr", "rs.", "rs",    "pln", "czk", "huf", "kzt"};
inline constexpr std::array<std::string_view, 7> percents{
    "%", "percent", "per cent", "pct", "p.p.", "pp", "percentage points"};
inline constexpr std::array<std::string_view, 14> units{
    "years", "year",   "yrs",    "yr",      "months",      "month", "days",
    "day",   "points", "people", "persons", "inhabitants", "km2",   "km"};
inline constexpr std::array<std::string_view, 12> about{
    "~",     "about", "approx.", "approx", "approximately", "around",
    "circa", "ca.",   "ca",      "c.",     "est.",          "roughly"};
inline constexpr std::array<std::string_view, 9> under{
    "<=", "<", "less than", "under", "up to", "at most", "below", "max.", "no more than"};
inline constexpr std::array<std::string_view, 10> over{
    ">=", ">", "more than", "over", "above", "at least", "min.", "no less than", "exceeds", "from"};

struct Multiplier {
  std::string_view word;
  int power;
};
inline constexpr std::array<Multiplier, 27> multipliers{
    {{"thousands", 3}, {"thousand", 3}, {"ths", 3},        {"tsd", 3},       {"k", 3},
     {"millions", 6},  {"million", 6},  {"mill.", 6},      {"mln.", 6},      {"mln", 6},
     {"mio.", 6},      {"mio", 6},      {"mn", 6},         {"mm", 6},        {"m", 6},
     {"billions", 9},  {"billion", 9},  {"bln", 9},        {"bn", 9},        {"mrd.", 9},
     {"mrd", 9},       {"b", 9},        {"trillions", 12}, {"trillion", 12}, {"trn", 12},
     {"tn", 12},       {"t", 12}}};

/// The figure of a text that `plain` gave, whichever of its characters `plain` replaced.
std::optional<Figure> read_figure(std::string_view plain, const std::function<bool(double)>& fits);

}  // namespace waystone::scenario
