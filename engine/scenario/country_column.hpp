// The column of a table that names countries by something other than their codes.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "scenario/crosswalk.hpp"
#include "scenario/reading.hpp"

namespace waystone::scenario {

/// A text that is no code and means a country.
struct NamedCountry {
  std::string_view text;
  Span where;
  CountryMatch match;
};

/// Their common kind, if whole tables can have it (names, two letters, numbers, small letters).
/// Former and publishers' codes may occur among any kind. Needs at least two texts.
std::optional<Naming> common_kind(const std::vector<NamedCountry>& names);

/// E0307. If the whole column `column` is of `kind`, one diagnostic covers all of that kind, with
/// the code of each. Each of the others gets its own.
void refuse_names(const std::vector<NamedCountry>& names, const std::optional<Naming>& kind,
                  std::string_view column, const CountryRule& rule, const Reading& reading);

}  // namespace waystone::scenario
