#include "ask/ranking.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ask/names.hpp"
#include "model/dependencies.hpp"
#include "report/words.hpp"

namespace waystone::ask {
namespace {

using report::RankColumn;
using report::RankField;

Failure no_kind(const scenario::Scenario& scenario, const std::string& name) {
  const std::vector<std::string> kinds = scenario::kinds_of_groups(scenario);
  std::string message = fmt::format("the scenario has no kind of groups '{}'", name);
  if (const auto near = nearest(name, kinds))
    message += fmt::format("; did you mean '{}'?", *near);
  else if (!kinds.empty())
    message += "; it has " + report::joined(kinds);
  else
    message += "; docs/scenarios.md says how to name some";
  return Failure::question(std::move(message));
}

class Ranker {
 public:
  Ranker(const Situation& situation, const RankAsking& asking)
      : situation_(situation), asking_(asking), model_(situation.rules->model) {}

  Answer<report::RankedScored> rank() {
    const auto node = find_output(model_, asking_.by);
    if (!node) return node.failure;
    ranking_.node = *node.value;
    made_.scored = situation_.scored(asking_.tool, ranking_.node);
    if (auto failure = select()) return std::move(*failure);
    if (auto failure = choose_columns()) return std::move(*failure);
    compute();
    if (auto failure = sum_up()) return std::move(*failure);
    ranking_.particular = !asking_.by.empty() || !asking_.only.empty() || asking_.top > 0 ||
                          !ranking_.columns.empty() || !asking_.by_group.empty();
    made_.ranking = std::move(ranking_);
    return std::move(made_);
  }

 private:
  std::optional<Failure> select() {
    auto selection = ask::select(*situation_.now, asking_.only);
    if (!selection) return std::move(selection.failure);
    ranking_.shown = std::move(selection.value->shown);
    ranking_.only = std::move(selection.value->words);
    ranking_.top = asking_.top;
    return std::nullopt;
  }

  std::optional<Failure> choose_columns() {
    const std::vector<RankColumn> all = report::all_columns(made_.scored);
    std::vector<std::string> names;
    for (const RankColumn& column : all) names.push_back(report::name_of(column, model_));
    // a kind of groups with the name of a factor is called as the CSV calls it
    for (std::size_t c = 0; c < all.size(); ++c)
      if (all[c].field == RankField::group && std::count(names.begin(), names.end(), names[c]) > 1)
        names[c] = "group_" + names[c];
    for (const std::string& name : asking_.columns) {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found != names.end()) {
        ranking_.columns.push_back(all[std::size_t(found - names.begin())]);
        continue;
      }
      std::string message = fmt::format("a ranking has no column '{}'", name);
      if (const auto near = nearest(name, names))
        message += fmt::format("; did you mean '{}'?", *near);
      else
        message += "; it has " + report::joined_up_to(names, 12);
      return Failure::question(std::move(message));
    }
    if (asking_.factors)
      for (const NodeId part : model::parts_of(model_[ranking_.node].factor()))
        if (model_[part].is_factor()) add_factor(part);
    return std::nullopt;
  }

  void add_factor(NodeId node) {
    const bool known = std::any_of(ranking_.columns.begin(), ranking_.columns.end(),
                                   [&](const RankColumn& column) {
                                     return column.field == RankField::node && column.node == node;
                                   });
    if (!known) ranking_.columns.push_back({RankField::node, node, {}});
  }

  void compute() {
    const evaluate::Case& now = *situation_.now;
    ranking_.earlier = add_months(now.scenario.as_of, -12);
    const auto before = earlier(situation_, 12, ranking_.no_changes);
    bool any = false;
    for (const evaluate::ViewResult& view : situation_.assessment.views) {
      report::RankedView ranked;
      ranked.order = evaluate::ranking(view, ranking_.node, model_.level_margin);
      ranked.within = evaluate::ranks_within_bounds(view, ranking_.node);
      ranked.drivers = explain::drivers(now, view, ranking_.node);
      if (before) ranked.changes = explain::changes(*before, now, view.viewpoint, ranking_.node);
      any = any ||
            std::any_of(ranked.changes.begin(), ranked.changes.end(),
                        [](const explain::Change& change) { return !std::isnan(change.before); });
      ranking_.views.push_back(std::move(ranked));
    }
    if (any || now.countries.empty()) return;
    for (report::RankedView& view : ranking_.views) view.changes.clear();
    if (ranking_.no_changes.empty())
      ranking_.no_changes = fmt::format("no country is rated on {}", to_string(ranking_.earlier));
  }

  std::optional<Failure> sum_up() {
    const scenario::Scenario& scenario = situation_.now->scenario;
    if (asking_.by_group.empty()) return std::nullopt;
    std::vector<std::string> outside;
    for (std::size_t c = 0; c < situation_.now->countries.size(); ++c) {
      const std::string& code = situation_.now->countries[c];
      if (ranking_.shown[c] && scenario::groups_of(scenario, asking_.by_group, code).empty())
        outside.push_back(code);
    }
    ranking_.by_group = asking_.by_group;
    bool known = false;
    for (const scenario::Group& group : scenario.groups) {
      if (group.kind != asking_.by_group) continue;
      known = true;
      std::vector<std::string> members;
      for (const std::string& code : group.members)
        if (const std::size_t lane = situation_.now->lane_of(code);
            lane < ranking_.shown.size() && ranking_.shown[lane])
          members.push_back(code);
      if (!members.empty()) add_group(&group, members);
    }
    if (!known) return no_kind(scenario, asking_.by_group);
    std::stable_sort(ranking_.groups.begin(), ranking_.groups.end(),
                     [](const auto& a, const auto& b) {
                       const auto key = [](const report::RankedGroup& group) {
                         return group.views[0].rated > 0 ? -group.views[0].mean : 1;
                       };
                       return key(a) < key(b);
                     });
    if (!outside.empty()) add_group(nullptr, outside);
    return std::nullopt;
  }

  void add_group(const scenario::Group* group, const std::vector<std::string>& members) {
    report::RankedGroup result{group, {}};
    for (std::size_t v = 0; v < ranking_.views.size(); ++v)
      result.views.push_back(explain::group_result(situation_.assessment.views[v], ranking_.node,
                                                   members, ranking_.views[v].changes));
    ranking_.groups.push_back(std::move(result));
  }

  const Situation& situation_;
  const RankAsking& asking_;
  const model::Model& model_;
  report::Ranking ranking_;
  report::RankedScored made_;
};

}  // namespace

std::shared_ptr<const evaluate::Case> earlier(const Situation& situation, int months,
                                              std::string& why_not) {
  // Facts put in place are of one day: a year before, the scenario's own count.
  scenario::Scenario scenario = (situation.before ? situation.before : situation.now)->scenario;
  const bool then = scenario.known_by == scenario.as_of;
  scenario.as_of = add_months(scenario.as_of, -months);
  if (then) scenario.known_by = scenario.as_of;
  auto outcome =
      evaluate::bind(situation.rules->model, situation.rules->program, std::move(scenario));
  if (outcome.value && !outcome.diagnostics.has_errors())
    return std::make_shared<const evaluate::Case>(std::move(*outcome.value));
  why_not = "facts that the rules refuse to do without are missing then";
  return nullptr;
}

Answer<Ranked> rank(const SharedSituation& situation, const RankAsking& asking) {
  auto ranked = Ranker(*situation, asking).rank();
  if (!ranked) return std::move(ranked.failure);
  return Ranked{situation, std::move(*ranked.value)};
}

}  // namespace waystone::ask
