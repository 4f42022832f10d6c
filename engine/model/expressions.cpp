// Expressions from their trees: names resolved, units settled, conversions written out.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "model/units.hpp"
#include "syntax/foreign.hpp"
#include "syntax/parse.hpp"

namespace waystone::model {
namespace {

using syntax::Operator;

constexpr int deepest_expression =
    1000;  // a long sum is a deep tree; later stages walk it by recursion

struct Function {
  Op op;
  std::size_t least, most;
  enum class Units { keep, plain, round } units;
};

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

Op op_of(Operator op) {
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
    case Operator::less: return Op::less;
    case Operator::less_equal: return Op::less_equal;
    case Operator::greater: return Op::greater;
    case Operator::greater_equal: return Op::greater_equal;
    case Operator::equal: return Op::equal;
    case Operator::not_equal: return Op::not_equal;
    case Operator::between: return Op::between;
    case Operator::choose: return Op::choose;
    case Operator::months_since: return Op::months_since;
    case Operator::years_since: return Op::years_since;
    case Operator::days_since: return Op::days_since;
    default: return Op::number;
  }
}

class Translator {
 public:
  explicit Translator(Draft& draft) : draft_(draft) {}

  Expression translate(const syntax::Expression& tree) {
    Expression result;
    result.where = tree.where;
    if (++depth_ > deepest_expression) {
      if (!std::exchange(too_deep_, true))
        draft_.say(Code::E0005, tree.where,
                   fmt::format("an expression of more than {} steps one inside the other",
                               deepest_expression));
      result.unit = Unit::none;
    } else {
      fill(result, tree);
    }
    --depth_;
    return result;
  }

  void want_condition(Expression& e) {
    if (e.unit == Unit::none || e.unit == Unit::yes_no) return;
    draft_.say(Code::E0231, e.where,
               fmt::format("a condition is wanted here, but this is {}", in_words(e.unit)), {},
               {"compare it with something: x > 3"});
    e.unit = Unit::none;
  }

  // False where it is no number (said) or nothing is known of it.
  bool want_number(Expression& e) {
    if (e.unit == Unit::none) return false;
    if (is_number(e.unit)) return true;
    if (e.unit == Unit::yes_no)
      draft_.say(Code::E0231, e.where, "a number is wanted here, but this is yes or no", {},
                 {"'if CONDITION then 1 else 0' makes a number"});
    else
      draft_.say(Code::E0230, e.where,
                 fmt::format("a number is wanted here, but this is {}", in_words(e.unit)), {},
                 e.unit == Unit::date
                     ? std::vector<std::string>{"'months since DATE' makes a number"}
                     : std::vector<std::string>{});
    e.unit = Unit::none;
    return false;
  }

  void want_date(Expression& e) {
    if (e.unit == Unit::none || e.unit == Unit::date) return;
    draft_.say(Code::E0230, e.where,
               fmt::format("a date is wanted here, but this is {}", in_words(e.unit)));
    e.unit = Unit::none;
  }

  // Brings both to one unit, which is given; Unit::none where that can't be (said).
  Unit agree(Expression& a, Expression& b, std::string_view doing) {
    if (a.unit == Unit::none || b.unit == Unit::none) return Unit::none;
    if (a.unit == b.unit) return a.unit;
    if (is_loose(a.unit) && is_loose(b.unit)) return Unit::plain;
    if (const auto factor = conversion(b.unit, a.unit);
        factor && is_number(a.unit) && is_number(b.unit)) {
      b = times(std::move(b), *factor, a.unit);
      return a.unit;
    }
    Diagnostic unlike{
        Code::E0230,
        {a.where.file, std::min(a.where.begin, b.where.begin), std::max(a.where.end, b.where.end)},
        fmt::format("{} and {} can't be {}", in_words(a.unit), in_words(b.unit), doing),
        {},
        {},
        {}};
    const Unit loose = is_loose(a.unit) ? a.unit : b.unit,
               with = is_loose(a.unit) ? b.unit : a.unit;
    if (is_loose(loose) && is_number(with))
      unlike.notes.push_back(
          loose == Unit::plain
              ? fmt::format("write the plain number with its unit, or 'X in {}' to make a plain "
                            "number of the other",
                            syntax::name_of(with))
              : fmt::format("'X in {}' makes a plain number of a quantity", syntax::name_of(with)));
    draft_.diagnostics.add(std::move(unlike));
    return Unit::none;
  }

