// Hits, misses and false alarms by name. Private to this room.
#pragma once
#include "backtest/skills.hpp"

namespace waystone::backtest {

/// `next`: rows of the horizon of one year; `main`: of that at which false alarms are told. `said`:
/// of the subject, by row.
Told told_of(const Rows& next, const Rows& main, const Subject& subject,
             const std::vector<double>& said);

/// What a list of the year's end before said of a country to which something came in `year`;
/// nothing where no list of that year's end is tested.
std::optional<Came> came_to(const Rows& next, const std::vector<double>& said, std::size_t country,
                            int year);

}  // namespace waystone::backtest
