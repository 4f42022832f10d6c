// Dates in other notations, for messages: each as the day, or the days, that it may stand for.
#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/date.hpp"
#include "scenario/figure_words.hpp"
#include "scenario/notation.hpp"

namespace waystone::scenario {
namespace {

constexpr std::array<std::string_view, 12> month_names{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};

// A run of digits, of letters, or one other sign.
struct Token {
  std::string_view text;
  int number = -1;  // of digits
  int month = 0;    // of the name of a month
};

int month_of(std::string_view word) {
  if (word.size() < 3) return 0;
  const auto found = std::find(month_names.begin(), month_names.end(), word.substr(0, 3));
  return found == month_names.end() ? 0 : int(found - month_names.begin()) + 1;
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    const auto same = is_digit(text[at]) ? is_digit : is_letter;
    if (same(text[at]))
      while (end < text.size() && same(text[end])) ++end;
    Token token{text.substr(at, end - at)};
    if (is_digit(text[at]) && token.text.size() <= 8)
      std::from_chars(text.data() + at, text.data() + end, token.number);
    token.month = month_of(token.text);
    const bool separates = std::string_view(" .,-/").find(text[at]) != std::string_view::npos;
    const bool ordinal =
        token.text == "th" || token.text == "st" || token.text == "nd" || token.text == "rd";
    if (!separates && !ordinal) tokens.push_back(token);
    at = end;
  }
  return tokens;
}

int full_year(const Token& token) {
  if (token.text.size() == 4) return token.number;
  return token.text.size() == 2 ? token.number + (token.number < 70 ? 2000 : 1900) : 0;
}

std::optional<Date> last_day(int year, int month) {
  const auto next = month == 12 ? make_date(year + 1, 1, 1) : make_date(year, month + 1, 1);
  if (month < 1 || month > 12 || !next) return std::nullopt;
  return Date{next->days - 1};
}

class DateReader {
 public:
  explicit DateReader(std::string_view text) : text_(text), tokens_(tokens_of(text)) {}

  std::vector<std::string> read() {
    drop_time();
    const std::size_t count = tokens_.size();
    if (count == 1)
      one(tokens_[0]);
    else if (count == 2)
      two(tokens_[0], tokens_[1]);
    else if (count == 3)
      three(tokens_[0], tokens_[1], tokens_[2]);
    return std::move(days_);
  }

 private:
  void add(const std::optional<Date>& date) {
    if (!date) return;
    std::string day = to_string(*date);
    if (std::find(days_.begin(), days_.end(), day) == days_.end()) days_.push_back(std::move(day));
  }

  // "2015-06-30t00:00:00z", "2015-06-30 12:00"
  void drop_time() {
    const std::size_t colon = text_.find(':');
    if (colon == std::string_view::npos) return;
    const std::size_t from = text_.find_last_of("t ", colon);
    if (from != std::string_view::npos) tokens_ = tokens_of(text_.substr(0, from));
  }

  // "20150630", "2015"
  void one(const Token& all) {
    if (all.number < 0) return;
    if (all.text.size() == 8)
      add(make_date(all.number / 10000, all.number / 100 % 100, all.number % 100));
    else if (all.text.size() == 4 && all.number >= 1800 && all.number < 2200)
      add(make_date(all.number, 12, 31));
  }

  // "2015-06", "june 2015", "06/2015", "fy 2015"
  void two(const Token& a, const Token& b) {
    if (b.number < 0 && b.month == 0 && a.text.size() == 4)
      one(a);  // "2019*", "2019e": a mark of the publisher's
    else if (a.month > 0 && b.text.size() == 2)
      add(last_day(full_year(b), a.month));  // "dec-19"
    else if (a.month > 0 && b.text.size() == 4)
      add(last_day(b.number, a.month));
    else if (a.text.size() == 4 && b.month > 0)
      add(last_day(a.number, b.month));
    else if (a.text.size() == 4 && b.number > 0)
      add(last_day(a.number, b.number));
    else if (b.text.size() == 4 && a.number > 0)
      add(last_day(b.number, a.number));
    else if ((a.text == "yr" || a.text == "fy") && b.text.size() == 4)
      add(make_date(b.number, 12, 31));
  }

  void three(const Token& a, const Token& b, const Token& c) {
    if (b.text == "q" && a.text.size() == 4)
      return add(last_day(a.number, 3 * c.number));  // 2015q2
    if (a.text == "q" && c.text.size() == 4) return add(last_day(c.number, 3 * b.number));
    if (b.text == "m" && a.text.size() == 4) return add(last_day(a.number, c.number));  // 2015m06
    if (b.month > 0 && a.number > 0)
      return add(make_date(full_year(c), b.month, a.number));  // 30 june 2015
    if (a.month > 0 && b.number > 0)
      return add(make_date(full_year(c), a.month, b.number));  // june 30, 2015
    if (a.number < 0 || b.number < 0 || c.number < 0) return;
    if (a.text.size() == 4) return add(make_date(a.number, b.number, c.number));
    add(make_date(full_year(c), b.number, a.number));  // the day first
    if (text_.find('/') != std::string_view::npos) add(make_date(full_year(c), a.number, b.number));
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<std::string> days_;
};

// Days as spreadsheets count them, from 30 December 1899; and years that begin in one and end in
// another.
std::string serial_hint(std::string_view text) {
  constexpr int first = 20000, last = 60000, day_of_1970 = 25569;  // 1954 to 2064
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return {};
  const std::string_view rest = text.substr(std::size_t(end - text.data()));
  if (rest.empty() && number >= first && number <= last)
    return fmt::format("a spreadsheet's number of a day is written {}",
                       to_string(Date{number - day_of_1970}));
  int later = 0;
  const bool slash = rest.size() == 3 && (rest[0] == '/' || rest[0] == '-');
  if (slash && number >= 1800 && number < 2200 &&
      std::from_chars(rest.data() + 1, rest.data() + 3, later).ec == std::errc{} &&
      later == (number + 1) % 100)
    return fmt::format("a year that ends in another is written by its last day, as {}-06-30",
                       number + 1);
  return {};
}

}  // namespace

std::vector<std::string> dates_in(std::string_view text) {
  constexpr std::size_t longest = 40;
  if (text.size() > longest) return {};
  const std::string simple = plain(text);
  return DateReader(simple).read();
}

std::string date_hint(std::string_view text) {
  const auto days = dates_in(text);
  if (days.empty()) return serial_hint(text);
  return fmt::format("dates are written year-month-day: {}", fmt::join(days, " or "));
}

}  // namespace waystone::scenario
