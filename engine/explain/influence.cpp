#include "explain/influence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "model/dependencies.hpp"

namespace waystone::explain {
namespace {

// The factors that a value is worked out from, through other such values.
void add_factors_of(const model::Model& model, NodeId derived, std::set<NodeId>& seen,
                    std::vector<NodeId>& factors) {
  if (model[derived].kind != model::NodeKind::derived || !seen.insert(derived).second) return;
  for (const NodeId part : model::nodes_in(model[derived].derived().value)) {
    if (model[part].is_factor()) factors.push_back(part);
    add_factors_of(model, part, seen, factors);
  }
}

// Everything below an output: factors, the leaves that members take in, and the factors that such a
// leaf is worked out from.
std::set<NodeId> nodes_below(const model::Model& model, NodeId output) {
  std::set<NodeId> found, seen;
  std::vector<NodeId> open{output};
  const auto include = [&](NodeId node) {
    if (node == output || !found.insert(node).second) return;
    if (model[node].is_factor()) {
      open.push_back(node);
      return;
    }
    std::vector<NodeId> factors;
    add_factors_of(model, node, seen, factors);
    for (const NodeId factor : factors)
      if (factor != output && found.insert(factor).second) open.push_back(factor);
  };
  while (!open.empty()) {
    const model::Factor& factor = model[open.back()].factor();
    open.pop_back();
    for (const NodeId part : model::parts_of(factor)) include(part);
  }
  return found;
}

// What may stand between a node and a better output: a floor on what is best at 0, a cap on what is
// best at 100, either on a leaf, whose best may be at any value.
struct Limit {
  Hold hold;
  NodeId target;
  std::set<NodeId> below;  // its target
};

bool may_limit(const model::Node& target, model::EffectKind kind) {
  const bool floor = kind == model::EffectKind::at_least, cap = kind == model::EffectKind::at_most;
  if (!target.is_factor()) return (floor || cap) && target.curve.has_value();
  return target.factor().higher_is_better ? cap : floor;
}

std::vector<Limit> limits_up_to(const model::Model& model, NodeId output) {
  std::set<NodeId> targets = nodes_below(model, output);
  targets.insert(output);
  std::vector<Limit> limits;
  for (std::size_t r = 0; r < model.rules.size(); ++r)
    for (std::size_t e = 0; e < model.rules[r].effects.size(); ++e) {
      const model::Effect& effect = model.rules[r].effects[e];
      if (!targets.contains(effect.target) || !may_limit(model[effect.target], effect.kind))
        continue;
      limits.push_back({{RuleId{r}, e, 0},
                        effect.target,
                        model[effect.target].is_factor() ? nodes_below(model, effect.target)
                                                         : std::set<NodeId>{}});
    }
  return limits;
}

// One country's output with a node at its best, and what holds it.
class Influence {
 public:
  Influence(const evaluate::Case& scenario_case, ViewpointId viewpoint, const std::string& country,
            NodeId output)
      : model_(*scenario_case.model),
        program_(*scenario_case.program),
        output_(output),
        frame_(evaluate::frame_of(scenario_case, viewpoint, country)),
        limits_(limits_up_to(model_, output)),
        plan_(program_, wanted()),
        output_plan_(program_, std::vector{program_[output].value}),
        today_(evaluate::evaluate(output_plan_, frame_)(0, 0)) {}

  AtBest of(NodeId node) const {
    evaluate::Frame best = frame_;
    best.pins.push_back(at_best(node));
    const arma::mat found = evaluate::evaluate(plan_, best);
    AtBest result{found(0, 0), {}, found(0, 0), today_};
    for (std::size_t k = 0; k < limits_.size(); ++k) {
      const double truth = found(0, 1 + 3 * k), amount = found(0, 2 + 3 * k),
                   value = found(0, 3 + 3 * k);
      const bool held = std::fabs(value - amount) <= 1e-9;  // not where either is unknown
      if (truth != 1 || !held || !reaches(node, limits_[k])) continue;
      result.held_by.push_back(limits_[k].hold);
      result.held_by.back().amount = amount;
    }
    lift(best, result);
    return result;
  }

