// Stretches of time as published tables write them: a day, a month, a quarter, a half, a year.
#pragma once
#include <optional>
#include <string_view>

#include "base/date.hpp"

namespace waystone {

/// A stretch of time by its first and last day, both included.
struct Period {
  Date first, last;
};

/// "2019-06-30", "2019-06", "2019M06", "2019-M06", "2019Q3", "2019-Q3", "2019S1", "2019-S1",
/// "2019", "YR2019"; nothing where the text has another form or there is no such month or quarter.
std::optional<Period> parse_period(std::string_view text);

}  // namespace waystone
