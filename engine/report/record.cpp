#include "report/record.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using backtest::AtHorizon;
using backtest::OutcomeTested;
using backtest::Skill;
using backtest::Subject;

/// An outcome of which something is known at the main horizon, and the factor meant for it.
struct Recorded {
  const OutcomeTested* outcome = nullptr;
  const AtHorizon* main = nullptr;
  const Skill* factor = nullptr;
};

std::vector<Recorded> recorded(const BackTested& tested) {
  std::vector<Recorded> found;
  for (const OutcomeTested& outcome : tested.result.outcomes) {
    const AtHorizon* main = outcome.at(tested.result.main_horizon);
    if (!main || !main->unknown.empty() || !outcome.outcome->judges.valid()) continue;
    if (const Skill* factor = main->of(outcome.outcome->judges))
      found.push_back({&outcome, main, factor});
  }
  return found;
}

/// Rules that hold for the country and act on the factor.
std::vector<const Skill*> rules_that_hold(const Recorded& record, const model::Model& model,
                                          const evaluate::CountryResult& country) {
  std::vector<const Skill*> found;
  for (const Skill& skill : record.main->skills) {
    if (skill.subject.kind != Subject::Kind::rule) continue;
    const model::Rule& rule = model[skill.subject.rule];
    const bool acts =
        std::any_of(rule.effects.begin(), rule.effects.end(), [&](const model::Effect& effect) {
          return effect.target == record.outcome->outcome->judges;
        });
    if (acts && country[skill.subject.rule].truth == evaluate::Truth::yes) found.push_back(&skill);
  }
  return found;
}

/// What came to the country, as the factor's list had it.
std::vector<const backtest::Came*> came_to_country(const Recorded& record,
                                                   const std::string& country) {
  std::vector<const backtest::Came*> found;
  if (record.outcome->told.empty()) return found;
  for (const backtest::Came& came : record.outcome->told.back().came)
    if (came.country == country) found.push_back(&came);
  return found;
}

std::string in_percent(double value) { return fmt::format("{:.0f}%", 100 * value); }

std::string label_of(const model::Model& model, const Subject& subject) {
  return subject.node.valid() ? model[subject.node].label : subject_name(subject, model);
}

std::string factor_words(const Recorded& record, const model::Model& model, int years) {
  const Skill& factor = *record.factor;
  std::string text = fmt::format(
      "{}, within {}: at the year ends of {} to {} a country-year after which it came stood above "
      "one after which it didn't in {} of cases",
      record.outcome->outcome->label, counted(std::size_t(years), "year", "years"),
      record.main->first, record.main->last, in_percent(factor.roc.value));
  // Two areas beside each other are of the same country-years.
  if (const auto& both = record.main->factor_and_best)
    text += both->rows == factor.rows
                ? fmt::format("; by {} alone in {}", subject_name(both->second, model),
                              in_percent(both->second_roc))
                : fmt::format("; where {} is known in {}, and by that alone in {}",
                              subject_name(both->second, model), in_percent(both->first_roc),
                              in_percent(both->second_roc));
  const Skill* before = record.main->no_change();
  if (before && !std::isnan(before->roc.value))
    text += fmt::format(", by what happened last time in {}", in_percent(before->roc.value));
  return text + ".";
}

std::string rule_words(const Recorded& record, const Skill& rule, int years) {
  std::string text =
      fmt::format("It held {} at those year ends", counted(rule.held, "time", "times"));
  if (rule.held > 0)
    text += fmt::format("; in {} of them it came within {} ({}, of all country-years {})",
                        rule.held_events, counted(std::size_t(years), "year", "years"),
                        in_percent(double(rule.held_events) / double(rule.held)),
                        in_percent(record.main->base()));
  return fmt::format("{}.", text);
}

std::string country_words(const Recorded& record, const model::Model& model,
                          const std::string& country) {
  std::vector<std::string> items;
  for (const backtest::Came* came : came_to_country(record, country))
    items.push_back(came->rank == 0 ? fmt::format("{} (not rated)", came->year)
                                    : fmt::format("{} ({} of {}{})", came->year, came->rank,
                                                  came->of, came->missed() ? ", missed" : ""));
  if (items.empty()) return "";
  return fmt::format(
      "It came to {} in {}; in brackets its place on the list of {} at the year's "
      "end before.",
      country_title(country), joined(items), model[record.outcome->outcome->judges].name);
}

}  // namespace

