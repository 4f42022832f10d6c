// Expressions of rules from their trees: names, codes, times and choices.
#include <algorithm>

#include <fmt/format.h>

#include "model/translator.hpp"
#include "model/units.hpp"
#include "syntax/foreign.hpp"

namespace waystone::model {
namespace {

using syntax::Operator;

class RuleTranslator : public Translator {
 public:
  explicit RuleTranslator(Draft& draft)
      : Translator(draft.diagnostics, Language::rules), draft_(draft) {}

 private:
  void translate_own(Expression& result, const syntax::Expression& tree) override {
    switch (tree.op) {
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
      case Operator::choose: return choose(result, tree);
      case Operator::in_unit: return convert(result, tree);
      case Operator::months_since: return elapsed(Op::months_since, result, tree);
      case Operator::years_since: return elapsed(Op::years_since, result, tree);
      case Operator::days_since: return elapsed(Op::days_since, result, tree);
      case Operator::at_least:
      case Operator::known_for:
      case Operator::without_partners:
        say(Code::E0232, tree.where, "'at least' stands at the end of a window over past figures",
            {"write mean(x, 5 years, at least 3)"});
        result.unit = Unit::none;
        return;
      default:  // of_country
        say(Code::E0204, tree.where,
            fmt::format("'{}' is a country; rules can't name countries", tree.country.text),
            {"what holds for one country is a fact about it: make it an indicator"});
        result.unit = Unit::none;
    }
  }

  void elapsed(Op op, Expression& result, const syntax::Expression& tree) {
    result.op = op;
    result.unit = Unit::plain;
    result.arguments.push_back(translate(tree.arguments.at(0)));
    want_date(result.arguments[0]);
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

  bool add_codes(Expression& result, const syntax::Expression& tree) override {
    const syntax::Expression &left = tree.arguments.at(0), &right = tree.arguments.at(1);
    NodeId a = coded(left), b = coded(right);
    if (a.valid() && b.valid() && right.name.text != left.name.text)
      b = {};  // two lists of codes don't compare: then the right one is no code of the left
    if (a.valid() == b.valid()) return false;
    result.arguments.push_back(a.valid() ? translate(left) : code_of(b, left));
    result.arguments.push_back(a.valid() ? code_of(a, right) : translate(right));
    return true;
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

  bool call_own(Expression& result, const syntax::Expression& tree) override {
    const std::string& name = tree.name.text;
    if (is_window(tree)) {
      window(result, tree);
    } else if (is_over_relation(tree)) {
      over(result, tree);
    } else if (name == "known" && tree.arguments.size() == 1 &&
               (is_window(tree.arguments[0]) || is_over_relation(tree.arguments[0]))) {
      result.node = is_window(tree.arguments[0]) ? node_of_window(tree.arguments[0])
                                                 : node_over(tree.arguments[0]);
      result.op = Op::known;
      result.unit = Unit::yes_no;
    } else {
      return false;
    }
    return true;
  }

  const Function* function_of(const syntax::Expression& call) override {
    const std::string& name = call.name.text;
    const Function* function = find_function(name);
    if (function) return function;
    if (name == "known" || name == "holds")
      say(Code::E0232, call.where, fmt::format("'{}' takes one name, not an expression", name));
    else if (const auto node = draft_.nodes.find(name))
      say_no_function(call, kind_of(draft_.nodes.rows[*node]));
    else
      say(Code::E0233, call.name.where, fmt::format("there is no function '{}'", name),
          instead_of(call));
    return nullptr;
  }

  // "debt(-1)", as other languages read an earlier figure.
  void say_no_function(const syntax::Expression& call, NodeKind kind) {
    const std::string& name = call.name.text;
    say(Code::E0233, call.name.where,
        fmt::format("'{}' is {}, not a function", name, kind_text(kind)),
        {kind == NodeKind::indicator
             ? fmt::format("the figure of a year before is lag({}, 1 year)", name)
             : fmt::format("write {} without parentheses behind it", name)});
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
    notes.push_back(
        fmt::format("the functions are {}; over past figures lag, change, mean, min, max, "
                    "sum, sd, trend and count",
                    fmt::join(function_names(), ", ")));
    return notes;
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
};

}  // namespace

bool has_refused_call(const syntax::Expression& root) {
  std::vector<const syntax::Expression*> left{&root};
  while (!left.empty()) {
    const syntax::Expression* e = left.back();
    left.pop_back();
    if (e->op == Operator::call && !is_window(*e) && !is_over_relation(*e) &&
        !find_function(e->name.text))
      return true;
    for (const syntax::Expression& argument : e->arguments) left.push_back(&argument);
  }
  return false;
}

Expression translate(Draft& draft, const syntax::Expression& tree) {
  return RuleTranslator(draft).translate(tree);
}

Expression translate_condition(Draft& draft, const syntax::Expression& tree) {
  RuleTranslator translator(draft);
  Expression result = translator.translate(tree);
  translator.want_condition(result);
  return result;
}

Expression translate_date(Draft& draft, const syntax::Expression& tree) {
  RuleTranslator translator(draft);
  Expression result = translator.translate(tree);
  translator.want_date(result);
  return result;
}

Expression translate_number(Draft& draft, const syntax::Expression& tree, Unit unit,
                            const std::string& what) {
  RuleTranslator translator(draft);
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
