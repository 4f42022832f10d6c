#include "validate/expectations.hpp"

#include <algorithm>

#include "source/paths.hpp"
#include "validate/judge.hpp"

namespace waystone::validate {
namespace {

using evaluate::Assessment;
using evaluate::Case;
using evaluate::ViewResult;
using model::Assertion;

std::vector<std::string> viewpoints_asked(const std::vector<std::string>& named,
                                          const Assessment& assessment) {
  if (!named.empty()) return named;
  std::vector<std::string> all;
  for (const ViewResult& view : assessment.views) all.push_back(view.name);
  return all;
}

bool passed(const ExpectationResult& result) {
  const auto said = [&](bool wanted) {
    return [wanted](const Checked& c) { return c.holds && *c.holds == wanted; };
  };
  const bool all_known = std::all_of(result.views.begin(), result.views.end(),
                                     [](const Checked& c) { return c.holds.has_value(); });
  if (result.fails)
    return all_known && std::any_of(result.views.begin(), result.views.end(), said(false));
  return !result.views.empty() && std::all_of(result.views.begin(), result.views.end(), said(true));
}

// A verdict over viewpoints is one statement, not one per viewpoint.
std::vector<std::string> viewpoints_for(const Assertion& assertion,
                                        std::vector<std::string> viewpoints) {
  if (std::holds_alternative<Assertion::OverViewpoints>(assertion.form) && viewpoints.size() > 1)
    viewpoints.resize(1);
  return viewpoints;
}

// `named`: viewpoints; all where there are none.
void judge_all(const Assertion& assertion, const Bench& bench,
               const std::vector<std::string>& named, ExpectationResult& result) {
  for (const std::string& viewpoint :
       viewpoints_for(assertion, viewpoints_asked(named, bench.assessment)))
    result.views.push_back(judge(assertion, bench, viewpoint));
}

ExpectationResult result_for(Span where, const Assertion& assertion, const std::string& because,
                             const SourceMap& sources) {
  ExpectationResult result;
  result.where = where;
  result.text = sources.text(assertion.where);
  result.because = because;
  return result;
}

}  // namespace

std::vector<ExpectationResult> run_expectations(const Case& scenario_case,
                                                const program::Program& separate,
                                                const SourceMap& sources, const OpenCase& open,
                                                Diagnostics& diagnostics) {
  CaseLibrary library(open, diagnostics);
  const Assessment assessment = library.assess(scenario_case);
  const Bench bench{scenario_case, assessment, separate, library, library.before()};
  std::vector<ExpectationResult> results;
  for (const scenario::Expectation& expectation : scenario_case.scenario.expectations) {
    ExpectationResult result =
        result_for(expectation.where, expectation.assertion, expectation.because, sources);
    result.fails = expectation.fails;
    judge_all(expectation.assertion, bench, expectation.viewpoints, result);
    result.passed = passed(result);
    results.push_back(std::move(result));
  }
  return results;
}

std::vector<ExpectationResult> run_examples(const model::Model& model,
                                            const program::Program& separate,
                                            const SourceMap& sources, const OpenCase& open,
                                            Diagnostics& diagnostics) {
  CaseLibrary library(open, diagnostics);
  std::vector<ExpectationResult> results;
  for (const model::Example& example : model.examples) {
    const std::string& file = sources[example.where.file].path();
    const AssessedCase* opened = library.open(path_from(file, example.scenario));
    std::vector<std::string> named;
    if (!example.viewpoint.empty()) named.push_back(example.viewpoint);
    for (const Assertion& assertion : example.expectations) {
      ExpectationResult result = result_for(assertion.where, assertion, example.because, sources);
      if (opened)
        judge_all(assertion, Bench{opened->scenario_case, opened->assessment, separate, library},
                  named, result);
      result.passed = passed(result);
      results.push_back(std::move(result));
    }
  }
  return results;
}

std::vector<std::string> scenarios_of_examples(const model::Model& model,
                                               const SourceMap& sources) {
  std::vector<std::string> paths;
  for (const model::Example& example : model.examples) {
    const std::string path = path_from(sources[example.where.file].path(), example.scenario);
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
  }
  return paths;
}

}  // namespace waystone::validate
