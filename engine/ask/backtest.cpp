#include "ask/backtest.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/words.hpp"

namespace waystone::ask {
namespace {

using backtest::Subject;
using scenario::Tested;
using scenario::TestedOutcome;

std::vector<std::string> names_of(const Tested& tested) {
  std::vector<std::string> names;
  for (const TestedOutcome& outcome : tested.outcomes) names.push_back(outcome.name);
  return names;
}

std::optional<Failure> wrong_outcome(const Tested& tested, const std::vector<std::string>& asked) {
  const std::vector<std::string> names = names_of(tested);
  for (const std::string& name : asked) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const auto near = nearest(name, names);
    return Failure::question(fmt::format("no outcome is called '{}'; {}", name,
                                         near
                                             ? fmt::format("did you mean '{}'?", *near)
                                             : fmt::format("there are {}", report::joined(names))));
  }
  return std::nullopt;
}

backtest::Panel panel_of_days(const std::vector<SharedSituation>& days) {
  std::vector<const evaluate::ViewResult*> views;
  std::vector<int> years;
  for (const SharedSituation& day : days) {
    views.push_back(&day->assessment.views.front());
    years.push_back(year_of(day->now->scenario.as_of));
  }
  return backtest::panel_of(days.front()->rules->model, views, std::move(years));
}

std::optional<Failure> nothing_to_test(const std::vector<SharedSituation>& days) {
  if (days.empty() || days.front()->now->countries.empty())
    return Failure::question("no country has a fact: nothing to test");
  return std::nullopt;
}

backtest::Settings settings_of(const BackTestAsking& asking) {
  return {asking.draws, asking.seed, asking.horizons, asking.outcomes};
}

const TestedOutcome* find_outcome(const Tested& tested, const std::string& name) {
  for (const TestedOutcome& outcome : tested.outcomes)
    if (outcome.name == name) return &outcome;
  return nullptr;
}

/// The main output first, then the factor meant for the outcome.
std::vector<std::size_t> tellers_of(const backtest::Panel& panel, const TestedOutcome& outcome) {
  std::vector<std::size_t> tellers{0};
  for (std::size_t s = 1; s < panel.subjects.size(); ++s)
    if (panel.subjects[s].kind == Subject::Kind::factor && outcome.judges.valid() &&
        panel.subjects[s].node == outcome.judges)
      tellers.push_back(s);
  return tellers;
}

// Of a day within a year, what the year before taught is known.
int taught_by(Date day) {
  return make_date(year_of(day), 12, 31) == day ? year_of(day) : year_of(day) - 1;
}

/// The years after a day in which something must have come: those that begin after it.
struct Window {
  int first = 0, last = 0;
};
Window window_after(Date day, int horizon) {
  const int before = taught_by(day);
  return {before + 1, before + horizon};
}

}  // namespace

Answer<std::vector<Date>> year_ends(const scenario::Scenario& scenario,
                                    const BackTestAsking& asking) {
  if (!scenario.tested || scenario.tested->outcomes.empty())
    return Failure::question(fmt::format(
        "'{}' declares no outcomes; [backtest] and [[outcome]] say what scores are held against "
        "(docs/scenarios.md)",
        scenario.path));
  const Tested& tested = *scenario.tested;
  if (auto failure = wrong_outcome(tested, asking.outcomes)) return std::move(*failure);
  const int first = asking.from ? year_of(*asking.from) : tested.first;
  int last = asking.to ? year_of(*asking.to) : tested.last;
  if (asking.over_by) {
    last = std::min(last, taught_by(*asking.over_by) - tested.main_horizon);
    if (last < first)
      return Failure::question(
          fmt::format("'{}' has no record by {}: of no year end from {} were the {} after it over",
                      scenario.path, to_string(*asking.over_by), first,
                      report::counted(std::size_t(tested.main_horizon), "year", "years")));
  }
  if (last < first)
    return Failure::question(
        fmt::format("the last year end, of {}, is before the first, of {}", last, first));
  std::vector<Date> dates;
  for (int year = first; year <= last; ++year)
    if (const auto date = make_date(year, 12, 31)) dates.push_back(*date);
  return dates;
}

Answer<BackTest> back_test(std::vector<SharedSituation> days, const BackTestAsking& asking) {
  if (auto failure = nothing_to_test(days)) return std::move(*failure);
  const Tested& tested = *days.back()->now->scenario.tested;
  BackTest made;
  made.report.last = days.back()->scored(asking.tool);
  made.report.tested = &tested;
  made.report.viewpoint = days.back()->assessment.views.front().name;
  made.report.other_viewpoints = days.back()->assessment.views.size() - 1;
  made.report.result = backtest::back_test(tested, panel_of_days(days), settings_of(asking));
  made.days = std::move(days);
  return made;
}

