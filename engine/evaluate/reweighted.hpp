// Which scores rest on part of their weight, and which members carry the rest.
#pragma once
#include "evaluate/assess.hpp"

namespace waystone::evaluate {

/// Fills in NodeResult::reweighted and counted of all nodes, whose values are there.
void mark_reweighted(const model::Model& model, ViewpointId viewpoint, CountryResult& country);

}  // namespace waystone::evaluate
