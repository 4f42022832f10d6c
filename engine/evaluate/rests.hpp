// What rests on a value that is not what it looks like: of part of its weight, or cut.
#pragma once
#include "evaluate/assess.hpp"

namespace waystone::evaluate {

/// Fills in NodeResult::rests_on_reweighted and rests_on_cut of all nodes: through members,
/// strengths and expressions, and through rules: by their amounts, and by conditions that could be
/// decided differently if everything were known. Call it once the nodes' own marks and the rules'
/// truths are filled in.
void mark_what_rests(const model::Model& model, CountryResult& country);

}  // namespace waystone::evaluate
