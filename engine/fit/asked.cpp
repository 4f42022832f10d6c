#include "fit/asked.hpp"

#include <algorithm>

#include "fit/nearest.hpp"

namespace waystone::fit {
namespace {

bool speaks_of(const std::vector<std::string>& viewpoints, const std::string& viewpoint) {
  return viewpoints.empty() || viewpoint.empty() || std::find(viewpoints.begin(), viewpoints.end(), viewpoint) != viewpoints.end();
}

void add_statements(const Context& context, Asked& asked) {
  for (const Example& example : context.judgements->example_list) {
    if (!speaks_of(example.viewpoints, context.viewpoint_name)) asked.left_out.push_back({example.text, example.where, "it is about other viewpoints"});
    else asked.statements.push_back({example.assertion, example.text, example.signature.because, example.where, context.cases.at(example.scenario)});
  }
  if (!context.judgements->examples) return;
  for (const Path& path : context.judgements->examples->scenarios) {
    const evaluate::Case* scenario_case = context.cases.at(path.path);
    for (const scenario::Expectation& expectation : scenario_case->scenario.expectations) {
      const std::string text(context.sources->text(expectation.assertion.where));
      if (!speaks_of(expectation.viewpoints, context.viewpoint_name)) asked.left_out.push_back({text, expectation.where, "it is about other viewpoints"});
      else if (expectation.fails) asked.left_out.push_back({text, expectation.where, "it is stated to fail"});
      else asked.statements.push_back({expectation.assertion, text, expectation.because, expectation.where, scenario_case});
    }
  }
}

}  // namespace

Asked asked_of(const Context& context) {
  Asked asked{{}, {}, {{*context.group, context.viewpoint, {}}, {}}, {}};
  add_statements(context, asked);
  Translation translation = translate(*context.model, asked.statements, context.find_case);
  asked.statement = std::move(translation.statement);
  asked.left_out.insert(asked.left_out.end(), translation.left_out.begin(), translation.left_out.end());
  asked.requirements = {{*context.group, context.viewpoint, std::move(translation.subjects)}, std::move(translation.requirements)};
  return asked;
}

Left left_by(const Context& context) {
  Left left{asked_of(context), {context.judgements->domain, {{*context.group, context.viewpoint, {}}, {}}, {}}, {}};
  left.compatible.requirements = left.asked.requirements;
  if (const auto inside = nearest_meeting(left.compatible.domain, context.group->now, left.asked.requirements)) left.compatible.inside = *inside;
  else left.conflict = smallest_conflict(left.compatible.domain, left.asked.requirements, left.asked.statement);
  return left;
}

}  // namespace waystone::fit
