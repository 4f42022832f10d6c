#include "model/assertions.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/translator.hpp"
#include "model/units.hpp"
#include "source/paths.hpp"

namespace waystone::model {
namespace {

using syntax::Operator;
using Kind = syntax::Expectation::Kind;

OtherScenario other_scenario(const syntax::Text& text, AssertionNames& names) {
  OtherScenario other{text.text, path_from(names.file(), text.text)};
  names.other_scenario(other.path, text.where);
  return other;
}

// Expressions over what scenarios give.
class AssertionTranslator : public Translator {
 public:
  AssertionTranslator(AssertionNames& names, Diagnostics& diagnostics,
                      std::vector<Assertion::Operand>& operands)
      : Translator(diagnostics, Language::assertions), names_(names), operands_(operands) {}

 private:
  void translate_own(Expression& result, const syntax::Expression& tree) override {
    result.unit = Unit::none;
    switch (tree.op) {
      case Operator::of_country: return operand(result, tree);
      case Operator::name:
      case Operator::score:
      case Operator::known:
        if (names_.node(tree.name).valid())
          say(names_.codes().no_country, tree.name.where,
              fmt::format("'{}' of which country?", tree.name.text),
              {fmt::format("write: {}({})", tree.name.text, names_.sample_country())});
        return;
      case Operator::holds:
        return say(
            names_.codes().no_country, tree.name.where,
            "an expectation says for which country a rule holds",
            {fmt::format("write: rule {} holds for {}", tree.name.text, names_.sample_country())});
      default:
        say(Code::E0233, tree.where, "an expectation can't work this out",
            {"it knows arithmetic, comparisons, and, or, not, abs, max and min"});
    }
  }

  void operand(Expression& result, const syntax::Expression& tree) {
    Assertion::Operand operand{names_.node(tree.name), tree.score_of, tree.country.text,
                               std::nullopt};
    if (tree.file) operand.in = other_scenario(*tree.file, names_);
    names_.country(tree.country, tree.file.has_value());
    result.op = Op::operand;
    result.operand = place(operand);
    if (operand.node.valid())
      result.unit = operand.score ? Unit::points : names_.model()[operand.node].unit;
  }

  std::size_t place(const Assertion::Operand& operand) {
    const auto same = [&](const Assertion::Operand& other) {
      return other.node == operand.node && other.score == operand.score &&
             other.country == operand.country && other.in.has_value() == operand.in.has_value() &&
             (!other.in || other.in->path == operand.in->path);
    };
    const auto found = std::find_if(operands_.begin(), operands_.end(), same);
    if (found != operands_.end()) return std::size_t(found - operands_.begin());
    operands_.push_back(operand);
    return operands_.size() - 1;
  }

  const Function* function_of(const syntax::Expression& call) override {
    const Function* function = find_function(call.name.text);
    const bool knows = function && (function->op == Op::absolute || function->op == Op::minimum ||
                                    function->op == Op::maximum);
    if (knows) return function;
    say(Code::E0233, call.name.where,
        fmt::format("an expectation has no function '{}'", call.name.text),
        {"it knows abs, max and min"});
    return nullptr;
  }

  AssertionNames& names_;
  std::vector<Assertion::Operand>& operands_;
};

// The value of an expression of numerals alone; NaN where it reads anything.
double constant_value(const Expression& e) {
  const auto arg = [&](std::size_t k) { return constant_value(e.arguments[k]); };
  switch (e.op) {
    case Op::number: return e.number.value;
    case Op::negate: return -arg(0);
    case Op::add: return arg(0) + arg(1);
    case Op::subtract: return arg(0) - arg(1);
    case Op::multiply: return arg(0) * arg(1);
    case Op::divide: return arg(0) / arg(1);
    case Op::power: return std::pow(arg(0), arg(1));
    default: return std::nan("");
  }
}

// A side of a comparison, of the last in a chain, with the place of the whole condition.
Expression compared_side(const Expression& condition) {
  const Expression* last = &condition;
  while (last->op == Op::logical_and) last = &last->arguments.at(1);
  Expression side;
  side.unit = last->arguments.empty() ? Unit::none : last->arguments[0].unit;
  side.where = condition.where;
  return side;
}

class AssertionResolver {
 public:
  AssertionResolver(const syntax::Expectation& tree, AssertionNames& names,
                    Diagnostics& diagnostics)
      : tree_(tree),
        names_(names),
        diagnostics_(diagnostics),
        translator_(names, diagnostics, result_.operands) {}

  Assertion run() {
    result_.where = tree_.where;
    fill();
    return std::move(result_);
  }

 private:
  void fill() {
    switch (tree_.kind) {
      case Kind::condition: return comparison();
      case Kind::within: return within();
      case Kind::band: return band();
      case Kind::rank: return rank();
      case Kind::rule_holds:
      case Kind::rule_binds: return rule();
      case Kind::tripwire: return tripwire();
      case Kind::largest_part: return largest_part();
      case Kind::verdict: return verdict();
    }
  }

  void say(Code code, Span where, std::string message, std::vector<std::string> notes) {
    diagnostics_.add(code, where, std::move(message), {}, std::move(notes));
  }

  // ---- conditions

  void comparison() {
    const std::size_t errors = diagnostics_.errors();
    Assertion::Condition form{translator_.translate(*tree_.condition), std::nullopt};
    translator_.want_condition(form.condition);
    if (tree_.by) {
      form.by = translator_.translate(*tree_.by);
      if (diagnostics_.errors() == errors) {
        Expression side = compared_side(form.condition);
        translator_.agree(side, *form.by, "compared");
      }
      refuse_negative(*form.by, "by", "and every gap is larger",
                      "write the least gap, 0 or more; which is higher the comparison says");
    }
    result_.form = std::move(form);
  }

