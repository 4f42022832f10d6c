// Bounds of one operation over a block of lanes, from the bounds of what it reads.
#pragma once
#include "evaluate/kernels.hpp"

namespace waystone::evaluate {

struct BoundOperands {
  const double* const* value;  // nominal inputs
  const double* const* low;
  const double* const* high;
  const SlotView* slots;
  const double* nominal;  // the operation's own nominal result
  double* low_out;
  double* high_out;
  std::size_t lanes;
};

/// Writes low_out <= every value the operation can take <= high_out, and nominal within them where it is known. Never NaN.
void bound(const program::Operation& operation, const BoundOperands& operands);

}  // namespace waystone::evaluate
