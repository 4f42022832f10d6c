// The column of a table that names countries otherwise than by their codes.
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

/// The kind that all of them are of, where it is one that whole tables have (names, two letters,
/// numbers, small letters); former and publishers' codes may stand among any. At least two make
/// one.
std::optional<Naming> common_kind(const std::vector<NamedCountry>& names);

/// E0307: one for those of `kind`, with the code of each, where the whole column `column` is of
/// that kind; one for each of the others.
void refuse_names(const std::vector<NamedCountry>& names, const std::optional<Naming>& kind,
                  std::string_view column, const CountryRule& rule, const Reading& reading);

}  // namespace waystone::scenario
