// Which countries a scenario scores: those it lists, or else all that its facts and tables name.
#pragma once
#include <map>

#include "scenario/reading.hpp"

namespace waystone::scenario {

/// The countries that overrides, branches and expectations may be about.
struct ScoredCountries {
  CountryRule rule;
  std::vector<std::string> codes;  // in order
  bool complete = true;  // false where facts could not be read: then any possible code may be meant
  bool check(const std::string& code, Span where, const Reading& reading) const;  // E0307
};

/// Reads `countries` and fills the scenario's, in order of code; E0303, E0307, E0326. W0305 for
/// those without a fact, if it is `sure` that all facts were read; W0321. `named`: where tables
/// first name a country. `narrowed`: another file extends this one, and lists its countries.
ScoredCountries read_scored(Keys& keys, const CountryRule& rule,
                            const std::map<std::string, Span>& named, bool sure, bool narrowed,
                            const Reading& reading, Scenario& scenario);

}  // namespace waystone::scenario
