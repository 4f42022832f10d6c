#include "ask/explain.hpp"

#include "ask/names.hpp"
#include "explain/influence.hpp"
#include "explain/reasons.hpp"

namespace waystone::ask {
namespace {

using AtBest = std::map<NodeId, explain::AtBest>;

AtBest at_best_of(const Situation& asked, const report::Explained& report, std::size_t v,
                  NodeId node) {
  return explain::at_best(*asked.now, asked.assessment.views[v].viewpoint, report.country, node);
}

// Of the factors whose facts are told.
std::map<NodeId, AtBest> at_best_within(const Situation& asked, const report::Explained& report) {
  std::map<NodeId, AtBest> found;
  for (const NodeId factor : explain::last_told(asked.rules->model, report.output, report.depth))
    found[factor] = at_best_of(asked, report, report.told, factor);
  return found;
}

report::ExplainedView explained_view(const Situation& asked, std::size_t v,
                                     const report::Explained& report, bool ledger) {
  const model::Model& model = asked.rules->model;
  const evaluate::ViewResult& view = asked.assessment.views[v];
  report::ExplainedView entry;
  entry.view = &view;
  entry.before = asked.before ? &asked.assessment_before.views[v] : nullptr;
  if (model[report.output].is_factor()) entry.at_best = at_best_of(asked, report, v, report.output);
  if (v == report.told) entry.at_best_within = at_best_within(asked, report);
  entry.strengths = explain::strengths(*asked.now, view.viewpoint, report.country);
  if (asked.before)
    entry.strengths_before = explain::strengths(*asked.before, view.viewpoint, report.country);
  if (ledger)
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
    report.views.push_back(explained_view(*situation, v, report, asking.ledger));
  return result;
}

report::Explained told_by(const Situation& situation, report::Explained explained,
                          std::size_t viewpoint) {
  explained.views[explained.told].at_best_within.clear();
  explained.told = viewpoint;
  explained.views[viewpoint].at_best_within = at_best_within(situation, explained);
  return explained;
}

}  // namespace waystone::ask
