#include "command/dates.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/period.hpp"
#include "command/console.hpp"
#include "scenario/notation.hpp"

namespace waystone::command {
namespace {

constexpr int most_steps = 10000;  // years of the calendar: more is one date

[[noreturn]] void refuse(const std::string& option, const std::string& why) {
  throw Stop{wrong_use, fmt::format("{} {}", option, why)};
}

int month_of(Date date) { return std::stoi(to_string(date).substr(5, 2)); }
int day_of(Date date) { return std::stoi(to_string(date).substr(8, 2)); }

// Of a day 12: it stands for one in each year.
int months_in(const Period& period) {
  if (period.first == period.last) return 12;
  return 12 * (year_of(period.last) - year_of(period.first)) + month_of(period.last) -
         month_of(period.first) + 1;
}

// So many months after a period's last day; nothing beyond the calendar. The end of a month stays
// one, and 29 February is the 28th in other years.
std::optional<Date> later(const Period& period, int months) {
  const int month = 12 * year_of(period.last) + month_of(period.last) - 1 + months,
            year = month / 12;
  if (year > 9999) return std::nullopt;
  const bool is_day = period.first == period.last;
  for (int day = is_day ? day_of(period.last) : 31;; --day)
    if (const auto date = make_date(year, month % 12 + 1, day)) return date;
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

Period period_of(std::string_view asked, const std::string& option) {
  const std::string_view text = without_blanks(asked);
  if (const auto period = parse_period(text)) return *period;
  if (const std::string hint = scenario::date_hint(text); !hint.empty())
    refuse(option, fmt::format("can't read '{}': {}", text, hint));
  refuse(option, fmt::format("wants a day (2015-06-30), a month (2015-06), a quarter (2015Q2) or a "
                             "year (2015), not '{}'",
                             text));
}

int step_of(std::string_view text, const std::string& option) {
  int step = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
  if (error != std::errc{} || end != text.data() + text.size() || step < 1)
    refuse(option,
           fmt::format("wants a whole step from 1 after the '/', as 2013..2023/5, not '{}'", text));
  return step;
}

void too_many(const std::string& option) {
  refuse(option, fmt::format("asks for more than {} dates", most_dates));
}

// A range whose end would be passed over.
[[noreturn]] void refuse_one_date(std::string_view text, const Period& first, const Period& last,
                                  int step, const std::string& option) {
  const auto month = [](const Period& period) { return to_string(period.last).substr(0, 7); };
  if (step == 1 && first.first == first.last && month(first) != month(last))
    refuse(option,
           fmt::format("{} holds one date, since days step by years; {}..{} steps by months", text,
                       month(first), month(last)));
  refuse(option, fmt::format("{} holds one date: the next would lie after its end", text));
}

void add_range(std::string_view text, std::size_t dots, const std::string& option,
               std::vector<Date>& dates) {
  std::string_view until = text.substr(dots + 2);
  int step = 1;
  if (const std::size_t slash = until.find('/'); slash != std::string_view::npos) {
    step = step_of(until.substr(slash + 1), option);
    until = until.substr(0, slash);
  }
  const Period first = period_of(text.substr(0, dots), option), last = period_of(until, option);
  const bool alike = months_in(first) == months_in(last) &&
                     (first.first == first.last) == (last.first == last.last);
  if (!alike)
    refuse(
        option,
        fmt::format("wants both ends of a range alike, two years or two months, not '{}'", text));
  if (last.last < first.last)
    refuse(option, fmt::format("wants the earlier end of a range first, not '{}'", text));
  if (step > most_steps) step = most_steps;
  for (int k = 0;; k += step) {
    const auto date = later(first, k * months_in(first));
    if (!date || *date > last.last) {
      if (k == step && last.last > first.last) refuse_one_date(text, first, last, step, option);
      return;
    }
    dates.push_back(*date);
    if (dates.size() > most_dates) too_many(option);
  }
}

void add_dates(std::string_view text, const std::string& option, std::vector<Date>& dates) {
  const std::size_t dots = text.find("..");
  if (dots != std::string_view::npos)
    add_range(text, dots, option, dates);
  else
    dates.push_back(period_of(text, option).last);
}

}  // namespace

std::vector<Date> dates_of(const std::vector<std::string>& texts, const std::string& option) {
  std::vector<Date> dates;
  for (const std::string& list : texts)
    for (std::size_t at = 0; at <= list.size();) {
      const std::size_t comma = std::min(list.find(',', at), list.size());
      add_dates(std::string_view(list).substr(at, comma - at), option, dates);
      at = comma + 1;
    }
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  if (dates.size() > most_dates) too_many(option);
  return dates;
}

std::optional<Date> date_of(const std::string& text, const std::string& option) {
  if (text.empty()) return std::nullopt;
  const std::vector<Date> dates = dates_of({text}, option);
  if (dates.size() > 1) refuse(option, fmt::format("takes one date, not '{}'", text));
  return dates.front();
}

}  // namespace waystone::command
