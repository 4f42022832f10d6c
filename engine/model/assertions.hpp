// What expectations of scenarios and examples of rule files have in common beyond the grammar.
#pragma once
#include <functional>

#include "diagnose/diagnostic.hpp"
#include "model/model.hpp"
#include "syntax/tree.hpp"

namespace waystone::model {

/// Checks for functions that assertions don't have (E0233), wrong arguments (E0232) and negative
/// distances (E0285). Other code checks names.
void check_assertion(const syntax::Expectation& assertion, Diagnostics& diagnostics);

/// The unit of what a `NAME(COUNTRY)` stands for; Unit::none where the name is unknown.
using UnitOf = std::function<Unit(const syntax::Name&)>;

/// Checks the units of an assertion as those of rules (E0230, E0231), and converts percentages and
/// shares that meet to one unit. The assertion can then be evaluated without units.
void settle_units(syntax::Expectation& assertion, const UnitOf& unit_of, Diagnostics& diagnostics);

}  // namespace waystone::model
