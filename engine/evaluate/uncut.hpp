// What the limits of scales and ranges hide: runs the same steps once more without them.
#pragma once
#include "program/program.hpp"

namespace waystone::evaluate {

/// A program with, for each node that a limit may cut, its own steps once more without the limit,
/// on everything else as it is. Refers to nothing.
struct Uncut {
  program::Program program;
  std::vector<NodeId> nodes;        // that a limit may cut
  std::vector<RegisterId> results;  // of each of them, in the node's unit
};

/// `with_overrides`: whether any override acts, which can leave the scale, too.
Uncut without_limits(const program::Program& program, bool with_overrides);

}  // namespace waystone::evaluate
