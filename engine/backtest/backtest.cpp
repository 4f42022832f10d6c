#include "backtest/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "backtest/told.hpp"

namespace waystone::backtest {
namespace {

using scenario::Tested;
using scenario::TestedOutcome;
using Kind = Subject::Kind;

constexpr double least_known = 0.5;  // of the rows, for the best single indicator

Rows rows_of(const Panel& panel, const std::vector<Followed>& followed, int horizon,
             const Settings& settings) {
  Rows rows{panel, followed, horizon, {}, {}};
  rows.cluster.assign(panel.countries.size(), std::string::npos);
  std::size_t clusters = 0;
  for (std::size_t c = 0; c < panel.countries.size(); ++c)
    for (std::size_t y = 0; y < panel.years.size(); ++y)
      if (rows.counts(panel.row(y, c))) {
        rows.cluster[c] = clusters++;
        break;
      }
  if (clusters > 0) rows.draws = draws_of(clusters, settings.draws, settings.seed);
  return rows;
}

class OutcomeTest {
 public:
  OutcomeTest(const Tested& tested, const TestedOutcome& outcome, const BackTest& whole)
      : tested_(tested), outcome_(outcome), whole_(whole), panel_(whole.panel) {}

  OutcomeTested test() {
    OutcomeTested result;
    result.outcome = &outcome_;
    for (const int horizon : whole_.settings.horizons) result.horizons.push_back(at(horizon));
    const Rows next = rows(1), main = rows(whole_.main_horizon);
    std::vector<std::size_t> tellers{0};
    if (const std::size_t factor = subject_of(outcome_.judges); factor != 0 && factor != npos)
      tellers.push_back(factor);
    for (const std::size_t s : tellers)
      result.told.push_back(told_of(next, main, panel_.subjects[s], panel_.said[s]));
    for (const scenario::AskedCase& asked : tested_.cases)
      result.cases.push_back(told_case(asked, next, tellers));
    return result;
  }

 private:
  static constexpr std::size_t npos = std::string::npos;

  std::size_t subject_of(NodeId node) const {
    if (!node.valid()) return npos;
    for (std::size_t s = 0; s < panel_.subjects.size(); ++s)
      if (panel_.subjects[s].kind != Kind::rule && panel_.subjects[s].node == node) return s;
    return npos;
  }

  // What followed is kept, since rows refer to it.
  const std::vector<Followed>& what_followed(int horizon) {
    auto& known = followed_[horizon];
    if (!known)
      known = std::make_unique<std::vector<Followed>>(followed(tested_, outcome_, panel_, horizon));
    return *known;
  }

  Rows rows(int horizon) {
    return rows_of(panel_, what_followed(horizon), horizon, {0, whole_.settings.seed, {}, {}});
  }

  AtHorizon at(int horizon) {
    AtHorizon result;
    result.years = horizon;
    const Rows rows = rows_of(panel_, what_followed(horizon), horizon, whole_.settings);
    count(rows, result);
    if (!result.unknown.empty()) return result;
    for (std::size_t s = 0; s < panel_.subjects.size(); ++s) {
      Skill skill = plain_skill(rows, panel_.subjects[s], panel_.said[s]);
      if (skill.subject.kind == Kind::indicator) {
        result.indicators.push_back(std::move(skill));
        continue;
      }
      complete(skill, rows, panel_.said[s]);
      result.skills.push_back(std::move(skill));
    }
    const std::vector<double> before = last_time(tested_, outcome_, panel_, horizon);
    result.skills.push_back(plain_skill(rows, {Kind::no_change, {}, {}}, before));
    complete(result.skills.back(), rows, before);
    rank_indicators(rows, result);
    lay_beside(rows, result);
    return result;
  }

