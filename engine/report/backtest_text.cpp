#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/backtest.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using backtest::AtHorizon;
using backtest::Beside;
using backtest::Came;
using backtest::Followed;
using backtest::OutcomeTested;
using backtest::Skill;
using backtest::Subject;
using backtest::Told;

std::string years_long(int years) { return counted(std::size_t(years), "year", "years"); }

// ".836", "1.000"
std::string area(double value) {
  if (std::isnan(value)) return "?";
  const std::string text = fmt::format("{:.3f}", value);
  return text.starts_with("0.") ? text.substr(1) : text;
}

std::string signed_area(double value) {
  const std::string text = area(std::fabs(value));
  return text == ".000" ? "0" : (value < 0 ? "-" : "+") + text;
}

std::string rough(double value) {
  const std::string text = fmt::format("{:.2f}", value);
  return text.starts_with("0.") ? text.substr(1) : text;
}

std::string with_interval(const backtest::Figure& figure) {
  if (std::isnan(figure.value)) return "?";
  if (std::isnan(figure.interval.low)) return area(figure.value);
  return fmt::format("{} ({} to {})", area(figure.value), rough(figure.interval.low),
                     rough(figure.interval.high));
}

std::string part_of_all(double value) {
  return std::isnan(value) ? "?" : fmt::format("{:.0f}%", 100 * value);
}

// Chances of a few in a hundred need a digit more.
std::string fine_share(double value) {
  return std::isnan(value) ? "?" : fmt::format("{:.1f}%", 100 * value);
}

std::string brier_words(double value) {
  return std::isnan(value) ? "?" : fmt::format("{:.4f}", value);
}

class BackTestText {
 public:
  BackTestText(const BackTested& tested, const BackTestStyle& style)
      : tested_(tested), style_(style), result_(tested.result), model_(tested.rules()) {}

  Document text() const {
    Document text = heading() + goals();
    for (const OutcomeTested& outcome : result_.outcomes) text += one(outcome);
    return text + cases() + notes() + reading() + stamped(stamp_of_files(tested_.last));
  }

 private:
  std::string name(const Subject& subject) const { return subject_name(subject, model_); }
  std::string main_name() const { return model_[model_.main].name; }

  Document heading() const {
    const std::vector<int>& years = result_.panel.years;
    std::vector<std::string> horizons;
    for (const int horizon : result_.settings.horizons) horizons.push_back(std::to_string(horizon));
    const bool one = horizons.size() == 1 && horizons.front() == "1";
    const scenario::Scenario& last = tested_.last.now->scenario;
    const std::string known =
        last.known_by == last.as_of
            ? "each by what was known on that day"
            : fmt::format("by what was known on {}{}", long_date(last.known_by),
                          year_of(last.known_by) > years.front() ? ", so with hindsight" : "");
    std::string text = fmt::format(
        "Scores of the {}{}, {}{}, held against what came in the next {} {}. Nothing "
        "here was fitted to the years that are judged but the curves that make scores chances, and "
        "those to earlier years alone.",
        years.size() == 1 ? "end of " : "ends of ",
        years.size() == 1 ? std::to_string(years.front())
                          : fmt::format("{} to {}", years.front(), years.back()),
        known, tested_.viewpoint.empty() ? "" : fmt::format(", seen by {}", tested_.viewpoint),
        joined(horizons), one ? "year" : "years");
    if (tested_.other_viewpoints > 0)
      text += fmt::format(" The scenario's other {} not tested; --viewpoint asks for one.",
                          tested_.other_viewpoints == 1 ? "viewpoint is" : "viewpoints are");
    std::vector<Replaced> replaced = tested_.last.replaced;  // dates are the test's own
    std::erase_if(replaced, [](const Replaced& entry) {
      return entry.kind == Replaced::Kind::as_of || entry.option == "--as-of";
    });
    return document_title(titled(last.title, replaced)) + paragraph(std::move(text));
  }

  // ---- goals

