// Bounds of one operation over a block of lanes, from the bounds of what it reads.
#pragma once
#include "evaluate/kernels.hpp"

namespace waystone::evaluate {

/// Of `gap`: it surely has no value, whatever becomes known (a division by a known zero).
constexpr double certain_gap = 2;

/// Columns of an operation's operands and of what is written of its own result.
struct BoundOperands {
  const double* const* value;  // nominal inputs
  const double* const* low;
  const double* const* high;
  /// 1 if an input may have no value although every fact is known (a division by something that
  /// may be zero), certain_gap if it surely has none, else 0.
  const double* const* gap;
  /// 1 if an input may have no value for any reason, including facts that stay unknown. Never less
  /// than `gap`.
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
/// gap_out and absent_out. If the operation has only one possible value and no gap, that is also
/// its nominal value, although something it reads is unknown. A floor or cap that acts by an
/// unknown amount takes the nominal value as far as is sure: a floor's low end, a cap's high end.
void bound(const program::Operation& operation, const BoundOperands& operands);

}  // namespace waystone::evaluate
