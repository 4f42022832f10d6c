#include <algorithm>
#include <deque>
#include <utility>

#include "ask/test.hpp"
#include "command/asked_files.hpp"
#include "command/problems.hpp"
#include "command/verbs.hpp"
#include "report/covered.hpp"
#include "report/words.hpp"
#include "source/paths.hpp"
#include "validate/expectations.hpp"

namespace waystone::command {
namespace {

// A model and the cases to count: scenarios, and each of their branches.
struct Gathered {
  ask::SharedRules rules;
  std::vector<report::CoveredScenario> scenarios;
  std::deque<evaluate::Case> cases;
};

class Gatherer {
 public:
  Gatherer(Session& session, const Options& options)
      : session_(session), options_(options), problems_(session.sources()) {}

  void scenario(const std::string& path) {
    if (const auto rules = session_.try_model_of(path, options_.rules, diagnostics_))
      add(path, rules);
    close(path);
  }

  /// The scenarios of a rule file's examples; a file that was named is listed even without one.
  void examples(const AskedFile& file) {
    const auto rules = session_.try_model(file.path, diagnostics_);
    if (!rules) return close(file.path);
    if (!file.found) gathered_of(rules);
    for (const std::string& path :
         validate::scenarios_of_examples(rules->model, session_.sources()))
      add(tidy_path(path), rules);
    close(file.path);
  }

  std::deque<Gathered>& gathered() { return gathered_; }
  /// Of all files, what several have in common once.
  Diagnostics diagnostics() { return problems_.fresh(all_); }

 private:
  void close(const std::string& path) {
    problems_.add(path, diagnostics_);
    all_.append(std::exchange(diagnostics_, {}));
  }

  Gathered& gathered_of(const ask::SharedRules& rules) {
    const auto known = std::find_if(gathered_.begin(), gathered_.end(),
                                    [&](const Gathered& g) { return g.rules == rules; });
    if (known != gathered_.end()) return *known;
    gathered_.push_back({rules, {}, {}});
    return gathered_.back();
  }

  void add(const std::string& path, const ask::SharedRules& rules) {
    Gathered& gathered = gathered_of(rules);
    const auto has_path = [&](const report::CoveredScenario& s) { return s.path == path; };
    if (std::any_of(gathered.scenarios.begin(), gathered.scenarios.end(), has_path)) return;
    auto bound = session_.try_case(path, *rules, diagnostics_);
    if (!bound) return;
    report::CoveredScenario covered{
        path, ask::hash_of(bound->scenario.files, session_.texts()), {}};
    for (const scenario::Branch& branch : bound->scenario.branches) {
      auto varied = ask::bind(*rules, scenario::with(bound->scenario, branch.settings));
      diagnostics_.append(varied.diagnostics);
      if (!varied) continue;
      covered.branches.push_back(branch.name);
      gathered.cases.push_back(std::move(*varied.value));
    }
    gathered.cases.push_back(std::move(*bound));
    gathered.scenarios.push_back(std::move(covered));
  }

  Session& session_;
  const Options& options_;
  std::deque<Gathered> gathered_;
  Diagnostics diagnostics_, all_;  // of the file at hand; of those before
  Problems problems_;
};

}  // namespace

int coverage(const Options& options, const Console& console) {
  Session session(console, options);
  const auto all = asked_files(options, session);
  const auto parts = parts_of(all, session);
  Gatherer gatherer(session, options);
  for (const AskedFile& file : all) {
    if (file.scenario) {
      if (worth_opening(file, "as_of", session)) gatherer.scenario(file.path);
    } else if (!file.found || !parts.contains(file.path)) {
      gatherer.examples(file);
    }
  }
  Diagnostics diagnostics = gatherer.diagnostics();
  session.fail_on_errors(diagnostics,
                         options.files.front());  // a count that lacks a file would mislead
  std::vector<report::CoveredModel> models;
  for (Gathered& gathered : gatherer.gathered()) {
    std::vector<const evaluate::Case*> cases;
    for (const evaluate::Case& one : gathered.cases) cases.push_back(&one);
    const ask::Rules& rules = *gathered.rules;
    models.push_back({{rules.path, rules.hash},
                      &rules.model,
                      std::move(gathered.scenarios),
                      validate::cover(rules.model, rules.program, cases)});
  }
  session.deliver(options,
                  options.json
                      ? report::text_of(report::covered_json(models, session.sources(), tool_name(),
                                                             options.rules))
                      : session.written(options, report::covered_text(models, session.sources(),
                                                                      options.all, options.rules)));
  const bool counted = std::any_of(models.begin(), models.end(), [](const report::CoveredModel& m) {
    return m.coverage.lanes > 0;
  });
  if (!counted) console.say("waystone: no scenario found");
  return counted ? done : findings;
}

}  // namespace waystone::command
