// Cells that name a country, in tables of which no row may be lost: relations, groups, events,
// exposures. Private to this room.
#pragma once
#include <fmt/format.h>

#include "scenario/countries.hpp"
#include "scenario/crosswalk.hpp"
#include "scenario/table_form.hpp"

namespace waystone::scenario {

/// Whether a text that names no country in the table's list may name one in another: by its name,
/// its two letters, a publisher's code. Such a row isn't left out by `others = "skip"`. Former
/// countries and groups of countries are.
inline bool may_name_country(std::string_view text, const TableForm& form,
                             const CountryRule& rule) {
  if (rule.own || form.country_is.contains(text)) return false;
  const auto match = form.country_by == CountryBy::iso3 ? recognise_country(text)
                                                        : doubt_about(text, form.country_by);
  return match && !match->codes.empty() && match->naming != Naming::group &&
         match->naming != Naming::former;
}

/// E0307 for a text that names no country in the table's list.
inline void refuse_stranger(std::string_view text, Span where, const TableForm& form,
                            const CountryRule& rule, const Reading& reading) {
  if (form.country_by == CountryBy::iso3 || rule.own) {
    rule.check(std::string(text), where, reading);
    return;
  }
  reading.error(Code::E0307, where, fmt::format("'{}' is not {}", text, words_for(form.country_by)),
                country_hints(text));
}

}  // namespace waystone::scenario
