#include "evaluate/rule_effects.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "evaluate/variations.hpp"

namespace waystone::evaluate {
namespace {

// An amount that changes nothing.
double neutral(model::EffectKind kind) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  switch (kind) {
    case model::EffectKind::scale: return 1;
    case model::EffectKind::add: return 0;
    case model::EffectKind::at_most: return infinity;
    case model::EffectKind::at_least: return -infinity;
  }
  return 0;
}

// The amount, of those it may have, that moves the target furthest.
double furthest(model::EffectKind kind, const EffectResult& effect) {
  const double low = effect.amount_low, high = effect.amount_high;
  switch (kind) {
    case model::EffectKind::scale: return std::fabs(low - 1) > std::fabs(high - 1) ? low : high;
    case model::EffectKind::add: return std::fabs(low) > std::fabs(high) ? low : high;
    case model::EffectKind::at_most: return low;
    case model::EffectKind::at_least: return high;
  }
  return high;
}

bool is_amount_open(const EffectResult& effect) {
  return std::isnan(effect.amount) || effect.by_what_is_sure;
}

bool amount_unknown(const RuleResult& rule) {
  return std::any_of(rule.effects.begin(), rule.effects.end(), is_amount_open);
}

struct Extent {
  double low, high;
};

// By more than rounding.
bool apart(Extent a, Extent b) {
  const auto above = [](double x, double y) { return x > y && differs(x, y); };
  return above(a.low, b.high) || above(b.low, a.high);
}

bool lifts_or_caps(model::EffectKind kind) {
  return kind == model::EffectKind::at_most || kind == model::EffectKind::at_least;
}

// Whether an effect changes nothing, of whatever amount it may be, on a target within `without`.
bool changes_nothing(model::EffectKind kind, const EffectResult& effect, Extent without) {
  if (effect.never_known && lifts_or_caps(kind)) return true;
  switch (kind) {
    case model::EffectKind::scale: return effect.amount_low == 1 && effect.amount_high == 1;
    case model::EffectKind::add: return effect.amount_low == 0 && effect.amount_high == 0;
    case model::EffectKind::at_most: return effect.amount_low >= without.high;
    case model::EffectKind::at_least: return effect.amount_high <= without.low;
  }
  return false;
}

std::vector<RegisterId> outputs_of(const model::Model& model, const program::Program& program) {
  std::vector<RegisterId> registers;
  for (const NodeId output : model.outputs()) registers.push_back(program[output].value);
  return registers;
}

std::vector<RegisterId> targets_of(const model::Rule& rule, const program::Program& program) {
  std::vector<RegisterId> registers;
  for (const model::Effect& effect : rule.effects)
    registers.push_back(program[effect.target].value);
  return registers;
}

std::vector<RegisterId> asked(const model::Model& model, const program::Program& program) {
  std::vector<RegisterId> registers = outputs_of(model, program);
  for (const model::Rule& rule : model.rules)
    for (const RegisterId target : targets_of(rule, program)) registers.push_back(target);
  return registers;
}

class RuleEffects {
 public:
  RuleEffects(const Case& scenario_case, const Frame& frame, ViewResult& view)
      : model_(*scenario_case.model),
        program_(*scenario_case.program),
        outputs_(model_.outputs()),
        output_registers_(outputs_of(model_, program_)),
        view_(view),
        frame_(frame),
        variations_(program_, frame, asked(model_, program_)) {}

  void run() {
    for (const bool open : {false, true}) {
      std::vector<arma::uword> lanes;
      for (std::size_t lane = 0; lane < view_.countries.size(); ++lane)
        if (has_acting_rule(view_.countries[lane]) && needs_bounds(lane) == open)
          lanes.push_back(lane);
      const std::size_t most = variations_.most_lanes(open);
      for (std::size_t start = 0; start < lanes.size(); start += most)
        run_block(std::span(lanes).subspan(start, std::min(most, lanes.size() - start)), open);
    }
  }

 private:
  struct At {
    std::size_t lane;  // among those taken
    CountryResult* country;
  };

  static bool has_acting_rule(const CountryResult& country) {
    return std::any_of(country.rules.begin(), country.rules.end(),
                       [](const RuleResult& rule) { return rule.truth != Truth::no; });
  }

