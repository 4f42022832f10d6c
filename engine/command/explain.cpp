#include <set>

#include "command/verbs.hpp"
#include "explain/influence.hpp"
#include "model/dependencies.hpp"
#include "report/explained.hpp"
#include "report/reasons.hpp"

namespace waystone::command {
namespace {

// The factors at which the telling ends although they are made of others: their facts stand for
// them.
std::set<NodeId> last_told(const model::Model& model, NodeId output, int depth) {
  if (!model[output].is_factor()) return {};
  std::set<NodeId> level{output};
  for (int k = 1; k < depth; ++k) {
    std::set<NodeId> next;
    for (const NodeId node : level)
      for (const NodeId part : model::parts_of(model[node].factor()))
        if (model[part].is_factor()) next.insert(part);
    level = std::move(next);
  }
  return level;
}

report::Explained explained(const LoadedScenario& loaded, const SourceMap& sources,
                            const ExplainOptions& options) {
  report::Explained result;
  result.output = find_explained(loaded.model->model, options.output);
  const bool is_factor = loaded.model->model[result.output].is_factor();
  result.scored = loaded.scored(sources, is_factor ? result.output : NodeId{});
  result.country = options.country;
  result.depth = options.depth;
  result.deepest_first = options.deepest_first;
  for (std::size_t v = 0; v < loaded.assessment.views.size(); ++v) {
    const evaluate::ViewResult& view = loaded.assessment.views[v];
    report::ExplainedView entry;
    entry.view = &view;
    entry.before = loaded.before ? &loaded.assessment_before.views[v] : nullptr;
    if (is_factor)
      entry.at_best = explain::at_best(*loaded.now, view.viewpoint, options.country, result.output);
    if (v == result.told)
      for (const NodeId factor : last_told(loaded.model->model, result.output, result.depth))
        entry.at_best_within[factor] =
            explain::at_best(*loaded.now, view.viewpoint, options.country, factor);
    entry.strengths = explain::strengths(*loaded.now, view.viewpoint, options.country);
    if (loaded.before)
      entry.strengths_before = explain::strengths(*loaded.before, view.viewpoint, options.country);
    entry.ledger = explain::ledger(*loaded.now, view.viewpoint, options.country, result.output);
    result.views.push_back(std::move(entry));
  }
  return result;
}

}  // namespace

int explain(const ExplainOptions& options, const Console& console) {
  Session session(console, options);
  const auto loaded = session.open_scenario(options.scenario, options);
  require_country(*loaded->now, options.country);
  const report::Explained result = explained(*loaded, session.sources(), options);
  std::string text = options.json     ? report::text_of(report::explain_json(result))
                     : options.ledger ? session.written(options, report::ledger_text(result))
                                      : session.written(options, report::explain_text(result));
  session.deliver(options, text);
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
