// Civil dates as days since 1970-01-01 (proleptic Gregorian), and the lengths of a month and a year used in differences.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace waystone {

inline constexpr double days_per_year = 365.2425;            // mean Gregorian year
inline constexpr double days_per_month = days_per_year / 12;

struct Date {
  std::int32_t days = 0;  // since 1970-01-01
  friend constexpr auto operator<=>(Date, Date) = default;
};

/// "2015-06-30"; nothing where the text is not of that form or the day does not exist (years 1 to 9999).
std::optional<Date> parse_date(std::string_view iso);
std::optional<Date> make_date(int year, int month, int day);
std::string to_string(Date date);  // ISO 8601
int year_of(Date date);

}  // namespace waystone
