// Dates as tables of figures write them.
#pragma once
#include "scenario/reading.hpp"

namespace waystone::scenario {

/// "2015-06-30", or a year, which means its last day: a figure for a year is not true before the year is over. E0304 for anything else.
std::optional<Date> row_date(std::string_view text, Span where, const Reading& reading);

}  // namespace waystone::scenario