 private:
  void fill(Expression& result, const syntax::Expression& tree) {
    switch (tree.op) {
      case Operator::number: return number(result, tree);
      case Operator::date: return constant(result, tree.date.date.days, Unit::date);
      case Operator::yes: return constant(result, 1, Unit::yes_no);
      case Operator::no: return constant(result, 0, Unit::yes_no);
      case Operator::name: return name(result, tree);
      case Operator::score: return score(result, tree);
      case Operator::known:
        result.op = Op::known;
        result.node = resolve_node(draft_, tree.name);
        result.unit = Unit::yes_no;
        return;
      case Operator::holds:
        result.op = Op::holds;
        result.rule = resolve_rule(draft_, tree.name);
        result.unit = Unit::yes_no;
        return;
      case Operator::as_of:
        result.op = Op::as_of;
        result.unit = Unit::date;
        return;
      case Operator::horizon:
        result.op = Op::horizon;
        result.unit = Unit::years;
        return;
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
      case Operator::choose: return choose(result, tree);
      case Operator::in_unit: return convert(result, tree);
      case Operator::months_since:
      case Operator::years_since:
      case Operator::days_since:
        result.op = op_of(tree.op);
        result.unit = Unit::plain;
        result.arguments.push_back(translate(tree.arguments.at(0)));
        return want_date(result.arguments[0]);
      case Operator::at_least:
      case Operator::known_for:
      case Operator::without_partners:
        draft_.say(Code::E0232, tree.where,
                   "'at least' stands at the end of a window over past figures", {},
                   {"write mean(x, 5 years, at least 3)"});
        result.unit = Unit::none;
        return;
      case Operator::of_country:
        draft_.say(Code::E0204, tree.where,
                   fmt::format("'{}' is a country; rules can't name countries", tree.country.text),
                   {}, {"what holds for one country is a fact about it: make it an indicator"});
        result.unit = Unit::none;
        return;
    }
  }

  static void constant(Expression& result, double value, Unit unit) {
    result.op = Op::number;
    result.number = {value, {}};
    result.unit = unit;
  }

  void number(Expression& result, const syntax::Expression& tree) {
    result.op = Op::number;
    result.unit = tree.number.unit == Unit::none ? Unit::plain : tree.number.unit;
    result.number = in_unit(draft_, tree.number, Unit::none);  // for its bounds
    if (!tree.number.where.valid()) result.number.where = {};  // the 0.5 of `halve`
  }

  void name(Expression& result, const syntax::Expression& tree) {
    result.op = Op::name;
    result.node = resolve_node(draft_, tree.name);
    result.unit = result.node.valid() ? draft_.model.nodes[result.node.index].unit : Unit::none;
  }

  void score(Expression& result, const syntax::Expression& tree) {
    result.op = Op::score;
    result.node = resolve_node(draft_, tree.name);
    result.unit = result.node.valid() ? Unit::points : Unit::none;
    if (tree.country.where.valid()) {
      draft_.say(Code::E0204, tree.country.where,
                 fmt::format("'{}' is a country; rules can't name countries", tree.country.text));
      result.unit = Unit::none;
    }
    if (!result.node.valid()) return;
    const Node& node = draft_.model[result.node];
    if (node.is_factor() || node.curve || has_curve_tree(result.node)) return;
    draft_.say(Code::E0219, tree.name.where,
               fmt::format("'{}' has no curve, so it has no score", tree.name.text), {},
               {"give it goalposts: best …, worst …"});
    result.unit = Unit::none;
  }