  Document goals() const {
    if (result_.goals.empty()) return {};
    Table table({{"outcome"}, {"what"}, {"wanted", Align::right}, {"reached", Align::right}, {""}});
    std::size_t met = 0;
    for (const backtest::Goal& goal : result_.goals) {
      const std::string what =
          goal.other ? fmt::format("{} at or above {}", name(goal.subject), name(*goal.other))
                     : name(goal.subject);
      // Where three digits would look as if the mark were met, all that decide.
      const bool near = goal.known() && !goal.met() && area(goal.wanted) == area(goal.reached);
      table.add({goal.outcome->name, what, near ? exact(goal.wanted) : area(goal.wanted),
                 near ? exact(goal.reached) : area(goal.reached),
                 !goal.known() ? "not known"
                 : goal.met()  ? "met"
                               : "missed"});
      met += goal.known() && goal.met();
    }
    const auto unknown = std::count_if(result_.goals.begin(), result_.goals.end(),
                                       [](const backtest::Goal& goal) { return !goal.known(); });
    return gap() +
           section("Goals", fmt::format(" (area under the ROC curve, {})",
                                        years_long(result_.main_horizon))) +
           paragraph(fmt::format("{} of {} met{}. A factor's mark is the best single indicator of "
                                 "the model for its outcome, on the same country-years.",
                                 met, result_.goals.size(),
                                 unknown == 0 ? "" : fmt::format(", {} not known", unknown))) +
           inset(std::move(table));
  }

  // ---- one outcome

  Document one(const OutcomeTested& outcome) const {
    const AtHorizon* main = outcome.at(result_.main_horizon);
    Document text = gap() + section(outcome.outcome->label, " (" + outcome.outcome->name + ")") +
                    paragraph(definition(*outcome.outcome));
    const bool any = std::any_of(outcome.horizons.begin(), outcome.horizons.end(),
                                 [](const AtHorizon& at) { return at.unknown.empty(); });
    if (!any) return text + paragraph("Not known: " + outcome.horizons.front().unknown + ".");
    if (main && main->unknown.empty())
      if (std::string words = verdict(outcome, *main); !words.empty())
        text += paragraph(std::move(words));
    text += areas(outcome);
    for (const AtHorizon& at : outcome.horizons)
      if (at.unknown.empty() && (style_.all || &at == main)) text += details(outcome, at);
    if (main && main->unknown.empty()) {
      text += chances(outcome, *main) + rules(*main);
      for (const Told& told : outcome.told) text += by_name(told);
    }
    return text;
  }

  std::string definition(const scenario::TestedOutcome& outcome) const {
    std::string text = fmt::format("Events of the kind{} {}", outcome.kinds.size() == 1 ? "" : "s",
                                   joined(outcome.kinds));
    if (outcome.at_least) text += fmt::format(", of {} or more", amount(*outcome.at_least));
    if (outcome.quiet_years > 0)
      text += fmt::format(", after {} without {}", years_long(outcome.quiet_years),
                          outcome.quiet == outcome.kinds ? "one" : joined(outcome.quiet, " or "));
    if (outcome.at_risk) text += "; only countries that were quiet so long";
    text += ".";
    if (outcome.judges.valid())
      text += fmt::format(" Meant for it: {}.", model_[outcome.judges].name);
    if (!outcome.because.empty()) {
      text += " " + capitalised(outcome.because);
      if (!text.ends_with('.')) text += ".";
    }
    return text;
  }

  std::string lost_to(const Beside& both, std::string_view what) const {
    return fmt::format("{} {}: {} against {} on the same {} country-years (gap {}, {} to {})", what,
                       name(both.second), area(both.second_roc), area(both.first_roc),
                       amount(double(both.rows)), signed_area(both.first_roc - both.second_roc),
                       signed_area(both.gap.low), signed_area(both.gap.high));
  }

  // What the reader must not overlook comes first.
  std::string verdict(const OutcomeTested& outcome, const AtHorizon& main) const {
    std::vector<std::string> lost;
    if (main.total_and_best && main.total_and_best->loses())
      lost.push_back(lost_to(*main.total_and_best, "to the indicator"));
    if (main.total_and_factor && main.total_and_factor->loses())
      lost.push_back(lost_to(*main.total_and_factor, "to the factor"));
    std::string text;
    if (!lost.empty())
      text = fmt::format("{} loses to {} of its own ingredients over {}: {}.",
                         capitalised(spoken(main_name())), lost.size() == 1 ? "one" : "two",
                         years_long(main.years), listed(lost));
    else if (main.total_and_best)
      text = fmt::format("{} is not behind any single ingredient over {}: {} against {} for {}.",
                         capitalised(spoken(main_name())), years_long(main.years),
                         area(main.total_and_best->first_roc),
                         area(main.total_and_best->second_roc), name(main.total_and_best->second));
    if (main.factor_and_best && main.factor_and_best->loses() &&
        outcome.outcome->judges != model_.main)
      text += fmt::format(" {} loses {}.", capitalised(spoken(name(main.factor_and_best->first))),
                          lost_to(*main.factor_and_best, "to the indicator"));
    return text;
  }

