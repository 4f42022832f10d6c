// What word processors, spreadsheets and other languages make of a rule file.
#include "syntax/habits.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "syntax/parse.hpp"

namespace waystone::syntax {
namespace {

// "1,000" may be a thousand or one; "1,000,000" and "40,5" are one thing each.
std::string comma_in_number(Iterator comma, const State& state) {
  Iterator whole = comma;
  while (whole != state.start && is_digit(whole[-1])) --whole;
  const std::string front(whole, comma);
  std::string digits = front;
  Iterator end = comma;
  std::size_t groups = 0;
  for (; end != state.end && *end == ','; ++groups) {
    const Iterator next = std::find_if_not(end + 1, state.end, is_digit);
    if (next - end != 4) break;
    digits.append(end + 1, next);
    end = next;
  }
  const bool thousands = groups > 0 && front.size() <= 3 && front[0] != '0';
  if (thousands && groups > 1)
    return fmt::format("numbers have no commas between thousands: {}", digits);
  const std::string decimal = fmt::format(
      "{}.{}", front,
      std::string_view(comma + 1,
                       std::size_t(std::find_if_not(comma + 1, state.end, is_digit) - comma - 1)));
  if (!thousands) return fmt::format("numbers have a decimal point: {}", decimal);
  return fmt::format("numbers have no commas: {}, or {} where the comma is a decimal mark", digits,
                     decimal);
}

char32_t code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  char32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
  for (std::size_t k = 1; k < length && k < text.size(); ++k)
    point = (point << 6) | (static_cast<unsigned char>(text[k]) & 0x3F);
  return point;
}

std::string_view word_of(const Failure& failure, const State& state) {
  const Iterator end =
      std::find_if_not(failure.from, state.end, [](char c) { return continues_word(c); });
  return {failure.from, std::size_t(end - failure.from)};
}

// A word right behind a number that is nearly a unit of time: "3 jears".
std::string unit_meant(const Failure& failure, const State& state) {
  Iterator before = failure.from;
  while (before != state.begin && before[-1] == ' ') --before;
  const std::string_view word = word_of(failure, state);
  if (before == state.begin || !is_digit(before[-1]) || word.empty()) return "";
  if (word.starts_with("week") || word.starts_with("quarter"))
    return fmt::format("times are in years, months and days: no unit '{}'", word);
  if (const auto unit = nearest(word, {"years", "months", "days", "year", "month", "day"}))
    return fmt::format("no unit '{}'; did you mean '{}'?", word, *unit);
  return "";
}

// "debt 40%", "debt: 40%", "40% of debt": a weight that doesn't stand right before its member.
std::string weight_meant(const Failure& failure, const State& state) {
  if (failure.code != Code::E0106) return "";
  const std::string_view word = word_of(failure, state);
  const auto is_gap = [](char c) { return c == ' ' || c == ':' || c == '='; };
  const Iterator number =
      std::find_if_not(failure.from + std::ptrdiff_t(word.size()), state.end, is_gap);
  const Iterator end =
      std::find_if_not(number, state.end, [](char c) { return is_digit(c) || c == '.'; });
  const bool behind = number != end && end != state.end && *end == '%';
  const std::string_view before(state.begin, std::size_t(failure.from - state.begin));
  if (behind)
    return fmt::format("a weight stands before its member: {}% {}",
                       std::string_view(number, std::size_t(end - number)), word);
  if (before.ends_with("% of "))
    return fmt::format("a weight stands right before its member, without 'of': 40% {}", word);
  return "";
}

// A name with a sign that names can't have, or with capitals.
std::string name_meant(const Failure& failure, const State& state) {
  const std::string_view word = word_of(failure, state);
  const bool expects_block = failure.message.starts_with("expected '{'");
  if (expects_block && failure.from != state.end && *failure.from == '-' &&
      failure.from != state.begin && continues_word(failure.from[-1])) {
    Iterator begin = failure.from, end = failure.from;
    while (begin != state.begin && continues_word(begin[-1])) --begin;
    while (end != state.end && (continues_word(*end) || *end == '-')) ++end;
    std::string name(begin, end);
    std::replace(name.begin(), name.end(), '-', '_');
    return fmt::format("names have '_' where others have '-': {}", name);
  }
  if (expects_block && !word.empty() && is_lower(word[0]))
    return "a name is one word: '_' joins several";
  std::string small(word);
  for (char& c : small)
    if (is_upper(c)) c = char(c - 'A' + 'a');
  const bool capitals = small != word && word.size() > 1;
  const bool country = word.size() == 3 && std::all_of(word.begin(), word.end(), is_upper);
  if (!capitals || (country && !is_function(word))) return "";
  return fmt::format("names and words are in small letters: {}", small);
}

}  // namespace

bool is_function(std::string_view word) {
  static constexpr std::array functions{"abs", "min", "max", "log", "exp",
                                        "sum", "avg", "int", "and", "not"};
  std::string small(word);
  for (char& c : small)
    if (is_upper(c)) c = char(c - 'A' + 'a');
  return std::find(functions.begin(), functions.end(), small) != functions.end();
}

std::string instead_of_currency(std::string_view word) {
  static constexpr std::array currencies{"EUR", "GBP", "CNY", "RMB", "RUB", "JPY", "CHF",
                                         "KZT", "UAH", "BYN", "PLN", "TRY", "INR"};
  if (std::find(currencies.begin(), currencies.end(), word) == currencies.end()) return "";
  return "amounts of money are in USD: convert the figures, and write 'unit USD'";
}

// What word processors and other languages put in place of what is written here.
std::vector<std::string> habits(const Failure& failure, const State& state) {
  constexpr std::string_view straight = "texts stand between straight double quotes: \"…\"",
                             minus = "a minus is an ordinary '-'";
  static constexpr std::pair<std::string_view, std::string_view> signs[] = {
      {"“", straight},
      {"”", straight},
      {"„", straight},
      {"«", straight},
      {"»", straight},
      {"‘", straight},
      {"’", straight},
      {"–", minus},
      {"—", minus},
      {"−", minus},
      {"\xC2\xA0", "this is a no-break space; write an ordinary one"}};
  if (std::string note = unit_meant(failure, state); !note.empty()) return {std::move(note)};
  if (std::string note = weight_meant(failure, state); !note.empty()) return {std::move(note)};
  if (std::string note = name_meant(failure, state); !note.empty()) return {std::move(note)};
  for (const Iterator at : {failure.from, failure.to}) {
    const std::string_view rest(at, std::size_t(state.end - at));
    for (const auto& [sign, note] : signs)
      if (rest.starts_with(sign)) return {std::string(note)};
    if (at == failure.from && !rest.empty() && static_cast<unsigned char>(rest[0]) >= 0x80)
      return {
          fmt::format("outside of texts and comments there are the letters a to z, digits and "
                      "signs only; this is U+{:04X}",
                      std::uint32_t(code_point(rest)))};
    // "40,5": the reader stumbles over the comma, or beyond it where a comma may stand
    const Iterator comma = at != state.start && at[-1] == ',' ? at - 1 : at;
    if (comma == state.start || state.end - comma < 2 || *comma != ',' || !is_digit(comma[-1]) ||
        !is_digit(comma[1]))
      continue;
    return {comma_in_number(comma, state)};
  }
  return {};
}

}  // namespace waystone::syntax
