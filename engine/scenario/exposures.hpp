// Exposures: what is at stake in which country, limits on it, and rates that add currencies up.
#pragma once
#include "scenario/reading.hpp"

namespace waystone::scenario {

/// `exposure`, `[rates]` and `[[limit]]` of a scenario; bands are those of the model's main output,
/// groups those of the scenario. E0303, E0304, E0307, E0325, E0420 (amounts), E0421 (currencies),
/// E0422 (a row twice), E0423 (no row, or nothing at stake), E0424 (rates, also those that lack),
/// E0425 (no such band or group), W0323 (a limit in whose currency nothing is at stake).
void read_portfolio(Keys& keys, const CountryRule& countries, const Reading& reading,
                    Scenario& scenario);

/// A table of exposures that the command line names. Codes are those of ISO 3166, or names that the
/// scenario scores. The same codes of diagnostics; adds the table to the scenario's files.
Outcome<std::vector<Exposure>> read_exposures(const std::string& path, const model::Model& model,
                                              const model::ReadFile& read, SourceMap& sources,
                                              Scenario& scenario);

/// Whether a text is a code of ISO 4217 in use.
bool is_currency(std::string_view code);

}  // namespace waystone::scenario