  void within() {
    const std::size_t errors = diagnostics_.errors();
    Assertion::Within form{translator_.translate(*tree_.condition),
                           translator_.translate(*tree_.other), translator_.translate(*tree_.by)};
    translator_.agree(form.a, form.b, "compared");
    if (diagnostics_.errors() == errors) translator_.agree(form.a, form.by, "compared");
    refuse_negative(form.by, "within", "and no distance is smaller",
                    "write the largest distance allowed, 0 or more");
    result_.form = std::move(form);
  }

  void refuse_negative(const Expression& by, std::string_view word, std::string_view consequence,
                       std::string note) {
    if (constant_value(by) < 0)
      say(Code::E0285, by.where,
          fmt::format("the distance after '{}' is negative, {}", word, consequence),
          {std::move(note)});
  }

  // ---- what is told by a name

  std::string country(const syntax::Name& code) {
    names_.country(code, false);
    return code.text;
  }

  // A number beside a rank or a share, without a unit or in `unit`.
  double plain(const syntax::Number& number, Unit unit, std::string_view wanted) {
    if (number.unit == Unit::none || number.unit == unit) return number.value;
    if (unit == Unit::percent && number.unit == Unit::share) return number.value * 100;
    say(Code::E0235, number.where,
        fmt::format("this is in {}, but {} is wanted here", syntax::name_of(number.unit), wanted),
        {});
    return number.value;
  }

  void band() {
    Assertion::InBand form{names_.target(tree_.name), country(tree_.country),
                           comparison_of(tree_.comparison), 0};
    if (form.output.valid()) {
      const Node& node = names_.model()[form.output];
      if (!node.bands)
        say(names_.codes().no_bands, tree_.name.where, fmt::format("'{}' has no bands", node.name),
            {});
      else
        form.band = place_of(node, node.bands->names);
    }
    result_.form = std::move(form);
  }

  std::size_t place_of(const Node& node, const std::vector<std::string>& bands) {
    const auto found = std::find(bands.begin(), bands.end(), tree_.word.text);
    if (found != bands.end()) return std::size_t(found - bands.begin());
    auto notes = names_.suggest(tree_.word.text, bands);
    if (notes.empty()) notes.push_back(fmt::format("its bands are {}", fmt::join(bands, ", ")));
    say(names_.codes().unknown_word, tree_.word.where,
        fmt::format("'{}' has no band '{}'", node.name, tree_.word.text), std::move(notes));
    return 0;
  }

  void rank() {
    result_.form = Assertion::Ranked{names_.node(tree_.name), country(tree_.country),
                                     comparison_of(tree_.comparison),
                                     plain(*tree_.number, Unit::none, "a plain number")};
  }

  void rule() {
    result_.form = Assertion::RuleActs{names_.rule(tree_.name), country(tree_.country),
                                       tree_.kind == Kind::rule_binds, tree_.negated};
  }

  void tripwire() {
    result_.form = Assertion::TripwireFired{names_.tripwire(tree_.name).value_or(0),
                                            country(tree_.country), tree_.negated};
  }

  void largest_part() {
    Assertion::LargestPart form;
    form.target = names_.target(tree_.name);
    form.country = country(tree_.country);
    if (!tree_.second.text.empty()) form.against = country(tree_.second);
    if (tree_.since) form.since = other_scenario(*tree_.since, names_);
    form.part = names_.part(tree_.word);
    if (tree_.number) form.least = plain(*tree_.number, Unit::percent, "a percentage");
    result_.form = std::move(form);
  }

  void verdict() {
    using Verdict = Assertion::OverViewpoints::Verdict;
    Assertion::OverViewpoints form{names_.target(tree_.name), country(tree_.country),
                                   country(tree_.second), Verdict::agreed};
    std::vector<std::string> words;
    bool known = false;
    for (const Verdict verdict : {Verdict::agreed, Verdict::divided, Verdict::level}) {
      words.emplace_back(word_of(verdict));
      if (words.back() != tree_.word.text) continue;
      form.verdict = verdict;
      known = true;
    }
    if (!known) {
      auto notes = names_.suggest(tree_.word.text, words);
      notes.push_back("a verdict is agreed, divided or level");
      say(names_.codes().unknown_word, tree_.word.where,
          fmt::format("no verdict is called '{}'", tree_.word.text), std::move(notes));
    }
    result_.form = std::move(form);
  }

  const syntax::Expectation& tree_;
  AssertionNames& names_;
  Diagnostics& diagnostics_;
  Assertion result_;
  AssertionTranslator translator_;
};

}  // namespace

std::string_view word_of(Assertion::OverViewpoints::Verdict verdict) {
  switch (verdict) {
    case Assertion::OverViewpoints::Verdict::agreed: return "agreed";
    case Assertion::OverViewpoints::Verdict::divided: return "divided";
    case Assertion::OverViewpoints::Verdict::level: return "level";
  }
  return "";
}

std::vector<OtherScenario> others_of(const Assertion& assertion) {
  std::vector<OtherScenario> others;
  for (const Assertion::Operand& operand : assertion.operands)
    if (operand.in) others.push_back(*operand.in);
  if (const auto* part = std::get_if<Assertion::LargestPart>(&assertion.form); part && part->since)
    others.push_back(*part->since);
  return others;
}

Assertion resolve(const syntax::Expectation& tree, AssertionNames& names,
                  Diagnostics& diagnostics) {
  return AssertionResolver(tree, names, diagnostics).run();
}

}  // namespace waystone::model
