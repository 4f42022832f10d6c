// Expressions of rules and assertions, checked: every name resolved, every unit settled.
#pragma once
#include <vector>

#include "base/ids.hpp"
#include "source/source.hpp"
#include "syntax/words.hpp"

namespace waystone::model {

using syntax::Unit;

/// One numeral of a rule file. `where` is the digits, so that `tune` can replace them; invalid
/// where the language supplied the number.
struct Numeral {
  double value = 0;
  Span where;
};

enum class Op {
  number,  // numeral, date (days since 1970), yes/no (1/0), code (index), unit conversion factor
  name,
  score,
  known,  // of `node`
  holds,  // of `rule`: its condition
  as_of,
  horizon,  // days since 1970; years
  add,
  subtract,
  multiply,
  divide,
  power,
  negate,
  logical_and,
  logical_or,
  logical_not,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  between,
  minimum,
  maximum,
  clamp,
  absolute,
  log10,
  ln,
  exp,
  sqrt,
  round_half_up,
  round_half_even,
  choose,  // condition, then, else
  months_since,
  years_since,
  days_since,
  operand,  // of an assertion: what it reads of a scenario
};

struct Expression {
  Op op = Op::number;
  Span where;
  Unit unit = Unit::plain;  // of the result; yes_no for conditions
  Numeral number;
  NodeId node;
  RuleId rule;
  std::size_t operand = 0;  // index of Assertion::operands
  std::vector<Expression> arguments;
};

}  // namespace waystone::model
