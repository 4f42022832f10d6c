#include "model/assertions.hpp"

#include <cmath>

#include <fmt/format.h>

#include "model/units.hpp"
#include "syntax/parse.hpp"

namespace waystone::model {
namespace {

using syntax::Operator;

void check_call(const syntax::Expression& call, Diagnostics& diagnostics) {
  const std::string& name = call.name.text;
  const std::size_t count = call.arguments.size();
  if (name == "abs") {
    if (count != 1)
      diagnostics.add(Code::E0232, call.where,
                      fmt::format("'abs' takes 1 argument, not {}", count));
  } else if (name == "min" || name == "max") {
    if (count < 2)
      diagnostics.add(Code::E0232, call.where,
                      fmt::format("'{}' takes 2 or more arguments, not {}", name, count));
  } else {
    diagnostics.add(Code::E0233, call.name.where,
                    fmt::format("an expectation has no function '{}'", name), {},
                    {"it knows abs, max and min"});
  }
}

// What the grammar of rules has and an assertion can't work out.
bool beyond_assertions(Operator op) {
  return op == Operator::choose || op == Operator::in_unit || op == Operator::months_since ||
         op == Operator::years_since || op == Operator::days_since || op == Operator::as_of ||
         op == Operator::horizon;
}

void check_calls(const syntax::Expression& root, Diagnostics& diagnostics) {
  std::vector<const syntax::Expression*> left{&root};
  while (!left.empty()) {
    const syntax::Expression* e = left.back();
    left.pop_back();
    if (e->op == Operator::call) check_call(*e, diagnostics);
    if (beyond_assertions(e->op))
      diagnostics.add(Code::E0233, e->where, "an expectation can't work this out", {},
                      {"it knows arithmetic, comparisons, and, or, not, abs, max and min"});
    for (const syntax::Expression& argument : e->arguments) left.push_back(&argument);
  }
}

// The value of an expression of numerals alone; NaN where it reads anything.
double constant(const syntax::Expression& e) {
  const auto arg = [&](std::size_t k) { return constant(e.arguments[k]); };
  switch (e.op) {
    case Operator::number: return e.number.value;
    case Operator::negate: return -arg(0);
    case Operator::add: return arg(0) + arg(1);
    case Operator::subtract: return arg(0) - arg(1);
    case Operator::multiply: return arg(0) * arg(1);
    case Operator::divide: return arg(0) / arg(1);
    case Operator::power: return std::pow(arg(0), arg(1));
    default: return std::nan("");
  }
}

// Units from the leaves up. What is wrong is said once and has Unit::none, which fits everything.
class UnitChecker {
 public:
  UnitChecker(const UnitOf& unit_of, Diagnostics& diagnostics)
      : unit_of_(unit_of), diagnostics_(diagnostics) {}

  Unit settle(syntax::Expression& e) {
    switch (e.op) {
      case Operator::number: return e.number.unit == Unit::none ? Unit::plain : e.number.unit;
      case Operator::date: return Unit::date;
      case Operator::of_country: {
        const Unit unit = unit_of_(e.name);
        return e.score_of && unit != Unit::none ? Unit::points : unit;
      }
      case Operator::add:
      case Operator::subtract: return sum(e);
      case Operator::multiply:
      case Operator::divide: return product(e);
      case Operator::negate: return number(e.arguments.at(0));
      case Operator::power:
        for (syntax::Expression& argument : e.arguments) number(argument);
        return Unit::plain;
      case Operator::call: return call(e);
      case Operator::less:
      case Operator::less_equal:
      case Operator::greater:
      case Operator::greater_equal:
      case Operator::equal:
      case Operator::not_equal:
      case Operator::between: return comparison(e);
      case Operator::yes:
      case Operator::no: return Unit::yes_no;
      case Operator::logical_and:
      case Operator::logical_or:
      case Operator::logical_not:
        for (syntax::Expression& argument : e.arguments) want_condition(argument);
        return Unit::yes_no;
      default: return Unit::none;
    }
  }

  void want_condition(syntax::Expression& e) {
    const Unit unit = settle(e);
    if (unit == Unit::none || unit == Unit::yes_no) return;
    diagnostics_.add(Code::E0231, e.where,
                     fmt::format("a condition is wanted here, but this is {}", in_words(unit)), {},
                     {"compare it with something"});
  }

  // Brings `b`, in `unit`, to the unit of `a`.
  Unit agree(const syntax::Expression& a, Unit wanted, syntax::Expression& b, Unit unit,
             std::string_view doing) {
    if (wanted == Unit::none || unit == Unit::none) return Unit::none;
    if (wanted == unit) return wanted;
    if (is_loose(wanted) && is_loose(unit)) return Unit::plain;
    if (const auto factor = conversion(unit, wanted);
        factor && is_number(unit) && is_number(wanted)) {
      scale(b, *factor, wanted);
      return wanted;
    }
    Diagnostic unlike{
        Code::E0230,
        {a.where.file, std::min(a.where.begin, b.where.begin), std::max(a.where.end, b.where.end)},
        fmt::format("{} and {} can't be {}", in_words(wanted), in_words(unit), doing),
        {},
        {},
        {}};
    const Unit other = wanted == Unit::plain ? unit : wanted;
    if ((wanted == Unit::plain || unit == Unit::plain) && is_number(other))
      unlike.notes.push_back(
          fmt::format("write the plain number with its unit, {}", syntax::name_of(other)));
    diagnostics_.add(std::move(unlike));
    return Unit::none;
  }

 private:
  Unit number(syntax::Expression& e) {
    const Unit unit = settle(e);
    if (unit == Unit::none || is_number(unit)) return unit;
    diagnostics_.add(unit == Unit::yes_no ? Code::E0231 : Code::E0230, e.where,
                     fmt::format("a number is wanted here, but this is {}", in_words(unit)));
    return Unit::none;
  }