  bool has_curve_tree(NodeId id) const {
    const NodeTree& tree = draft_.nodes.rows[id.index];
    if (const auto* indicator = std::get_if<const syntax::Indicator*>(&tree))
      return (*indicator)->curve || (*indicator)->levels;
    if (const auto* derived = std::get_if<const syntax::Derived*>(&tree))
      return (*derived)->curve.has_value();
    return false;
  }

  void sum(Expression& result, const syntax::Expression& tree) {
    pair(result, tree);
    auto& args = result.arguments;
    const bool left = want_number(args[0]), right = want_number(args[1]);
    result.unit = left && right
                      ? agree(args[0], args[1], tree.op == Operator::add ? "added" : "subtracted")
                      : Unit::none;
  }

  void product(Expression& result, const syntax::Expression& tree) {
    pair(result, tree);
    auto& args = result.arguments;
    const bool left = want_number(args[0]), right = want_number(args[1]);
    result.unit = Unit::none;
    if (!left || !right) return;
    const Unit a = args[0].unit, b = args[1].unit;
    double factor = 1;
    const auto unit = tree.op == Operator::multiply ? unit_of_product(a, b, factor)
                                                    : unit_of_quotient(a, b, factor);
    if (!unit) {
      draft_.say(Code::E0230, tree.where,
                 fmt::format("{} {} {} has no meaning here", in_words(a),
                             tree.op == Operator::multiply ? "times" : "divided by", in_words(b)),
                 {}, {"'X in UNIT' makes a plain number of a quantity"});
      return;
    }
    if (factor != 1) result = times(std::move(result), factor, *unit);
    result.unit = *unit;
  }