 private:
  // The output; then of every limit whether its rule holds, its amount, and what its target comes
  // to after all rules.
  std::vector<RegisterId> wanted() const {
    std::vector<RegisterId> registers{program_[output_].value};
    for (const Limit& limit : limits_) {
      const program::RuleRegisters& rule = program_[limit.hold.rule];
      registers.insert(registers.end(),
                       {rule.truth, rule.amounts[limit.hold.effect],
                        model_[limit.target].is_factor() ? program_[limit.target].before_override
                                                         : program_[limit.target].value});
    }
    return registers;
  }

  static bool reaches(NodeId node, const Limit& limit) {
    return limit.target == node || limit.below.contains(node);
  }

  // Before rules act on it. A leaf's value, not its score alone: rules and expressions read it too,
  // as with `--set`.
  evaluate::Pin at_best(NodeId node) const {
    if (model_[node].is_factor())
      return pin(program_[node].base, higher_is_better(node) ? 100.0 : 0.0);
    return pin(program_[node].base, best_datum(*model_[node].curve));
  }

  // What the output would be without the limits that its parts stand at. One may stand there by
  // chance: then nothing is held.
  void lift(evaluate::Frame& best, AtBest& result) const {
    if (result.held_by.empty()) return;
    evaluate::Frame today = frame_;
    for (const Hold& hold : result.held_by)
      for (evaluate::Frame* frame : {&best, &today})
        frame->pins.push_back(pin(program_[hold.rule].amounts[hold.effect], idle(hold)));
    result.without_holds = evaluate::evaluate(output_plan_, best)(0, 0);
    result.unheld_today = evaluate::evaluate(output_plan_, today)(0, 0);
    const auto gain = [&](double from) {
      return (higher_is_better(output_) ? 1 : -1) * (result.without_holds - from);
    };
    if (gain(result.value) > 1e-9 && gain(result.unheld_today) > 1e-9) return;
    result.held_by.clear();
    result.without_holds = result.value;
    result.unheld_today = today_;
  }

  bool higher_is_better(NodeId node) const {
    return model_[node].is_factor() && model_[node].factor().higher_is_better;
  }
  // An amount at which a floor or cap changes nothing.
  double idle(const Hold& hold) const {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    return model_[hold.rule].effects[hold.effect].kind == model::EffectKind::at_most ? infinity
                                                                                     : -infinity;
  }
  static evaluate::Pin pin(RegisterId reg, double value) {
    return {reg, arma::vec(1, arma::fill::value(value))};
  }

  const model::Model& model_;
  const program::Program& program_;
  NodeId output_;
  evaluate::Frame frame_;
  std::vector<Limit> limits_;
  evaluate::Plan plan_, output_plan_;
  double today_;  // the output as it is
};

}  // namespace

double best_datum(const model::Curve& curve) {
  if (curve.kind != model::CurveKind::knots && curve.kind != model::CurveKind::steps)
    return curve.best.value;
  const auto best = std::min_element(
      curve.points.begin(), curve.points.end(),
      [](const auto& a, const auto& b) { return a.second.value < b.second.value; });
  if (std::isfinite(best->first.value)) return best->first.value;
  return curve.points.size() > 1 ? std::nextafter(curve.points[1].first.value, best->first.value)
                                 : 0;  // below the first step
}

std::map<NodeId, AtBest> at_best(const evaluate::Case& scenario_case, ViewpointId viewpoint,
                                 const std::string& country, NodeId output) {
  const model::Model& model = *scenario_case.model;
  const Influence influence(scenario_case, viewpoint, country, output);
  std::map<NodeId, AtBest> result;
  for (const NodeId node : nodes_below(model, output)) {
    if (!(*scenario_case.program)[node].score.valid()) continue;  // read raw by an expression
    const AtBest best = influence.of(node);
    if (!std::isnan(best.value)) result[node] = best;
  }
  return result;
}

}  // namespace waystone::explain
