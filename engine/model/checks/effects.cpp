// Effects act on something that can be acted on, within its range.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/ties.hpp"
#include "model/checks/checks.hpp"
#include "model/checks/reach.hpp"
#include "model/units.hpp"

namespace waystone::model {
namespace {

// Numbers and the time since a date only: then every value in its reach is taken at some time.
bool is_fixed(const Expression& e) {
  if (e.op == Op::months_since) return true;
  if (e.node.valid() || e.rule.valid() || e.op == Op::horizon || e.op == Op::as_of) return false;
  return std::all_of(e.arguments.begin(), e.arguments.end(), is_fixed);
}

void check_target(Draft& draft, const syntax::Effect& tree) {
  const auto found = draft.nodes.find(tree.target.text);
  if (!found || can_be_acted_on(draft.model.nodes[*found])) return;
  const Node& node = draft.model.nodes[*found];
  const bool right_kind = node.kind == NodeKind::indicator || node.is_factor();
  draft.say(
      Code::E0271, tree.target.where,
      fmt::format("'{}' is {}{}; rules act on indicators that are numbers, factors and outputs",
                  node.name, kind_text(node.kind),
                  right_kind ? fmt::format(" that is {}", in_words(node.unit)) : ""));
}

void check_amount(Draft& draft, const Reaches& reaches, const Effect& effect, const Node& node) {
  if (effect.amount.unit == Unit::none) return;
  const Reach reach = reaches.of(effect.amount);
  if (effect.kind == EffectKind::scale && reach.high < 0)
    draft.say(Code::E0273, effect.amount.where, "a value can't be scaled by a negative number", {},
              {"'add' lowers by a negative amount"});
  if (effect.kind != EffectKind::at_least && effect.kind != EffectKind::at_most) return;
  if (!node.low || !node.high || *node.low >= *node.high) return;
  const bool outside = below(*node.high, reach.low) || below(reach.high, *node.low);
  const bool partly =
      is_fixed(effect.amount) && (below(*node.high, reach.high) || below(reach.low, *node.low));
  if (outside || partly)
    draft.say(Code::E0272, effect.amount.where,
              fmt::format("the {} lies outside the range of '{}', {} to {}",
                          effect.kind == EffectKind::at_least ? "floor" : "cap", node.name,
                          *node.low, *node.high));
}

struct Written {
  double value;
  syntax::Unit unit;
};

// A number that is written out; nothing for anything worked out.
std::optional<Written> written(const syntax::Expression& e) {
  if (e.op == syntax::Operator::number) return Written{e.number.value, e.number.unit};
  if (e.op == syntax::Operator::negate && e.arguments.size() == 1)
    if (const auto number = written(e.arguments.front()))
      return Written{-number->value, number->unit};
  return std::nullopt;
}

void check_decay(Draft& draft, const syntax::Effect& tree) {
  const syntax::Effect::Decay& decay = *tree.decay;
  if (const auto months = written(decay.months); months && months->value <= 0)
    draft.say(Code::E0274, decay.months.where,
              "what falls or rises with time takes a time above 0");
  const auto from = tree.amount ? written(*tree.amount) : std::nullopt, to = written(decay.to);
  if (tree.subtract || !from || !to || from->unit != to->unit || from->value == to->value) return;
  const bool falling = draft.sources.text(decay.where).starts_with("falling");
  if (falling != (to->value < from->value))
    draft.say(Code::E0274, decay.where,
              fmt::format("from {:g} to {:g} is {}", from->value, to->value,
                          falling ? "no fall" : "no rise"),
              {},
              {fmt::format("write '{} to {:g}', or change the numbers",
                           falling ? "rising" : "falling", to->value)});
}

}  // namespace

void check_effects(Draft& draft) {
  const Reaches reaches(draft.model);
  for (std::size_t r = 0; r < draft.rules.rows.size(); ++r) {
    std::size_t next = 0;  // flags are kept apart
    for (const syntax::Effect& tree : draft.rules.rows[r]->effects) {
      if (tree.kind == syntax::EffectKind::flag) continue;
      const Effect& effect = draft.model.rules[r].effects[next++];
      if (tree.decay && tree.kind == syntax::EffectKind::scale)
        draft.say(Code::E0274, tree.decay->where,
                  "only 'add', 'at least' and 'at most' fall or rise with time");
      else if (tree.decay)
        check_decay(draft, tree);
      check_target(draft, tree);
      if (effect.target.valid()) check_amount(draft, reaches, effect, draft.model[effect.target]);
    }
  }
}

}  // namespace waystone::model
