// The operation families. Each file holds, operation by operation, the kernel and in which operands
// the result rises or falls; bounds.cpp needs the latter to run the same kernel on end points.
#pragma once
#include <cmath>

#include "evaluate/kernels.hpp"

namespace waystone::evaluate {

// Kernels are compiled for several vector widths and chosen at run time. Widths change no bit:
// there are no fused operations and no sums across lanes. (Sanitized builds start before the choice
// can be made, so they keep the plain version.)
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#define WAYSTONE_VECTOR_CLONES __attribute__((flatten, target_clones("avx512f", "avx2", "default")))
#else
#define WAYSTONE_VECTOR_CLONES
#endif

enum class Direction {
  rising,
  falling,  // in that operand, whatever the others are
  either,   // monotone, the numerals decide which way (single operand)
  special   // bounds.cpp has a rule of its own
};

/// Keeps NaN (unknown) as it is. low <= high. Two steps of one instruction each.
inline double clamped(double x, double low, double high) {
  const double raised = x < low ? low : x;
  return raised > high ? high : raised;
}
inline bool is_unknown(double x) { return x != x; }
/// An overflow of finite numbers is arithmetic without a result.
inline double defined(double result, bool operands_finite) {
  return operands_finite && std::isinf(result) ? std::nan("") : result;
}

bool run_expression(const program::Operation& operation,
                    const Operands& operands);  // false: not of this family
bool run_curve(const program::Operation& operation, const Operands& operands);
bool run_mean(const program::Operation& operation, const Operands& operands);
bool run_effect(const program::Operation& operation, const Operands& operands);

Direction expression_direction(program::OpCode code, std::size_t operand);
Direction direction(const program::Operation& operation, std::size_t operand);

/// A function of the mathematical library, which may not be monotone in its last bits: end points
/// are rounded outward.
bool is_transcendental(program::OpCode code);

template <class F>
void map_unary(const Operands& o, F f) {
  const double* __restrict a = o.in[0];
  double* __restrict out = o.out;
  for (std::size_t i = 0; i < o.lanes; ++i) out[i] = f(a[i]);
}

template <class F>
void map_binary(const Operands& o, F f) {
  const double* __restrict a = o.in[0];
  const double* __restrict b = o.in[1];
  double* __restrict out = o.out;
  if (o.uniform & 2u)
    for (std::size_t i = 0; i < o.lanes; ++i) out[i] = f(a[i], *b);  // a numeral: read once
  else
    for (std::size_t i = 0; i < o.lanes; ++i) out[i] = f(a[i], b[i]);
}

template <class F>
void map_ternary(const Operands& o, F f) {
  const double* __restrict a = o.in[0];
  const double* __restrict b = o.in[1];
  const double* __restrict c = o.in[2];
  double* __restrict out = o.out;
  for (std::size_t i = 0; i < o.lanes; ++i) out[i] = f(a[i], b[i], c[i]);
}

// ---- derivatives. At a kink they are those of the side that the value comes from, at a tie of the
// first operand that gives it.

bool derive_expression(const program::Operation& operation,
                       const DerivativeOperands& operands);  // false: not of this family
bool derive_curve(const program::Operation& operation, const DerivativeOperands& operands);
bool derive_mean(const program::Operation& operation, const DerivativeOperands& operands);
bool derive_effect(const program::Operation& operation, const DerivativeOperands& operands);

/// Whether a small change of the operand can change the result continuously. Not so for conditions,
/// for what they decide and for steps.
bool moves_with(const program::Operation& operation, std::size_t operand);

/// A partial derivative times how far the operand moves. Either may be infinite (a root at 0); the
/// product is 0 if the other is 0.
inline double along(double partial, double moved) {
  return moved == 0 || partial == 0 ? 0 : partial * moved;
}

template <class F>
void derive_lanes(const DerivativeOperands& o, F f) {
  for (std::size_t i = 0; i < o.lanes; ++i) o.out[i] = f(i);
}

}  // namespace waystone::evaluate
