#include "command/judged.hpp"

#include "base/hash.hpp"
#include "source/paths.hpp"

namespace waystone::command {

const evaluate::Case* Cases::open(const std::string& path) {
  const std::string tidy = tidy_path(path);
  if (const auto found = cases_.find(tidy); found != cases_.end()) return found->second.get();
  session_.require_readable(tidy);
  Diagnostics diagnostics;
  auto scenario = session_.try_scenario(tidy, model_, diagnostics);
  session_.fail_on_errors(diagnostics, tidy);
  return keep(tidy, std::move(*scenario));
}

const evaluate::Case* Cases::keep(const std::string& path, scenario::Scenario scenario) {
  auto bound = evaluate::bind(model_.model, model_.program, std::move(scenario));
  session_.fail_on_errors(bound.diagnostics, path);
  return (cases_[path] = std::make_unique<evaluate::Case>(std::move(*bound.value))).get();
}

Judged read_judged(const std::string& path, const LoadedModel& model, const weights::Group& group,
                   Session& session) {
  session.require_named(path);
  auto outcome =
      fit::read_judgements(path, model.model, group, session.files().reader(), session.sources());
  session.fail_on_errors(outcome.diagnostics, path);
  return {std::move(*outcome.value), path,
          hash_of_texts({session.files().read(path).value.value_or("")}),
          std::move(outcome.diagnostics)};
}

fit::Context context_of(const Judged& judged, const LoadedModel& model, const weights::Group& group,
                        ViewpointId viewpoint, Cases& cases, const Session& session) {
  fit::Context context;
  context.model = &model.model;
  context.group = &group;
  context.viewpoint = viewpoint;
  context.viewpoint_name = viewpoint.valid() ? model.model.viewpoints[viewpoint.index].name : "";
  context.judgements = &judged.judgements;
  for (const auto& [path, scenario] : judged.judgements.scenarios)
    context.cases[path] = cases.keep(path, scenario);
  context.find_case = [&cases](const evaluate::Case& from, const std::string& path) {
    return cases.open(path_from(from.scenario.path, path));
  };
  context.sources = &session.sources();
  return context;
}

}  // namespace waystone::command
