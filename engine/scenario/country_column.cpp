#include "scenario/country_column.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace waystone::scenario {
namespace {

// What a column has in place of codes, for kinds that whole tables have; "" for the others.
std::string_view words_for(Naming naming) {
  switch (naming) {
    case Naming::small_letters: return "codes in small letters";
    case Naming::name: return "names of countries, not their codes";
    case Naming::foreign: return "names of countries in another language, not their codes";
    case Naming::two_letters: return "codes of two letters, not of three";
    case Naming::number: return "numbers of countries, not their codes";
    default: return "";
  }
}

// Items parted by semicolons, cut into lines that a page has room for.
std::vector<std::string> in_lines(const std::vector<std::string>& items) {
  constexpr std::size_t widest = 90;
  std::vector<std::string> lines;
  for (const std::string& item : items) {
    if (lines.empty() || lines.back().size() + item.size() > widest) lines.emplace_back();
    lines.back() += lines.back().empty() ? item : "; " + item;
  }
  return lines;
}

}  // namespace

namespace {

void report_column(const std::vector<NamedCountry>& names, Naming kind, std::string_view column,
                   const Reading& reading) {
  std::vector<std::string> pairs;
  Span where;
  for (const NamedCountry& one : names) {
    if (one.match.naming != kind || one.match.codes.size() != 1) continue;
    if (pairs.empty()) where = one.where;
    pairs.push_back(fmt::format("{} is {}", one.text, one.match.codes.front()));
  }
  std::vector<std::string> notes = in_lines(pairs);
  notes.emplace_back("countries are ISO 3166-1 codes of three letters");
  reading.error(Code::E0307, where, fmt::format("the column '{}' has {}", column, words_for(kind)),
                std::move(notes));
}

}  // namespace

std::optional<Naming> common_kind(const std::vector<NamedCountry>& names) {
  std::optional<Naming> kind;
  std::size_t of_it = 0;
  for (const NamedCountry& one : names) {
    if (one.match.codes.size() != 1 || words_for(one.match.naming).empty()) continue;
    if (kind && *kind != one.match.naming) return std::nullopt;
    kind = one.match.naming;
    ++of_it;
  }
  return of_it > 1 ? kind : std::nullopt;
}

void refuse_names(const std::vector<NamedCountry>& names, const std::optional<Naming>& kind,
                  std::string_view column, const CountryRule& rule, const Reading& reading) {
  if (kind) report_column(names, *kind, column, reading);
  for (const NamedCountry& one : names)
    if (!kind || one.match.naming != *kind || one.match.codes.size() != 1)
      rule.check(std::string(one.text), one.where, reading);
}

}  // namespace waystone::scenario
