#include "evaluate/assess.hpp"

#include <algorithm>
#include <cmath>

#include "base/ties.hpp"
#include "evaluate/bounds.hpp"
#include "evaluate/coverage.hpp"
#include "evaluate/kernels.hpp"
#include "evaluate/rests.hpp"
#include "evaluate/reweighted.hpp"
#include "evaluate/rule_effects.hpp"
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
  node.never_known = bounds.gap(lane, at.value) == certain_gap;
  node.base = bounds.value(lane, at.base);
  node.without_override = node.value;
  if (at.score) {
    node.score = bounds.value(lane, *at.score);
    node.score_low = bounds.low(lane, *at.score);
    node.score_high = bounds.high(lane, *at.score);
  }
  return node;
}

// Bounds take more room than the results that are made of them.
constexpr std::size_t lanes_at_a_time = 4 * block_lanes;

Frame lanes_of(const Frame& frame, std::size_t from) {
  const std::size_t to = std::min(from + lanes_at_a_time, frame.lanes());
  Frame result;
  result.value = frame.value.rows(from, to - 1);
  result.low = frame.low.rows(from, to - 1);
  result.high = frame.high.rows(from, to - 1);
  result.slots = frame.slots;
  result.all_known = frame.all_known;
  return result;
}

// `index`: of the country; `lane`: of its bounds.
CountryResult country_result(const Case& scenario_case, const Places& places, const Bounds& bounds,
                             const Shares& all_shares, std::size_t index, std::size_t lane) {
  const Model& model = *scenario_case.model;
  CountryResult country;
  country.code = scenario_case.countries[index];
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
    rule.may_hold = bounds.high(lane, places.truths[r]) > 0 &&
                    bounds.gap(lane, places.truths[r]) != certain_gap;
    for (const std::size_t amount : places.amounts[r]) {
      const model::EffectKind kind = model.rules[r].effects[rule.effects.size()].kind;
      EffectResult effect;
      effect.amount = bounds.value(lane, amount);
      effect.amount_low = bounds.low(lane, amount);
      effect.amount_high = bounds.high(lane, amount);
      effect.never_known = bounds.gap(lane, amount) == certain_gap;
      const bool floor = kind == model::EffectKind::at_least;
      if (std::isnan(effect.amount) && (floor || kind == model::EffectKind::at_most)) {
        effect.left_out = bounds.gap(lane, amount) != 0;
        effect.by_what_is_sure = rule.truth == Truth::yes && !effect.left_out;
        if (effect.by_what_is_sure) effect.amount = floor ? effect.amount_low : effect.amount_high;
      }
      rule.effects.push_back(effect);
    }
    country.rules.push_back(std::move(rule));
  }
  for (const std::size_t tripwire : places.tripwires)
    country.tripwires.push_back(truth_of(bounds.value(lane, tripwire)));
  return country;
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

bool RuleResult::is_left_out() const {
  return truth == Truth::unknown ||
         (truth == Truth::yes && std::any_of(effects.begin(), effects.end(),
                                             [](const auto& effect) { return effect.left_out; }));
}

bool RuleResult::acts_by_what_is_sure() const {
  return std::any_of(effects.begin(), effects.end(),
                     [](const EffectResult& effect) { return effect.by_what_is_sure; });
}

bool differs(double a, double b) {
  return std::fabs(a - b) > 1e-9 * (1 + std::fabs(b)) || std::isnan(a) != std::isnan(b);
}

Truth truth_of(double condition) {
  return std::isnan(condition) ? Truth::unknown : condition != 0 ? Truth::yes : Truth::no;
}

std::string_view word_of(Truth truth) {
  return truth == Truth::yes ? "true" : truth == Truth::no ? "false" : "unknown";
}

std::string_view word_of(CutStep step) {
  static constexpr std::string_view words[] = {"combination", "strength", "scale",   "add",
                                               "at most",     "at least", "override"};
  return words[std::size_t(step)];
}

const CountryResult* ViewResult::find(std::string_view code) const {
  const auto found = std::lower_bound(
      countries.begin(), countries.end(), code,
      [](const CountryResult& c, std::string_view wanted) { return c.code < wanted; });
  return found == countries.end() || found->code != code ? nullptr : &*found;
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
  const Uncut uncut(*scenario_case.program, scenario_case.has_overrides);
  std::vector<ViewpointId> viewpoints = scenario_case.scenario.viewpoints;
  if (model.viewpoints.empty()) viewpoints = {ViewpointId{}};
  Assessment assessment;
  for (const ViewpointId viewpoint : viewpoints) {
    const Frame frame = frame_of(scenario_case, viewpoint);
    ViewResult view;
    const Shares shares(model, *scenario_case.program, viewpoint);
    view.viewpoint = viewpoint;
    view.name = viewpoint.valid() ? model.viewpoints[viewpoint.index].name : "";
    view.countries.reserve(frame.lanes());
    for (std::size_t from = 0; from < frame.lanes(); from += lanes_at_a_time) {
      const Frame some = lanes_of(frame, from);
      const Bounds bounds = evaluate_bounds(plan, some);
      for (std::size_t lane = 0; lane < bounds.value.n_rows; ++lane)
        view.countries.push_back(
            country_result(scenario_case, places, bounds, shares, from + lane, lane));
      uncut.mark(some, from, view);
    }
    for (CountryResult& country : view.countries) mark_reweighted(model, viewpoint, country);
    for (CountryResult& country : view.countries) mark_what_rests(model, country);
    mark_rule_effects(scenario_case, frame, view);
    if (scenario_case.has_overrides) without_overrides(scenario_case, frame, view);
    name_bands(model, previous ? previous->find(view.name) : nullptr, view);
    assessment.views.push_back(std::move(view));
  }
  return assessment;
}

}  // namespace waystone::evaluate
