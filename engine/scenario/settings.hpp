// The parts of a scenario beside facts: overrides, expectations, branches.
#pragma once
#include "scenario/facts.hpp"
#include "scenario/scored.hpp"

namespace waystone::scenario {

/// `[[override]]`: signed points on a factor or output.
void read_overrides(const std::vector<const Value*>& tables, const ScoredCountries& countries,
                    const Reading& reading, Scenario& scenario);
/// `[[branch]]`; the probabilities of a group add up to 1.
void read_branches(const std::vector<const Value*>& tables, const ScoredCountries& countries,
                   const Reading& reading, Scenario& scenario);
/// `[[expect]]`; every name is resolved.
void read_expectations(const std::vector<const Value*>& tables, const ScoredCountries& countries,
                       const Reading& reading, Scenario& scenario);

/// Reads one assertion as an `[[expect]]` of a scenario of these countries; nothing where something
/// is wrong with it. Paths are relative to the scenario's.
std::optional<model::Assertion> read_assertion(Span inside, const ScoredCountries& countries,
                                               const Scenario& scenario, const Reading& reading);

/// The name of a viewpoint of the model; E0327.
bool known_viewpoint(const std::string& name, Span where, const Reading& reading);
/// Attributes of an assumed fact: true on the scenario's date, known by then.
Attributes supposed(const Scenario& scenario, Grade grade, const std::string& by,
                    const std::string& because);

}  // namespace waystone::scenario
