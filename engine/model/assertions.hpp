// What expectations of scenarios and examples of rule files have in common beyond the grammar.
#pragma once
#include <functional>

#include "diagnose/diagnostic.hpp"
#include "model/model.hpp"
#include "syntax/tree.hpp"

namespace waystone::model {

/// Functions that are none of an assertion's (E0233), their arguments (E0232), negative distances
/// (E0285). Names are looked at elsewhere.
void check_assertion(const syntax::Expectation& assertion, Diagnostics& diagnostics);

/// The unit of what a `NAME(COUNTRY)` stands for; Unit::none where the name is unknown.
using UnitOf = std::function<Unit(const syntax::Name&)>;

/// Checks the units of an assertion as those of rules are (E0230, E0231), and brings percentages
/// and shares that meet to one of them: the assertion can then be worked out without looking at
/// units.
void settle_units(syntax::Expectation& assertion, const UnitOf& unit_of, Diagnostics& diagnostics);

}  // namespace waystone::model
