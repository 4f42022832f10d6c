// Whether a column of dates holds years and days: two forms of one year are two dates, so that what
// belongs together falls apart. Private to this room.
#pragma once
#include <set>

#include <fmt/format.h>

#include "scenario/reading.hpp"

namespace waystone::scenario {

class DateForms {
 public:
  /// A cell that was read as `date`, the last day of what it says.
  void add(std::string_view text, Date date, Span where) {
    if (text.size() == 7 && text[4] == '-') {
      note_month(text, where);
    } else if (text.size() == 4 || text.starts_with("YR")) {
      ++years_;
    } else if (text.size() >= 8 && text.find('Q') == std::string_view::npos) {
      if (days_++ == 0) first_day_ = where;
      only_first_days_ = only_first_days_ && date == make_date(year_of(date), 1, 1);
    }
  }

  /// W0331, of a publisher's file (`mapped`) E0381, where the column has both forms and either the
  /// rows of one date belong `together`, or each of the days is a first of January.
  /// W0335 where all months of the column are like those of fiscal years.
  void report(std::string_view column, bool together, bool mapped, const Reading& reading) const {
    if (fiscal_.size() >= 2 && !other_months_)
      reading.error(Code::W0335, first_month_,
                    fmt::format("'{}' is read as a month, and each month of the column '{}' is "
                                "written like a year and the next",
                                reading.sources.text(first_month_), column),
                    {"if these are fiscal years, write the year in which each ends"});
    if (years_ == 0 || days_ == 0 || !(together || only_first_days_)) return;
    reading.error(
        mapped ? Code::E0381 : Code::W0331, first_day_,
        fmt::format("'{}' is a day, and {} of the column '{}' {}", reading.sources.text(first_day_),
                    years_ == 1 ? "another row" : fmt::format("{} other rows", years_), column,
                    years_ == 1 ? "has a year" : "have years"),
        {together ? "rows of a year and of a day in it don't belong together"
                  : "a figure of 1 January counts a year before that of the year's end",
         "write the year alone"});
  }

 private:
  // "2010-11", "2011-12": years of which each begins in one and ends in the next.
  void note_month(std::string_view text, Span where) {
    const auto digits = [&](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
    if (digits(5) != (digits(2) + 1) % 100) {
      other_months_ = true;
      return;
    }
    if (fiscal_.empty()) first_month_ = where;
    fiscal_.insert(digits(2));
  }

  std::set<int> fiscal_;  // years within the century
  bool other_months_ = false;
  Span first_month_;
  std::size_t years_ = 0, days_ = 0;
  Span first_day_;
  bool only_first_days_ = true;
};

}  // namespace waystone::scenario
