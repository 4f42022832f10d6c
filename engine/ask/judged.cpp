#include "ask/judged.hpp"

#include "base/hash.hpp"
#include "source/paths.hpp"

namespace waystone::ask {

const evaluate::Case* Cases::fail(Failure failure) {
  failure_ = std::move(failure);
  return nullptr;
}

const evaluate::Case* Cases::open(const std::string& path) {
  if (failure_) return nullptr;
  const std::string tidy = tidy_path(path);
  if (const auto found = cases_.find(tidy); found != cases_.end()) return found->second.get();
  if (const auto text = texts_.read(tidy); !text)
    return fail(Failure::unreadable(tidy, text.diagnostics.list().front().message));
  auto outcome = scenario::read_scenario(tidy, rules_->model, texts_.read, *texts_.sources);
  if (!outcome) return fail(Failure::files(std::move(outcome.diagnostics), tidy));
  return keep(tidy, std::move(*outcome.value));
}

const evaluate::Case* Cases::keep(const std::string& path, scenario::Scenario scenario) {
  if (failure_) return nullptr;
  auto bound = evaluate::bind(rules_->model, rules_->program, std::move(scenario));
  if (!bound) return fail(Failure::files(std::move(bound.diagnostics), path));
  return (cases_[path] = std::make_unique<evaluate::Case>(std::move(*bound.value))).get();
}

Answer<Judged> read_judged(const std::string& path, const Rules& rules, const weights::Group& group,
                           const Texts& texts) {
  if (const auto text = texts.read(path); !text)
    return Failure::unreadable(path, text.diagnostics.list().front().message);
  auto outcome = fit::read_judgements(path, rules.model, group, texts.read, *texts.sources);
  if (!outcome) return Failure::files(std::move(outcome.diagnostics), path);
  return {Judged{std::move(*outcome.value), path,
                 hash_of_texts({texts.read(path).value.value_or(Bytes())})},
          std::move(outcome.diagnostics)};
}

fit::Context context_of(const Judged& judged, const Rules& rules, const weights::Group& group,
                        ViewpointId viewpoint, Cases& cases, const Texts& texts) {
  fit::Context context;
  context.model = &rules.model;
  context.group = &group;
  context.viewpoint = viewpoint;
  context.viewpoint_name = viewpoint.valid() ? rules.model.viewpoints[viewpoint.index].name : "";
  context.judgements = &judged.judgements;
  for (const auto& [path, scenario] : judged.judgements.scenarios)
    if (const evaluate::Case* kept = cases.keep(path, scenario)) context.cases[path] = kept;
  context.find_case = [&cases](const std::string& path) { return cases.open(path); };
  context.sources = texts.sources.get();
  return context;
}

}  // namespace waystone::ask
