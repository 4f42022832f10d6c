// Units: which go together, and what converts.
#include "model/units.hpp"

#include <cmath>

#include <fmt/format.h>

#include "syntax/parse.hpp"

namespace waystone::model {
namespace {

constexpr double largest_number = 1e15;  // beyond it doubles no longer hold every whole number

bool is_time(Unit unit) {
  return unit == Unit::years || unit == Unit::months || unit == Unit::days;
}

double days_in(Unit unit) {
  if (unit == Unit::years) return days_per_year;
  if (unit == Unit::months) return days_per_month;
  return 1;
}

bool sane(const syntax::Number& number, Diagnostics& diagnostics) {
  if (std::abs(number.value) <= largest_number) return true;
  diagnostics.add(Code::E0208, number.where,
                  fmt::format("{} is out of all bounds; numbers go up to {:.0e}", number.numeral,
                              largest_number));
  return false;
}

// Whether a number is a length of time; what is wrong with it is said. A length that is not
// positive can still be counted with.
bool is_length(Draft& draft, const syntax::Number& number, bool zero_allowed) {
  if (!is_time(number.unit)) {
    draft.say(Code::E0255, number.where, "a length of time is wanted here: years, months or days",
              {}, {"write '12 months' or '90 days'"});
    return false;
  }
  if (!sane(number, draft.diagnostics)) return false;
  if (number.value < 0 || (number.value == 0 && !zero_allowed))
    draft.say(Code::E0255, number.where, "a length of time must be positive");
  return true;
}

}  // namespace

bool is_loose(Unit unit) {
  return unit == Unit::plain || unit == Unit::share || unit == Unit::points ||
         unit == Unit::count || unit == Unit::level;
}

bool is_number(Unit unit) {
  return unit != Unit::yes_no && unit != Unit::date && unit != Unit::code;
}

bool can_be_acted_on(const Node& node) {
  return (node.kind == NodeKind::indicator || node.is_factor()) && is_number(node.unit);
}

std::string in_words(Unit unit) {
  switch (unit) {
    case Unit::plain: return "a plain number";
    case Unit::share: return "a share";
    case Unit::level: return "a level";
    case Unit::count: return "a count";
    case Unit::date: return "a date";
    case Unit::code: return "a code";
    case Unit::yes_no: return "yes or no";
    default: return std::string(syntax::name_of(unit));
  }
}

std::optional<double> conversion(Unit from, Unit to) {
  if (from == to || (is_loose(from) && is_loose(to))) return 1;
  if (from == Unit::percent && to == Unit::share) return 0.01;
  if (from == Unit::share && to == Unit::percent) return 100;
  return std::nullopt;
}

double converted(double value, double factor) {
  return factor == 0.01 ? value / 100 : value * factor;
}

std::optional<double> asked_conversion(Unit from, Unit to) {
  if (is_time(from) && is_time(to)) {
    if (from == Unit::years && to == Unit::months) return 12;
    if (from == Unit::months && to == Unit::years) return 1.0 / 12;
    return from == to ? 1 : days_in(from) / days_in(to);
  }
  return conversion(from, to);
}

Numeral numeral_of(const syntax::Number& number, Diagnostics& diagnostics) {
  sane(number, diagnostics);
  return {number.value, number.numeral_where};
}

Numeral in_unit(Draft& draft, const syntax::Number& number, Unit unit) {
  Numeral numeral{number.value, number.numeral_where};
  if (!sane(number, draft.diagnostics) || number.unit == Unit::none || unit == Unit::none)
    return numeral;
  const Unit written = number.unit;
  if (is_number(unit)) {
    if (const auto factor = conversion(written, unit)) {
      numeral.value = converted(numeral.value, *factor);
      return numeral;
    }
  }
  draft.say(Code::E0235, number.where,
            fmt::format("this is in {}, but {} is wanted here", syntax::name_of(written),
                        in_words(unit)));
  return numeral;
}

WeightLimits limits_of(Draft& draft, const syntax::Member& line) {
  WeightLimits limits;
  if (!line.limits) return limits;
  limits.where = line.limits->where;
  limits.locked = line.limits->locked;
  if (line.limits->low) limits.low = in_unit(draft, *line.limits->low, Unit::percent).value / 100;
  if (line.limits->high)
    limits.high = in_unit(draft, *line.limits->high, Unit::percent).value / 100;
  return limits;
}

TimeSpan time_span(Draft& draft, const syntax::Number& number, bool zero_allowed) {
  if (!is_length(draft, number, zero_allowed)) return months_long(12);
  if (number.unit == Unit::days) return {0, number.value};
  return months_long(number.unit == Unit::years ? 12 * number.value : number.value);
}

double in_days(Draft& draft, const syntax::Number& number) {
  return is_length(draft, number, false) ? number.value * days_in(number.unit) : days_per_year;
}

Expression times(Expression value, double factor, Unit unit) {
  if (factor == 1) {
    value.unit = unit;
    return value;
  }
  Expression number;
  number.op = Op::number;
  number.where = value.where;
  const bool hundredth = factor == 0.01;  // as `converted` does
  number.number = {hundredth ? 100 : factor, {}};
  Expression product;
  product.op = hundredth ? Op::divide : Op::multiply;
  product.where = value.where;
  product.unit = unit;
  product.arguments.push_back(std::move(value));
  product.arguments.push_back(std::move(number));
  return product;
}

}  // namespace waystone::model
