// Conditions that read a value in several places: `z < 50 or z >= 50` holds whatever z is, which
// bounds of each reading by itself don't tell. The value's range is split at all that the condition
// compares it with, and the condition judged piece by piece. So are choices between numbers: `if z
// > 5 then 42 else if z <= 5 then 42 else 10` never comes to 10.
#pragma once
#include <functional>
#include <vector>

#include "program/conditions.hpp"

namespace waystone::evaluate {

/// What one register may hold in one lane: as in Bounds; `absent` as in BoundOperands.
struct Possible {
  double value, low, high, gap, absent;
};

using program::Condition;

/// Of the operations that are needed and not pinned, those of Program::rereading that still read
/// something several times; ascending.
std::vector<Condition> conditions_to_split(const program::Program& program,
                                           const std::vector<char>& needed,
                                           const std::vector<char>& pinned);

/// `found`, what bounds say of the condition, narrowed to what all pieces have room for. `read`: of
/// Condition::reads, by place.
Possible narrowed(const program::Program& program, const Condition& condition,
                  const std::function<Possible(std::size_t)>& read, const Possible& found);

}  // namespace waystone::evaluate
