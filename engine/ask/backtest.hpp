// Scores held against what happened; scores and chances written down before it does, and judged
// afterwards.
#pragma once
#include <string>
#include <vector>

#include "ask/situation.hpp"
#include "report/backtest.hpp"
#include "report/register.hpp"

namespace waystone::ask {

struct BackTestAsking {
  std::vector<std::string> outcomes;  // names; none: all
  std::vector<int> horizons;          // years; none: the scenario's
  std::optional<Date> from, to;       // year ends; none: the scenario's
  std::optional<Date> over_by;        // only year ends whose time at the main horizon was over then
  std::size_t draws = 1000;
  std::uint64_t seed = 1;
  std::string tool;
};

/// The year ends that a scenario's [backtest] names, narrowed to what is asked for. Fails where it
/// declares no outcomes, and for names and dates that there aren't.
Answer<std::vector<Date>> year_ends(const scenario::Scenario& scenario,
                                    const BackTestAsking& asking);

struct BackTest {
  std::vector<SharedSituation> days;  // what the report points into
  report::BackTested report;
};

/// `days`: the scenario on the dates that `year_ends` gave, by its first viewpoint.
Answer<BackTest> back_test(std::vector<SharedSituation> days, const BackTestAsking& asking);

/// Scores of `now`, of its first viewpoint, with the chances that `days` teach: of the main output,
/// and of the factor that judges each outcome.
Answer<report::Register> register_of(const std::vector<SharedSituation>& days,
                                     const SharedSituation& now, const BackTestAsking& asking,
                                     Date registered);

/// What became of scores that were written down, by the events that `now` knows.
Answer<report::Judged> judge_register(report::Register registered, const SharedSituation& now);

}  // namespace waystone::ask
