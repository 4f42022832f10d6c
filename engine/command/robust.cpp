#include <fmt/format.h>

#include "command/verbs.hpp"
#include "report/robust.hpp"

namespace waystone::command {
namespace {

NodeId find_weighted(const LoadedModel& loaded, NodeId output, const std::string& name) {
  const model::Model& model = loaded.model;
  if (!name.empty()) {
    const NodeId node = find_output(model, name);
    if (model[node].factor().weights.empty()) throw Stop{wrong_use, fmt::format("'{}' has no weights that could move", name)};
    return node;
  }
  const auto node = robust::node_to_move(model, loaded.program, output);
  if (!node) throw Stop{wrong_use, fmt::format("nothing below '{}' has weights that could move", model[output].name)};
  return *node;
}

std::vector<std::string> countries_of(const evaluate::Case& scenario_case, const RobustOptions& options) {
  if (options.first.empty()) return scenario_case.countries;
  if (options.second.empty()) throw Stop{wrong_use, "robust wants two countries, or none for the whole ranking"};
  if (options.first == options.second) throw Stop{wrong_use, "robust wants two different countries"};
  for (const std::string* country : {&options.first, &options.second}) require_country(scenario_case, *country);
  return {options.first, options.second};
}

}  // namespace

int robust(const RobustOptions& options, const Console& console) {
  Session session(console);
  const auto loaded = session.open_scenario(options.scenario, options);
  const NodeId output = find_output(loaded->model->model, options.output);
  const NodeId node = find_weighted(*loaded->model, output, options.node);
  robust::Effort effort;
  effort.samples = options.samples;
  effort.seed = options.seed;
  const report::Robust result{loaded->scored(session.sources()),
                              robust::study(*loaded->now, loaded->assessment, output, node, countries_of(*loaded->now, options), effort)};
  const report::Style style = options.out.empty() ? console.style() : report::Style{};
  session.deliver(options, options.json ? report::text_of(report::robust_json(result)) : report::robust_text(result, style));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