  void count(const Rows& rows, AtHorizon& result) const {
    std::vector<char> has(panel_.countries.size(), 0);
    bool covered = false;
    for (std::size_t row = 0; row < panel_.rows(); ++row) {
      covered = covered || rows.followed[row] != Followed::unknown;
      if (!rows.counts(row)) continue;
      const int year = panel_.year_of_row(row);
      result.first = result.rows == 0 ? year : std::min(result.first, year);
      result.last = result.rows == 0 ? year : std::max(result.last, year);
      ++result.rows;
      result.events += rows.followed[row] == Followed::yes;
      has[panel_.country_of_row(row)] = 1;
    }
    result.countries = std::size_t(std::count(has.begin(), has.end(), 1));
    if (!covered)
      result.unknown =
          fmt::format("the lists of events cover no {} after any of the year ends",
                      rows.horizon == 1 ? "year" : fmt::format("{} years", rows.horizon));
    else if (std::min(result.events, result.rows - result.events) < fewest_events)
      result.unknown = fmt::format(
          "{} of {} country-years have an event after them, {} have none; under {} of either say "
          "nothing",
          result.events, result.rows, result.rows - result.events, fewest_events);
  }

  const std::vector<double>& said(const Subject& subject) const {
    for (std::size_t s = 0; s < panel_.subjects.size(); ++s)
      if (panel_.subjects[s].kind == subject.kind && panel_.subjects[s].node == subject.node &&
          panel_.subjects[s].rule == subject.rule)
        return panel_.said[s];
    return panel_.said.front();
  }

  // Those known for half of the rows first, each group by its area.
  void rank_indicators(const Rows& rows, AtHorizon& result) const {
    const auto worth = [](const Skill& skill) {
      if (std::isnan(skill.roc.value)) return -2.0;
      return skill.known_share >= least_known ? skill.roc.value : skill.roc.value - 1.5;
    };
    std::stable_sort(result.indicators.begin(), result.indicators.end(),
                     [&](const Skill& a, const Skill& b) { return worth(a) > worth(b); });
    if (result.indicators.empty()) return;
    Skill& best = result.indicators.front();
    if (worth(best) >= 0) complete(best, rows, said(best.subject));
  }

  void lay_beside(const Rows& rows, AtHorizon& result) const {
    const Skill* total = result.total();
    const Skill* best = result.best();
    const Skill* judge = outcome_.judges.valid() ? result.of(outcome_.judges) : nullptr;
    if (judge == total) judge = nullptr;
    const auto both = [&](const Skill& a, const Skill& b) {
      return beside(rows, a.subject, said(a.subject), b.subject, said(b.subject));
    };
    if (total && best) result.total_and_best = both(*total, *best);
    if (judge && best) result.factor_and_best = both(*judge, *best);
    const Skill* factor = nullptr;
    for (const Skill& skill : result.skills)
      if (skill.subject.kind == Kind::factor && skill.known_share >= least_known &&
          (!factor || skill.roc.value > factor->roc.value))
        factor = &skill;
    if (total && factor) result.total_and_factor = both(*total, *factor);
  }

  CaseTold told_case(const scenario::AskedCase& asked, const Rows& next,
                     const std::vector<std::size_t>& tellers) {
    CaseTold told;
    told.asked = asked;
    const auto country =
        std::lower_bound(panel_.countries.begin(), panel_.countries.end(), asked.country);
    const auto year = std::find(panel_.years.begin(), panel_.years.end(), asked.year - 1);
    if (country == panel_.countries.end() || *country != asked.country ||
        year == panel_.years.end())
      return told;
    const std::size_t c = std::size_t(country - panel_.countries.begin());
    told.followed = next.followed[panel_.row(std::size_t(year - panel_.years.begin()), c)];
    if (told.followed != Followed::yes) return told;
    told.total = came_to(next, panel_.said[tellers.front()], c, asked.year);
    if (tellers.size() > 1) told.factor = came_to(next, panel_.said[tellers[1]], c, asked.year);
    return told;
  }

