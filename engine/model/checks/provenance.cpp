// Every number comes from a source or is signed as a judgement.
#include <algorithm>

#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/units.hpp"

namespace waystone::model {
namespace {

bool signed_or_sourced(const syntax::Provenance& provenance) {
  return !provenance.cites.empty() || provenance.judged;
}

// 0, 1 and 100 are the ends of scores and shares: `1 - risk / 100` claims nothing.
bool claims_something(const syntax::Number& number) {
  return number.value != 0 && number.value != 1 && number.value != 100;
}

bool holds_number(const syntax::Expression& root) {
  std::vector<const syntax::Expression*> left{&root};
  while (!left.empty()) {
    const syntax::Expression* e = left.back();
    left.pop_back();
    if ((e->op == syntax::Operator::number && claims_something(e->number)) ||
        e->op == syntax::Operator::date)
      return true;
    for (const syntax::Expression& argument : e->arguments) left.push_back(&argument);
  }
  return false;
}

bool holds_number(const std::optional<syntax::Number>& number) {
  return number && claims_something(*number);
}

bool holds_number(const syntax::Curve& curve) {
  return holds_number(curve.best) || holds_number(curve.worst) || holds_number(curve.steepness) ||
         holds_number(curve.first_step) ||
         std::any_of(curve.points.begin(), curve.points.end(), [](const auto& point) {
           return claims_something(point.first) || claims_something(point.second);
         });
}

bool has_numbers(const syntax::Derived& tree) {
  const bool ranges =
      tree.range && (claims_something(tree.range->low) || claims_something(tree.range->high));
  return ranges || (tree.curve && holds_number(*tree.curve)) || holds_number(tree.value);
}
template <class Tree>
bool has_numbers(const Tree&) {
  return true;
}

// Of an output: who takes its weights from viewpoints has them signed there. Bands are names, and
// claim nothing about the world.
bool has_own_numbers(const syntax::Factor& tree) {
  const bool weighs = std::any_of(
      tree.members.begin(), tree.members.end(),
      [](const syntax::Member& member) { return member.kind != syntax::WeightKind::none; });
  const bool elsewhere = tree.combine && tree.combine->weights_from_viewpoint;
  const bool reckons =
      tree.combine && tree.combine->expression && holds_number(*tree.combine->expression);
  return (weighs && !elsewhere) || !tree.strengths.empty() || reckons;
}

// A line that can't stay needs no signature yet.
bool is_refused(const syntax::Derived& tree) { return has_refused_call(tree.value); }
template <class Tree>
bool is_refused(const Tree&) {
  return false;
}

struct Asker {
  Draft& draft;

  template <class Tree>
  void ask(const Tree& tree, std::string_view kind) const {
    if (const auto& judged = tree.provenance.judged;
        judged && (is_blank(judged->by.text) || is_blank(judged->because.text))) {
      draft.say(Code::E0260, tree.name.where,
                fmt::format("{} '{}' is signed without {}", kind, tree.name.text,
                            is_blank(judged->by.text) ? "a name" : "a reason"),
                {}, {"somebody must answer for the number, and say why it is what it is"});
      return;
    }
    if (signed_or_sourced(tree.provenance) || !has_numbers(tree) || is_refused(tree)) return;
    draft.say(Code::E0260, tree.name.where,
              fmt::format("{} '{}' says neither where its numbers come from nor who judged them",
                          kind, tree.name.text),
              {}, {"add 'cites SOURCE' or 'judged by \"…\" on DATE because \"…\"'"});
  }
  void operator()(const syntax::Indicator& tree) const { ask(tree, "indicator"); }
  void operator()(const syntax::Parameter& tree) const { ask(tree, "parameter"); }
  void operator()(const syntax::Derived& tree) const { ask(tree, "derived value"); }
  void operator()(const syntax::Rule& tree) const { ask(tree, "rule"); }
  void operator()(const syntax::Viewpoint& tree) const { ask(tree, "viewpoint"); }
  void operator()(const syntax::Factor& tree) const {
    if (!tree.is_output || has_own_numbers(tree)) ask(tree, tree.is_output ? "output" : "factor");
  }
  template <class Tree>
  void operator()(const Tree&) const {}
};

}  // namespace

void check_provenance(Draft& draft) {
  for (const syntax::File& file : draft.files)
    for (const syntax::Declaration& declaration : file.declarations)
      std::visit(Asker{draft}, declaration);
}

}  // namespace waystone::model
