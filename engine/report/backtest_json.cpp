// A back-test for programs and spreadsheets.
#include <cmath>

#include "report/backtest.hpp"
#include "report/csv.hpp"
#include "report/replaced.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using backtest::AtHorizon;
using backtest::Skill;
using backtest::Subject;

Json figure_json(const backtest::Figure& figure) {
  return {{"value", number(figure.value)},
          {"low", number(figure.interval.low)},
          {"high", number(figure.interval.high)}};
}

Json subject_json(const Subject& subject, const model::Model& model) {
  return {{"kind", backtest::name_of(subject.kind)}, {"name", subject_name(subject, model)}};
}

Json brier_json(const Skill& skill) {
  const backtest::Brier& brier = skill.brier;
  Json bins = Json::array();
  for (const backtest::Bin& bin : brier.bins)
    bins.push_back({{"low", number(bin.low)},
                    {"high", number(bin.high)},
                    {"forecasts", bin.forecasts},
                    {"events", bin.events},
                    {"mean_chance", number(bin.mean_chance)},
                    {"share", number(bin.share)}});
  return {{"forecasts", brier.forecasts},
          {"events", brier.events},
          {"score", number(brier.score)},
          {"reliability", number(brier.reliability)},
          {"resolution", number(brier.resolution)},
          {"uncertainty", number(brier.uncertainty)},
          {"within", number(brier.within)},
          {"base", number(skill.base_brier)},
          {"bins", std::move(bins)}};
}

Json skill_json(const Skill& skill, const model::Model& model) {
  Json json = subject_json(skill.subject, model);
  json["country_years"] = skill.rows;
  json["events"] = skill.events;
  json["known_share"] = number(skill.known_share);
  json["roc"] = figure_json(skill.roc);
  json["precision_recall"] = figure_json(skill.precision_recall);
  json["brier"] = brier_json(skill);
  json["top_10"] = number(skill.top_10);
  json["top_20"] = number(skill.top_20);
  if (skill.subject.kind == Subject::Kind::rule) {
    json["held"] = skill.held;
    json["held_events"] = skill.held_events;
  }
  return json;
}

Json beside_json(const std::optional<backtest::Beside>& both, const model::Model& model) {
  if (!both) return nullptr;
  return {{"first", subject_json(both->first, model)},
          {"second", subject_json(both->second, model)},
          {"country_years", both->rows},
          {"events", both->events},
          {"first_roc", number(both->first_roc)},
          {"second_roc", number(both->second_roc)},
          {"gap_low", number(both->gap.low)},
          {"gap_high", number(both->gap.high)},
          {"loses", both->loses()}};
}

Json horizon_json(const AtHorizon& at, const model::Model& model) {
  Json subjects = Json::array(), indicators = Json::array();
  for (const Skill& skill : at.skills) subjects.push_back(skill_json(skill, model));
  for (const Skill& skill : at.indicators)
    indicators.push_back({{"name", subject_name(skill.subject, model)},
                          {"country_years", skill.rows},
                          {"events", skill.events},
                          {"known_share", number(skill.known_share)},
                          {"roc", number(skill.roc.value)},
                          {"precision_recall", number(skill.precision_recall.value)}});
  const bool known = at.rows > 0;
  return {{"years", at.years},
          {"unknown", at.unknown.empty() ? Json(nullptr) : Json(at.unknown)},
          {"first", known ? Json(at.first) : Json(nullptr)},
          {"last", known ? Json(at.last) : Json(nullptr)},
          {"country_years", at.rows},
          {"events", at.events},
          {"countries", at.countries},
          {"base_rate", number(at.base())},
          {"subjects", std::move(subjects)},
          {"best_indicator", at.best() ? skill_json(*at.best(), model) : Json(nullptr)},
          {"indicators", std::move(indicators)},
          {"total_and_best", beside_json(at.total_and_best, model)},
          {"factor_and_best", beside_json(at.factor_and_best, model)},
          {"total_and_factor", beside_json(at.total_and_factor, model)}};
}

Json came_json(const backtest::Came& came) {
  return {{"country", came.country},
          {"year", came.year},
          {"rank", came.rank == 0 ? Json(nullptr) : Json(came.rank)},
          {"of", came.of},
          {"score", number(came.score)},
          {"lead", came.lead}};
}

Json told_json(const backtest::Told& told, const model::Model& model) {
  Json came = Json::array(), empty = Json::array();
  for (const backtest::Came& one : told.came) came.push_back(came_json(one));
  for (const backtest::FalseAlarm& alarm : told.false_alarms)
    empty.push_back({{"country", alarm.country}, {"years", alarm.years}});
  return {{"subject", subject_json(told.subject, model)},
          {"came", std::move(came)},
          {"mean_lead", number(told.mean_lead)},
          {"alarms", told.alarmed},
          {"followed", told.followed},
          {"false_alarms", std::move(empty)}};
}

std::string_view word_of_followed(backtest::Followed followed) {
  switch (followed) {
    case backtest::Followed::no: return "no";
    case backtest::Followed::yes: return "yes";
    case backtest::Followed::unknown: return "not covered";
    case backtest::Followed::not_at_risk: return "not at risk";
  }
  return "";
}

