// Spans of time on the calendar: laid from every day of leap and other years, and measured between
// all of them.
#include "catch.hpp"

#include <cmath>
#include <limits>

#include "base/date.hpp"

using namespace waystone;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Date day(const char* iso) { return *parse_date(iso); }
double months(const char* from, const char* to) {
  return months_between(day(from).days, day(to).days);
}
std::string later(const char* from, int months) { return to_string(add_months(day(from), months)); }

}  // namespace

TEST_CASE("months laid from a date end on its day, or on the last one of the month", "[calendar]") {
  CHECK(later("2018-12-31", 6) == "2019-06-30");
  CHECK(later("2015-12-31", 36) == "2018-12-31");
  CHECK(later("2016-02-29", 12) == "2017-02-28");
  CHECK(later("2016-02-29", 48) == "2020-02-29");
  CHECK(later("2019-01-31", 1) == "2019-02-28");
  CHECK(later("2020-01-31", 1) == "2020-02-29");
  CHECK(later("2020-03-31", -1) == "2020-02-29");
  CHECK(later("2020-03-31", -3) == "2019-12-31");
  CHECK(later("1900-01-30", 1) == "1900-02-28");
  CHECK(later("2000-01-30", 1) == "2000-02-29");
  CHECK(later("9999-10-31", 3) == "9999-12-31");
  CHECK(later("0001-02-28", -2) == "0001-01-01");
  CHECK(add_months(last_date, std::numeric_limits<int>::max()) == last_date);
  CHECK(add_months(first_date, std::numeric_limits<int>::min()) == first_date);
  CHECK(to_string(first_date) == "0001-01-01");
  CHECK(to_string(last_date) == "9999-12-31");
}

TEST_CASE("whole months are counted, the rest is part of a mean month", "[calendar]") {
  CHECK(months("2013-12-31", "2015-12-31") == 24);
  CHECK(months("2016-02-29", "2018-02-28") == 24);
  CHECK(months("2018-12-31", "2019-06-30") == 6);
  CHECK(months("2019-06-30", "2019-12-31") == 6 + 1 / days_per_month);
  CHECK(months("2020-02-29", "2020-02-29") == 0);
  CHECK(months("2015-12-31", "2013-12-31") == -24);
  CHECK(months("2020-01-31", "2020-03-01") == 1 + 1 / days_per_month);
  CHECK(std::isnan(months_between(std::nan(""), 0)));
  CHECK(std::isnan(months_between(-infinity, -infinity)));
  CHECK(months_between(-infinity, 0) == infinity);
  CHECK(months_between(infinity, 0) == -infinity);
  CHECK(months_between(-1e300, 1e300) == 12 * 9999 - 1 + 30 / days_per_month);
}

TEST_CASE("a part of a day counts as such", "[calendar]") {
  const double start = day("2020-01-10").days;
  CHECK(months_between(start, start + 0.5) == 0.5 / days_per_month);
  CHECK(months_between(start + 0.25, start + 31.25) == 1);
}

TEST_CASE("months never fall as the later date rises, nor rise with the earlier one",
          "[calendar]") {
  const int first = day("2019-12-30").days, last = day("2024-03-02").days;
  int wrong = 0;
  for (int from = first; from < last; ++from)
    for (int to = first; to < last; ++to) {
      const double now = months_between(from, to);
      wrong += months_between(from, to + 1) < now;
      wrong += months_between(from + 1, to) > now;
      wrong += now != -months_between(to, from);
    }
  CHECK(wrong == 0);
  double before = -infinity;
  for (double to = first; to < first + 70; to += 0.125) {
    const double now = months_between(first + 31.5, to);
    CHECK(before <= now);
    before = now;
  }
}

TEST_CASE("a span laid from a date and measured again comes to itself", "[calendar]") {
  int wrong = 0;
  for (int from = day("2015-12-28").days; from < day("2020-03-02").days; ++from)
    for (int count = 0; count < 30; ++count) {
      const Date end = add_months(Date{from}, count);
      wrong += months_between(from, end.days) != count;
      wrong += !(months_between(from, end.days - 1) < count);
      wrong += end > add_months(Date{from + 1}, count) || end >= add_months(Date{from}, count + 1);
    }
  CHECK(wrong == 0);
}

TEST_CASE("lengths of time", "[calendar]") {
  const auto days = [](Date end) { return end.days - day("2018-12-31").days; };
  CHECK(days(last_day(day("2018-12-31"), months_long(6))) == 181);
  CHECK(days(day_when_over(day("2018-12-31"), months_long(6))) == 181);
  CHECK(days(last_day(day("2018-12-31"), {0, 90})) == 90);
  CHECK(days(last_day(day("2018-12-31"), months_long(0.5))) == 15);  // 15.2 days
  CHECK(days(day_when_over(day("2018-12-31"), months_long(0.5))) == 16);
  CHECK(months_long(12 * 0.3).months == 3);  // 3.5999999999999996
  CHECK(months_long(12 * 0.3).days == Approx(0.6 * days_per_month));
  CHECK(months_long(0.5).months == 0);
  CHECK(months_long(18).days == 0);
  CHECK(mean_days(months_long(12)) == Approx(days_per_year));
  CHECK(last_day(day("2018-12-31"), {0, 1e15}) == last_date);
  CHECK(day_when_over(day("2018-12-31"), months_long(1e300)) == last_date);
}

TEST_CASE("years on the calendar go from month end to month end", "[calendar]") {
  const auto years = [](const char* from, const char* to) {
    return calendar_years(day(from), day(to));
  };
  CHECK(years("2018-06-30", "2018-12-31") == 0.5);
  CHECK(years("2018-12-31", "2020-12-31") == 2);
  CHECK(years("2019-02-28", "2020-02-29") == 1);
  CHECK(years("2019-05-15", "2023-05-15") == 4);
  for (const char* next : {"2020-02-15", "2020-03-15", "2020-04-15", "2020-05-15"})
    CHECK(12 * years("2020-01-15", next) == std::round(12 * years("2020-01-15", next)));
  CHECK(years("2020-12-31", "2018-12-31") == -2);
  for (Date date = day("2019-01-01"); date < day("2021-03-01"); ++date.days)
    CHECK(calendar_years(date, Date{date.days + 1}) > 0);
}
