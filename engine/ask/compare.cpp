#include "ask/compare.hpp"

#include "ask/names.hpp"
#include "evaluate/digits.hpp"

namespace waystone::ask {
namespace {

// All results with every member of the output weighing the same: for the marks of its scores.
evaluate::ViewResult equally_weighed(const Situation& asked, NodeId output) {
  const ViewpointId viewpoint = asked.assessment.views[0].viewpoint;
  const weights::Group group =
      *weights::group_of(asked.rules->model, asked.rules->program, output, viewpoint);
  const arma::vec equal(group.size(), arma::fill::value(1.0 / double(group.size())));
  return weights::assessed_at(*asked.now, group, viewpoint, equal);
}

// A gap that says nothing must not be printed like one that does.
void widen_digits(const model::Model& model, report::Compared& report) {
  const auto widen = [&](const explain::Comparison& comparison) {
    int& digits = report.scored.digits[comparison.output.index];
    for (const explain::ViewComparison& view : comparison.views)
      digits = evaluate::digits_for_gap(model, comparison.output, view.first, view.second, digits);
  };
  for (const explain::Comparison& other : report.others) widen(other);
  widen(report.main);
  if (report.before) widen(*report.before);
}

void fill_comparison(const Situation& asked, NodeId output, const CompareAsking& asking,
                     report::Compared& report) {
  const auto compared = [&](const evaluate::Case& scenario_case,
                            const evaluate::Assessment& assessment, NodeId which,
                            bool attributed = true) {
    return explain::compare(scenario_case, assessment, asked.rules->separate(), which, asking.first,
                            asking.second, attributed);
  };
  report.scored = asked.scored(asking.tool, output);
  report.main = compared(*asked.now, asked.assessment, output);
  for (const NodeId other : asked.rules->model.outputs())
    if (other != output)
      report.others.push_back(compared(*asked.now, asked.assessment, other, false));
  report.turning =
      robust::turn_pair(*asked.now, asked.assessment, output, asking.first, asking.second);
  report.without_overrides = explain::without_overrides(report.main, asked.assessment);
  report.equal = explain::equal_weights(*asked.now, asked.assessment.views[0].viewpoint, output,
                                        asking.first, asking.second);
  if (report.equal) report.equally_weighed = equally_weighed(asked, output);
  if (asked.before) report.before = compared(*asked.before, asked.assessment_before, output);
  widen_digits(asked.rules->model, report);
}

}  // namespace

Answer<Comparison> compare(const SharedSituation& situation, const CompareAsking& asking) {
  for (const std::string* country : {&asking.first, &asking.second})
    if (auto failure = not_scored(*situation->now, *country)) return std::move(*failure);
  if (asking.first == asking.second)
    return Failure::question("compare wants two different countries");
  const auto output = find_output(situation->rules->model, asking.output);
  if (!output) return output.failure;
  Comparison result{situation, {}};
  fill_comparison(*situation, *output.value, asking, result.report);
  return result;
}

}  // namespace waystone::ask
