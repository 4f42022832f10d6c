#include "base/date.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "base/ties.hpp"

namespace waystone {
namespace {

// A day as its month, counted from January of year 0, and its day of that month.
struct DayOfMonth {
  int month, day;
};

DayOfMonth day_of_month(Date date) {
  using namespace std::chrono;
  const year_month_day civil{sys_days{days{date.days}}};
  return {12 * int(civil.year()) + int(unsigned(civil.month())) - 1, int(unsigned(civil.day()))};
}

// The day of that month, or its last where it is shorter.
Date date_of(DayOfMonth at) {
  using namespace std::chrono;
  const year_month month{year{at.month / 12}, std::chrono::month{unsigned(at.month % 12 + 1)}};
  const year_month_day last{month / std::chrono::last};
  const year_month_day civil{month / std::min(day{unsigned(at.day)}, last.day())};
  return Date{static_cast<std::int32_t>(sys_days{civil}.time_since_epoch().count())};
}

Date within_calendar(double days) {
  return Date{std::int32_t(std::clamp<double>(days, first_date.days, last_date.days))};
}

// `from` laid so many months on. Between two days in a straight line, so that it never falls.
double laid(double from, int months) {
  const Date day = within_calendar(std::floor(from));
  const double part = from - day.days, at = add_months(day, months).days;
  return part == 0 ? at : at + part * (add_months(Date{day.days + 1}, months).days - at);
}

// In days since 1970.
double end_of(Date from, const TimeSpan& span) {
  return add_months(from, span.months).days + span.days;
}

// Of `from` <= `to`, both within the calendar. With m whole months from `from` to `to`: for a later
// `to`, m stays and the rest grows, or m grows by at least the 1 that the rest stays below. For a
// later `from`, add_months lays no month earlier, so m doesn't grow; where m stays, the rest
// doesn't grow either, and where m falls by at least 1, the rest adds less than that.
double months_forward(double from, double to) {
  int months = day_of_month(within_calendar(std::floor(to))).month -
               day_of_month(within_calendar(std::floor(from))).month;
  if (laid(from, months) > to) --months;
  return months + std::min((to - laid(from, months)) / days_per_month, 1.0);
}

}  // namespace

std::optional<Date> make_date(int year, int month, int day) {
  using namespace std::chrono;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
    return std::nullopt;
  const year_month_day civil{std::chrono::year{year}, std::chrono::month{unsigned(month)},
                             std::chrono::day{unsigned(day)}};
  if (!civil.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(sys_days{civil}.time_since_epoch().count())};
}

std::optional<Date> parse_date(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = -1;
    const char* first = iso.data() + at;
    const auto [end, error] = std::from_chars(first, first + length, value);
    return error == std::errc{} && end == first + length ? value : -1;
  };
  return make_date(number(0, 4), number(5, 2), number(8, 2));
}

std::string to_string(Date date) {
  using namespace std::chrono;
  const year_month_day civil{sys_days{days{date.days}}};
  return fmt::format("{:04}-{:02}-{:02}", int(civil.year()), unsigned(civil.month()),
                     unsigned(civil.day()));
}

int year_of(Date date) {
  using namespace std::chrono;
  return int(year_month_day{sys_days{days{date.days}}}.year());
}

double calendar_years(Date from, Date to) {
  // A day is as far in one month as in another, but the last is the end: so from the 15th to the
  // 15th it is a month as from month end to month end.
  const auto part = [](const DayOfMonth& at) {
    return at.day == day_of_month(date_of({at.month, 31})).day ? 1 : at.day / 31.0;
  };
  const DayOfMonth first = day_of_month(from), last = day_of_month(to);
  return (last.month - first.month + (part(last) - part(first))) / 12;
}

Date add_months(Date date, int months) {
  const DayOfMonth from = day_of_month(date);
  const std::int64_t month = std::int64_t{from.month} + months;
  if (month < 12) return first_date;
  if (month >= 12 * 10000) return last_date;
  return date_of({int(month), from.day});
}

TimeSpan months_long(double months) {
  constexpr double longest = 12 * 10000;  // the whole calendar
  const double length = std::clamp(decimal(months), 0.0, longest), whole = std::floor(length);
  return {int(whole), (length - whole) * days_per_month};
}

Date last_day(Date from, const TimeSpan& span) {
  return within_calendar(std::floor(end_of(from, span)));
}

Date day_when_over(Date from, const TimeSpan& span) {
  return within_calendar(std::ceil(end_of(from, span)));
}

Date latest_start(Date end, const TimeSpan& span) {
  Date day = add_months(within_calendar(end.days - std::ceil(span.days)), -span.months);
  while (day >= first_date && last_day(day, span) > end) --day.days;
  constexpr int most = 3;  // a month is so much shorter than another
  for (int k = 0; k < most && day < end && last_day({day.days + 1}, span) <= end; ++k) ++day.days;
  return day;
}

double mean_days(const TimeSpan& span) { return span.months * days_per_month + span.days; }

double months_between(double from, double to) {
  if (!std::isfinite(from) || !std::isfinite(to)) return to - from;
  const auto on_calendar = [](double x) {
    return std::clamp<double>(x, first_date.days, last_date.days);
  };
  const double start = on_calendar(from), end = on_calendar(to);
  return end < start ? -months_forward(end, start) : months_forward(start, end);
}

}  // namespace waystone
