// Scores held against what happened: for every outcome and horizon how well the total, each factor,
// each rule and each indicator alone told who it would come to.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backtest/chances.hpp"
#include "backtest/panel.hpp"

namespace waystone::backtest {

/// So many countries at the top of a year's list count as warned of, or its first fifth where that
/// is less.
inline constexpr std::size_t alarms = 20;

struct Figure {
  double value = not_known;
  Interval interval;  // nine tenths of the draws
};

/// What one subject is worth for one outcome and horizon.
struct Skill {
  Subject subject;
  std::size_t rows = 0, events = 0;  // where it is known what was said and what followed
  Figure roc, precision_recall;
  double known_share = 0;  // of the rows of which it is known what followed
  // Chances by a curve fitted, at each year's end, to the rows whose outcome was known by then.
  Brier brier;
  double base_brier = not_known;  // of the share of events among those same rows, on the same rows
  double top_10 = not_known, top_20 = not_known;  // precision, mean of the year ends
  // Of rules: how often one held, and how often the outcome followed.
  std::size_t held = 0, held_events = 0;
  double skill() const { return 1 - brier.score / base_brier; }
};

/// Two subjects on the rows for which both are known.
struct Beside {
  Subject first, second;
  std::size_t rows = 0, events = 0;
  double first_roc = not_known, second_roc = not_known;
  Interval gap;  // of first minus second
  bool loses() const { return first_roc < second_roc; }
};

/// An outcome in a year, and what the list of the year's end before said of the country.
struct Came {
  std::string country;
  int year = 0;
  std::size_t rank = 0, of = 0;  // from 1; 0: not rated
  double score = not_known;
  int lead = 0;  // year ends in a row before it at which the country was at the top
  bool missed() const { return lead == 0; }
};

/// Year ends at which a country was at the top and nothing followed.
struct FalseAlarm {
  std::string country;
  std::vector<int> years;
};

/// Hits, misses and false alarms of one subject.
struct Told {
  Subject subject;
  std::vector<Came> came;                // by year, country
  std::vector<FalseAlarm> false_alarms;  // the longest first
  std::size_t alarmed = 0;               // year ends and countries at the top
  std::size_t followed = 0;      // those after which the outcome came within the main horizon
  double mean_lead = not_known;  // year ends, of those not missed
};

struct AtHorizon {
  int years = 0;
  std::string unknown;      // why nothing can be said, else ""
  int first = 0, last = 0;  // year ends that are tested
  std::size_t rows = 0, events = 0;
  std::size_t countries = 0;
  std::vector<Skill> skills;      // total, factors, rules, no change
  std::vector<Skill> indicators;  // best first, without chances and without intervals but the best
  std::optional<Beside> total_and_best, factor_and_best;  // beside the best single indicator
  std::optional<Beside> total_and_factor;                 // beside the factor that does best
  double base() const { return rows == 0 ? not_known : double(events) / double(rows); }
  const Skill* total() const { return skills.empty() ? nullptr : &skills.front(); }
  const Skill* of(NodeId node) const;
  const Skill* no_change() const { return skills.empty() ? nullptr : &skills.back(); }
  const Skill* best() const;  // single indicator
};

/// What became of a case that is asked for by name.
struct CaseTold {
  scenario::AskedCase asked;
  Followed followed = Followed::unknown;  // in that year
  std::optional<Came> total, factor;      // where the outcome came
};

struct OutcomeTested {
  const scenario::TestedOutcome* outcome = nullptr;
  std::vector<AtHorizon> horizons;
  std::vector<Told> told;  // by the total, then by the factor that judges it, at the main horizon
  std::vector<CaseTold> cases;
  const AtHorizon* at(int horizon) const;
};

/// A pass mark, at the main horizon. There is no slack in it.
struct Goal {
  const scenario::TestedOutcome* outcome = nullptr;
  Subject subject;
  std::optional<Subject> other;  // the best single indicator, where that is the mark
  double wanted = not_known, reached = not_known;  // areas under the ROC curve
  bool known() const { return wanted == wanted && reached == reached; }
  bool met() const { return reached >= wanted; }
};

struct Settings {
  std::size_t draws = 1000;
  std::uint64_t seed = 1;
  std::vector<int> horizons;          // none: as the scenario has them
  std::vector<std::string> outcomes;  // none: all
};

struct BackTest {
  Panel panel;
  Settings settings;  // with horizons and outcomes filled in
  int main_horizon = 0;
  std::vector<OutcomeTested> outcomes;
  std::vector<Goal> goals;
};

/// `panel`: of the year ends that `tested` names. `tested` must outlive the result.
BackTest back_test(const scenario::Tested& tested, Panel panel, const Settings& settings);

/// The curve that makes a score a chance, fitted to all rows whose time was over by the end of
/// `by_year`; nothing where those have too few events.
std::optional<Logistic> newest_curve(const scenario::Tested& tested,
                                     const scenario::TestedOutcome& outcome, const Panel& panel,
                                     std::size_t subject, int horizon, int by_year);

/// Scores and chances of one year's end, by country, and what followed.
struct JudgedScores {
  std::size_t known = 0, events = 0;  // countries of which it is known what followed
  double roc = not_known;
  Brier brier;  // of those that have a chance
};
JudgedScores judge(const std::vector<Followed>& followed, const std::vector<double>& scores,
                   const std::vector<double>& chances);

}  // namespace waystone::backtest
