#include "model/translator.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "model/units.hpp"

namespace waystone::model {
namespace {

using syntax::Operator;

constexpr int deepest_expression =
    1000;  // a long sum is a deep tree; later stages walk it by recursion

const std::map<std::string_view, Function>& functions() {
  using U = Function::Units;
  static const std::map<std::string_view, Function> table{
      {"abs", {Op::absolute, 1, 1, U::keep}},   {"clamp", {Op::clamp, 3, 3, U::keep}},
      {"exp", {Op::exp, 1, 1, U::plain}},       {"ln", {Op::ln, 1, 1, U::plain}},
      {"log", {Op::log10, 1, 1, U::plain}},     {"max", {Op::maximum, 2, 1000, U::keep}},
      {"min", {Op::minimum, 2, 1000, U::keep}}, {"round", {Op::round_half_up, 2, 3, U::round}},
      {"sqrt", {Op::sqrt, 1, 1, U::plain}}};
  return table;
}

// Operators that are operations.
Op operation_of(Operator op) {
  switch (op) {
    case Operator::add: return Op::add;
    case Operator::subtract: return Op::subtract;
    case Operator::multiply: return Op::multiply;
    case Operator::divide: return Op::divide;
    case Operator::power: return Op::power;
    case Operator::negate: return Op::negate;
    case Operator::logical_and: return Op::logical_and;
    case Operator::logical_or: return Op::logical_or;
    case Operator::logical_not: return Op::logical_not;
    case Operator::between: return Op::between;
    default: return comparison_of(op);
  }
}

std::optional<Unit> unit_of_product(Unit a, Unit b, double& factor) {
  const auto pure = [](Unit u) { return u == Unit::plain || u == Unit::share; };
  if (a == Unit::share && b == Unit::share) return Unit::share;
  if (pure(a))
    return b == Unit::share
               ? Unit::plain
               : b;  // a unit times a plain number keeps it; a share of a quantity is one too
  if (pure(b)) return a;
  if (a == Unit::percent || b == Unit::percent) {
    factor = 0.01;
    return a == Unit::percent ? b : a;
  }
  if (is_loose(a) && is_loose(b)) return Unit::plain;
  return std::nullopt;
}

std::optional<Unit> unit_of_quotient(Unit a, Unit b, double& factor) {
  if (a == b) return Unit::plain;
  if (a == Unit::percent && b == Unit::share) return factor = 0.01, Unit::plain;
  if (a == Unit::share && b == Unit::percent) return factor = 100, Unit::plain;
  if (b == Unit::plain || b == Unit::share) return a;
  if (is_loose(a) && is_loose(b)) return Unit::plain;
  return std::nullopt;
}

constexpr const char* no_order = "codes and yes/no have no order; they compare by = and != only";

}  // namespace

Op comparison_of(Operator op) {
  switch (op) {
    case Operator::less: return Op::less;
    case Operator::less_equal: return Op::less_equal;
    case Operator::greater: return Op::greater;
    case Operator::greater_equal: return Op::greater_equal;
    case Operator::not_equal: return Op::not_equal;
    default: return Op::equal;
  }
}

const Function* find_function(std::string_view name) {
  const auto found = functions().find(name);
  return found == functions().end() ? nullptr : &found->second;
}

const std::vector<std::string>& function_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all{"known", "holds"};
    for (const auto& [name, function] : functions()) all.emplace_back(name);
    return all;
  }();
  return names;
}

Expression Translator::translate(const syntax::Expression& tree) {
  Expression result;
  result.where = tree.where;
  if (++depth_ > deepest_expression) {
    if (!std::exchange(too_deep_, true))
      say(Code::E0005, tree.where,
          fmt::format("an expression of more than {} steps one inside the other",
                      deepest_expression));
    result.unit = Unit::none;
  } else {
    fill(result, tree);
  }
  --depth_;
  return result;
}

std::vector<std::string> Translator::in_rules(std::string note) const {
  if (language_ == Language::assertions) return {};
  return {std::move(note)};
}

