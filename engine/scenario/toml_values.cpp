// Values of TOML that are none: numbers and dates in other notations, words without quotes, quotes
// of other kinds.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/date.hpp"
#include "scenario/figure_words.hpp"
#include "scenario/notation.hpp"
#include "scenario/slip_finder.hpp"
#include "scenario/toml_slips.hpp"

namespace waystone::scenario {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

// The text between quotes of word processors, or nothing.
std::optional<std::string_view> between_curly(std::string_view value) {
  constexpr std::array<std::string_view, 9> marks{"“", "”", "„", "«", "»", "‘", "’", "‚", "`"};
  std::string_view rest = value;
  for (const std::string_view mark : marks)
    if (rest.starts_with(mark)) {
      rest.remove_prefix(mark.size());
      break;
    }
  if (rest.size() == value.size()) return std::nullopt;
  for (const std::string_view mark : marks)
    if (rest.ends_with(mark)) return rest.substr(0, rest.size() - mark.size());
  return rest.ends_with('"') || rest.ends_with('\'') ? rest.substr(0, rest.size() - 1) : rest;
}

// A bracket behind the text was not meant to be part of it.
Mended closed_quote(std::string_view value) {
  const std::size_t end = value.find_last_not_of(" \t}],;") + 1;
  const std::string_view tail = value.substr(end);
  const std::string closed = fmt::format("{}{}", value.substr(0, end), value[0]);
  const bool bracket = tail.find_first_of("}]") != std::string_view::npos;
  return {fmt::format("the quote is not closed on its line: {}", closed),
          bracket ? fmt::format("{}{}", closed, tail) : closed};
}

// Whether a text between quotes ends as the files do that scenarios name.
bool names_file(std::string_view value) {
  constexpr std::array<std::string_view, 5> endings{".csv", ".toml", ".risk", ".tsv", ".tab"};
  const std::string_view inside = value.substr(1, value.size() - 2);
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return inside.ends_with(ending); });
}

std::optional<Mended> mended_quotes(std::string_view value) {
  if (const auto inside = between_curly(value)) {
    const std::string straight = is_plain_number(*inside) ? std::string(*inside) : quoted(*inside);
    return Mended{fmt::format("quotes are straight: {}", straight), straight};
  }
  if (value[0] != '"' && value[0] != '\'') return std::nullopt;
  const std::size_t end = behind_quoted(value, 0);
  const bool closed = end > 1 && end <= value.size() && value[end - 1] == value[0];
  if (!closed) return closed_quote(value);
  if (end == value.size()) {
    std::string slashes(value);
    std::replace(slashes.begin(), slashes.end(), '\\', '/');
    if (slashes == value) return std::nullopt;
    if (names_file(value))
      return Mended{fmt::format("a path has forward slashes: {}", slashes), slashes};
    const std::string single = fmt::format("'{}'", value.substr(1, value.size() - 2));
    if (value.find('\'') != std::string_view::npos)
      return Mended{"a backslash between double quotes is written twice", ""};
    return Mended{fmt::format("text with a backslash stands between single quotes: {}", single),
                  single};
  }
  const char other = value[0] == '"' ? '\'' : '"';
  const std::size_t last = value.rfind(value[0]);
  if (last + 1 != value.size() || value.find(other) != std::string_view::npos) return std::nullopt;
  const std::string mended = fmt::format("{0}{1}{0}", other, value.substr(1, last - 1));
  return Mended{
      fmt::format("text with quotes in it stands between quotes of the other kind: {}", mended),
      mended};
}

std::optional<Mended> mended_word(std::string_view value) {
  const std::string simple = plain(value);
  for (const auto& [word, truth] : {std::pair{"yes", "true"},
                                    {"on", "true"},
                                    {"true", "true"},
                                    {"y", "true"},
                                    {"no", "false"},
                                    {"off", "false"},
                                    {"false", "false"},
                                    {"n", "false"}})
    if (simple == word && value != truth) return Mended{fmt::format("write {}", truth), truth};
  const bool infinite = value == "nan" || value == "inf" || value == "+nan" || value == "-nan";
  if (!infinite && simple != "*" && marks_absence(value))
    return Mended{"where there is no value, write \"unknown\"", "\"unknown\""};
  return std::nullopt;
}

