#include "base/date.hpp"

#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace waystone {

std::optional<Date> make_date(int year, int month, int day) {
  using namespace std::chrono;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const year_month_day civil{std::chrono::year{year}, std::chrono::month{unsigned(month)}, std::chrono::day{unsigned(day)}};
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
  return fmt::format("{:04}-{:02}-{:02}", int(civil.year()), unsigned(civil.month()), unsigned(civil.day()));
}

int year_of(Date date) {
  using namespace std::chrono;
  return int(year_month_day{sys_days{days{date.days}}}.year());
}

}  // namespace waystone
