#include "validate/cases.hpp"

namespace waystone::validate {

const AssessedCase* CaseLibrary::open(const std::string& path) {
  const auto [at, fresh] = cases_.try_emplace(path);
  if (!fresh) return at->second ? &*at->second : nullptr;
  auto read = open_(path);
  diagnostics_.append(read.diagnostics);
  if (!read) return nullptr;
  at->second.emplace(AssessedCase{std::move(*read.value), {}});
  at->second->assessment = evaluate::assess(at->second->scenario_case);
  return &*at->second;
}

evaluate::Assessment CaseLibrary::assess(const evaluate::Case& scenario_case) {
  if (scenario_case.scenario.previous.empty()) return evaluate::assess(scenario_case);
  auto before = open_(scenario_case.scenario.previous);
  diagnostics_.append(before.diagnostics);
  if (!before) return evaluate::assess(scenario_case);
  before.value->scenario.viewpoints = scenario_case.scenario.viewpoints;
  before_ = evaluate::assess(*before.value);
  return evaluate::assess(scenario_case, &*before_);
}

}  // namespace waystone::validate
