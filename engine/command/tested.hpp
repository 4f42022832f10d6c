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

}  // namespace waystone::command
