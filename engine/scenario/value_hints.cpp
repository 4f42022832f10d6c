// What would help where a value is written in another way than its indicator wants.
#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "scenario/facts.hpp"
#include "scenario/notation.hpp"
#include "syntax/parse.hpp"

namespace waystone::scenario {
namespace {

using model::Unit;

bool holds_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

// "true", "false", or "" for neither.
std::string_view truth_in(std::string_view text) {
  const std::string simple = plain(text);
  const auto is_one_of = [&](const auto& words) {
    return std::find(words.begin(), words.end(), simple) != words.end();
  };
  constexpr std::array<std::string_view, 10> yes{"true", "yes", "y",  "t",   "on",
                                                 "1",    "1.0", "ja", "oui", "si"},
      no{"false", "no", "n", "f", "off", "0", "0.0", "nein", "non", "nej"};
  return is_one_of(yes) ? "true" : is_one_of(no) ? "false" : "";
}

std::vector<std::string> hints_for_truth(const Written& written) {
  const std::string numeral = written.kind == Written::Kind::number
                                  ? fmt::format("{}", written.number)
                                  : std::string(written.text);
  if (const auto truth = truth_in(numeral); !truth.empty())
    return {fmt::format(
        "write {}{}", truth,
        written.kind == Written::Kind::text && written.in_toml ? " without quotes" : "")};
  if (marks_absence(numeral)) return {absence_hint(written)};
  return {written.in_toml ? "write true, false or \"unknown\""
                          : "write true or false, or leave the cell empty where there is no value"};
}

std::vector<std::string> hints_for_date(const Written& written) {
  if (written.kind == Written::Kind::other) return {"dates are written 2015-06-30, without a time"};
  if (written.kind == Written::Kind::number) {
    const std::string day = date_hint(fmt::format("{}", written.number));
    return day.empty() ? std::vector<std::string>{} : std::vector{day};
  }
  if (parse_date(written.text)) return {"dates stand without quotes"};
  if (const std::string day = date_hint(written.text); !day.empty()) return {day};
  if (plain(written.text) == "never") return {"write never"};
  return {marks_absence(written.text) ? absence_hint(written)
                                      : "write a day, as 2015-06-30, or never"};
}

// The figure of a percentage, where a share is wanted, is a hundredth of what is written.
std::string as_share(const Figure& figure) {
  return fmt::format("a share is a part of 1, not of 100: write {} with unit = \"percent\"",
                     figure.numeral);
}

// Ordinary blanks, and those that typesetting and web pages have.
bool has_blank_ends(std::string_view text) {
  constexpr std::array<std::string_view, 6> every_blank{" ",      "\t",     "\u00A0",
                                                        "\u2009", "\u202F", "\u3000"};
  return std::any_of(every_blank.begin(), every_blank.end(), [&](std::string_view blank) {
    return text.starts_with(blank) || text.ends_with(blank);
  });
}

struct UnitWord {
  std::string_view said;
  Unit unit;
};
// As people write units beside figures.
constexpr std::array<UnitWord, 44> unit_words{{{"%", Unit::percent},
                                               {"pct", Unit::percent},
                                               {"per cent", Unit::percent},
                                               {"percentage", Unit::percent},
                                               {"percents", Unit::percent},
                                               {"percentage points", Unit::percent},
                                               {"pp", Unit::percent},
                                               {"% of gdp", Unit::percent},
                                               {"percent of gdp", Unit::percent},
                                               {"shares", Unit::share},
                                               {"fraction", Unit::share},
                                               {"ratio", Unit::share},
                                               {"proportion", Unit::share},
                                               {"decimal", Unit::share},
                                               {"$", Unit::usd},
                                               {"us$", Unit::usd},
                                               {"usd", Unit::usd},
                                               {"dollar", Unit::usd},
                                               {"dollars", Unit::usd},
                                               {"us dollars", Unit::usd},
                                               {"year", Unit::years},
                                               {"yr", Unit::years},
                                               {"yrs", Unit::years},
                                               {"y", Unit::years},
                                               {"month", Unit::months},
                                               {"mo", Unit::months},
                                               {"day", Unit::days},
                                               {"d", Unit::days},
                                               {"number", Unit::count},
                                               {"counts", Unit::count},
                                               {"people", Unit::count},
                                               {"persons", Unit::count},
                                               {"deaths", Unit::count},
                                               {"index", Unit::points},
                                               {"point", Unit::points},
                                               {"index points", Unit::points},
                                               {"score", Unit::points},
                                               {"levels", Unit::level},
                                               {"none", Unit::plain},
                                               {"", Unit::plain},
                                               {"number", Unit::plain},
                                               {"bool", Unit::yes_no},
                                               {"yes or no", Unit::yes_no},
                                               {"boolean", Unit::yes_no}}};

// The unit that a word names; nothing for another word.
std::optional<Unit> unit_named(std::string_view word) {
  for (const Unit unit : {Unit::years, Unit::months, Unit::days, Unit::percent, Unit::share})
    if (word == syntax::name_of(unit)) return unit;
  for (const UnitWord& known : unit_words)
    if (!word.empty() && known.said == word) return known.unit;
  return std::nullopt;
}

// By what a figure in one unit is multiplied to be one in another; nothing where they don't
// convert.
std::optional<double> factor_between(Unit from, Unit to) {
  const auto days = [](Unit unit) -> double {
    return unit == Unit::years    ? 365.2425
           : unit == Unit::months ? 365.2425 / 12
           : unit == Unit::days   ? 1
                                  : 0;
  };
  if (from == Unit::percent && to == Unit::share) return 0.01;
  if (from == Unit::share && to == Unit::percent) return 100;
  if (from == Unit::years && to == Unit::months) return 12;
  if (from == Unit::months && to == Unit::years) return 1.0 / 12;
  if (days(from) == 0 || days(to) == 0) return std::nullopt;
  return days(from) / days(to);
}

// A figure with a unit beside it that is not the indicator's: the number alone would be another.
std::optional<std::string> converted(std::string_view text, const model::Node& node) {
  const std::string simple = plain(text);
  const std::size_t at = simple.find_first_not_of("+-0123456789.");
  if (at == std::string::npos || at == 0) return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(simple.data(), simple.data() + at, number);
  if (error != std::errc() || end != simple.data() + at) return std::nullopt;
  std::string_view word = std::string_view(simple).substr(at);
  while (word.starts_with(' ')) word.remove_prefix(1);
  const auto said = unit_named(word);
  if (!said || *said == node.unit || (*said == Unit::percent && node.unit == Unit::share))
    return std::nullopt;  // a percentage has words of its own
  const auto factor = factor_between(*said, node.unit);
  if (!factor) return std::nullopt;
  return fmt::format("{}, and this in {}: convert it, so {:.6g}", in_unit(node),
                     syntax::name_of(*said), number * *factor);
}

std::vector<std::string> hints_for_number(const Written& written, const model::Node& node,
                                          const std::function<bool(double)>& fits) {
  if (marks_absence(written.text)) return {absence_hint(written)};
  const std::string unit = in_unit(node);
  std::vector<std::string> notes;
  if (const std::string bare = plain(written.text);
      is_plain_number(bare) && has_blank_ends(written.text)) {
    notes.push_back(fmt::format("blanks stand around the number: write {}", bare));
    if (written.in_toml) notes.emplace_back("numbers stand without quotes");
    return notes;
  }
  if (const auto other = converted(written.text, node)) {
    notes.push_back(*other);
  } else if (const auto figure = figure_in(written.text, fits)) {
    notes.push_back(figure->percent && node.unit == Unit::share ? as_share(*figure)
                                                                : figure->hint(unit));
    if (written.in_toml && !figure->alone) notes.emplace_back("numbers stand without quotes");
  } else if (written.in_toml && is_plain_number(written.text)) {
    notes.emplace_back("numbers stand without quotes");
  } else if (holds_digit(written.text)) {
    notes.emplace_back("write the number alone, with a point as its decimal mark");
  } else if (const auto truth = truth_in(written.text); !truth.empty()) {
    notes.push_back(fmt::format("this says {}: a number is wanted", truth));
  } else {
    notes.push_back(absence_hint(written));
  }
  return notes;
}

}  // namespace

std::string in_unit(const model::Node& node) {
  switch (node.unit) {
    case Unit::plain: return fmt::format("'{}' is a plain number", node.name);
    case Unit::count: return fmt::format("'{}' is a count", node.name);
    case Unit::level: return fmt::format("'{}' is a level", node.name);
    case Unit::code: return fmt::format("'{}' is a code", node.name);
    case Unit::date: return fmt::format("'{}' is a date", node.name);
    case Unit::yes_no: return fmt::format("'{}' is yes or no", node.name);
    default: return fmt::format("'{}' is in {}", node.name, syntax::name_of(node.unit));
  }
}

std::vector<std::string> hints_for_unit(std::string_view said, const model::Node& node) {
  const std::string simple = plain(said);
  const auto converts = [&](Unit unit) {
    const auto either = [](Unit u) { return u == Unit::percent || u == Unit::share; };
    return unit == node.unit || (either(unit) && either(node.unit));
  };
  for (const UnitWord& word : unit_words)
    if (word.said == simple && converts(word.unit))
      return {fmt::format("write \"{}\"{}", syntax::name_of(word.unit),
                          word.unit == node.unit ? " (or leave it out)" : "")};
  if (const auto other = unit_named(simple))
    if (const auto factor = factor_between(*other, node.unit))
      return {
          fmt::format("convert the value: multiply it by {:.6g}, and leave the unit out", *factor)};
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> sizes{
      {{"thousand", "1000"}, {"million", "1000000"}, {"billion", "1000000000"}}};
  for (const auto& [size, number] : sizes)
    if (node.unit == Unit::usd && simple.starts_with(size))
      return {fmt::format("write the value in USD: multiply it by {}", number)};
  return {};
}

std::string absence_hint(const Written& written) {
  if (written.in_toml) return "where there is no value, write \"unknown\"";
  return written.where.valid()
             ? "where there is no value, leave the cell empty or write \"unknown\""
             : "where there is no value, write unknown";
}

std::vector<std::string> hints_for(const Written& written, const model::Node& node,
                                   const std::function<bool(double)>& fits) {
  const bool text = written.kind == Written::Kind::text;
  if (node.unit == Unit::yes_no && (text || written.kind == Written::Kind::number))
    return hints_for_truth(written);
  if (node.unit == Unit::date &&
      (text || written.kind == Written::Kind::number || written.kind == Written::Kind::other))
    return hints_for_date(written);
  if (node.unit == Unit::code) {
    std::vector<std::string> codes;
    for (const model::Level& level : node.indicator().levels) codes.push_back(level.code);
    return {fmt::format("its codes are {}", fmt::join(codes, ", "))};
  }
  return text ? hints_for_number(written, node, fits) : std::vector<std::string>{};
}

}  // namespace waystone::scenario