void Translator::want_condition(Expression& e) {
  if (e.unit == Unit::none || e.unit == Unit::yes_no) return;
  say(Code::E0231, e.where,
      fmt::format("a condition is wanted here, but this is {}", in_words(e.unit)),
      {language_ == Language::rules ? "compare it with something: x > 3"
                                    : "compare it with something"});
  e.unit = Unit::none;
}

bool Translator::want_number(Expression& e) {
  if (e.unit == Unit::none) return false;
  if (is_number(e.unit)) return true;
  if (e.unit == Unit::yes_no)
    say(Code::E0231, e.where, "a number is wanted here, but this is yes or no",
        in_rules("'if CONDITION then 1 else 0' makes a number"));
  else
    say(Code::E0230, e.where,
        fmt::format("a number is wanted here, but this is {}", in_words(e.unit)),
        e.unit == Unit::date ? in_rules("'months since DATE' makes a number")
                             : std::vector<std::string>{});
  e.unit = Unit::none;
  return false;
}

void Translator::want_date(Expression& e) {
  if (e.unit == Unit::none || e.unit == Unit::date) return;
  say(Code::E0230, e.where, fmt::format("a date is wanted here, but this is {}", in_words(e.unit)));
  e.unit = Unit::none;
}

Unit Translator::agree(Expression& a, Expression& b, std::string_view doing) {
  if (a.unit == Unit::none || b.unit == Unit::none) return Unit::none;
  if (a.unit == b.unit) return a.unit;
  if (is_loose(a.unit) && is_loose(b.unit)) return Unit::plain;
  if (const auto factor = conversion(b.unit, a.unit);
      factor && is_number(a.unit) && is_number(b.unit)) {
    b = times(std::move(b), *factor, a.unit);
    return a.unit;
  }
  say_unlike(a, b, doing);
  return Unit::none;
}

void Translator::say_unlike(const Expression& a, const Expression& b, std::string_view doing) {
  const Unit loose = is_loose(a.unit) ? a.unit : b.unit, with = is_loose(a.unit) ? b.unit : a.unit;
  std::vector<std::string> notes;
  if (is_loose(loose) && is_number(with)) {
    const std::string_view unit = syntax::name_of(with);
    if (loose == Unit::plain)
      notes.push_back(fmt::format("write the plain number with its unit, {}",
                                  language_ == Language::assertions
                                      ? std::string(unit)
                                      : fmt::format("or 'X in {}' to make a plain number of the "
                                                    "other",
                                                    unit)));
    else
      notes = in_rules(fmt::format("'X in {}' makes a plain number of a quantity", unit));
  }
  say(Code::E0230,
      {a.where.file, std::min(a.where.begin, b.where.begin), std::max(a.where.end, b.where.end)},
      fmt::format("{} and {} can't be {}", in_words(a.unit), in_words(b.unit), doing),
      std::move(notes));
}

bool Translator::add_codes(Expression&, const syntax::Expression&) { return false; }
bool Translator::call_own(Expression&, const syntax::Expression&) { return false; }

void Translator::constant(Expression& result, double value, Unit unit) {
  result.op = Op::number;
  result.number = {value, {}};
  result.unit = unit;
}

void Translator::fill(Expression& result, const syntax::Expression& tree) {
  switch (tree.op) {
    case Operator::number: return number(result, tree);
    case Operator::date: return constant(result, tree.date.date.days, Unit::date);
    case Operator::yes: return constant(result, 1, Unit::yes_no);
    case Operator::no: return constant(result, 0, Unit::yes_no);
    case Operator::add:
    case Operator::subtract: return sum(result, tree);
    case Operator::multiply:
    case Operator::divide: return product(result, tree);
    case Operator::power: return power(result, tree);
    case Operator::negate: return negate(result, tree);
    case Operator::logical_and:
    case Operator::logical_or:
    case Operator::logical_not: return logic(result, tree);
    case Operator::less:
    case Operator::less_equal:
    case Operator::greater:
    case Operator::greater_equal:
    case Operator::equal:
    case Operator::not_equal: return comparison(result, tree);
    case Operator::between: return between(result, tree);
    case Operator::call: return call(result, tree);
    case Operator::name:
    case Operator::score:
    case Operator::known:
    case Operator::holds:
    case Operator::as_of:
    case Operator::horizon:
    case Operator::choose:
    case Operator::in_unit:
    case Operator::months_since:
    case Operator::years_since:
    case Operator::days_since:
    case Operator::at_least:
    case Operator::known_for:
    case Operator::without_partners:
    case Operator::of_country: return translate_own(result, tree);
  }
}

