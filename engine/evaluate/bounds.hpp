// Bounds of one operation over a block of lanes, from the bounds of what it reads.
#pragma once
#include "evaluate/kernels.hpp"

namespace waystone::evaluate {

struct BoundOperands {
  const double* const* value;  // nominal inputs
  const double* const* low;
  const double* const* high;
  const double* const* gap;  // 1 where an input may be without a value although every fact is known (a division by zero), else 0
  const SlotView* slots;
  const double* nominal;  // the operation's own nominal result
  double* low_out;
  double* high_out;
  double* gap_out;
  std::size_t lanes;
};

/// Writes low_out <= every value the operation can take <= high_out, and nominal within them where it is known (never NaN); and gap_out.
void bound(const program::Operation& operation, const BoundOperands& operands);

}  // namespace waystone::evaluate
