#include "base/period.hpp"

#include <algorithm>
#include <charconv>

namespace waystone {
namespace {

// A number written with digits alone.
std::optional<int> parse_digits(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || !std::all_of(text.begin(), text.end(), digit)) return std::nullopt;
  int value = 0;
  const char* end = text.data() + text.size();
  if (std::from_chars(text.data(), end, value).ec != std::errc{}) return std::nullopt;
  return value;
}

// The part-th of a year's parts, each so many months long.
std::optional<Period> part_of_year(int year, int part, int months) {
  if (part < 1 || part > 12 / months) return std::nullopt;
  const int last_month = part * months;
  const auto first = make_date(year, last_month - months + 1, 1);
  if (!first) return std::nullopt;
  if (last_month == 12) return Period{*first, *make_date(year, 12, 31)};
  return Period{*first, Date{make_date(year, last_month + 1, 1)->days - 1}};
}

// What follows the year: "-06", "M06", "-M06", "Q3", "-Q3", "S1", "-S1".
std::optional<Period> within_year(int year, std::string_view rest) {
  const bool dash = rest.front() == '-';
  if (dash) rest.remove_prefix(1);
  if (rest.empty()) return std::nullopt;
  const char kind = rest.front();
  const bool lettered = kind == 'M' || kind == 'Q' || kind == 'S';
  if (lettered)
    rest.remove_prefix(1);
  else if (!dash)
    return std::nullopt;
  const auto part = parse_digits(rest);
  const bool month = !lettered || kind == 'M';
  if (!part || rest.size() != (month ? 2 : 1)) return std::nullopt;
  return part_of_year(year, *part, month ? 1 : kind == 'Q' ? 3 : 6);
}

}  // namespace

std::optional<Period> parse_period(std::string_view text) {
  if (const auto day = parse_date(text)) return Period{*day, *day};
  if (text.starts_with("YR")) text.remove_prefix(2);
  if (text.size() < 4) return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  if (!year) return std::nullopt;
  if (text.size() == 4) return part_of_year(*year, 1, 12);
  return within_year(*year, text.substr(4));
}

}  // namespace waystone
