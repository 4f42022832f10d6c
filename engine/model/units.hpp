// Which units go together, and expressions from their trees. Private to this room.
#pragma once
#include <optional>
#include <string>

#include "model/draft.hpp"

namespace waystone::model {

/// Plain numbers, shares, points, counts and levels: they mix freely.
bool is_loose(Unit unit);
/// A number of any dimension: not yes/no, a date or a code.
bool is_number(Unit unit);
/// What rules can act on: factors, outputs and indicators that are numbers, or whose unit is not
/// known.
bool can_be_acted_on(const Node& node);
/// "percent", "a plain number", "yes or no" … for messages.
std::string in_words(Unit unit);

/// The factor that converts a value in `from` to one in `to`; nothing if there is none. Both are
/// units of numbers.
std::optional<double> conversion(Unit from, Unit to);
/// A value times such a factor. A factor of 0.01 divides by 100, so that 35% is 0.35 to the last
/// bit.
double converted(double value, double factor);
/// As `conversion`, but also between units of time, for `X in months`.
std::optional<double> asked_conversion(Unit from, Unit to);

/// A number as it is written; says E0208 where it is out of all bounds.
Numeral numeral_of(const syntax::Number& number, Diagnostics& diagnostics);
/// A number written in a declaration whose values are in `unit`; without a unit of its own it is in
/// that unit. Says E0235 where the units don't fit, E0208 where the number is out of all bounds.
Numeral in_unit(Draft& draft, const syntax::Number& number, Unit unit);
/// Limits of a weight as shares; a number written without a unit is in percent. Says as `in_unit`
/// does.
WeightLimits limits_of(Draft& draft, const syntax::Member& line);
/// A length of time (months, years and days only); reports E0255 if it is not one or not positive.
TimeSpan time_span(Draft& draft, const syntax::Number& number, bool zero_allowed = false);
/// The same in days of mean months and years, for a length that starts from no date.
double in_days(Draft& draft, const syntax::Number& number);

/// An expression of a rule from its tree: names resolved, units settled. If something is wrong, it
/// reports that once, and the result has Unit::none, which fits everything.
Expression translate(Draft& draft, const syntax::Expression& tree);
/// A condition (E0231 where it is none).
Expression translate_condition(Draft& draft, const syntax::Expression& tree);
/// A number in `unit` (E0230 or E0231 where it is none); `what` names the place that wants it.
Expression translate_number(Draft& draft, const syntax::Expression& tree, Unit unit,
                            const std::string& what);
/// A date (E0230 where it is none).
Expression translate_date(Draft& draft, const syntax::Expression& tree);

/// Multiplication by a number that the language supplies.
Expression times(Expression value, double factor, Unit unit);

/// Whether it calls a function that this version does not have. The call already has a diagnostic
/// and will have to change.
bool has_refused_call(const syntax::Expression& root);

}  // namespace waystone::model
