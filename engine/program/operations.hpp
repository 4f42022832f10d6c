// What there is to know of each operation, from the one table of them (operations.def).
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace waystone::program {

// Unknown is NaN in every register; conditions are 1, 0 or unknown. See docs/decisions/0002.
enum class OpCode : std::uint8_t {
#define WAYSTONE_OPERATION(family, code, ...) code,
#include "program/operations.def"
};

/// Where the kernel and the derivative of an operation stand.
enum class Family { leaf, expression, curve, mean, effect };

// The operations of one family, for a switch that names each of them and no other.
enum class ExpressionOp : std::uint8_t {
#define WAYSTONE_EXPRESSION(code, ...) code = std::uint8_t(OpCode::code),
#include "program/operations.def"
};
enum class CurveOp : std::uint8_t {
#define WAYSTONE_CURVE(code, ...) code = std::uint8_t(OpCode::code),
#include "program/operations.def"
};
enum class MeanOp : std::uint8_t {
#define WAYSTONE_MEAN(code, ...) code = std::uint8_t(OpCode::code),
#include "program/operations.def"
};
enum class EffectOp : std::uint8_t {
#define WAYSTONE_EFFECT(code, ...) code = std::uint8_t(OpCode::code),
#include "program/operations.def"
};

// ---- the columns

/// How many registers it reads.
struct Arity {
  std::size_t least, most;
  std::size_t step = 1;  // from the least number on
  constexpr bool allows(std::size_t count) const {
    return least <= count && count <= most && (count - least) % step == 0;
  }
};
namespace arity {
inline constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
inline constexpr Arity none{0, 0}, one{1, 1}, two{2, 2}, three{3, 3}, one_or_two{1, 2},
    some{1, any}, two_or_more{2, any}, value_and_pairs{3, any, 2};
}  // namespace arity

/// Where its result goes when an operand grows, whatever the others are.
enum class Direction {
  rising,
  falling,
  first_rising,   // in the first operand, and falling in the others
  first_falling,  // in the first operand, and rising in the others
  by_goalposts,   // monotone, the numerals decide which way (single operand)
  own             // evaluate/bounds.cpp has a rule of its own
};

/// The operands whose small changes change the result other than by a jump: its derivative.
enum class MovedBy {
  all,
  none,
  after_first,  // what a condition decides between; the digits of a rounding
  first_two,
  amounts  // of effects, and the value
};

/// What the result can be at all.
enum class NaturalRange {
  any,
  truth,      // 0 or 1
  score,      // 0 to 100, and what it is worked out from doesn't leave that
  members,    // between the least and the greatest operand, or at a floor
  cut_score,  // cut to `low` and `high` of the operation, 0 and 100
  declared    // cut to `low` and `high` of the operation
};

/// `rounded`: by a function of the mathematical library, whose last bits are not promised to be
/// monotone, so end points are rounded outward.
enum class Precision { exact, rounded };

/// When it has a value.
enum class Valued {
  as_operands,  // all of them have one
  in_force,     // a parameter on that day
  always,
  sum,  // unless infinities cancel
  difference,
  product,   // unless 0 meets an infinity
  quotient,  // over other than 0
  power,     // no negative number beside a broken exponent, no 0 beside a negative one
  of_positive,
  of_not_negative,
  finite,  // not too large
  conjunction,
  disjunction,     // settled by one operand
  branch,          // the one that is taken has one
  enough_members,  // the known ones carry the least known share
  first_operand,   // the others are left out where they have none
  moving_amounts   // the value, and amounts that are added or multiplied
};

/// How a truth comes about.
enum class Logic {
  number,  // it is none
  passes,  // whatever it copies
  compares,
  both,
  either,
  negates,
  asks_known,
  chooses  // by its first operand
};

/// What its slots are, in order; a mean may have a floor, an order and a least known share besides.
enum class Numerals {
  none,
  value,
  entries,          // one a date
  goalposts,        // best, worst
  steep_goalposts,  // best, worst, steepness
  knots,            // value and score of each
  weights,          // one a member
  points
};

struct OperationRow {
  Family family;
  OpCode code;
  std::string_view name;
  Arity operands;
  Direction direction;
  MovedBy moved_by;
  NaturalRange range;
  Precision precision;
  Valued valued;
  Logic logic;
  Numerals numerals;
};

inline constexpr std::array operation_rows{
#define WAYSTONE_OPERATION(family, code, name, operands, direction, moved_by, range, precision, \
                           valued, logic, numerals)                                             \
  OperationRow{Family::family,      OpCode::code,         name,                                 \
               arity::operands,     Direction::direction, MovedBy::moved_by,                    \
               NaturalRange::range, Precision::precision, Valued::valued,                       \
               Logic::logic,        Numerals::numerals},
#include "program/operations.def"
};

constexpr const OperationRow& row_of(OpCode code) { return operation_rows[std::size_t(code)]; }
constexpr std::string_view name_of(OpCode code) { return row_of(code).name; }

constexpr bool is_connective(OpCode code) {
  const Logic logic = row_of(code).logic;
  return logic == Logic::both || logic == Logic::either || logic == Logic::negates;
}

// Those with bounds of their own, for the switch in bounds.cpp.
enum class OwnBoundsOp : std::uint8_t {
#define WAYSTONE_BOUNDS_rising(code)
#define WAYSTONE_BOUNDS_falling(code)
#define WAYSTONE_BOUNDS_first_rising(code)
#define WAYSTONE_BOUNDS_first_falling(code)
#define WAYSTONE_BOUNDS_by_goalposts(code)
#define WAYSTONE_BOUNDS_own(code) code = std::uint8_t(OpCode::code),
#define WAYSTONE_OPERATION(family, code, name, operands, direction, ...) \
  WAYSTONE_BOUNDS_##direction(code)
#include "program/operations.def"
#undef WAYSTONE_BOUNDS_rising
#undef WAYSTONE_BOUNDS_falling
#undef WAYSTONE_BOUNDS_first_rising
#undef WAYSTONE_BOUNDS_first_falling
#undef WAYSTONE_BOUNDS_by_goalposts
#undef WAYSTONE_BOUNDS_own
};

// ---- what a row must be for the others to make sense of it

constexpr bool tells_truth(Logic logic) {
  return logic != Logic::number && logic != Logic::passes && logic != Logic::chooses;
}

constexpr bool sound(const OperationRow& row) {
  if (tells_truth(row.logic) != (row.range == NaturalRange::truth)) return false;
  if (row.range == NaturalRange::truth && row.moved_by != MovedBy::none) return false;
  if (row.direction == Direction::by_goalposts && row.operands.most != 1) return false;
  if ((row.valued == Valued::enough_members) != (row.family == Family::mean)) return false;
  if (row.range == NaturalRange::members && row.numerals != Numerals::weights) return false;
  return row.family != Family::curve || row.range == NaturalRange::score;
}

constexpr bool distinct_names() {
  for (std::size_t i = 0; i < operation_rows.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (operation_rows[i].name == operation_rows[k].name || operation_rows[i].name.empty())
        return false;
  return true;
}

static_assert(std::all_of(operation_rows.begin(), operation_rows.end(), sound));
static_assert(distinct_names());

}  // namespace waystone::program
