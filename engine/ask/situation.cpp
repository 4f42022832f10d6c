#include "ask/situation.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "ask/names.hpp"
#include "evaluate/digits.hpp"
#include "report/words.hpp"

namespace waystone::ask {
namespace {

using report::Replaced;

// What is asked for replaces what the file says, and is remembered where it says otherwise.
void apply_dates(scenario::Scenario& scenario, const Asking& asking,
                 std::vector<Replaced>& replaced) {
  const Date own = scenario.as_of, own_known_by = scenario.known_by;
  if (asking.as_of) scenario.as_of = scenario.known_by = *asking.as_of;
  if (asking.known_by) scenario.known_by = *asking.known_by;
  if (scenario.as_of != own)
    replaced.push_back(
        {Replaced::Kind::as_of, "--as-of", to_string(scenario.as_of), to_string(own)});
  const bool by_option = asking.known_by && scenario.known_by != own_known_by;
  const bool with_date =
      !asking.known_by && own_known_by != own &&
      scenario.known_by != own_known_by;  // the scenario looks back; what is asked for does not
  if (by_option || with_date)
    replaced.push_back({Replaced::Kind::known_by, by_option ? "--known-by" : "--as-of",
                        to_string(scenario.known_by), to_string(own_known_by)});
}

void apply_rules(const scenario::Scenario& scenario, const std::string& rules,
                 std::vector<Replaced>& replaced) {
  const auto tidy = [](const std::string& path) {
    return std::filesystem::path(path).lexically_normal();
  };
  if (rules.empty() || tidy(rules) == tidy(scenario.model_path)) return;
  replaced.push_back({Replaced::Kind::rules, "--rules", rules, scenario.model_path});
}

std::optional<Failure> apply_viewpoint(scenario::Scenario& scenario, const model::Model& model,
                                       const std::string& name, std::vector<Replaced>& replaced) {
  if (name.empty()) return std::nullopt;
  const auto viewpoint = find_viewpoint(model, name);
  if (!viewpoint) return viewpoint.failure;
  std::vector<std::string> own;
  for (const ViewpointId id : scenario.viewpoints) own.push_back(model.viewpoints[id.index].name);
  scenario.viewpoints = {*viewpoint.value};
  if (own != std::vector{name})
    replaced.push_back({Replaced::Kind::viewpoint, "--viewpoint", name, report::joined(own)});
  return std::nullopt;
}

using SharedCase = std::shared_ptr<const evaluate::Case>;

Answer<SharedCase> bound(const Rules& rules, scenario::Scenario scenario) {
  const std::string path = scenario.path;
  auto outcome = evaluate::bind(rules.model, rules.program, std::move(scenario));
  if (outcome.diagnostics.has_errors()) return Failure::files(outcome.diagnostics, path);
  return {std::make_shared<const evaluate::Case>(std::move(*outcome.value)),
          std::move(outcome.diagnostics)};
}

// Makes one situation, step by step; each step says why it fails.
class Maker {
 public:
  Maker(const SharedRules& rules, const Asking& asking, const Texts& texts)
      : asking_(asking), texts_(texts), made_(std::make_shared<Situation>()) {
    made_->rules = rules;
    made_->sources = texts.sources;
    made_->settings = asking.settings;
  }

  Answer<SharedSituation> make(scenario::Scenario scenario) {
    made_->path = scenario.path;
    made_->hash = hash_of(scenario.files, texts_);
    made_->own_date = scenario.as_of;
    if (auto failure = apply(scenario)) return std::move(*failure);
    if (auto failure = rate_before(scenario)) return std::move(*failure);
    if (auto failure = assess(std::move(scenario))) return std::move(*failure);
    if (auto failure = assess_branches()) return std::move(*failure);
    return {std::move(made_), std::move(warnings_)};
  }

 private:
  using Step = std::optional<Failure>;  // nothing where it went well
  const Rules& rules() const { return *made_->rules; }
  const evaluate::Assessment* last() const { return previous_ ? &*previous_ : nullptr; }

