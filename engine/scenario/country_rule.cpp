// Which texts stand for countries, and what those that don't may mean.
#include <algorithm>

#include <fmt/format.h>

#include "scenario/countries.hpp"
#include "scenario/crosswalk.hpp"
#include "scenario/reading.hpp"

namespace waystone::scenario {

std::vector<std::string> country_hints(std::string_view text) {
  if (const auto match = recognise_country(text)) return {country_hint(text, *match)};
  std::vector<std::string> notes;
  std::string meant;
  for (const std::string_view code : countries_near(text))
    meant +=
        fmt::format("{}{}, which is {}", meant.empty() ? "" : ", or ", country_name(code), code);
  if (!meant.empty()) notes.push_back(fmt::format("did you mean {}?", meant));
  notes.emplace_back(
      "countries are ISO 3166-1 codes of three letters; for names of your own say codes = \"own\"");
  return notes;
}

bool CountryRule::allows(std::string_view code) const {
  if (!own) return is_country_code(code);
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto rest = [&](char c) { return upper(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !code.empty() && upper(code[0]) && std::all_of(code.begin(), code.end(), rest);
}

bool CountryRule::check(const std::string& code, Span where, const Reading& reading) const {
  if (allows(code)) return true;
  if (own)
    reading.error(Code::E0307, where, fmt::format("'{}' can't be a country's name", code),
                  {"names are upper-case letters, digits and '_', a letter first"});
  else
    reading.error(Code::E0307, where, fmt::format("no country has the code '{}'", code),
                  country_hints(code));
  return false;
}

}  // namespace waystone::scenario
