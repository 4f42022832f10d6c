#include "command/verbs.hpp"
#include "evaluate/digits.hpp"
#include "report/explained.hpp"

namespace waystone::command {
namespace {

// Both scores with every member of the output weighing the same.
std::optional<report::EqualWeights> equal_weights(const LoadedScenario& loaded, NodeId output,
                                                  const CompareOptions& options) {
  const model::Factor& factor = loaded.model->model[output].factor();
  if (!factor.weights_from_viewpoint) return std::nullopt;
  evaluate::Frame frame = evaluate::frame_of(*loaded.now, loaded.assessment.views[0].viewpoint);
  for (const SlotId slot : loaded.model->program.weights[output.index]) frame.slots[slot.index] = 1;
  const std::vector<RegisterId> wanted{loaded.model->program[output].value};
  const arma::mat scores = evaluate::evaluate(evaluate::Plan(loaded.model->program, wanted), frame);
  return report::EqualWeights{scores(loaded.now->lane_of(options.first), 0),
                              scores(loaded.now->lane_of(options.second), 0)};
}

}  // namespace

int compare(const CompareOptions& options, const Console& console) {
  Session session(console, options);
  const auto loaded = session.open_scenario(options.scenario, options);
  for (const std::string* country : {&options.first, &options.second})
    require_country(*loaded->now, *country);
  if (options.first == options.second)
    throw Stop{wrong_use, "compare wants two different countries"};
  const model::Model& model = loaded->model->model;
  const NodeId output = find_output(model, options.output);
  const auto compared = [&](const evaluate::Case& scenario_case,
                            const evaluate::Assessment& assessment, NodeId which,
                            bool attributed = true) {
    return explain::compare(scenario_case, assessment, loaded->model->separate(), which,
                            options.first, options.second, attributed);
  };
  report::Compared result;
  result.scored = loaded->scored(session.sources(), output);
  const auto compared_digits = [&](const explain::Comparison& comparison) {
    int& digits = result.scored.digits[comparison.output.index];
    for (const explain::ViewComparison& view : comparison.views)
      digits = evaluate::digits_for_gap(model, comparison.output, view.first, view.second, digits);
  };
  result.main = compared(*loaded->now, loaded->assessment, output);
  for (const NodeId other : model.outputs())
    if (other != output)
      result.others.push_back(compared(*loaded->now, loaded->assessment, other, false));
  result.turning =
      robust::turn_pair(*loaded->now, loaded->assessment, output, options.first, options.second);
  result.without_overrides = explain::without_overrides(result.main, loaded->assessment);
  result.equal = equal_weights(*loaded, output, options);
  if (loaded->before) result.before = compared(*loaded->before, loaded->assessment_before, output);
  for (const explain::Comparison& other : result.others) compared_digits(other);
  compared_digits(result.main);
  if (result.before) compared_digits(*result.before);
  session.deliver(options, options.json ? report::text_of(report::compare_json(result))
                                        : session.written(options, report::compare_text(result)));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
