// Expectations of scenarios and examples of rule files, run.
#pragma once
#include <string>

#include "ask/rules.hpp"
#include "evaluate/assess.hpp"
#include "validate/expectations.hpp"

namespace waystone::ask {

/// A scenario that was read, bound as it stands; E0320.
Outcome<evaluate::Case> bind(const Rules& rules, scenario::Scenario scenario);
/// A scenario read and bound as it stands.
Outcome<evaluate::Case> read_case(const std::string& path, const Rules& rules, const Texts& texts);

/// The expectations of a scenario that was bound; other scenarios that they name are read.
Outcome<std::vector<validate::ExpectationResult>> test(const evaluate::Case& scenario_case,
                                                       const Rules& rules, const Texts& texts);
/// The examples of rule files, each in its scenario.
Outcome<std::vector<validate::ExpectationResult>> test(const Rules& rules, const Texts& texts);

}  // namespace waystone::ask