  Unit sum(syntax::Expression& e) {
    const Unit a = number(e.arguments.at(0)), b = number(e.arguments.at(1));
    return agree(e.arguments[0], a, e.arguments[1], b,
                 e.op == Operator::add ? "added" : "subtracted");
  }

  // A plain number, or a share, of something is that something; like by like is a plain number.
  Unit product(syntax::Expression& e) {
    const Unit a = number(e.arguments.at(0)), b = number(e.arguments.at(1));
    if (a == Unit::none || b == Unit::none) return Unit::none;
    if (e.op == Operator::divide && a == b) return Unit::plain;
    if (is_loose(a) && is_loose(b)) return Unit::plain;
    if (is_loose(b)) return a;
    if (is_loose(a) && e.op == Operator::multiply) return b;
    diagnostics_.add(Code::E0230, e.where,
                     fmt::format("{} {} {} has no meaning here", in_words(a),
                                 e.op == Operator::multiply ? "times" : "divided by", in_words(b)));
    return Unit::none;
  }

  Unit call(syntax::Expression& e) {
    Unit unit = Unit::none;
    for (std::size_t k = 0; k < e.arguments.size(); ++k) {
      const Unit next = number(e.arguments[k]);
      unit = k == 0 ? next
                    : agree(e.arguments[0], unit, e.arguments[k], next,
                            fmt::format("arguments of one '{}'", e.name.text));
    }
    return unit;
  }

  Unit comparison(syntax::Expression& e) {
    const Unit first = settle(e.arguments.at(0));
    for (std::size_t k = 1; k < e.arguments.size(); ++k) {
      const Unit unit =
          agree(e.arguments[0], first, e.arguments[k], settle(e.arguments[k]), "compared");
      const bool equality = e.op == Operator::equal || e.op == Operator::not_equal;
      if (unit == Unit::none || equality || is_number(unit) || unit == Unit::date) continue;
      diagnostics_.add(Code::E0230, e.where,
                       "codes and yes/no have no order; they compare by = and != only");
    }
    return Unit::yes_no;
  }

  static void scale(syntax::Expression& e, double factor, Unit unit) {
    if (e.op == Operator::number) {
      e.number.value = converted(e.number.value, factor);
      e.number.unit = unit;
      return;
    }
    syntax::Expression product;
    product.op = factor == 0.01 ? Operator::divide : Operator::multiply;  // as `converted` does
    product.where = e.where;
    product.arguments.resize(2);
    product.arguments[1].number.value = factor == 0.01 ? 100 : factor;
    product.arguments[1].where = e.where;
    product.arguments[0] = std::move(e);
    e = std::move(product);
  }

  const UnitOf& unit_of_;
  Diagnostics& diagnostics_;
};

// The unit of what a comparison, the last of a chain, sets side by side.
Unit compared(UnitChecker& checker, const syntax::Expression& condition) {
  if (condition.op == Operator::logical_and) return compared(checker, condition.arguments.at(1));
  if (condition.arguments.empty()) return Unit::none;
  syntax::Expression side = condition.arguments[0];  // settled already, so nothing is said again
  return checker.settle(side);
}

// The rank that is asked for, or the least share of a largest part, which is kept in percent.
void settle_number(syntax::Expectation& assertion, Diagnostics& diagnostics) {
  syntax::Number& number = *assertion.number;
  const bool rank = assertion.kind == syntax::Expectation::Kind::rank;
  if (number.unit == Unit::none || (!rank && number.unit == Unit::percent)) return;
  if (!rank && number.unit == Unit::share) {
    number.value *= 100;
    return;
  }
  diagnostics.add(Code::E0235, number.where,
                  fmt::format("this is in {}, but {} is wanted here", syntax::name_of(number.unit),
                              rank ? "a plain number" : "a percentage"));
}

}  // namespace

void settle_units(syntax::Expectation& assertion, const UnitOf& unit_of, Diagnostics& diagnostics) {
  UnitChecker checker(unit_of, diagnostics);
  if (assertion.number) settle_number(assertion, diagnostics);
  if (!assertion.condition) return;
  const std::size_t errors = diagnostics.errors();
  if (assertion.kind == syntax::Expectation::Kind::condition) {
    checker.want_condition(*assertion.condition);
    if (assertion.by && diagnostics.errors() == errors)
      checker.agree(*assertion.condition, compared(checker, *assertion.condition), *assertion.by,
                    checker.settle(*assertion.by), "compared");
  } else if (assertion.kind == syntax::Expectation::Kind::within && assertion.other &&
             assertion.by) {
    const Unit unit = checker.settle(*assertion.condition);
    checker.agree(*assertion.condition, unit, *assertion.other, checker.settle(*assertion.other),
                  "compared");
    if (diagnostics.errors() == errors)
      checker.agree(*assertion.condition, unit, *assertion.by, checker.settle(*assertion.by),
                    "compared");
  }
}

void check_assertion(const syntax::Expectation& assertion, Diagnostics& diagnostics) {
  for (const auto* part : {&assertion.condition, &assertion.other, &assertion.by})
    if (*part) check_calls(**part, diagnostics);
  if (!assertion.by || !(constant(*assertion.by) < 0)) return;
  const bool within = assertion.kind == syntax::Expectation::Kind::within;
  diagnostics.add(Code::E0285, assertion.by->where,
                  fmt::format("the distance after '{}' is negative, {}", within ? "within" : "by",
                              within ? "and no distance is smaller" : "and every gap is larger"),
                  {},
                  {within ? "write the largest distance allowed, 0 or more"
                          : "write the least gap, 0 or more; which is higher the comparison says"});
}

}  // namespace waystone::model