void Translator::number(Expression& result, const syntax::Expression& tree) {
  result.op = Op::number;
  result.unit = tree.number.unit == Unit::none ? Unit::plain : tree.number.unit;
  result.number = numeral_of(tree.number, diagnostics_);
  if (!tree.number.where.valid()) result.number.where = {};  // the 0.5 of `halve`
}

void Translator::pair(Expression& result, const syntax::Expression& tree) {
  result.op = operation_of(tree.op);
  result.arguments.push_back(translate(tree.arguments.at(0)));
  result.arguments.push_back(translate(tree.arguments.at(1)));
}

void Translator::sum(Expression& result, const syntax::Expression& tree) {
  pair(result, tree);
  auto& args = result.arguments;
  const bool left = want_number(args[0]), right = want_number(args[1]);
  result.unit = left && right
                    ? agree(args[0], args[1], tree.op == Operator::add ? "added" : "subtracted")
                    : Unit::none;
}

void Translator::product(Expression& result, const syntax::Expression& tree) {
  pair(result, tree);
  auto& args = result.arguments;
  const bool left = want_number(args[0]), right = want_number(args[1]);
  result.unit = Unit::none;
  if (!left || !right) return;
  const Unit a = args[0].unit, b = args[1].unit;
  double factor = 1;
  const auto unit = tree.op == Operator::multiply ? unit_of_product(a, b, factor)
                                                  : unit_of_quotient(a, b, factor);
  if (!unit)
    return say(Code::E0230, tree.where,
               fmt::format("{} {} {} has no meaning here", in_words(a),
                           tree.op == Operator::multiply ? "times" : "divided by", in_words(b)),
               in_rules("'X in UNIT' makes a plain number of a quantity"));
  if (factor != 1) result = times(std::move(result), factor, *unit);
  result.unit = *unit;
}

// Powers, logarithms and the like.
bool Translator::want_plain(Expression& e, std::string_view what) {
  if (!want_number(e)) return false;
  if (is_loose(e.unit)) return true;
  say(Code::E0230, e.where,
      fmt::format("{} wants a plain number, but this is in {}", what, in_words(e.unit)),
      in_rules(fmt::format("'X in {}' makes a plain number", syntax::name_of(e.unit))));
  e.unit = Unit::none;
  return false;
}

void Translator::power(Expression& result, const syntax::Expression& tree) {
  pair(result, tree);
  const bool base = want_plain(result.arguments[0], "a power"),
             exponent = want_plain(result.arguments[1], "an exponent");
  result.unit = base && exponent ? Unit::plain : Unit::none;
}

void Translator::negate(Expression& result, const syntax::Expression& tree) {
  result.op = Op::negate;
  result.arguments.push_back(translate(tree.arguments.at(0)));
  want_number(result.arguments[0]);
  result.unit = result.arguments[0].unit;
}

void Translator::logic(Expression& result, const syntax::Expression& tree) {
  result.op = operation_of(tree.op);
  result.unit = Unit::yes_no;  // a faulty part makes no other part doubtful
  for (const syntax::Expression& argument : tree.arguments) {
    result.arguments.push_back(translate(argument));
    want_condition(result.arguments.back());
  }
}

void Translator::comparison(Expression& result, const syntax::Expression& tree) {
  const bool equality = tree.op == Operator::equal || tree.op == Operator::not_equal;
  result.op = operation_of(tree.op);
  result.unit = Unit::yes_no;
  auto& args = result.arguments;
  if (add_codes(result, tree)) {
    if (equality || args[0].unit == Unit::none || args[1].unit == Unit::none) return;
  } else {
    pair(result, tree);
    const Unit unit = agree(args[0], args[1], "compared");
    if (unit == Unit::none || equality || is_number(unit) || unit == Unit::date) return;
  }
  say(Code::E0230, tree.where, no_order);
  result.unit = Unit::none;
}

