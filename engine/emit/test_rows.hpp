// Facts and what the engine makes of them, so that an emitted program can check itself. Private to
// this room.
#pragma once
#include "emit/emitted.hpp"
#include "evaluate/assess.hpp"

namespace waystone::emit {

/// Refers to the model and the program.
struct TestRows {
  evaluate::Case lanes;           // one "country" a lane, in order
  evaluate::Assessment expected;  // for every viewpoint
};

/// The same rows for the same rules: facts drawn over their ranges, unknown and uncertain ones
/// among them, and pairs of lanes a last bit on either side of the edges of the main output's
/// bands.
TestRows test_rows(const model::Model& model, const program::Program& program);

}  // namespace waystone::emit
