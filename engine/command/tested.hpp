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

/// The back-test of --record, to stand beside a result of a scenario by the rules of that hash. Its
/// dates and facts are its own: of `beside` it takes rules and viewpoint. Stop{wrong_use} where it
/// rests on other rules.
ask::BackTest record_beside(const std::string& path, const Options& beside,
                            const std::string& scenario, const std::string& rules_hash,
                            Session& session);

}  // namespace waystone::command