  // Subjects are the same at every horizon.
  Document areas(const OutcomeTested& outcome) const {
    std::vector<Column> columns = {{""}};
    for (const AtHorizon& at : outcome.horizons)
      columns.push_back({years_long(at.years), Align::right});
    Table table(columns);
    const auto row = [&](std::string title, auto cell) {
      std::vector<std::string> cells = {std::move(title)};
      for (const AtHorizon& at : outcome.horizons) cells.push_back(cell(at));
      table.add(std::move(cells));
    };
    row("country-years", [](const AtHorizon& at) { return amount(double(at.rows)); });
    row("with an event", [](const AtHorizon& at) { return amount(double(at.events)); });
    row("year ends", [](const AtHorizon& at) {
      return at.rows == 0 ? std::string("none") : fmt::format("{} to {}", at.first, at.last);
    });
    const AtHorizon* told = nullptr;
    for (const AtHorizon& at : outcome.horizons)
      if (at.unknown.empty()) told = &at;
    for (std::size_t s = 0; told && s < told->skills.size(); ++s) {
      const Subject& subject = told->skills[s].subject;
      row(titled_subject(outcome, subject), [&](const AtHorizon& at) {
        return at.unknown.empty() ? with_interval(at.skills[s].roc) : std::string("?");
      });
    }
    row("best single indicator", [](const AtHorizon& at) {
      return at.best() ? with_interval(at.best()->roc) : std::string("?");
    });
    row("base rate",
        [](const AtHorizon& at) { return at.rows == 0 ? std::string("?") : std::string(".500"); });
    Document text = gap() + strong("Area under the ROC curve") + inset(std::move(table));
    if (const std::string best = best_indicators(outcome); !best.empty())
      text += paragraph("Best single indicator: " + best +
                        "; chosen afterwards from all of the model, which favours it.");
    for (const AtHorizon& at : outcome.horizons)
      if (!at.unknown.empty())
        text += paragraph(fmt::format("Not known for {}: {}.", years_long(at.years), at.unknown));
    return text;
  }

  // "political_stability (1 and 2 years), battle_deaths (5 years)"
  std::string best_indicators(const OutcomeTested& outcome) const {
    std::vector<std::pair<std::string, std::vector<std::string>>> best;
    for (const AtHorizon& at : outcome.horizons) {
      if (!at.best()) continue;
      const std::string indicator = name(at.best()->subject);
      if (best.empty() || best.back().first != indicator) best.push_back({indicator, {}});
      best.back().second.push_back(std::to_string(at.years));
    }
    std::vector<std::string> words;
    for (const auto& [indicator, years] : best)
      words.push_back(fmt::format("{} ({} {})", indicator, joined(years),
                                  years == std::vector<std::string>{"1"} ? "year" : "years"));
    return joined(words);
  }

  std::string titled_subject(const OutcomeTested& outcome, const Subject& subject) const {
    std::string title = name(subject);
    if (subject.kind == Subject::Kind::rule) title = "rule " + title;
    if (subject.kind == Subject::Kind::factor && subject.node == outcome.outcome->judges)
      title += " *";
    return title;
  }

  Document details(const OutcomeTested& outcome, const AtHorizon& at) const {
    Table table({{""},
                 {"known", Align::right},
                 {"precision by recall", Align::right},
                 {"Brier", Align::right},
                 {"skill", Align::right},
                 {"top 10", Align::right},
                 {"top 20", Align::right}});
    const auto row = [&](const std::string& title, const Skill& skill) {
      const double gained = skill.skill();
      table.add({title, part_of_all(skill.known_share), with_interval(skill.precision_recall),
                 brier_words(skill.brier.score),
                 std::isnan(gained) ? "?" : fmt::format("{:+.0f}%", 100 * gained),
                 part_of_all(skill.top_10), part_of_all(skill.top_20)});
    };
    for (const Skill& skill : at.skills) row(titled_subject(outcome, skill.subject), skill);
    if (at.best()) row(name(at.best()->subject), *at.best());
    const double of_base = at.total() ? at.total()->base_brier : backtest::not_known;
    table.add({"base rate", "100%", area(at.base()), brier_words(of_base), "0%",
               part_of_all(at.base()), part_of_all(at.base())});
    return gap() +
           strong(fmt::format("{}: average precision, chances, the top of each year's list",
                              capitalised(years_long(at.years)))) +
           inset(std::move(table));
  }