  Step apply(scenario::Scenario& scenario) {
    apply_dates(scenario, asking_, made_->replaced);
    apply_rules(scenario, asking_.rules, made_->replaced);
    if (auto failure = apply_viewpoint(scenario, rules().model, asking_.viewpoint, made_->replaced))
      return failure;
    for (const std::string& setting : asking_.settings)
      made_->replaced.push_back({Replaced::Kind::fact, "--set", setting, ""});
    Diagnostics diagnostics;
    settings_ = scenario::read_settings(asking_.settings, scenario, rules().model, diagnostics);
    if (diagnostics.has_errors()) return Failure::setting(std::move(diagnostics));
    return std::nullopt;
  }

  // The ratings from which bands move only by the margin. One later than the day asked for is no
  // previous one: what came after must not decide a band.
  Step rate_before(const scenario::Scenario& scenario) {
    if (scenario.previous.empty()) return std::nullopt;
    auto outcome =
        scenario::read_scenario(scenario.previous, rules().model, texts_.read, *texts_.sources);
    if (outcome.diagnostics.has_errors())
      return Failure::files(std::move(outcome.diagnostics), scenario.previous);
    if (outcome.value->as_of > scenario.as_of) {
      warn_of_later_rating(scenario.previous_where, made_->own_date, outcome.value->as_of,
                           warnings_);
      return std::nullopt;
    }
    outcome.value->viewpoints = scenario.viewpoints;
    auto previous = bound(rules(), std::move(*outcome.value));
    if (!previous) return std::move(previous.failure);
    previous_ = evaluate::assess(**previous.value);
    return std::nullopt;
  }

  Step assess(scenario::Scenario scenario) {
    if (!settings_.empty()) {
      auto before = bound(rules(), scenario);
      if (!before) return std::move(before.failure);
      made_->before = std::move(*before.value);
      made_->assessment_before = evaluate::assess(*made_->before, last());
      scenario = scenario::with(scenario, settings_);
    }
    auto now = bound(rules(), std::move(scenario));
    if (!now) return std::move(now.failure);
    made_->now = std::move(*now.value);
    warnings_.append(now.warnings);
    made_->assessment = evaluate::assess(*made_->now, last());
    return std::nullopt;
  }

  Step assess_branches() {
    if (!asking_.branches) return std::nullopt;
    for (const scenario::Branch& branch : made_->now->scenario.branches) {
      auto varied = bound(rules(), scenario::with(made_->now->scenario, branch.settings));
      if (!varied) return std::move(varied.failure);
      made_->branches.push_back({&branch, *varied.value, evaluate::assess(**varied.value, last())});
    }
    return std::nullopt;
  }

  const Asking& asking_;
  const Texts& texts_;
  std::shared_ptr<Situation> made_;
  std::vector<scenario::Branch::Setting> settings_;
  std::optional<evaluate::Assessment> previous_;
  Diagnostics warnings_;
};

}  // namespace

void warn_of_later_rating(Span where, Date as_of, Date rated, Diagnostics& diagnostics) {
  if (rated > as_of)
    diagnostics.add(Code::W0340, where,
                    fmt::format("the previous rating is of {}, after the scenario's own date, {}, "
                                "so it doesn't count",
                                to_string(rated), to_string(as_of)));
}

report::Scored Situation::scored(const std::string& tool, NodeId asked) const {
  std::vector<const evaluate::Assessment*> printed{&assessment};
  if (before) printed.push_back(&assessment_before);
  return {sources.get(),
          tool,
          {rules->path, rules->hash},
          path,
          hash,
          settings,
          now.get(),
          &assessment,
          before.get(),
          before ? &assessment_before : nullptr,
          branches,
          own_date,
          replaced,
          evaluate::digits_of(rules->model, printed, asked)};
}

Answer<SharedSituation> situation(const SharedRules& rules, scenario::Scenario scenario,
                                  const Asking& asking, const Texts& texts) {
  return Maker(rules, asking, texts).make(std::move(scenario));
}

}  // namespace waystone::ask
