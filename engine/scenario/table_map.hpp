// Maps: what a publisher's files are like, told once for all scenarios that read them.
#pragma once
#include <optional>

#include "scenario/figures.hpp"

namespace waystone::scenario {

/// A `[[wide]]` table with what the map that it names says, too; its own keys come first, and in
/// `where`, `country_is` and `columns` its own entries. The table itself if it names no map;
/// nothing where the map can't be read. The map is listed among the scenario's files. E0001 to
/// E0004, E0301 to E0304.
std::optional<Value> with_map(const Value& table, const FigureTarget& target,
                              const Reading& reading);

}  // namespace waystone::scenario
