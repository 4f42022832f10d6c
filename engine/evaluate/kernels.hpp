// Kernels: one operation over a block of lanes. evaluate.cpp runs them on values, bounds.cpp on end points.
#pragma once
#include <cstddef>

#include "program/program.hpp"

namespace waystone::evaluate {

inline constexpr std::size_t block_lanes = 128;

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
};

/// Runs one operation. `input` operations are not for here: their columns are the frame's.
void run(const program::Operation& operation, const Operands& operands);

}  // namespace waystone::evaluate