  // Also where all is known and a target has no value: a range may give it one.
  bool needs_bounds(arma::uword lane) const {
    if (variations_.is_open(lane)) return true;
    const CountryResult& country = view_.countries[lane];
    for (std::size_t r = 0; r < model_.rules.size(); ++r)
      for (const model::Effect& effect : model_.rules[r].effects)
        if (country.rules[r].truth == Truth::yes && std::isnan(country[effect.target].value))
          return true;
    return false;
  }

  void run_block(std::span<const arma::uword> lanes, bool open) {
    variations_.take(lanes, open);
    for (std::size_t r = 0; r < model_.rules.size(); ++r) {
      here_.clear();
      open_.clear();
      for (std::size_t k = 0; k < lanes.size(); ++k) {
        CountryResult& country = view_.countries[lanes[k]];
        if (country.rules[r].truth == Truth::yes) here_.push_back({k, &country});
        if (country.rules[r].is_left_out() || country.rules[r].acts_by_what_is_sure())
          open_.push_back({k, &country});
      }
      if (!here_.empty()) {
        without_effects(RuleId{r});
        without(RuleId{r});
      }
      if (!open_.empty()) with(RuleId{r});  // also one that acts through a strength or another rule
      std::erase_if(open_, [r](const At& at) { return !is_open_to_bind(at.country->rules[r]); });
      if (!open_.empty()) with_possible(RuleId{r});
    }
  }

  // A rule's targets are compared with the case without its effects, its condition standing: that
  // is about the world, and another rule on the same target may read it.
  void without_effects(RuleId id) {
    const auto& effects = model_[id].effects;
    for (std::size_t e = 0; e < effects.size(); ++e)
      for (const At& at : here_)
        variations_.hold(program_[id].amounts[e], at.lane, neutral(effects[e].kind));
    variations_.run(targets_of(model_[id], program_));
    for (const At& at : here_) {
      RuleResult& rule = at.country->rules[id.index];
      for (std::size_t e = 0; e < effects.size(); ++e) {
        const double other = variations_.value(program_[effects[e].target].value, at.lane);
        const NodeId target = effects[e].target;
        const double value = (*at.country)[target].value;
        rule.effects[e].without = other;
        rule.binding = rule.binding || differs(other, value);
        if (!std::isnan(other) || !std::isnan(value)) continue;
        const Truth moves = moves_unknown(id, target, at);
        rule.binding = rule.binding || moves == Truth::yes;
        rule.may_bind = rule.may_bind || moves == Truth::unknown;
      }
      rule.may_bind = rule.may_bind && !rule.binding;
    }
    variations_.release();
  }

  // Whether a rule moves a target that has no value with it nor without it, whatever its value is.
  // Called while its effects are held neutral.
  Truth moves_unknown(RuleId id, NodeId target, const At& at) const {
    const NodeResult& node = (*at.country)[target];
    const bool never_without = variations_.is_never(program_[target].value, at.lane);
    if (node.never_known && never_without) return Truth::no;
    if (node.never_known || never_without) return Truth::unknown;  // one has no bounds to compare
    const Extent with{node.low, node.high};
    const auto [low, high] = variations_.bounds(program_[target].value, at.lane);
    if (apart(with, {low, high})) return Truth::yes;
    if (is_overridden(target, at)) return Truth::unknown;  // that acts after rules
    const program::Operation& acting = program_.operations[last_step(target).index];
    const auto& effects = model_[id].effects;
    const auto& results = at.country->rules[id.index].effects;
    bool idle = true, adds = true;
    Extent sum{0, 0};
    for (std::size_t e = 0; e < effects.size(); ++e) {
      if (effects[e].target != target) continue;
      idle = idle && changes_nothing(effects[e].kind, results[e], {low, high});
      adds = adds && effects[e].kind == model::EffectKind::add;
      sum = {sum.low + results[e].amount_low, sum.high + results[e].amount_high};
    }
    if (idle) return Truth::no;
    // Points added show where nothing cuts, lifts or caps what they make.
    const bool uncut = with.low > acting.low && with.high < acting.high;
    return adds && uncut && apart(sum, {0, 0}) && !may_be_limited(target, *at.country)
               ? Truth::yes
               : Truth::unknown;
  }

