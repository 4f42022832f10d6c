// Which of several data about one fact counts on a date.
#pragma once
#include <vector>

#include "scenario/scenario.hpp"

namespace waystone::scenario {

/// The datum that counts: the latest one true by `as_of` and known by `known_by`; on one date what
/// the scenario itself says, then that of the source preferred, then the nearest, then the one
/// known last. A table's datum that says "unknown" leaves the word to the next source of an order,
/// if one of that date has a value. Null where none is.
const Datum* latest(const std::vector<Datum>& data, Date as_of, Date known_by);
/// Whether the first of two data of one fact counts before the other where both could.
bool outranks(const Datum& a, const Datum& b);

}  // namespace waystone::scenario
