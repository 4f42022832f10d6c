#include "ask/explain.hpp"

#include "ask/names.hpp"
#include "explain/influence.hpp"
#include "explain/reasons.hpp"

namespace waystone::ask {
namespace {

report::ExplainedView explained_view(const Situation& asked, std::size_t v,
                                     const report::Explained& report) {
  const model::Model& model = asked.rules->model;
  const evaluate::ViewResult& view = asked.assessment.views[v];
  report::ExplainedView entry;
  entry.view = &view;
  entry.before = asked.before ? &asked.assessment_before.views[v] : nullptr;
  const auto at_best = [&](NodeId node) {
    return explain::at_best(*asked.now, view.viewpoint, report.country, node);
  };
  if (model[report.output].is_factor()) entry.at_best = at_best(report.output);
  if (v == report.told)
    for (const NodeId factor : explain::last_told(model, report.output, report.depth))
      entry.at_best_within[factor] = at_best(factor);
  entry.strengths = explain::strengths(*asked.now, view.viewpoint, report.country);
  if (asked.before)
    entry.strengths_before = explain::strengths(*asked.before, view.viewpoint, report.country);
  entry.ledger = explain::ledger(*asked.now, view.viewpoint, report.country, report.output);
  return entry;
}

}  // namespace

Answer<Explanation> explain(const SharedSituation& situation, const ExplainAsking& asking) {
  if (auto failure = not_scored(*situation->now, asking.country)) return std::move(*failure);
  const model::Model& model = situation->rules->model;
  const auto output = find_explained(model, asking.output);
  if (!output) return output.failure;
  Explanation result{situation, {}};
  report::Explained& report = result.report;
  report.output = *output.value;
  report.scored =
      situation->scored(asking.tool, model[report.output].is_factor() ? report.output : NodeId{});
  report.country = asking.country;
  report.depth = asking.depth;
  report.deepest_first = asking.deepest_first;
  for (std::size_t v = 0; v < situation->assessment.views.size(); ++v)
    report.views.push_back(explained_view(*situation, v, report));
  return result;
}

}  // namespace waystone::ask