  bool is_overridden(NodeId target, const At& at) const {
    const InputId points = program_.override_points(target);
    const arma::uword lane = arma::uword(at.country - view_.countries.data());
    return points.valid() && frame_.value(lane, points.index) != 0;
  }

  // What rules act on a target by.
  RegisterId last_step(NodeId target) const {
    const program::NodeRegisters& node = program_[target];
    return node.before_override.valid() ? node.before_override : node.value;
  }

  // Whether a cap or floor may act on a target.
  bool may_be_limited(NodeId target, const CountryResult& country) const {
    for (std::size_t r = 0; r < model_.rules.size(); ++r) {
      const auto& effects = model_.rules[r].effects;
      for (std::size_t e = 0; e < effects.size(); ++e)
        if (effects[e].target == target && lifts_or_caps(effects[e].kind) &&
            country.rules[r].may_hold && !country.rules[r].effects[e].never_known)
          return true;
    }
    return false;
  }

  // What it moves the outputs by is all that hangs on it, so there the condition does not hold
  // either.
  void without(RuleId id) {
    for (const At& at : here_) variations_.hold(program_[id].truth, at.lane, 0);
    variations_.run(output_registers_);
    for (const At& at : here_)
      for (std::size_t o = 0; o < outputs_.size(); ++o) {
        const double value = (*at.country)[outputs_[o]].value;
        const double other = variations_.value(output_registers_[o], at.lane);
        if (differs(value, other)) at.country->rules[id.index].moved[outputs_[o]] = value - other;
      }
    variations_.release();
  }

  // What a rule that is left out would move if it held; where its amount is unknown, only whether
  // it could. Likewise what one that acts by what is sure could move further.
  void with(RuleId id) {
    for (const At& at : open_) {
      variations_.hold(program_[id].truth, at.lane, 1);
      hold_furthest(id, at, [](const EffectResult&) { return true; });
    }
    variations_.run(output_registers_);
    for (const At& at : open_) {
      RuleResult& rule = at.country->rules[id.index];
      for (std::size_t o = 0; o < outputs_.size(); ++o) {
        const double value = (*at.country)[outputs_[o]].value;
        const double other = variations_.value(output_registers_[o], at.lane);
        if (!std::isnan(value) && differs(other, value))
          rule.would_move[outputs_[o]] = amount_unknown(rule) ? unknown_value : other - value;
      }
    }
    variations_.release();
  }

  void hold_furthest(RuleId id, const At& at, bool (*chosen)(const EffectResult&)) {
    const RuleResult& rule = at.country->rules[id.index];
    for (std::size_t e = 0; e < rule.effects.size(); ++e)
      if (is_amount_open(rule.effects[e]) && chosen(rule.effects[e]))
        variations_.hold(program_[id].amounts[e], at.lane,
                         furthest(model_[id].effects[e].kind, rule.effects[e]));
  }

  // Whether an amount that isn't known, but may be, can make a rule bind.
  static bool is_open_to_bind(const RuleResult& rule) {
    return rule.truth == Truth::yes && !rule.binding && !rule.may_bind &&
           std::any_of(rule.effects.begin(), rule.effects.end(), [](const EffectResult& effect) {
             return is_amount_open(effect) && !effect.never_known;
           });
  }

  // As `with`, but what surely has no amount stays so.
  void with_possible(RuleId id) {
    for (const At& at : open_)
      hold_furthest(id, at, [](const EffectResult& effect) { return !effect.never_known; });
    variations_.run(output_registers_);
    for (const At& at : open_)
      for (std::size_t o = 0; o < outputs_.size(); ++o) {
        const double value = (*at.country)[outputs_[o]].value;
        const double other = variations_.value(output_registers_[o], at.lane);
        if (!std::isnan(value) && differs(other, value))
          at.country->rules[id.index].may_bind = true;
      }
    variations_.release();
  }

  const model::Model& model_;
  const program::Program& program_;
  const std::vector<NodeId> outputs_;
  const std::vector<RegisterId> output_registers_;
  ViewResult& view_;
  const Frame& frame_;
  Variations variations_;
  std::vector<At> here_, open_;  // where a rule holds; where it is left out
};

}  // namespace

void mark_rule_effects(const Case& scenario_case, const Frame& frame, ViewResult& view) {
  if (!scenario_case.model->rules.empty()) RuleEffects(scenario_case, frame, view).run();
}

}  // namespace waystone::evaluate
