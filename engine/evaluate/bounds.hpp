// Bounds of one operation over a block of lanes, from the bounds of what it reads.
#pragma once
#include "evaluate/kernels.hpp"

namespace waystone::evaluate {

/// Columns of an operation's operands and of what is written of its own result.
struct BoundOperands {
  const double* const* value;  // nominal inputs
  const double* const* low;
  const double* const* high;
  /// 1 where an input may be without a value although every fact is known (a division by zero),
  /// else 0.
  const double* const* gap;
  /// 1 where it may be without a value for any reason, facts that stay unknown among them. Never
  /// less than `gap`.
  const double* const* absent;
  const SlotView* slots;
  double* nominal;  // the operation's own nominal result
  double* low_out;
  double* high_out;
  double* gap_out;
  double* absent_out;
  std::size_t lanes;
};

/// Writes low_out <= every value that the operation can take, whichever of the unknown facts become
/// known and whichever don't, <= high_out (never NaN; nominal within them where it is known), and
/// gap_out and absent_out. Where the operation has one possible value only and no gap, that is its
/// nominal value, too, although something it reads is unknown.
void bound(const program::Operation& operation, const BoundOperands& operands);

}  // namespace waystone::evaluate
