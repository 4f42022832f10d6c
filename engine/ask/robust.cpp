#include "ask/robust.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ask/names.hpp"
#include "report/words.hpp"

namespace waystone::ask {
namespace {

Answer<NodeId> find_weighted(const Rules& rules, NodeId output, const std::string& name) {
  const model::Model& model = rules.model;
  if (name.empty()) {
    if (const auto node = robust::node_to_move(model, rules.program, output)) return *node;
    return Failure::question(
        fmt::format("nothing below '{}' has weights that could move", model[output].name));
  }
  const auto node = find_output(model, name);
  if (node && model[*node.value].factor().weights.empty())
    return Failure::question(fmt::format("'{}' has no weights that could move", name));
  return node;
}

Answer<std::vector<std::string>> countries_of(const evaluate::Case& scenario_case,
                                              const RobustAsking& asking) {
  if (asking.first.empty()) return scenario_case.countries;
  if (asking.second.empty())
    return Failure::question("robust wants two countries, or none for the whole ranking");
  if (asking.first == asking.second)
    return Failure::question("robust wants two different countries");
  for (const std::string* country : {&asking.first, &asking.second})
    if (auto failure = not_scored(scenario_case, *country)) return std::move(*failure);
  return std::vector<std::string>{asking.first, asking.second};
}

// Draws are kept with the scores that they give, so that their number times that of weights and
// countries is memory.
std::optional<Failure> too_many_draws(std::size_t samples, std::size_t weights,
                                      std::size_t countries) {
  constexpr std::size_t most_numbers = 50'000'000;
  const std::size_t most_samples = most_numbers / (weights + countries);
  if (samples <= most_samples) return std::nullopt;
  return Failure::question(fmt::format(
      "{} draws of {} weights for {} countries are more than are "
      "kept at once; --samples takes up to {} here",
      report::amount(double(samples)), weights, countries, report::amount(double(most_samples))));
}

// What the judgements leave of each viewpoint's weights. Limits may differ between viewpoints, so
// the file is read for each.
class JudgementsByView {
 public:
  JudgementsByView(const RobustAsking& asking, const SharedRules& rules, const Texts& texts,
                   Robustness& result)
      : asking_(asking), rules_(rules), texts_(texts), result_(result) {}

  robust::Compatible left_to(const weights::Group& group, ViewpointId viewpoint) {
    if (failure_) return nothing_left(group, viewpoint);
    auto judged = read_judged(asking_.judgements, *rules_, group, texts_);
    report::RobustJudgements& report = result_.report.judgements;
    if (report.views.empty()) warnings_ = judged.warnings;
    const auto fail = [&](const ask::Failure& why) {
      failure_ = why;
      return nothing_left(group, viewpoint);
    };
    if (!judged) return fail(judged.failure);
    Cases& cases = result_.cases.emplace_back(rules_, texts_);
    const fit::Context context =
        context_of(*judged.value, *rules_, group, viewpoint, cases, texts_);
    if (cases.failure()) return fail(*cases.failure());
    fit::Left left = fit::left_by(context);
    if (cases.failure()) return fail(*cases.failure());
    report.path = asking_.judgements;
    report.title = judged.value->judgements.title;
    report.hash = judged.value->hash;
    report.views.push_back(
        {std::move(left.asked), std::move(left.conflict), judged.value->judgements.chooses()});
    return std::move(left.compatible);
  }

  const std::optional<Failure>& failure() const { return failure_; }
  const Diagnostics& warnings() const { return warnings_; }

 private:
  // Without weights inside nothing is asked about them.
  static robust::Compatible nothing_left(const weights::Group& group, ViewpointId viewpoint) {
    return {group.domain, {weights::Scores(group, viewpoint, {}), {}}, {}};
  }

  const RobustAsking& asking_;
  const SharedRules& rules_;
  const Texts& texts_;
  Robustness& result_;
  std::optional<Failure> failure_;
  Diagnostics warnings_;
};

// What a study is about, with every name found.
struct Studied {
  NodeId output, node;
  std::vector<std::string> countries;
};

Answer<Studied> studied(const Situation& asked, const RobustAsking& asking) {
  const auto output = find_output(asked.rules->model, asking.output);
  if (!output) return output.failure;
  const auto node = find_weighted(*asked.rules, *output.value, asking.node);
  if (!node) return node.failure;
  const auto countries = countries_of(*asked.now, asking);
  if (!countries) return countries.failure;
  const std::size_t weights = asked.rules->model[*node.value].factor().members.size();
  if (auto failure = too_many_draws(asking.samples, weights, countries.value->size()))
    return std::move(*failure);
  return Studied{*output.value, *node.value, *countries.value};
}

}  // namespace

bool Robustness::contradictory() const {
  const auto& views = report.judgements.views;
  return std::any_of(views.begin(), views.end(),
                     [](const report::JudgedView& view) { return !view.conflict.empty(); });
}

Answer<Robustness> robust(const SharedSituation& situation, const RobustAsking& asking,
                          const Texts& texts) {
  const auto about = studied(*situation, asking);
  if (!about) return about.failure;
  const auto& [output, node, countries] = *about.value;
  Answer<Robustness> answer{Robustness{situation, texts.sources, {}, {}}};
  Robustness& result = *answer.value;
  result.report.scored = situation->scored(asking.tool, output);
  result.report.scored.sources = result.sources.get();  // they have the judgement file, too
  robust::Effort effort;
  effort.samples = asking.samples;
  effort.seed = asking.seed;
  JudgementsByView judgements(asking, situation->rules, texts, result);
  const robust::CompatibleWith compatible_with = [&](const weights::Group& group,
                                                     ViewpointId viewpoint) {
    return judgements.left_to(group, viewpoint);
  };
  result.report.study =
      robust::study(*situation->now, situation->assessment, output, node, countries, effort,
                    asking.judgements.empty() ? nullptr : compatible_with);
  if (judgements.failure()) return {*judgements.failure(), judgements.warnings()};
  answer.warnings = judgements.warnings();
  return answer;
}

}  // namespace waystone::ask
