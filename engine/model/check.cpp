// The stages of the check, in order; each goes on where the one before found faults.
#include "model/check.hpp"

#include <algorithm>

#include "model/checks/checks.hpp"
#include "model/draft.hpp"

namespace waystone::model {

Outcome<Model> check(const std::vector<syntax::File>& files, const SourceMap& sources) {
  Outcome<Model> outcome;
  Draft draft{.files = files, .sources = sources, .diagnostics = outcome.diagnostics};
  collect(draft);
  build_sources(draft);
  build_relations(draft);
  build_nodes(draft);
  build_values(draft);
  build_factors(draft);
  build_rules(draft);
  build_rest(draft);
  build_examples(draft);
  build_order(draft);
  settle_rounding(draft.model);
  settle_compared(draft.model);
  for (const Check& check : all_checks()) check.run(draft);

  for (const syntax::File& file : files) draft.model.files.push_back(file.file);
  std::sort(draft.model.files.begin(), draft.model.files.end(),
            [&](FileId a, FileId b) { return sources[a].path() < sources[b].path(); });
  const bool faulty = outcome.diagnostics.has_errors();
  if (!faulty) outcome.value = std::move(draft.model);
  outcome.diagnostics.sort();
  return outcome;
}

}  // namespace waystone::model
