// What would help where a value is written in another way than its indicator wants.
#include <algorithm>
#include <array>

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
  if (const auto figure = figure_in(written.text, fits)) {
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
