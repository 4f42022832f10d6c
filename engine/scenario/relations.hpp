// Relations between countries: rows of tables that say who is whose partner, and with what weight.
#pragma once
#include <vector>

#include "scenario/figures.hpp"

namespace waystone::scenario {

/// The blocks `[[relation]]` of a file. Rows go into `relations`, in both directions where the
/// relation is symmetric.
void read_relations(const std::vector<const Value*>& blocks, const FigureTarget& target,
                    const Reading& reading, Relations& relations);

/// W0306 for relations of which no row is in force on the scenario's date.
void warn_of_relations(const Scenario& scenario, const Reading& reading);

/// The partners of a country on a date: the rows of the latest date on or before `as_of` that any
/// row about the country has, of those known by `known_by`, nearest first. In order of the
/// partners' codes, each once; a weight of 0 is no partner.
std::vector<const Tie*> partners_of(const Relations& relations, RelationId relation,
                                    const std::string& country, Date as_of, Date known_by);

/// Whether any row of a relation is true on or before `as_of` and known by `known_by`.
bool is_in_force(const Relations& relations, RelationId relation, Date as_of, Date known_by);

}  // namespace waystone::scenario