Document record_text(const BackTested& tested, const evaluate::CountryResult& country) {
  const model::Model& model = tested.rules();
  const int years = tested.result.main_horizon;
  Document text =
      gap() + section("How these factors and rules did",
                      tested.viewpoint.empty() ? "" : " (seen by " + tested.viewpoint + ")");
  const std::vector<Recorded> records = recorded(tested);
  if (records.empty()) return text + paragraph("No factor of it could be tested.");
  for (const Recorded& record : records) {
    text += labelled(model[record.outcome->outcome->judges].name + ": ",
                     factor_words(record, model, years), 2, true);
    for (const Skill* rule : rules_that_hold(record, model, country))
      text += labelled("  rule " + subject_name(rule->subject, model) + ": ",
                       rule_words(record, *rule, years), 4);
    if (const std::string came = country_words(record, model, country.code); !came.empty())
      text += paragraph(came, 2, 4);
  }
  return text;
}

Document record_of_score(const BackTested& tested, NodeId output) {
  const bool of_main = output == tested.rules().main;
  Document items;
  for (const OutcomeTested& outcome : tested.result.outcomes) {
    const AtHorizon* main = outcome.at(tested.result.main_horizon);
    const Skill* total = !main || !main->unknown.empty() ? nullptr
                         : of_main                       ? main->total()
                                                         : main->of(output);
    if (!total || std::isnan(total->roc.value)) continue;
    std::string text = fmt::format("{}, {} to {}: in {} of cases", outcome.outcome->label,
                                   main->first, main->last, in_percent(total->roc.value));
    // Two areas beside each other are of the same country-years.
    const bool judges = outcome.outcome->judges == output;
    if (const auto& both = judges && !of_main ? main->factor_and_best : main->total_and_best;
        both && (of_main || judges))
      text += both->rows == total->rows
                  ? fmt::format(" ({} alone: {})", label_of(tested.rules(), both->second),
                                in_percent(both->second_roc))
                  : fmt::format(" (where {} is known: {}, and that alone {})",
                                label_of(tested.rules(), both->second), in_percent(both->first_roc),
                                in_percent(both->second_roc));
    items += paragraph("- " + text + ".", 2, 4);
  }
  if (items.empty()) return paragraph("They could not be held against what happened.");
  const int years = tested.result.main_horizon;
  return paragraph(fmt::format(
             "Held against what happened within {}: of two countries at a year's end, one before "
             "the event and one before none, how often the score was the worse for the first. Half "
             "would be chance.",
             counted(std::size_t(years), "year", "years"))) +
         items;
}

Json record_json(const BackTested& tested, const evaluate::CountryResult& country) {
  const model::Model& model = tested.rules();
  Json outcomes = Json::array();
  for (const Recorded& record : recorded(tested)) {
    Json rules = Json::array(), came = Json::array();
    for (const Skill* rule : rules_that_hold(record, model, country))
      rules.push_back({{"rule", subject_name(rule->subject, model)},
                       {"held", rule->held},
                       {"held_events", rule->held_events}});
    for (const backtest::Came* one : came_to_country(record, country.code))
      came.push_back({{"year", one->year},
                      {"rank", one->rank == 0 ? Json(nullptr) : Json(one->rank)},
                      {"of", one->of},
                      {"missed", one->missed()}});
    const Skill* best = record.main->best();
    outcomes.push_back(
        {{"outcome", record.outcome->outcome->name},
         {"factor", model[record.outcome->outcome->judges].name},
         {"horizon", record.main->years},
         {"first", record.main->first},
         {"last", record.main->last},
         {"base_rate", number(record.main->base())},
         {"roc", number(record.factor->roc.value)},
         {"best_indicator", best ? Json(subject_name(best->subject, model)) : Json(nullptr)},
         {"best_roc", number(best ? best->roc.value : backtest::not_known)},
         {"no_change_roc", number(record.main->no_change()->roc.value)},
         {"rules", std::move(rules)},
         {"came", std::move(came)}});
  }
  return {{"scenario", tested.last.path},
          {"viewpoint", tested.viewpoint},
          {"outcomes", std::move(outcomes)}};
}

}  // namespace waystone::report
