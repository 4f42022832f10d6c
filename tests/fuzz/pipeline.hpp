// Everything from a scenario's text to its report, as the program does it; aborts where an
// invariant breaks.
#pragma once
#include <cmath>
#include <cstdlib>

#include "evaluate/assess.hpp"
#include "explain/compare.hpp"
#include "memory_files.hpp"
#include "scenario/scenario.hpp"
#include "validate/expectations.hpp"

namespace waystone::fuzz {

inline void require(bool condition) {
  if (!condition) std::abort();
}

inline void check_results(const evaluate::Case& scenario_case, const program::Program& separate) {
  const auto assessment = evaluate::assess(scenario_case);
  for (const auto& view : assessment.views)
    for (const auto& country : view.countries)
      for (const auto& node : country.nodes) {
        require(!std::isnan(node.low) && !std::isnan(node.high) && node.low <= node.high);
        if (!std::isnan(node.value)) require(node.low <= node.value && node.value <= node.high);
      }
  if (scenario_case.countries.size() < 2) return;
  const auto comparison =
      explain::compare(scenario_case, assessment, separate, scenario_case.model->main,
                       scenario_case.countries[0], scenario_case.countries[1]);
  for (const auto& view : comparison.views)
    if (view.attribution) require(view.attribution->exactness < 1e-6);
}

inline void run(const std::map<std::string, std::string>& files) {
  const auto read = reader(files);
  SourceMap sources;
  const auto model = model::read_model("m.risk", read, sources);
  render_text(model.diagnostics, sources, {});
  if (!model) return;
  if (model.value->nodes.size() > 60) return;  // the rest is about correctness, not size
  const auto program = program::compile(*model.value),
             separate = program::compile(*model.value, program::Sharing::separate);
  auto scenario = scenario::read_scenario("s.toml", *model.value, read, sources);
  render_text(scenario.diagnostics, sources, {});
  if (!scenario) return;
  if (scenario.value->countries.size() > 4) return;
  const auto bound = evaluate::bind(*model.value, program, *scenario.value);
  if (bound) check_results(*bound.value, separate);
}

}  // namespace waystone::fuzz