Answer<report::Register> register_of(const std::vector<SharedSituation>& days,
                                     const SharedSituation& now, const BackTestAsking& asking,
                                     Date registered) {
  if (auto failure = nothing_to_test(days)) return std::move(*failure);
  const Tested& tested = *now->now->scenario.tested;
  const backtest::Panel panel = panel_of_days(days), newest = panel_of_days({now});
  const report::Scored scored = now->scored(asking.tool);
  report::Register made;
  made.registered = registered;
  made.as_of = now->now->scenario.as_of;
  const std::string day = to_string(made.as_of);
  if (!day.ends_with("-12-31"))
    return Failure::question(fmt::format(
        "what is registered is judged by the years after it, so it is of a year's end, not of {}; "
        "--as-of names one",
        day));
  if (registered < made.as_of)
    return Failure::question(fmt::format("scores of {} can't have been registered on {}, before it",
                                         day, to_string(registered)));
  made.known_by = now->now->scenario.known_by;
  made.scenario = scored.path;
  made.rules_hash = scored.model.hash;
  made.facts_hash = scored.hash;
  made.tool = asking.tool;
  made.viewpoint = now->assessment.views.front().name;
  const model::Model& model = now->rules->model;
  const std::vector<int>& horizons = asking.horizons.empty() ? tested.horizons : asking.horizons;
  for (const TestedOutcome& outcome : tested.outcomes) {
    if (!asking.outcomes.empty() && std::find(asking.outcomes.begin(), asking.outcomes.end(),
                                              outcome.name) == asking.outcomes.end())
      continue;
    for (const int horizon : horizons)
      for (const std::size_t s : tellers_of(panel, outcome)) {
        const auto curve =
            backtest::newest_curve(tested, outcome, panel, s, horizon, taught_by(made.as_of));
        for (std::size_t c = 0; c < newest.countries.size(); ++c) {
          const double score = newest.said[s][c];
          if (std::isnan(score)) continue;
          made.rows.push_back({outcome.name, horizon, model[panel.subjects[s].node].name,
                               newest.countries[c], score,
                               curve ? curve->chance(score) : backtest::not_known});
        }
      }
  }
  return made;
}

Answer<report::Judged> judge_register(report::Register registered, const SharedSituation& now) {
  if (!now->now->scenario.tested)
    return Failure::question(fmt::format("'{}' declares no outcomes", now->now->scenario.path));
  const Tested& tested = *now->now->scenario.tested;
  report::Judged made;
  std::stable_sort(registered.rows.begin(), registered.rows.end(),
                   [](const report::RegisteredRow& a, const report::RegisteredRow& b) {
                     return std::tie(a.outcome, a.horizon, a.subject, a.country) <
                            std::tie(b.outcome, b.horizon, b.subject, b.country);
                   });
  for (std::size_t i = 0; i < registered.rows.size();) {
    const report::RegisteredRow& first = registered.rows[i];
    backtest::Panel panel;  // one year's end, whose only subject is what was registered
    panel.years = {taught_by(registered.as_of)};
    panel.said.emplace_back();
    std::vector<double> chances;
    for (; i < registered.rows.size(); ++i) {
      const report::RegisteredRow& row = registered.rows[i];
      if (std::tie(row.outcome, row.horizon, row.subject) !=
          std::tie(first.outcome, first.horizon, first.subject))
        break;
      panel.countries.push_back(row.country);
      panel.said.front().push_back(row.score);
      chances.push_back(row.chance);
    }
    report::JudgedGroup group;
    group.outcome = first.outcome;
    group.horizon = first.horizon;
    group.subject = first.subject;
    group.countries = panel.countries.size();
    const Window window = window_after(registered.as_of, first.horizon);
    group.first = window.first;
    group.last = window.last;
    const TestedOutcome* outcome = find_outcome(tested, first.outcome);
    group.declared = outcome != nullptr;
    if (outcome)
      group.judged = backtest::judge(backtest::followed(tested, *outcome, panel, first.horizon),
                                     panel.said.front(), chances);
    made.groups.push_back(std::move(group));
  }
  made.registered = std::move(registered);
  made.events_by = now->now->scenario.path;
  return made;
}

}  // namespace waystone::ask