  std::string no_chances(const Skill& skill) const {
    if (skill.rows == 0)
      return fmt::format("No chances from {}: it has no value at the year ends that are tested.",
                         name(skill.subject));
    return fmt::format(
        "No chances from {}: at no year end had earlier years, of which it was known by then what "
        "followed, {} events and as many country-years without.",
        name(skill.subject), backtest::fewest_events);
  }

  Document chances(const OutcomeTested& outcome, const AtHorizon& main) const {
    Document text;
    for (const Skill& skill : main.skills) {
      const bool total = skill.subject.kind == Subject::Kind::total;
      const bool judge = skill.subject.kind == Subject::Kind::factor &&
                         skill.subject.node == outcome.outcome->judges;
      if (!total && !judge) continue;
      if (skill.brier.forecasts == 0) {
        text += gap() + paragraph(no_chances(skill));
        continue;
      }
      Table table({{"chance", Align::right},
                   {"forecasts", Align::right},
                   {"mean chance", Align::right},
                   {"came", Align::right}});
      for (const backtest::Bin& bin : skill.brier.bins)
        table.add({fmt::format("{:g} to {:g}%", 100 * bin.low, 100 * bin.high),
                   amount(double(bin.forecasts)), fine_share(bin.mean_chance),
                   fine_share(bin.share)});
      const backtest::Brier& parts = skill.brier;
      text +=
          gap() +
          strong(fmt::format("Chances from {}, {}", name(skill.subject), years_long(main.years))) +
          inset(std::move(table)) +
          paragraph(fmt::format(
              "Brier's score {} = reliability {} - resolution {} + uncertainty {} {} {} within "
              "bins; that of the share of events in the same earlier years {}.",
              brier_words(parts.score), brier_words(parts.reliability),
              brier_words(parts.resolution), brier_words(parts.uncertainty),
              parts.within < 0 ? "-" : "+", brier_words(std::fabs(parts.within)),
              brier_words(skill.base_brier)));
    }
    return text;
  }

  Document rules(const AtHorizon& main) const {
    Table table(
        {{"rule"}, {"held", Align::right}, {"came", Align::right}, {"share", Align::right}});
    bool any = false;
    for (const Skill& skill : main.skills) {
      if (skill.subject.kind != Subject::Kind::rule) continue;
      any = true;
      table.add(
          {name(skill.subject), amount(double(skill.held)), amount(double(skill.held_events)),
           skill.held == 0 ? "" : part_of_all(double(skill.held_events) / double(skill.held))});
    }
    if (!any) return {};
    return gap() +
           strong(fmt::format("Country-years in which a rule held, and the outcome came within {}",
                              years_long(main.years))) +
           inset(std::move(table)) +
           paragraph(fmt::format("Of all country-years: {}.", part_of_all(main.base())));
  }

  // ---- by name

  static constexpr std::size_t named = 15;

  static std::string placed(const Came& came) {
    const std::string rank =
        came.rank == 0 ? "not rated" : fmt::format("{} of {}", came.rank, came.of);
    return fmt::format("{} {} ({})", country_title(came.country), came.year, rank);
  }

  Document by_name(const Told& told) const {
    if (told.came.empty() && told.alarmed == 0) return {};
    std::vector<std::string> misses, alarms;
    std::size_t hits = 0;
    for (const Came& came : told.came)
      came.missed() ? misses.push_back(placed(came)) : void(++hits);
    std::size_t empty = 0;
    for (const backtest::FalseAlarm& alarm : told.false_alarms) {
      empty += alarm.years.size();
      alarms.push_back(fmt::format("{} {}", country_title(alarm.country), spans(alarm.years)));
    }
    Document text = gap() + strong("By name, the top of the list of " + name(told.subject)) +
                    paragraph(fmt::format(
                        "{} of {} had their country at the top at the year's end before{}.", hits,
                        counted(told.came.size(), "country and year with an event",
                                "countries and years with an event"),
                        hits == 0 ? ""
                                  : fmt::format(", on the mean for {:.1f} year ends in a row",
                                                told.mean_lead)));
    if (!misses.empty())
      text +=
          labelled("missed: ", joined_up_to(misses, style_.all ? misses.size() : named) + ".", 2);
    if (!alarms.empty())
      text += labelled(fmt::format("false alarms over {}: ", years_long(result_.main_horizon)),
                       fmt::format("{} of {}: {}.", empty, told.alarmed,
                                   joined_up_to(alarms, style_.all ? alarms.size() : named)),
                       2);
    return text;
  }

