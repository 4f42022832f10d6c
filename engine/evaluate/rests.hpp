// What rests on a value that is not what it looks like: of part of its weight, or cut.
#pragma once
#include "evaluate/assess.hpp"

namespace waystone::evaluate {

/// Fills in NodeResult::rests_on_reweighted and rests_on_cut of all nodes: through members,
/// strengths and expressions, and through rules, by their amounts and by conditions that might turn
/// out otherwise were all known. Their own marks and the rules' truths are there.
void mark_what_rests(const model::Model& model, CountryResult& country);

}  // namespace waystone::evaluate
