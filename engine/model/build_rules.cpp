// Rules and tripwires: conditions, effects in the target's unit, decays written out.
#include <algorithm>

#include "model/units.hpp"

namespace waystone::model {
namespace {

Expression make(Op op, Span where, Unit unit, std::vector<Expression> arguments) {
  Expression result;
  result.op = op;
  result.where = where;
  result.unit = unit;
  result.arguments = std::move(arguments);
  return result;
}

Expression number(double value, Span where) {
  Expression result;
  result.where = where;
  result.number = {value, {}};
  return result;
}

// Whether the word 'months' stands after a length that is no numeral: it makes months of a plain
// number.
bool says_months(const Draft& draft, const syntax::Effect::Decay& decay) {
  std::string_view text =
      draft.sources.text({decay.where.file, decay.months.where.end, decay.since.where.begin});
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    if (!text.starts_with('#')) return text.starts_with("months");
    text.remove_prefix(std::min(text.find('\n'), text.size()));
  }
}

// The length of a decay in months: a plain number of months, or a length of time.
Expression length_in_months(Draft& draft, const syntax::Effect::Decay& decay) {
  Expression length = translate(draft, decay.months);
  const bool bare = length.unit == Unit::plain || length.unit == Unit::count;
  if (length.unit == Unit::none || (bare && says_months(draft, decay))) return length;
  if (is_number(length.unit))
    if (const auto factor = asked_conversion(length.unit, Unit::months))
      return times(std::move(length), *factor, Unit::plain);
  draft.say(Code::E0230, length.where,
            "a length of time is wanted here, but this is " + in_words(length.unit), {},
            {"write '24 months', or 'X months' where X is a plain number of months"});
  length.unit = Unit::none;
  return length;
}

// From N at date D in a straight line to M, P months later, then M: N + (M - N) * clamp(months
// since D / P, 0, 1).
Expression decaying(Draft& draft, Expression from, const syntax::Effect::Decay& decay, Unit unit) {
  Expression to = translate_number(draft, decay.to, unit, "what the effect falls or rises to");
  Expression months = length_in_months(draft, decay);
  Expression since = translate_date(draft, decay.since);
  const bool known = from.unit != Unit::none && to.unit != Unit::none &&
                     months.unit != Unit::none && since.unit != Unit::none;
  const Span where = decay.where;
  Expression elapsed = make(Op::months_since, where, Unit::plain, {std::move(since)});
  Expression passed = make(Op::divide, where, Unit::plain, {std::move(elapsed), std::move(months)});
  Expression share =
      make(Op::clamp, where, Unit::plain, {std::move(passed), number(0, where), number(1, where)});
  Expression way = make(Op::subtract, where, unit, {std::move(to), from});
  Expression gone = make(Op::multiply, where, unit, {std::move(way), std::move(share)});
  return make(Op::add, where, known ? unit : Unit::none, {std::move(from), std::move(gone)});
}

EffectKind kind_of_effect(syntax::EffectKind kind) {
  switch (kind) {
    case syntax::EffectKind::scale: return EffectKind::scale;
    case syntax::EffectKind::at_most: return EffectKind::at_most;
    case syntax::EffectKind::at_least: return EffectKind::at_least;
    default: return EffectKind::add;
  }
}

Effect build_effect(Draft& draft, const syntax::Effect& tree) {
  Effect effect{kind_of_effect(tree.kind), resolve_node(draft, tree.target), {}, tree.where};
  if (effect.target.valid() &&
      !can_be_acted_on(draft.model[effect.target])) {  // said by its check; what it would read or
                                                       // change means nothing
    effect.target = {};
    effect.amount.unit = Unit::none;
    return effect;
  }
  const Unit unit = effect.target.valid() ? draft.model[effect.target].unit : Unit::none;
  // `scale by 80%` is by 0.8: percent converts to share
  const Unit wanted = effect.kind == EffectKind::scale ? Unit::share : unit;
  if (tree.amount)
    effect.amount =
        translate_number(draft, *tree.amount, wanted,
                         effect.kind == EffectKind::scale ? "what a value is scaled by"
                                                          : "'" + tree.target.text + "'");
  if (tree.decay) effect.amount = decaying(draft, std::move(effect.amount), *tree.decay, wanted);
  if (tree.subtract) {
    const Unit of_amount = effect.amount.unit;
    const Span where = effect.amount.where;
    effect.amount = make(Op::negate, where, of_amount, {std::move(effect.amount)});
  }
  return effect;
}

// What rules and tripwires have alike.
template <class Built, class Tree>
Built begun(Draft& draft, const Tree& tree) {
  Built built;
  built.name = tree.name.text;
  built.where = tree.name.where;
  built.label = text_of(tree.label);
  built.because = text_of(tree.because);
  if (tree.when)
    built.when = translate_condition(draft, *tree.when);
  else
    built.when.unit = Unit::none;
  built.provenance = build_provenance(draft, tree.provenance);
  return built;
}

Rule build_rule(Draft& draft, const syntax::Rule& tree) {
  Rule rule = begun<Rule>(draft, tree);
  for (const syntax::Effect& effect : tree.effects) {
    if (effect.kind == syntax::EffectKind::flag) {
      if (effect.flag) rule.flags.push_back(effect.flag->text);
    } else {
      rule.effects.push_back(build_effect(draft, effect));
    }
  }
  return rule;
}

Tripwire build_tripwire(Draft& draft, const syntax::Tripwire& tree) {
  Tripwire tripwire = begun<Tripwire>(draft, tree);
  tripwire.owner = text_of(tree.owner);
  if (tree.review) tripwire.review = tree.review->date;
  return tripwire;
}

}  // namespace

void build_rules(Draft& draft) {
  for (const syntax::Rule* tree : draft.rules.rows)
    draft.model.rules.push_back(build_rule(draft, *tree));
  for (const syntax::Tripwire* tree : draft.tripwires.rows)
    draft.model.tripwires.push_back(build_tripwire(draft, *tree));
}

}  // namespace waystone::model
