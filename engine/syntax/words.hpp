// Words of the rule language that mean the same in a text, in its tree and in the checked model.
#pragma once
#include <string_view>

namespace waystone::syntax {

/// Units as they can be written after a number or in `unit`. `none`: no unit was written.
enum class Unit {
  none,
  percent,
  share,
  years,
  months,
  days,
  count,
  usd,
  points,
  plain,
  yes_no,
  date,
  code,
  level
};
/// The word of a unit: "percent", "USD", "yes/no".
std::string_view name_of(Unit unit);

enum class Combination {
  arithmetic,
  geometric,
  harmonic,
  power_mean,
  sum,
  product,
  worst,
  best,
  median,
  expression
};

enum class CurveKind { linear, logarithmic, logistic, knots, steps };

enum class MissingKind { refuse, unknown, assume, carry_forward, typical };

}  // namespace waystone::syntax
