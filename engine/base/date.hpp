// Civil dates as days since 1970-01-01 (proleptic Gregorian), spans of time counted from a date or
// between dates, and the mean lengths of a month and a year.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace waystone {

inline constexpr double days_per_year = 365.2425;  // mean Gregorian year
inline constexpr double days_per_month = days_per_year / 12;

struct Date {
  std::int32_t days = 0;  // since 1970-01-01
  friend constexpr auto operator<=>(Date, Date) = default;
};

inline constexpr Date first_date{-719162};  // 0001-01-01
inline constexpr Date last_date{2932896};   // 9999-12-31

/// "2015-06-30"; nothing where the text is not of that form or the day does not exist (years 1 to
/// 9999).
std::optional<Date> parse_date(std::string_view iso);
std::optional<Date> make_date(int year, int month, int day);
std::string to_string(Date date);  // ISO 8601
int year_of(Date date);
/// Years from the end of one day to the end of another, each month a twelfth of a year: half a year
/// from 30 June to 31 December, one from month end to month end, leap day or not. It rises with
/// `to`.
double calendar_years(Date from, Date to);

/// The same day of the month so many months later (or earlier); the month's last day if it has no
/// such day. Never leaves the years 1 to 9999. It never falls as date or months rise.
Date add_months(Date date, int months);

/// A length of time: whole months, counted on the calendar, and days. A year is twelve months.
/// Neither is negative.
struct TimeSpan {
  int months = 0;
  double days = 0;
};
/// So many months, at most those of 10,000 years. Whole ones count on the calendar; what is left
/// over is a part of a mean month.
TimeSpan months_long(double months);
/// The last day that belongs to a span from a date: the day on which the span ends or, if it ends
/// with a part of a mean month, the day within which it ends. At the latest 9999-12-31.
Date last_day(Date from, const TimeSpan& span);
/// The first day on which the span is over: the day on which it ends or, if it ends within a day,
/// the next.
Date day_when_over(Date from, const TimeSpan& span);
/// The latest day from which the span is over by `end`: `last_day` of it is not after `end`. The
/// day before 0001-01-01 if no day of the calendar is early enough. Month ends stay month ends:
/// three months before 28 February 2019 is 30 November, a year before 29 February 2020 is 28
/// February.
Date latest_start(Date end, const TimeSpan& span);
/// Its approximate number of days, by mean months: for showing a length, not for counting with it.
double mean_days(const TimeSpan& span);

/// Months from one date to another, both in days since 1970: whole months on the calendar, and the
/// days left over as parts of a mean month. The whole months are as many as fit, from the earlier
/// date, without passing the later one. Negative where `to` comes first. It never falls as `to`
/// rises, never rises with `from`. Infinite dates give infinite months, two of one kind NaN; a part
/// of a day counts as such.
double months_between(double from, double to);

}  // namespace waystone
