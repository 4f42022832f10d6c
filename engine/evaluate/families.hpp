// The operation families (program/operations.def). Each file holds the kernel and the derivative of
// every operation of its family; a switch over the family's own enumeration misses none.
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

/// Keeps NaN (unknown) as it is. low <= high. In two steps, each of which is one instruction.
inline double clamped(double x, double low, double high) {
  const double raised = x < low ? low : x;
  return raised > high ? high : raised;
}
inline bool is_unknown(double x) { return x != x; }
/// An overflow of finite numbers is arithmetic without a result.
inline double defined(double result, bool operands_finite) {
  return operands_finite && std::isinf(result) ? std::nan("") : result;
}

void run_expression(const program::Operation& operation, const Operands& operands);
void run_curve(const program::Operation& operation, const Operands& operands);
void run_mean(const program::Operation& operation, const Operands& operands);
void run_effect(const program::Operation& operation, const Operands& operands);

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

void derive_expression(const program::Operation& operation, const DerivativeOperands& operands);
void derive_curve(const program::Operation& operation, const DerivativeOperands& operands);
void derive_mean(const program::Operation& operation, const DerivativeOperands& operands);
void derive_effect(const program::Operation& operation, const DerivativeOperands& operands);

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