  const Tested& tested_;
  const TestedOutcome& outcome_;
  const BackTest& whole_;
  const Panel& panel_;
  std::map<int, std::unique_ptr<std::vector<Followed>>> followed_;
};

// Up to three an outcome: the total and the factor meant for the outcome have to reach the mark
// that the scenario sets, and the factor has to reach the best single indicator.
void add_goals(const OutcomeTested& outcome, BackTest& result) {
  const AtHorizon* main = outcome.at(result.main_horizon);
  const std::optional<double> wanted = outcome.outcome->goal;
  const NodeId judges = outcome.outcome->judges;
  for (const Subject& subject : result.panel.subjects) {
    const bool asked = subject.kind == Kind::total ||
                       (subject.kind == Kind::factor && judges.valid() && subject.node == judges);
    if (!wanted || !asked) continue;
    const Skill* skill = main ? main->of(subject.node) : nullptr;
    result.goals.push_back(
        {outcome.outcome, subject, {}, *wanted, skill ? skill->roc.value : not_known});
  }
  if (!main || !main->factor_and_best) return;
  const Beside& both = *main->factor_and_best;
  result.goals.push_back(
      {outcome.outcome, both.first, both.second, both.second_roc, both.first_roc});
}

}  // namespace

const Skill* AtHorizon::of(NodeId node) const {
  for (const Skill& skill : skills)
    if ((skill.subject.kind == Kind::total || skill.subject.kind == Kind::factor) &&
        skill.subject.node == node)
      return &skill;
  return nullptr;
}

const Skill* AtHorizon::best() const {
  if (indicators.empty()) return nullptr;
  const Skill& top = indicators.front();
  return std::isnan(top.roc.value) || top.known_share < least_known ? nullptr : &top;
}

const AtHorizon* OutcomeTested::at(int horizon) const {
  for (const AtHorizon& one : horizons)
    if (one.years == horizon) return &one;
  return nullptr;
}

BackTest back_test(const Tested& tested, Panel panel, const Settings& settings) {
  BackTest result;
  result.panel = std::move(panel);
  result.settings = settings;
  if (result.settings.horizons.empty()) result.settings.horizons = tested.horizons;
  const std::vector<int>& horizons = result.settings.horizons;
  const bool has_main =
      std::find(horizons.begin(), horizons.end(), tested.main_horizon) != horizons.end();
  result.main_horizon = has_main ? tested.main_horizon : horizons.front();
  std::vector<std::string>& names = result.settings.outcomes;
  if (names.empty())
    for (const TestedOutcome& outcome : tested.outcomes) names.push_back(outcome.name);
  for (const TestedOutcome& outcome : tested.outcomes)
    if (std::find(names.begin(), names.end(), outcome.name) != names.end())
      result.outcomes.push_back(OutcomeTest(tested, outcome, result).test());
  for (const OutcomeTested& outcome : result.outcomes) add_goals(outcome, result);
  return result;
}

std::optional<Logistic> newest_curve(const Tested& tested, const TestedOutcome& outcome,
                                     const Panel& panel, std::size_t subject, int horizon,
                                     int by_year) {
  const std::vector<Followed> what = followed(tested, outcome, panel, horizon);
  const Rows rows = rows_of(panel, what, horizon, {0, 1, {}, {}});
  return fitted(learnt_by(rows, panel.said[subject], by_year));
}

JudgedScores judge(const std::vector<Followed>& followed, const std::vector<double>& scores,
                   const std::vector<double>& chances) {
  std::vector<Point> points;
  std::vector<Forecast> forecasts;
  for (std::size_t c = 0; c < followed.size(); ++c) {
    if (followed[c] != Followed::no && followed[c] != Followed::yes) continue;
    const bool event = followed[c] == Followed::yes;
    points.push_back({scores[c], event, c});
    if (!std::isnan(chances[c])) forecasts.push_back({chances[c], event});
  }
  const Ranked ranked(std::move(points));
  return {ranked.rows(), ranked.events(), ranked.areas().roc, brier_of(forecasts)};
}

}  // namespace waystone::backtest
