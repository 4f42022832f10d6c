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

/// By what a value in `from` is multiplied to be one in `to`; nothing where it can't be. Both are
/// units of numbers.
std::optional<double> conversion(Unit from, Unit to);
/// A value times such a factor; by 0.01 it is divided by 100, so that 35% is 0.35 to the last bit.
double converted(double value, double factor);
/// As `conversion`, but also between units of time, as `X in months` may ask.
std::optional<double> asked_conversion(Unit from, Unit to);

/// A number written in a declaration whose values are in `unit`; without a unit of its own it is in
/// that unit. Says E0235 where the units don't fit, E0208 where the number is out of all bounds.
Numeral in_unit(Draft& draft, const syntax::Number& number, Unit unit);
/// Limits of a weight as shares; a number written without a unit is in percent. Says as `in_unit`
/// does.
WeightLimits limits_of(Draft& draft, const syntax::Member& line);
/// A length of time (months, years and days only); says E0255 where it is none or not positive.
TimeSpan time_span(Draft& draft, const syntax::Number& number, bool zero_allowed = false);
/// The same in days of mean months and years, for a length that is laid from no date.
double in_days(Draft& draft, const syntax::Number& number);

/// An expression from its tree: names resolved, units settled. Where something is wrong it is said
/// once and the result has Unit::none, which fits everything.
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

/// Whether some call in it is of a function that this version does not have: it has its diagnostic,
/// and can't stay as it is.
bool has_refused_call(const syntax::Expression& root);
/// Names of functions, for suggestions.
const std::vector<std::string>& function_names();

}  // namespace waystone::model
