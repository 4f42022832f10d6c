// What expectations of scenarios and examples of rule files have in common beyond the grammar.
#pragma once
#include "diagnose/diagnostic.hpp"
#include "syntax/tree.hpp"

namespace waystone::model {

/// Functions that are none of an assertion's (E0233), their arguments (E0232), negative distances (E0285). Names are looked at elsewhere.
void check_assertion(const syntax::Expectation& assertion, Diagnostics& diagnostics);

}  // namespace waystone::model