  static std::optional<Unit> unit_of_product(Unit a, Unit b, double& factor) {
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

  static std::optional<Unit> unit_of_quotient(Unit a, Unit b, double& factor) {
    if (a == b) return Unit::plain;
    if (a == Unit::percent && b == Unit::share) return factor = 0.01, Unit::plain;
    if (a == Unit::share && b == Unit::percent) return factor = 100, Unit::plain;
    if (b == Unit::plain || b == Unit::share) return a;
    if (is_loose(a) && is_loose(b)) return Unit::plain;
    return std::nullopt;
  }

  // Powers, logarithms and the like.
  bool want_plain(Expression& e, std::string_view what) {
    if (!want_number(e)) return false;
    if (is_loose(e.unit)) return true;
    draft_.say(Code::E0230, e.where,
               fmt::format("{} wants a plain number, but this is in {}", what, in_words(e.unit)),
               {}, {fmt::format("'X in {}' makes a plain number", syntax::name_of(e.unit))});
    e.unit = Unit::none;
    return false;
  }

  void power(Expression& result, const syntax::Expression& tree) {
    pair(result, tree);
    const bool base = want_plain(result.arguments[0], "a power"),
               exponent = want_plain(result.arguments[1], "an exponent");
    result.unit = base && exponent ? Unit::plain : Unit::none;
  }

  void negate(Expression& result, const syntax::Expression& tree) {
    result.op = Op::negate;
    result.arguments.push_back(translate(tree.arguments.at(0)));
    want_number(result.arguments[0]);
    result.unit = result.arguments[0].unit;
  }

  void logic(Expression& result, const syntax::Expression& tree) {
    result.op = op_of(tree.op);
    result.unit = Unit::yes_no;  // a faulty part makes no other part doubtful
    for (const syntax::Expression& argument : tree.arguments) {
      result.arguments.push_back(translate(argument));
      want_condition(result.arguments.back());
    }
  }

  void pair(Expression& result, const syntax::Expression& tree) {
    result.op = op_of(tree.op);
    result.arguments.push_back(translate(tree.arguments.at(0)));
    result.arguments.push_back(translate(tree.arguments.at(1)));
  }

  // The indicator with codes that a tree names, if it does.
  NodeId coded(const syntax::Expression& tree) const {
    if (tree.op != Operator::name) return {};
    const auto found = draft_.nodes.find(tree.name.text);
    return found && draft_.model.nodes[*found].unit == Unit::code ? NodeId{*found} : NodeId{};
  }

  static bool describes(const syntax::Indicator& indicator, const std::string& code) {
    if (!indicator.levels) return false;
    const auto& levels = indicator.levels->levels;
    return std::any_of(levels.begin(), levels.end(), [&](const syntax::Level& level) {
      return level.code && level.code->text == code;
    });
  }

  Expression code_of(NodeId indicator, const syntax::Expression& tree) {
    Expression result;
    result.where = tree.where;
    constant(result, 0, Unit::none);
    const auto* declared = std::get<const syntax::Indicator*>(draft_.nodes.rows[indicator.index]);
    std::vector<std::string> codes;
    if (declared->unit)
      for (const syntax::Name& code : declared->unit->codes) codes.push_back(code.text);
    const auto at = tree.op == Operator::name
                        ? std::find(codes.begin(), codes.end(), tree.name.text)
                        : codes.end();
    if (at != codes.end()) {
      constant(result, double(at - codes.begin()), Unit::code);
      return result;
    }
    if (tree.op == Operator::name && describes(*declared, tree.name.text))
      return result;  // that the codes lack it is said there
    const std::string written =
        tree.op == Operator::name ? tree.name.text : std::string(draft_.sources.text(tree.where));
    auto notes = suggestion(written, codes);
    notes.push_back(fmt::format("its codes are {}", fmt::join(codes, ", ")));
    draft_.say(Code::E0236, tree.where,
               fmt::format("'{}' is no code of '{}'", written, draft_.model[indicator].name), {},
               std::move(notes));
    return result;
  }

  void comparison(Expression& result, const syntax::Expression& tree) {
    const syntax::Expression &left = tree.arguments.at(0), &right = tree.arguments.at(1);
    NodeId a = coded(left), b = coded(right);
    const bool equality = tree.op == Operator::equal || tree.op == Operator::not_equal;
    result.op = op_of(tree.op);
    result.unit = Unit::yes_no;
    if (a.valid() && b.valid() && right.name.text != left.name.text)
      b = {};  // two lists of codes don't compare: then the right one is no code of the left
    if (a.valid() != b.valid()) {
      result.arguments.push_back(a.valid() ? translate(left) : code_of(b, left));
      result.arguments.push_back(a.valid() ? code_of(a, right) : translate(right));
      if (equality || result.arguments[0].unit == Unit::none ||
          result.arguments[1].unit == Unit::none)
        return;
    } else {
      pair(result, tree);
      auto& args = result.arguments;
      const Unit unit = agree(args[0], args[1], "compared");
      if (unit == Unit::none || equality || is_number(unit) || unit == Unit::date) return;
    }
    draft_.say(Code::E0230, tree.where,
               "codes and yes/no have no order; they compare by = and != only");
    result.unit = Unit::none;
  }

  void between(Expression& result, const syntax::Expression& tree) {
    result.op = Op::between;
    result.unit = Unit::yes_no;
    for (const syntax::Expression& argument : tree.arguments)
      result.arguments.push_back(translate(argument));
    auto& args = result.arguments;
    if (args[0].unit == Unit::code || args[0].unit == Unit::yes_no) {
      draft_.say(Code::E0230, args[0].where,
                 "codes and yes/no have no order; they compare by = and != only");
      return;
    }
    agree(args[0], args[1], "compared");
    agree(args[0], args[2], "compared");
  }

  // What looks back on past figures is an indicator of its own; invalid if it is faulty (said).
  NodeId node_of_window(const syntax::Expression& tree) {
    const auto read = read_window(draft_, tree, true);
    const auto found = read ? draft_.nodes.find(read->name.text) : std::nullopt;
    return found ? NodeId{*found} : NodeId{};
  }

  // The same of what goes over a relation.
  NodeId node_over(const syntax::Expression& tree) {
    const auto read = read_over(draft_, tree, true);
    const auto found = read ? draft_.nodes.find(read->name.text) : std::nullopt;
    return found ? NodeId{*found} : NodeId{};
  }

  void over(Expression& result, const syntax::Expression& tree) {
    result.op = Op::name;
    result.node = node_over(tree);
    result.unit = result.node.valid() ? draft_.model[result.node].unit : Unit::none;
  }

  void window(Expression& result, const syntax::Expression& tree) {
    result.op = Op::name;
    result.unit = Unit::none;
    result.node = node_of_window(tree);
    if (!result.node.valid()) return;
    const Node& node = draft_.model[result.node];
    result.unit = node.unit;
    if (tree.name.text != "change") return;
    Expression now = result, before = result;
    now.node = node.indicator().window->of;
    now.where = tree.arguments[0].where;
    result.op = Op::subtract;
    result.node = {};
    result.arguments.push_back(std::move(now));
    result.arguments.push_back(std::move(before));
  }

  void call(Expression& result, const syntax::Expression& tree) {
    const std::string& name = tree.name.text;
    result.unit = Unit::none;
    if (is_window(tree)) return window(result, tree);
    if (is_over_relation(tree)) return over(result, tree);
    if (name == "known" && tree.arguments.size() == 1 &&
        (is_window(tree.arguments[0]) || is_over_relation(tree.arguments[0]))) {
      result.node = is_window(tree.arguments[0]) ? node_of_window(tree.arguments[0])
                                                 : node_over(tree.arguments[0]);
      result.op = Op::known;
      result.unit = Unit::yes_no;
      return;
    }
    const auto found = functions().find(name);
    if (found == functions().end()) {
      if (name == "known" || name == "holds")
        draft_.say(Code::E0232, tree.where,
                   fmt::format("'{}' takes one name, not an expression", name));
      else
        draft_.say(Code::E0233, tree.name.where, fmt::format("there is no function '{}'", name), {},
                   instead_of(tree));
      return;
    }
    const Function& function = found->second;
    const std::size_t count = tree.arguments.size();
    if (count < function.least || count > function.most) {
      const std::string wanted = function.least == function.most ? fmt::format("{}", function.least)
                                 : function.most > 3
                                     ? fmt::format("{} or more", function.least)
                                     : fmt::format("{} or {}", function.least, function.most);
      draft_.say(Code::E0232, tree.where,
                 fmt::format("'{}' takes {} argument{}, not {}", name, wanted,
                             wanted == "1" ? "" : "s", count));
      return;
    }
    result.op = function.op;
    if (function.units == Function::Units::round) return round(result, tree);
    bool good = true;
    for (const syntax::Expression& argument : tree.arguments) {
      Expression translated = translate(argument);
      good = (function.units == Function::Units::plain
                  ? want_plain(translated, fmt::format("'{}'", name))
                  : want_number(translated)) &&
             good;
      result.arguments.push_back(std::move(translated));
    }
    if (!good) return;
    if (function.units == Function::Units::plain) {
      result.unit = Unit::plain;
      return;
    }
    // min, max, clamp: all in the unit of the first
    Unit unit = result.arguments[0].unit;
    for (std::size_t i = 1; i < result.arguments.size() && unit != Unit::none; ++i) {
      const Unit agreed = agree(result.arguments[0], result.arguments[i],
                                fmt::format("arguments of one '{}'", name));
      unit = agreed == Unit::none || agreed == unit ? agreed : Unit::plain;
    }
    result.unit = unit;
  }

  // What to write for a function that there is not, or the one that may be meant; then all there
  // are.
  std::vector<std::string> instead_of(const syntax::Expression& call) const {
    std::vector<std::string> arguments;
    for (const syntax::Expression& argument : call.arguments) {
      const std::string text(draft_.sources.text(argument.where));
      arguments.push_back(argument.arguments.empty() || argument.parenthesised ? text
                                                                               : "(" + text + ")");
    }
    std::vector<std::string> notes;
    if (std::string instead = syntax::instead_of_function(call.name.text, arguments);
        !instead.empty())
      notes.push_back(std::move(instead));
    else
      notes = suggestion(call.name.text, function_names());
    notes.push_back(fmt::format("the functions are {}", fmt::join(function_names(), ", ")));
    return notes;
  }

  void round(Expression& result, const syntax::Expression& tree) {
    result.arguments.push_back(translate(tree.arguments[0]));
    result.arguments.push_back(translate(tree.arguments[1]));
    if (tree.arguments.size() == 3) {
      const std::string& how = tree.arguments[2].name.text;
      if (how == "half even")
        result.op = Op::round_half_even;
      else if (how != "half up")
        return draft_.say(Code::E0232, tree.arguments[2].where,
                          "the third argument of 'round' is 'half up' or 'half even'");
    }
    const bool number = want_number(result.arguments[0]),
               digits = want_plain(result.arguments[1], "the number of digits");
    result.unit = number && digits ? result.arguments[0].unit : Unit::none;
  }

  void choose(Expression& result, const syntax::Expression& tree) {
    result.op = Op::choose;
    for (const syntax::Expression& argument : tree.arguments)
      result.arguments.push_back(translate(argument));
    auto& args = result.arguments;
    want_condition(args[0]);
    result.unit = agree(args[1], args[2], "two sides of one choice");
    if (result.unit == Unit::code) result.unit = Unit::none;
  }

  void convert(Expression& result, const syntax::Expression& tree) {
    Expression value = translate(tree.arguments.at(0));
    if (!want_number(value)) {
      result.unit = Unit::none;
      return;
    }
    const auto factor = asked_conversion(value.unit, tree.unit);
    if (!factor) {
      draft_.say(Code::E0234, tree.where,
                 fmt::format("{} can't be turned into {}", in_words(value.unit),
                             syntax::name_of(tree.unit)));
      result.unit = Unit::none;
      return;
    }
    const Span where = tree.where;
    result = times(std::move(value), *factor, Unit::plain);
    result.where = where;
  }

  Draft& draft_;
  int depth_ = 0;
  bool too_deep_ = false;  // and said
};

}  // namespace

bool has_refused_call(const syntax::Expression& root) {
  std::vector<const syntax::Expression*> left{&root};
  while (!left.empty()) {
    const syntax::Expression* e = left.back();
    left.pop_back();
    if (e->op == Operator::call && !is_window(*e) && !is_over_relation(*e) &&
        !functions().contains(e->name.text))
      return true;
    for (const syntax::Expression& argument : e->arguments) left.push_back(&argument);
  }
  return false;
}

const std::vector<std::string>& function_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all{"known", "holds"};
    for (const auto& [name, function] : functions()) all.emplace_back(name);
    return all;
  }();
  return names;
}

Expression translate(Draft& draft, const syntax::Expression& tree) {
  return Translator(draft).translate(tree);
}

Expression translate_condition(Draft& draft, const syntax::Expression& tree) {
  Translator translator(draft);
  Expression result = translator.translate(tree);
  translator.want_condition(result);
  return result;
}

Expression translate_date(Draft& draft, const syntax::Expression& tree) {
  Translator translator(draft);
  Expression result = translator.translate(tree);
  translator.want_date(result);
  return result;
}

Expression translate_number(Draft& draft, const syntax::Expression& tree, Unit unit,
                            const std::string& what) {
  Translator translator(draft);
  Expression result = translator.translate(tree);
  if (!translator.want_number(result) || unit == Unit::none) return result;
  if (const auto factor = conversion(result.unit, unit))
    return times(std::move(result), *factor, unit);
  draft.say(
      Code::E0230, result.where,
      fmt::format("{} is in {}, but this is {}", what, in_words(unit), in_words(result.unit)));
  result.unit = Unit::none;
  return result;
}

}  // namespace waystone::model
