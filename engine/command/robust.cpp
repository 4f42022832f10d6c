#include <deque>

#include <fmt/format.h>

#include "command/judged.hpp"
#include "command/verbs.hpp"
#include "report/robust.hpp"
#include "report/words.hpp"

namespace waystone::command {
namespace {

NodeId find_weighted(const LoadedModel& loaded, NodeId output, const std::string& name) {
  const model::Model& model = loaded.model;
  if (!name.empty()) {
    const NodeId node = find_output(model, name);
    if (model[node].factor().weights.empty())
      throw Stop{wrong_use, fmt::format("'{}' has no weights that could move", name)};
    return node;
  }
  const auto node = robust::node_to_move(model, loaded.program, output);
  if (!node)
    throw Stop{wrong_use,
               fmt::format("nothing below '{}' has weights that could move", model[output].name)};
  return *node;
}

std::vector<std::string> countries_of(const evaluate::Case& scenario_case,
                                      const RobustOptions& options) {
  if (options.first.empty()) return scenario_case.countries;
  if (options.second.empty())
    throw Stop{wrong_use, "robust wants two countries, or none for the whole ranking"};
  if (options.first == options.second)
    throw Stop{wrong_use, "robust wants two different countries"};
  for (const std::string* country : {&options.first, &options.second})
    require_country(scenario_case, *country);
  return {options.first, options.second};
}

// Draws are kept with the scores that they give, so that their number times that of weights and
// countries is memory.
void require_room(const RobustOptions& options, std::size_t weights, std::size_t countries) {
  constexpr std::size_t most_numbers = 50'000'000;
  const std::size_t most_samples = most_numbers / (weights + countries);
  if (options.samples <= most_samples) return;
  throw Stop{wrong_use, fmt::format("{} draws of {} weights for {} countries are more than are "
                                    "kept at once; --samples takes up to {} here",
                                    report::amount(double(options.samples)), weights, countries,
                                    report::amount(double(most_samples)))};
}

// What the judgements leave of each viewpoint's weights. Limits may differ between viewpoints, so
// the file is read for each.
class JudgementsByView {
 public:
  JudgementsByView(const RobustOptions& options, const LoadedModel& model, Session& session,
                   const Console& console)
      : options_(options), model_(model), session_(session), console_(console) {}

  robust::Compatible left_to(const weights::Group& group, ViewpointId viewpoint) {
    Judged judged = read_judged(options_.from, model_, group, session_);
    if (found_.empty()) console_.diagnostics(judged.warnings, session_.sources());
    Cases& cases = cases_.emplace_back(session_, model_);
    fit::Left left = fit::left_by(context_of(judged, model_, group, viewpoint, cases, session_));
    found_.push_back(
        {std::move(left.asked), std::move(left.conflict), judged.judgements.chooses()});
    hash_ = judged.hash;
    title_ = judged.judgements.title;
    return std::move(left.compatible);
  }

  report::RobustJudgements report() const { return {options_.from, title_, hash_, found_}; }

 private:
  const RobustOptions& options_;
  const LoadedModel& model_;
  Session& session_;
  const Console& console_;
  std::deque<Cases> cases_;  // what is asked refers to them
  std::vector<report::JudgedView> found_;
  std::string hash_, title_;
};

bool contradictory(const report::Robust& result) {
  const auto& views = result.judgements.views;
  return std::any_of(views.begin(), views.end(),
                     [](const report::JudgedView& view) { return !view.conflict.empty(); });
}

}  // namespace

int robust(const RobustOptions& options, const Console& console) {
  Session session(console, options);
  const auto loaded = session.open_scenario(options.scenario, options);
  const NodeId output = find_output(loaded->model->model, options.output);
  const NodeId node = find_weighted(*loaded->model, output, options.node);
  robust::Effort effort;
  effort.samples = options.samples;
  effort.seed = options.seed;
  JudgementsByView judgements(options, *loaded->model, session, console);
  const robust::CompatibleWith compatible_with = [&](const weights::Group& group,
                                                     ViewpointId viewpoint) {
    return judgements.left_to(group, viewpoint);
  };
  const std::vector<std::string> countries = countries_of(*loaded->now, options);
  require_room(options, loaded->model->model[node].factor().members.size(), countries.size());
  robust::Study study = robust::study(*loaded->now, loaded->assessment, output, node, countries,
                                      effort, options.from.empty() ? nullptr : compatible_with);
  const report::Robust result{
      loaded->scored(session.sources(), output), std::move(study),
      options.from.empty() ? report::RobustJudgements{} : judgements.report()};
  session.deliver(options, options.json ? report::text_of(report::robust_json(result))
                                        : session.written(options, report::robust_text(result)));
  session.say_warnings();
  return contradictory(result) ? findings : done;
}

}  // namespace waystone::command
