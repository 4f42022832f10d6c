#include "robust/study.hpp"

#include <algorithm>

namespace waystone::robust {
namespace {

bool depends_on(const program::Program& program, NodeId output, const auto& accepts) {
  const evaluate::Plan plan(program, std::vector{program[output].value});
  return std::any_of(plan.operations().begin(), plan.operations().end(),
                     [&](std::uint32_t index) { return accepts(program.operations[index]); });
}

bool depends_on(const program::Program& program, NodeId output, NodeId node) {
  return depends_on(program, output,
                    [&](const program::Operation& op) { return op.out == program[node].base; });
}

bool depends_on_viewpoint(const program::Program& program, NodeId output) {
  std::vector<char> given(program.slots.size(), 0);
  for (const auto& profile : program.profiles)
    for (const program::ProfileValue& entry : profile) given[entry.slot.index] = 1;
  return depends_on(program, output, [&](const program::Operation& op) {
    return std::any_of(op.slots.begin(), op.slots.end(),
                       [&](SlotId slot) { return given[slot.index]; });
  });
}

ViewStudy study_view(Question question, const model::Node& output, bool pair,
                     const Effort& effort) {
  const Candidates candidates = candidates_for(question, effort);
  ViewStudy view{"",
                 std::move(question),
                 {},
                 {},
                 {},
                 {},
                 {},
                 {},
                 {},
                 {},
                 {},
                 candidates.transfers,
                 candidates.corners,
                 candidates.drawn,
                 {}};
  const Question& asked = view.question;
  view.ranking = asked.ranking();
  view.stability = stability(asked, view.ranking);
  for (std::size_t k = 0; k + 1 < view.ranking.size(); ++k)
    view.orders.push_back(
        turn_order(asked, candidates, view.ranking[k], view.ranking[k + 1], effort));
  if (output.bands)
    for (std::size_t c = 0; c < asked.countries.size(); ++c)
      for (BandTurning& turning : turn_bands(asked, candidates, *output.bands, c, effort))
        view.bands.push_back(std::move(turning));
  view.lapses = lapses(asked, candidates);
  view.rated_by_others = rated_by_others(asked, candidates);
  view.preferences = preferences(asked, candidates, view.ranking, effort, pair);
  view.always = ranks_always(asked.countries.size(), view.preferences);
  view.acceptabilities =
      acceptabilities(asked, candidates, effort, output.factor().higher_is_better);
  return view;
}

void add_compatible(const Compatible& compatible, const model::Node& output, bool pair,
                    const Effort& effort, ViewStudy& view) {
  if (compatible.inside.empty()) return;
  view.compatible = study_compatible(view.question, compatible, view.ranking, effort, pair,
                                     output.factor().higher_is_better);
}

}  // namespace

std::optional<NodeId> node_to_move(const model::Model& model, const program::Program& program,
                                   NodeId output) {
  std::vector<NodeId> nodes;
  for (const NodeId node : weights::weighted_nodes(model))
    if (depends_on(program, output, node)) nodes.push_back(node);
  std::stable_partition(nodes.begin(), nodes.end(), [&](NodeId id) { return id == output; });
  std::stable_partition(nodes.begin(), nodes.end(),
                        [&](NodeId id) { return model[id].factor().weights_from_viewpoint; });
  return nodes.empty() ? std::nullopt : std::optional(nodes.front());
}

Study study(const evaluate::Case& scenario_case, const evaluate::Assessment& assessment,
            NodeId output, NodeId node, const std::vector<std::string>& countries,
            const Effort& effort, const CompatibleWith& compatible_with) {
  const model::Model& model = *scenario_case.model;
  const bool pair = countries.size() == 2;
  Study result{output, node, {}, std::nullopt};
  const bool by_viewpoint = depends_on_viewpoint(*scenario_case.program, output);
  for (const evaluate::ViewResult& view : assessment.views) {
    const weights::Group group =
        *weights::group_of(model, *scenario_case.program, node, view.viewpoint);
    result.views.push_back(study_view(ask(scenario_case, output, group, view.viewpoint, countries),
                                      model[output], pair, effort));
    if (compatible_with)
      add_compatible(compatible_with(group, view.viewpoint), model[output], pair, effort,
                     result.views.back());
    if (!by_viewpoint) break;
    result.views.back().name = view.name;
  }
  if (!pair) return result;
  result.pair = explain::compare(scenario_case, assessment, *scenario_case.program, output,
                                 countries[0], countries[1], false);
  if (by_viewpoint) explain::add_crossovers(scenario_case, *result.pair);
  return result;
}

std::vector<ViewTurning> turn_pair(const evaluate::Case& scenario_case,
                                   const evaluate::Assessment& assessment, NodeId output,
                                   const std::string& first, const std::string& second) {
  constexpr Effort quick{512, 1, 2048, 256, 3};
  const auto node = node_to_move(*scenario_case.model, *scenario_case.program, output);
  std::vector<ViewTurning> result;
  if (!node) return result;
  for (const evaluate::ViewResult& view : assessment.views) {
    const weights::Group group =
        *weights::group_of(*scenario_case.model, *scenario_case.program, *node, view.viewpoint);
    const Question question = ask(scenario_case, output, group, view.viewpoint, {first, second});
    if (question.countries.size() < 2) continue;
    OrderTurning order = turn_order(question, candidates_for(question, quick), 0, 1, quick);
    if (order.turning.found != Found::settled)
      result.push_back({view.name, group, std::move(order)});
  }
  return result;
}

}  // namespace waystone::robust