Json outcome_json(const backtest::OutcomeTested& tested, const model::Model& model) {
  const scenario::TestedOutcome& outcome = *tested.outcome;
  Json json = {
      {"name", outcome.name},
      {"label", outcome.label},
      {"kinds", outcome.kinds},
      {"at_least", number(outcome.at_least)},
      {"quiet", outcome.quiet},
      {"quiet_years", outcome.quiet_years},
      {"at_risk", outcome.at_risk},
      {"judges", outcome.judges.valid() ? Json(model[outcome.judges].name) : Json(nullptr)},
      {"goal", number(outcome.goal)}};
  json["horizons"] = Json::array();
  for (const AtHorizon& at : tested.horizons) json["horizons"].push_back(horizon_json(at, model));
  json["by_name"] = Json::array();
  for (const backtest::Told& told : tested.told) json["by_name"].push_back(told_json(told, model));
  json["cases"] = Json::array();
  for (const backtest::CaseTold& told : tested.cases)
    json["cases"].push_back({{"country", told.asked.country},
                             {"year", told.asked.year},
                             {"came", word_of_followed(told.followed)},
                             {"total", told.total ? came_json(*told.total) : Json(nullptr)},
                             {"factor", told.factor ? came_json(*told.factor) : Json(nullptr)}});
  return json;
}

Json goals_json(const backtest::BackTest& result, const model::Model& model) {
  Json goals = Json::array();
  for (const backtest::Goal& goal : result.goals)
    goals.push_back({{"outcome", goal.outcome->name},
                     {"subject", subject_json(goal.subject, model)},
                     {"beside", goal.other ? subject_json(*goal.other, model) : Json(nullptr)},
                     {"wanted", number(goal.wanted)},
                     {"reached", number(goal.reached)},
                     {"met", goal.known() ? Json(goal.met()) : Json(nullptr)}});
  return goals;
}

std::string digits_or_nothing(double value) { return std::isnan(value) ? "" : exact(value); }

std::vector<std::string> skill_row(const BackTested& tested, const std::string& outcome,
                                   const AtHorizon& at, const Skill& skill) {
  return {tested.last.path,
          tested.viewpoint,
          outcome,
          std::to_string(at.years),
          std::string(backtest::name_of(skill.subject.kind)),
          subject_name(skill.subject, tested.rules()),
          std::to_string(at.first),
          std::to_string(at.last),
          std::to_string(skill.rows),
          std::to_string(skill.events),
          digits_or_nothing(skill.roc.value),
          digits_or_nothing(skill.roc.interval.low),
          digits_or_nothing(skill.roc.interval.high),
          digits_or_nothing(skill.precision_recall.value),
          digits_or_nothing(skill.precision_recall.interval.low),
          digits_or_nothing(skill.precision_recall.interval.high),
          std::to_string(skill.brier.forecasts),
          digits_or_nothing(skill.brier.score),
          digits_or_nothing(skill.base_brier),
          digits_or_nothing(skill.brier.reliability),
          digits_or_nothing(skill.brier.resolution),
          digits_or_nothing(skill.brier.uncertainty),
          digits_or_nothing(skill.brier.within),
          digits_or_nothing(skill.top_10),
          digits_or_nothing(skill.top_20)};
}

}  // namespace

Json backtest_json(const BackTested& tested, const std::string& tool) {
  const backtest::BackTest& result = tested.result;
  const model::Model& model = tested.rules();
  Json json = document("backtest", tool);
  json["model"] = model_json(tested.last);
  json["scenario"] = {{"path", tested.last.path},
                      {"title", tested.last.now->scenario.title},
                      {"hash", tested.last.hash},
                      {"replaced", replaced_json(tested.last.replaced)}};
  json["viewpoint"] = tested.viewpoint;
  json["years"] = result.panel.years;
  json["countries"] = result.panel.countries.size();
  json["main_horizon"] = result.main_horizon;
  json["draws"] = result.settings.draws;
  json["seed"] = result.settings.seed;
  json["goals"] = goals_json(result, model);
  json["outcomes"] = Json::array();
  for (const backtest::OutcomeTested& outcome : result.outcomes)
    json["outcomes"].push_back(outcome_json(outcome, model));
  json["notes"] = tested.tested->notes;
  return json;
}

void put_backtest_csv(const BackTested& tested, const Put& put) {
  put(csv_row({"scenario",
               "viewpoint",
               "outcome",
               "horizon",
               "kind",
               "name",
               "first",
               "last",
               "country_years",
               "events",
               "roc",
               "roc_low",
               "roc_high",
               "precision_recall",
               "precision_recall_low",
               "precision_recall_high",
               "forecasts",
               "brier",
               "brier_base",
               "reliability",
               "resolution",
               "uncertainty",
               "within",
               "top_10",
               "top_20"}));
  for (const backtest::OutcomeTested& outcome : tested.result.outcomes)
    for (const AtHorizon& at : outcome.horizons) {
      for (const Skill& skill : at.skills)
        put(csv_row(skill_row(tested, outcome.outcome->name, at, skill)));
      for (const Skill& skill : at.indicators)
        put(csv_row(skill_row(tested, outcome.outcome->name, at, skill)));
    }
}

}  // namespace waystone::report
