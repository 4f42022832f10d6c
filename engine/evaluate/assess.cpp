#include "evaluate/assess.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/ties.hpp"
#include "evaluate/coverage.hpp"
#include "evaluate/reweighted.hpp"
#include "evaluate/uncut.hpp"

namespace waystone::evaluate {
namespace {

using model::Model;
using program::Program;

// Positions of what an assessment asks of the evaluator; what is asked twice stands once.
class Wanted {
 public:
  std::size_t add(RegisterId reg) {
    const auto [at, fresh] = places_.try_emplace(reg, registers_.size());
    if (fresh) registers_.push_back(reg);
    return at->second;
  }
  const std::vector<RegisterId>& registers() const { return registers_; }

 private:
  std::map<RegisterId, std::size_t> places_;
  std::vector<RegisterId> registers_;
};

std::vector<RegisterId> values_of(const Program& program, const std::vector<NodeId>& nodes) {
  std::vector<RegisterId> registers;
  for (const NodeId node : nodes) registers.push_back(program[node].value);
  return registers;
}

struct NodePlaces {
  std::size_t value = 0, base = 0;
  std::optional<std::size_t> score;
};

struct Places {
  Wanted wanted;
  std::vector<NodePlaces> nodes;
  std::vector<std::size_t> truths, tripwires;
  std::vector<std::vector<std::size_t>> amounts;
  std::map<RegisterId, std::size_t> deciding;
};

Places places_of(const Program& program) {
  Places places;
  for (const program::NodeRegisters& node : program.nodes) {
    NodePlaces at{places.wanted.add(node.value), places.wanted.add(node.base), {}};
    if (node.score.valid()) at.score = places.wanted.add(node.score);
    places.nodes.push_back(at);
  }
  for (const program::RuleRegisters& rule : program.rules) {
    places.truths.push_back(places.wanted.add(rule.truth));
    places.amounts.emplace_back();
    for (const RegisterId amount : rule.amounts)
      places.amounts.back().push_back(places.wanted.add(amount));
  }
  for (const RegisterId tripwire : program.tripwires)
    places.tripwires.push_back(places.wanted.add(tripwire));
  for (const RegisterId reg : deciding(program)) places.deciding[reg] = places.wanted.add(reg);
  return places;
}

NodeResult node_result(const NodePlaces& at, const Bounds& bounds, std::size_t lane) {
  NodeResult node;
  node.value = bounds.value(lane, at.value);
  node.low = bounds.low(lane, at.value);
  node.high = bounds.high(lane, at.value);
  node.may_stay_unknown = bounds.gap(lane, at.value) != 0;
  node.base = bounds.value(lane, at.base);
  node.without_override = node.value;
  if (at.score) {
    node.score = bounds.value(lane, *at.score);
    node.score_low = bounds.low(lane, *at.score);
    node.score_high = bounds.high(lane, *at.score);
  }
  return node;
}

CountryResult country_result(const Case& scenario_case, const Places& places, const Bounds& bounds,
                             const Shares& all_shares, std::size_t lane) {
  const Model& model = *scenario_case.model;
  CountryResult country;
  country.code = scenario_case.countries[lane];
  country.nodes.reserve(places.nodes.size());
  country.rules.reserve(places.truths.size());
  for (const NodePlaces& at : places.nodes) country.nodes.push_back(node_result(at, bounds, lane));
  const auto shares = all_shares.of(scenario_case.chosen.at(country.code), [&](RegisterId reg) {
    return bounds.value(lane, places.deciding.at(reg));
  });
  for (std::size_t n = 0; n < model.nodes.size(); ++n) {
    country.nodes[n].coverage = shares[n].known;
    country.nodes[n].judgement = shares[n].judged;
  }
  for (std::size_t r = 0; r < model.rules.size(); ++r) {
    RuleResult rule;
    rule.truth = truth_of(bounds.value(lane, places.truths[r]));
    rule.must_hold = rule.truth == Truth::yes && bounds.low(lane, places.truths[r]) > 0;
    rule.may_hold = bounds.high(lane, places.truths[r]) > 0;
    for (const std::size_t amount : places.amounts[r]) {
      EffectResult effect;
      effect.amount = bounds.value(lane, amount);
      effect.amount_low = bounds.low(lane, amount);
      effect.amount_high = bounds.high(lane, amount);
      rule.effects.push_back(effect);
    }
    country.rules.push_back(std::move(rule));
  }
  for (const std::size_t tripwire : places.tripwires)
    country.tripwires.push_back(truth_of(bounds.value(lane, tripwire)));
  return country;
}

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

// What each true rule changes, for the countries where it is true. Its targets are compared with
// the case without its effects, its condition standing: that is about the world, and another rule
// on the same target may read it. What it moves the outputs by is all that hangs on it, so there
// the condition does not hold either.
void without_each_rule(const Case& scenario_case, const Frame& frame, ViewResult& view) {
  const Model& model = *scenario_case.model;
  const Program& program = *scenario_case.program;
  const auto outputs = model.outputs();
  const Plan outputs_plan(program, values_of(program, outputs));
  for (std::size_t r = 0; r < model.rules.size(); ++r) {
    std::vector<arma::uword> lanes;
    for (std::size_t lane = 0; lane < view.countries.size(); ++lane)
      if (view.countries[lane].rules[r].truth == Truth::yes) lanes.push_back(lane);
    if (lanes.empty()) continue;
    const auto& effects = model.rules[r].effects;
    Frame without = select_lanes(frame, lanes);
    const auto values_without = [&](const Plan& plan, std::vector<Pin> pins) {
      without.pins = std::move(pins);
      return evaluate(plan, without);
    };
    const auto everywhere = [&](RegisterId reg, double value) {
      return Pin{reg, arma::vec(lanes.size(), arma::fill::value(value))};
    };
    std::vector<NodeId> targets;
    std::vector<Pin> no_effects;
    for (std::size_t e = 0; e < effects.size(); ++e) {
      targets.push_back(effects[e].target);
      no_effects.push_back(everywhere(program.rules[r].amounts[e], neutral(effects[e].kind)));
    }
    const arma::mat at_targets =
        values_without(Plan(program, values_of(program, targets)), std::move(no_effects));
    const arma::mat at_outputs =
        values_without(outputs_plan, {everywhere(program.rules[r].truth, 0)});
    for (std::size_t k = 0; k < lanes.size(); ++k) {
      CountryResult& country = view.countries[lanes[k]];
      RuleResult& rule = country.rules[r];
      for (std::size_t e = 0; e < effects.size(); ++e) {
        rule.effects[e].without = at_targets(k, e);
        rule.binding = rule.binding || differs(at_targets(k, e), country[effects[e].target].value);
      }
      for (std::size_t o = 0; o < outputs.size(); ++o) {
        const double value = country[outputs[o]].value, other = at_outputs(k, o);
        if (differs(value, other)) rule.moved[outputs[o]] = value - other;
      }
    }
  }
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

bool amount_unknown(const RuleResult& rule) {
  return std::any_of(rule.effects.begin(), rule.effects.end(),
                     [](const EffectResult& effect) { return std::isnan(effect.amount); });
}

// What rules that are left out would move if they held, one at a time. Of a rule whose amount is
// unknown only whether it could.
void with_each_open_rule(const Case& scenario_case, const Frame& frame, ViewResult& view) {
  const Model& model = *scenario_case.model;
  const Program& program = *scenario_case.program;
  const auto outputs = model.outputs();
  const Plan plan(program, values_of(program, outputs));
  for (std::size_t r = 0; r < model.rules.size(); ++r) {
    std::vector<arma::uword> lanes;
    for (std::size_t lane = 0; lane < view.countries.size(); ++lane) {
      const RuleResult& rule = view.countries[lane].rules[r];
      if (rule.truth == Truth::unknown || (rule.truth == Truth::yes && amount_unknown(rule)))
        lanes.push_back(lane);
    }
    if (lanes.empty() || model.rules[r].effects.empty()) continue;
    Frame held = select_lanes(frame, lanes);
    held.pins.push_back({program.rules[r].truth, arma::vec(lanes.size(), arma::fill::ones)});
    for (std::size_t e = 0; e < model.rules[r].effects.size(); ++e) {
      const model::EffectKind kind = model.rules[r].effects[e].kind;
      arma::vec amounts(lanes.size());
      bool open = false;
      for (std::size_t k = 0; k < lanes.size(); ++k) {
        const EffectResult& effect = view.countries[lanes[k]].rules[r].effects[e];
        open = open || std::isnan(effect.amount);
        amounts[k] = std::isnan(effect.amount) ? furthest(kind, effect) : effect.amount;
      }
      if (open) held.pins.push_back({program.rules[r].amounts[e], std::move(amounts)});
    }
    const arma::mat values = evaluate(plan, held);
    for (std::size_t k = 0; k < lanes.size(); ++k) {
      CountryResult& country = view.countries[lanes[k]];
      RuleResult& rule = country.rules[r];
      for (std::size_t o = 0; o < outputs.size(); ++o) {
        const double value = country[outputs[o]].value;
        if (!std::isnan(value) && differs(values(k, o), value))
          rule.would_move[outputs[o]] = amount_unknown(rule) ? unknown_value : values(k, o) - value;
      }
    }
  }
}

void without_overrides(const Case& scenario_case, Frame frame, ViewResult& view) {
  const Program& program = *scenario_case.program;
  for (std::size_t i = 0; i < program.inputs.size(); ++i)
    if (program.inputs[i].kind == program::InputKind::override_points && frame.lanes() > 0)
      frame.value.col(i).zeros();
  std::vector<RegisterId> wanted;
  for (const program::NodeRegisters& node : program.nodes) wanted.push_back(node.value);
  const arma::mat values = evaluate(Plan(program, wanted), frame);
  for (std::size_t lane = 0; lane < view.countries.size(); ++lane)
    for (std::size_t n = 0; n < program.nodes.size(); ++n)
      view.countries[lane].nodes[n].without_override = values(lane, n);
}

void mark_cuts(const Uncut& uncut, const Frame& frame, ViewResult& view) {
  const arma::mat values = evaluate(Plan(uncut.program, uncut.results), frame);
  for (std::size_t lane = 0; lane < view.countries.size(); ++lane)
    for (std::size_t k = 0; k < uncut.nodes.size(); ++k) {
      NodeResult& node = view.countries[lane].nodes[uncut.nodes[k].index];
      if (!std::isnan(node.value) && differs(values(lane, k), node.value))
        node.uncut = values(lane, k);
    }
}

void name_bands(const Model& model, const ViewResult* previous, ViewResult& view) {
  for (CountryResult& country : view.countries)
    for (const NodeId output : model.outputs()) {
      const auto& bands = model[output].bands;
      if (!bands) continue;
      const CountryResult* before = previous ? previous->find(country.code) : nullptr;
      const auto rated = before ? before->band.find(output) : decltype(before->band.end()){};
      const std::string last = before && rated != before->band.end() ? rated->second : "";
      country.band[output] = band_of(*bands, country[output].value, last);
    }
}

}  // namespace

bool differs(double a, double b) {
  return std::fabs(a - b) > 1e-9 * (1 + std::fabs(b)) || std::isnan(a) != std::isnan(b);
}

Truth truth_of(double condition) {
  return std::isnan(condition) ? Truth::unknown : condition != 0 ? Truth::yes : Truth::no;
}

std::string_view word_of(Truth truth) {
  return truth == Truth::yes ? "true" : truth == Truth::no ? "false" : "unknown";
}

const CountryResult* ViewResult::find(std::string_view code) const {
  const auto found = std::find_if(countries.begin(), countries.end(),
                                  [&](const CountryResult& c) { return c.code == code; });
  return found == countries.end() ? nullptr : &*found;
}

const ViewResult* Assessment::find(std::string_view viewpoint) const {
  const auto found = std::find_if(views.begin(), views.end(),
                                  [&](const ViewResult& v) { return v.name == viewpoint; });
  return found == views.end() ? nullptr : &*found;
}

std::string band_of(const model::Bands& bands, double score) {
  if (std::isnan(score)) return "";
  const auto above = std::upper_bound(bands.edges.begin(), bands.edges.end(), score, below);
  return bands.names[std::size_t(above - bands.edges.begin())];
}

std::string band_of(const model::Bands& bands, double score, const std::string& previous) {
  const std::string plain = band_of(bands, score);
  const auto at = std::find(bands.names.begin(), bands.names.end(), previous) - bands.names.begin();
  if (plain.empty() || std::size_t(at) == bands.names.size()) return plain;
  std::size_t band = std::size_t(at);  // edge by edge: each must be passed by the margin
  while (band < bands.edges.size() && !below(score, bands.edges[band] + bands.margin)) ++band;
  while (band > 0 && !below(bands.edges[band - 1] - bands.margin, score)) --band;
  return bands.names[band];
}

Assessment assess(const Case& scenario_case, const Assessment* previous) {
  const Model& model = *scenario_case.model;
  const Places places = places_of(*scenario_case.program);
  const Plan plan(*scenario_case.program, places.wanted.registers());
  const Uncut uncut = without_limits(*scenario_case.program, scenario_case.has_overrides);
  std::vector<ViewpointId> viewpoints = scenario_case.scenario.viewpoints;
  if (model.viewpoints.empty()) viewpoints = {ViewpointId{}};
  Assessment assessment;
  for (const ViewpointId viewpoint : viewpoints) {
    const Frame frame = frame_of(scenario_case, viewpoint);
    const Bounds bounds = evaluate_bounds(plan, frame);
    ViewResult view;
    const Shares shares(model, *scenario_case.program, viewpoint);
    view.viewpoint = viewpoint;
    view.name = viewpoint.valid() ? model.viewpoints[viewpoint.index].name : "";
    for (std::size_t lane = 0; lane < scenario_case.countries.size(); ++lane)
      view.countries.push_back(country_result(scenario_case, places, bounds, shares, lane));
    for (CountryResult& country : view.countries) mark_reweighted(model, viewpoint, country);
    mark_cuts(uncut, frame, view);
    without_each_rule(scenario_case, frame, view);
    with_each_open_rule(scenario_case, frame, view);
    if (scenario_case.has_overrides) without_overrides(scenario_case, frame, view);
    name_bands(model, previous ? previous->find(view.name) : nullptr, view);
    assessment.views.push_back(std::move(view));
  }
  return assessment;
}

}  // namespace waystone::evaluate
