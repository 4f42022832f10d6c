// Scenarios that have a back-test.
#pragma once
#include "ask/backtest.hpp"
#include "command/session.hpp"

namespace waystone::command {

/// A scenario as it is named; a folder stands for the one scenario in it that has a [backtest] of
/// its own. Stop{wrong_use} where there is none, or several.
std::string tested_scenario(const std::string& path, Session& session);

/// It on the year ends that are tested.
std::vector<ask::SharedSituation> tested_days(Session& session, const std::string& path,
                                              const Options& options,
                                              const ask::BackTestAsking& asking);

/// A result that a record is to stand beside.
struct Beside {
  const std::string& scenario;
  const std::string& rules_hash;
  std::optional<Date> as_of;  // year ends count whose time was over by then; none: all do
  std::size_t draws = 0;      // for intervals; 0: none are told
};

/// The back-test of --record. Its facts are its own: of `options` it takes rules and viewpoint.
/// Stop{wrong_use} where it rests on other rules.
ask::BackTest record_beside(const std::string& path, const Options& options, const Beside& beside,
                            Session& session);

}  // namespace waystone::command
