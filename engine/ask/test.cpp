#include "ask/test.hpp"

#include "source/paths.hpp"

namespace waystone::ask {
namespace {

validate::OpenCase opener(const Rules& rules, const Texts& texts) {
  return [&rules, &texts](const std::string& path) {
    return read_case(tidy_path(path), rules, texts);
  };
}

}  // namespace

Outcome<evaluate::Case> bind(const Rules& rules, scenario::Scenario scenario) {
  return evaluate::bind(rules.model, rules.program, std::move(scenario));
}

Outcome<evaluate::Case> read_case(const std::string& path, const Rules& rules, const Texts& texts) {
  Outcome<evaluate::Case> result;
  auto outcome = scenario::read_scenario(path, rules.model, texts.read, *texts.sources);
  result.diagnostics = std::move(outcome.diagnostics);
  if (!outcome) return result;
  auto bound = bind(rules, std::move(*outcome.value));
  result.diagnostics.append(bound.diagnostics);
  result.value = std::move(bound.value);
  return result;
}

Outcome<std::vector<validate::ExpectationResult>> test(const evaluate::Case& scenario_case,
                                                       const Rules& rules, const Texts& texts) {
  Outcome<std::vector<validate::ExpectationResult>> result;
  result.value = validate::run_expectations(scenario_case, rules.separate(), *texts.sources,
                                            opener(rules, texts), result.diagnostics);
  return result;
}

Outcome<std::vector<validate::ExpectationResult>> test(const Rules& rules, const Texts& texts) {
  Outcome<std::vector<validate::ExpectationResult>> result;
  result.value = validate::run_examples(rules.model, rules.separate(), *texts.sources,
                                        opener(rules, texts), result.diagnostics);
  return result;
}

}  // namespace waystone::ask
