// Kernels: one operation over a block of lanes. evaluate.cpp runs them on values, bounds.cpp on end
// points.
#pragma once
#include <cstddef>
#include <cstdint>

#include "program/program.hpp"

namespace waystone::evaluate {

inline constexpr std::size_t block_lanes = 256;

/// A numeral, the same for all lanes (stride 0) or one a lane (stride 1).
struct SlotView {
  const double* data;
  std::size_t stride;
  double at(std::size_t lane) const { return data[lane * stride]; }
};

/// What an operation reads and writes: columns of at least `lanes` values. `out` overlaps no input.
struct Operands {
  const double* const* in;
  const SlotView* slots;
  double* out;
  std::size_t lanes;
  std::uint32_t uniform = 0;  // bit k: the k-th input is the same in all lanes
};

/// Runs one operation, but not an `input`: its column is the frame's.
void run(const program::Operation& operation, const Operands& operands);

/// What the derivative of an operation along one direction needs.
struct DerivativeOperands {
  const double* const* in;             // values of what it reads
  const double* const* in_derivative;  // their derivatives; null: 0 in every lane
  const SlotView* slots;
  const double* slot_derivative;  // of each slot, the same in every lane
  const double* value;            // the operation's own
  double* out;                    // its derivative; overlaps no input
  std::size_t lanes;
  double moved(std::size_t operand, std::size_t lane) const {
    return in_derivative[operand] ? in_derivative[operand][lane] : 0;
  }
};

/// Writes the derivative of one operation; in lanes where its value is unknown, anything. Not for
/// inputs, nor for conditions, whose derivative is 0.
void derive(const program::Operation& operation, const DerivativeOperands& operands);

}  // namespace waystone::evaluate
