// Scenario to frame.
#include <algorithm>

#include "evaluate/assess.hpp"

namespace waystone::evaluate {
namespace {

void fill_facts(Case& result, std::size_t lane) {
  const program::Program& program = *result.program;
  const auto indicators = data::indicators(*result.model);
  const auto& chosen = result.chosen.at(result.countries[lane]);
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    const InputId input = program.fact(indicators[k]);
    result.frame.value(lane, input.index) = chosen[k].value.value_or(unknown_value);
    result.frame.low(lane, input.index) = chosen[k].low;
    result.frame.high(lane, input.index) = chosen[k].high;
    // one possible value only: that is what it has
    if (!chosen[k].value && chosen[k].low == chosen[k].high)
      result.frame.value(lane, input.index) = chosen[k].low;
  }
}

void set_certain(Frame& frame, std::size_t input, double value) {
  if (frame.lanes() == 0) return;  // Armadillo has no column of nothing
  for (arma::mat* part : {&frame.value, &frame.low, &frame.high}) part->col(input).fill(value);
}

void fill_overrides(Case& result) {
  for (const scenario::Override& entry : result.scenario.overrides) {
    if (entry.until < result.scenario.as_of) {
      result.expired.push_back(entry);
      continue;
    }
    const std::size_t lane = result.lane_of(entry.country);
    if (lane == result.countries.size()) continue;  // of a country that is not scored
    const InputId input = result.program->override_points(entry.target);
    for (arma::mat* part : {&result.frame.value, &result.frame.low, &result.frame.high})
      (*part)(lane, input.index) += entry.points;
    result.has_overrides = true;
  }
}

}  // namespace

std::size_t Case::lane_of(const std::string& country) const {
  const auto found = std::lower_bound(countries.begin(), countries.end(), country);
  return found != countries.end() && *found == country ? std::size_t(found - countries.begin())
                                                       : countries.size();
}

const data::Chosen& Case::fact(const std::string& country, NodeId indicator) const {
  // facts stand among the inputs in the order of data::indicators, after the horizon
  constexpr std::size_t first = program::Program::horizon_input + 1;
  return chosen.at(country)[program->fact(indicator).index - first];
}

Outcome<Case> bind(const model::Model& model, const program::Program& program,
                   scenario::Scenario read) {
  Outcome<Case> outcome;
  Case result;
  result.model = &model;
  result.program = &program;
  result.scenario = std::move(read);
  result.horizon_years = result.scenario.horizon_years.value_or(model.horizon_years);
  result.countries = result.scenario.countries;
  std::sort(result.countries.begin(), result.countries.end());
  result.chosen = data::choose(result.scenario, model, outcome.diagnostics);
  if (outcome.diagnostics.has_errors()) return outcome;
  result.frame = empty_frame(program, result.countries.size());
  set_certain(result.frame, program::Program::as_of_input, result.scenario.as_of.days);
  set_certain(result.frame, program::Program::horizon_input, result.horizon_years);
  for (std::size_t lane = 0; lane < result.countries.size(); ++lane) fill_facts(result, lane);
  fill_overrides(result);
  result.frame.all_known = !result.frame.value.has_nan();
  outcome.value = std::move(result);
  return outcome;
}

Frame frame_of(const Case& scenario_case, ViewpointId viewpoint) {
  Frame frame = scenario_case.frame;
  use_viewpoint(frame, *scenario_case.program, viewpoint);
  return frame;
}

Frame frame_of(const Case& scenario_case, ViewpointId viewpoint, const std::string& country) {
  Frame frame = select_lanes(scenario_case.frame, {scenario_case.lane_of(country)});
  use_viewpoint(frame, *scenario_case.program, viewpoint);
  return frame;
}

}  // namespace waystone::evaluate