// The conditions of a filter.
std::optional<Mended> mended_range(std::string_view value) {
  const bool bound = value[0] == '<' || value[0] == '>';
  const std::size_t dots = is_digit(value[0]) ? value.find("..") : std::string_view::npos;
  if (!bound && (dots == std::string_view::npos || dots + 2 == value.size())) return std::nullopt;
  if (value.find_first_of("\"'") != std::string_view::npos) return std::nullopt;
  return Mended{
      fmt::format("a {} stands between quotes: {}", bound ? "bound" : "range", quoted(value)),
      quoted(value)};
}

// Numbers that a CSV file may have and TOML not.
std::optional<Mended> mended_plain(std::string_view value) {
  const std::size_t sign = value.starts_with('-') || value.starts_with('+') ? 1 : 0;
  std::string_view digits = value.substr(sign);
  const bool zeros = digits.size() > 1 && digits[0] == '0' && is_digit(digits[1]);
  if (!zeros) return std::nullopt;
  while (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) digits.remove_prefix(1);
  const std::string number = fmt::format("{}{}", value.substr(0, sign), digits);
  return Mended{fmt::format("a number has no leading zeros: {}", number), number};
}

std::optional<Mended> mended_date(std::string_view value) {
  if (value.size() == 10 && value[4] == '-' && value[7] == '-' && !parse_date(value))
    return Mended{fmt::format("the calendar has no day {}", value), ""};
  const auto days = dates_in(value);
  const bool year = value.size() == 4 && is_digit(value[0]);
  if (days.empty() || year) return std::nullopt;
  return Mended{date_hint(value), days.front()};
}

std::optional<Mended> mended_figure(std::string_view value, const std::string& unit) {
  const auto figure = figure_in(value);
  if (!figure) return std::nullopt;
  const bool several = figure->numeral.find('=') != std::string::npos;
  return Mended{figure->hint(unit),
                several || figure->wants_conversion(unit) ? "" : figure->numeral};
}

}  // namespace

std::size_t behind_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::size_t quotes = text.substr(at).starts_with(std::string(3, quote)) ? 3 : 1;
  const std::string closing(quotes, quote);
  for (at += quotes; at < text.size(); ++at) {
    if (text[at] == '\\' && quote == '"')
      ++at;
    else if (text.substr(at).starts_with(closing))
      return at + quotes;
    else if (text[at] == '\n' && quotes == 1)
      return at;
  }
  return text.size();
}

std::size_t behind_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\' && quote == '"')
      ++at;
    else if (text[at] == quote)
      return at + 1;
  }
  return text.size();
}

std::optional<Mended> mended_value(std::string_view value, const std::string& unit) {
  value = without_blanks(value);
  if (value.empty()) return Mended{"a value is missing after '='", ""};
  if (auto mended = mended_quotes(value)) return mended;
  if (value[0] == '"' || value[0] == '\'') return std::nullopt;
  if (auto mended = mended_word(value)) return mended;
  if (auto mended = mended_range(value)) return mended;
  if (auto mended = mended_date(value)) return mended;
  if (is_plain_number(value) && value.front() != '.' && !value.ends_with('.'))
    return mended_plain(value);
  if (auto mended = mended_figure(value, unit)) return mended;
  const bool word = (value[0] | 0x20) >= 'a' && (value[0] | 0x20) <= 'z';
  const bool letters = word || static_cast<unsigned char>(value[0]) >= 0xC3;
  if (letters && value.find_first_of("\"=[]{}") == std::string_view::npos && value != "true" &&
      value != "false" && value != "inf" && value != "nan")
    return Mended{fmt::format("text stands between quotes: {}", quoted(value)), quoted(value)};
  return std::nullopt;
}

}  // namespace waystone::scenario
