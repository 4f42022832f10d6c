// What a table's column of countries has: codes of one list or names, and what each text means.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "scenario/crosswalk.hpp"

namespace waystone::scenario {

/// What names the countries of a table: `country_by`.
enum class CountryBy { iso3, iso2, name, worldbank, cow, gw };

/// The list of that word: "iso3", "iso2", "name", "worldbank", "cow", "gw"; nothing for another.
std::optional<CountryBy> country_by_of(std::string_view word);
/// "a number of the Correlates of War", for messages.
std::string_view words_for(CountryBy by);

/// The alpha-3 code that a text means in that list; "" where it means none, or may mean several. In
/// `iso3` every code in use means itself and nothing else means anything.
std::string_view country_of(std::string_view text, CountryBy by);

/// What a text may mean that `country_of` gives no code for: a name or number that several
/// countries have or had, a group, a country of another list.
std::optional<CountryMatch> doubt_about(std::string_view text, CountryBy by);

}  // namespace waystone::scenario