  // "2013 to 2016, 2019"
  static std::string spans(const std::vector<int>& years) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < years.size();) {
      std::size_t j = i;
      while (j + 1 < years.size() && years[j + 1] == years[j] + 1) ++j;
      parts.push_back(i == j ? std::to_string(years[i])
                             : fmt::format("{} to {}", years[i], years[j]));
      i = j + 1;
    }
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  Document cases() const {
    if (tested_.tested->cases.empty()) return {};
    Document text = gap() + section("Cases asked for by name");
    for (std::size_t k = 0; k < tested_.tested->cases.size(); ++k) {
      const scenario::AskedCase& asked = tested_.tested->cases[k];
      std::vector<std::string> came, unknown;
      for (const OutcomeTested& outcome : result_.outcomes) {
        const backtest::CaseTold& told = outcome.cases[k];
        if (told.followed == Followed::unknown) unknown.push_back(outcome.outcome->name);
        if (told.followed != Followed::yes || !told.total) continue;
        std::string words =
            fmt::format("{}: {} {}", outcome.outcome->name, main_name(), place(*told.total));
        if (told.factor)
          words +=
              fmt::format(", {} {}", model_[outcome.outcome->judges].name, place(*told.factor));
        came.push_back(std::move(words));
      }
      const auto& scored = result_.panel.countries;
      const auto& years = result_.panel.years;
      if (!std::binary_search(scored.begin(), scored.end(), asked.country)) {
        came.assign(1, "the scenario doesn't score it");
        unknown.clear();
      } else if (std::find(years.begin(), years.end(), asked.year - 1) == years.end()) {
        came.assign(1, fmt::format("the end of {} is not tested", asked.year - 1));
        unknown.clear();
      }
      std::string sentence = !came.empty() ? listed(came)
                             : unknown.size() == result_.outcomes.size()
                                 ? std::string()
                                 : "no list has an event of the kinds asked for";
      if (!unknown.empty())
        sentence += fmt::format("{}not covered: {}", sentence.empty() ? "" : "; ", joined(unknown));
      text += labelled(fmt::format("{} {}: ", country_title(asked.country), asked.year),
                       sentence + ".", 2, true);
    }
    return text;
  }

  static std::string place(const Came& came) {
    if (came.rank == 0) return "not rated";
    return fmt::format("{} of {}, {}", came.rank, came.of,
                       came.missed()
                           ? "missed"
                           : fmt::format("at the top for {}",
                                         counted(std::size_t(came.lead), "year end", "year ends")));
  }

  Document notes() const {
    if (tested_.tested->notes.empty()) return {};
    Document text = gap() + section("What else to know");
    for (const std::string& note : tested_.tested->notes) text += paragraph(one_line(note));
    return text;
  }

  Document reading() const {
    return gap() + section("How to read this") +
           paragraph(fmt::format(
               "A country-year counts if its lists of events cover all of the time after it, and "
               "all that must have been quiet before; an outcome after a list's last year is not "
               "known, and left out. * marks the factor meant for the outcome. Area under the ROC "
               "curve: the chance that a country-year with an event scores higher than one "
               "without; .5 is a coin. In brackets: the middle nine tenths of {} draws of whole "
               "countries (seed {}). No change: whether the outcome came in as long a time "
               "before. The top of a list: its first {} countries, or its first fifth where that "
               "is less.",
               amount(double(result_.settings.draws)), result_.settings.seed, backtest::alarms)) +
           paragraph(
               "Precision by recall: average precision; scores that say nothing come to the share "
               "of events. Chances: at each year's end a logistic curve of the score, with Platt's "
               "smoothed targets, fitted to the year ends whose time was over by then, where those "
               "have five events or more. Skill: by how much Brier's score is better than that of "
               "the share of events in the same earlier years. Top 10, top 20: the share of the "
               "first so many of each year's list to whom it came, mean of the years.");
  }

  const BackTested& tested_;
  BackTestStyle style_;
  const backtest::BackTest& result_;
  const model::Model& model_;
};

}  // namespace

std::string subject_name(const Subject& subject, const model::Model& model) {
  if (subject.kind == Subject::Kind::rule) return model[subject.rule].name;
  return subject.kind == Subject::Kind::no_change ? "no change" : model[subject.node].name;
}

Document backtest_text(const BackTested& tested, const BackTestStyle& style) {
  return BackTestText(tested, style).text();
}

}  // namespace waystone::report