void Translator::between(Expression& result, const syntax::Expression& tree) {
  result.op = Op::between;
  result.unit = Unit::yes_no;
  for (const syntax::Expression& argument : tree.arguments)
    result.arguments.push_back(translate(argument));
  auto& args = result.arguments;
  if (args[0].unit == Unit::code || args[0].unit == Unit::yes_no)
    return say(Code::E0230, args[0].where, no_order);
  agree(args[0], args[1], "compared");
  agree(args[0], args[2], "compared");
}

void Translator::call(Expression& result, const syntax::Expression& tree) {
  const std::string& name = tree.name.text;
  result.unit = Unit::none;
  if (call_own(result, tree)) return;
  const Function* function = function_of(tree);
  if (!function) return;
  const std::size_t count = tree.arguments.size();
  if (count < function->least || count > function->most) {
    const std::string wanted =
        function->least == function->most ? fmt::format("{}", function->least)
        : function->most > 3              ? fmt::format("{} or more", function->least)
                             : fmt::format("{} or {}", function->least, function->most);
    return say(Code::E0232, tree.where,
               fmt::format("'{}' takes {} argument{}, not {}", name, wanted,
                           wanted == "1" ? "" : "s", count));
  }
  result.op = function->op;
  if (function->units == Function::Units::round) return round(result, tree);
  bool good = true;
  for (const syntax::Expression& argument : tree.arguments) {
    Expression translated = translate(argument);
    good = (function->units == Function::Units::plain
                ? want_plain(translated, fmt::format("'{}'", name))
                : want_number(translated)) &&
           good;
    result.arguments.push_back(std::move(translated));
  }
  if (!good) return;
  if (function->units == Function::Units::plain) {
    result.unit = Unit::plain;
    return;
  }
  // min, max, clamp: all in the unit of the first
  Unit unit = result.arguments[0].unit;
  for (std::size_t i = 1; i < result.arguments.size() && unit != Unit::none; ++i) {
    const Unit agreed =
        agree(result.arguments[0], result.arguments[i], fmt::format("arguments of one '{}'", name));
    unit = agreed == Unit::none || agreed == unit ? agreed : Unit::plain;
  }
  if (function->op == Op::clamp) check_ends(result, tree);
  result.unit = unit;
}

namespace {

// A number that is written out, or minus one.
std::optional<double> written_number(const Expression& e) {
  if (e.op == Op::number) return e.number.value;
  if (e.op == Op::negate && e.arguments[0].op == Op::number) return -e.arguments[0].number.value;
  return std::nullopt;
}

}  // namespace

void Translator::check_ends(const Expression& clamp, const syntax::Expression& tree) {
  const auto low = written_number(clamp.arguments[1]), high = written_number(clamp.arguments[2]);
  if (low && high && *low > *high)
    say(Code::E0232, tree.arguments[2].where,
        "the lowest value that 'clamp' leaves lies above the highest",
        {"write clamp(x, lowest, highest)"});
}

void Translator::round(Expression& result, const syntax::Expression& tree) {
  result.arguments.push_back(translate(tree.arguments[0]));
  result.arguments.push_back(translate(tree.arguments[1]));
  if (tree.arguments.size() == 3) {
    const std::string& how = tree.arguments[2].name.text;
    if (how == "half even")
      result.op = Op::round_half_even;
    else if (how != "half up")
      return say(Code::E0232, tree.arguments[2].where,
                 "the third argument of 'round' is 'half up' or 'half even'");
  }
  if (const auto digits = written_number(result.arguments[1]);
      digits && *digits != std::floor(*digits))
    say(Code::E0232, tree.arguments[1].where,
        fmt::format("'round' takes a whole number of digits, not {}", *digits));
  const bool number = want_number(result.arguments[0]),
             digits = want_plain(result.arguments[1], "the number of digits");
  result.unit = number && digits ? result.arguments[0].unit : Unit::none;
}

}  // namespace waystone::model
