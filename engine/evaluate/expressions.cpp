// Primitive operations of written expressions.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <numbers>

#include "base/date.hpp"
#include "base/ties.hpp"
#include "evaluate/elementary.hpp"
#include "evaluate/families.hpp"
#include "evaluate/power.hpp"

namespace waystone::evaluate {
namespace {

using program::ExpressionOp;

// Conditions are three-valued (Kleene): 1, 0 or unknown.
double verdict(bool holds, bool known) { return known ? (holds ? 1.0 : 0.0) : std::nan(""); }

// Compares in decimals. Numbers that may tie without being equal are rare, so a block is looked at
// again only where it has some: the first pass runs in vectors.
template <class Compare>
void compare(const Operands& o, Compare holds) {
  std::uint64_t near = 0;
  map_binary(o, [&](double a, double b) {
    near |= std::uint64_t{may_tie(a, b)};
    return verdict(holds(a, b), !is_unknown(a) && !is_unknown(b));
  });
  if (near == 0) return;
  for (std::size_t i = 0; i < o.lanes; ++i) {
    const double a = o.in[0][i], b = o.in[1][i];
    if (may_tie(a, b)) o.out[i] = verdict(holds(decimal(a), decimal(b)), true);
  }
}

// (x >= low) and (x <= high), Kleene
double within(double x, double low, double high) {
  if (below(x, low) || below(high, x)) return 0;
  return verdict(true, !is_unknown(x) && !is_unknown(low) && !is_unknown(high));
}

constexpr std::uint64_t sign = std::uint64_t{1} << 63;

bool is_infinite(double x) { return std::fabs(x) == std::numeric_limits<double>::infinity(); }

// An infinite result is none unless `allowed`. Such results are rare, so operands are looked at
// again only where a block has one.
template <class F, class Allowed>
void arithmetic(const Operands& o, F f, Allowed allowed) {
  constexpr auto infinity = std::bit_cast<std::uint64_t>(std::numeric_limits<double>::infinity());
  std::uint64_t nearest =
      infinity;  // to infinity in bits; a maximum of doubles would not run in vectors
  map_binary(o, [&](double a, double b) {
    const double result = f(a, b);
    nearest = std::min(nearest, (std::bit_cast<std::uint64_t>(result) & ~sign) ^ infinity);
    return result;
  });
  if (nearest != 0) return;
  for (std::size_t i = 0; i < o.lanes; ++i)
    if (is_infinite(o.out[i]) && !allowed(o.in[0][i], o.in[1][i])) o.out[i] = std::nan("");
}

bool any_infinite(double a, double b) { return is_infinite(a) || is_infinite(b); }

double ten_to(double digits) {
  const bool exact = std::floor(digits) == digits && digits < double(powers_of_ten.size());
  return exact ? powers_of_ten[std::size_t(digits)] : power_of(10, digits);
}

// To so many digits after the point, or before it where they are negative: times and divided by
// whole powers of ten, which are exact.
template <class Round>
void rounded(const Operands& o, bool with_digits, Round round) {
  for (std::size_t i = 0; i < o.lanes; ++i) {
    const double x = o.in[0][i], digits = with_digits ? o.in[1][i] : 0,
                 unit = ten_to(std::fabs(digits));
    const double result = digits < 0 ? round(x / unit) * unit : round(x * unit) / unit;
    o.out[i] = defined(result, std::isfinite(x));
  }
}

template <class Pick>
void fold(const program::Operation& op, const Operands& o, Pick pick) {
  const auto known_pick = [&](double a, double b) {
    return is_unknown(a) || is_unknown(b) ? std::nan("") : pick(a, b);
  };
  if (op.in.size() == 2) return map_binary(o, known_pick);
  std::copy_n(o.in[0], o.lanes, o.out);
  for (std::size_t k = 1; k < op.in.size(); ++k)
    for (std::size_t i = 0; i < o.lanes; ++i) o.out[i] = known_pick(o.out[i], o.in[k][i]);
}

void dated(const program::Operation& op, const Operands& o) {
  for (std::size_t i = 0; i < o.lanes; ++i) {
    double value = std::nan("");
    for (std::size_t k = 0; k < op.dates.size() && op.dates[k] <= o.in[0][i]; ++k)
      value = o.in[0][i] <= op.last_days[k] ? o.slots[k].at(i) : std::nan("");
    o.out[i] = value;
  }
}

void choose(const Operands& o) {
  map_ternary(o, [](double condition, double yes, double no) {
    if (is_unknown(condition)) return tie(yes, no) ? yes : std::nan("");
    return condition != 0 ? yes : no;
  });
}

}  // namespace

WAYSTONE_VECTOR_CLONES void run_expression(const program::Operation& op, const Operands& o) {
  switch (ExpressionOp(op.code)) {
    case ExpressionOp::slot:
      for (std::size_t i = 0; i < o.lanes; ++i) o.out[i] = o.slots[0].at(i);
      return;
    case ExpressionOp::copy: std::copy_n(o.in[0], o.lanes, o.out); return;
    case ExpressionOp::dated: dated(op, o); return;
    case ExpressionOp::add:
      arithmetic(
          o, [](double a, double b) { return a + b; }, any_infinite);
      return;
    case ExpressionOp::subtract:
      arithmetic(
          o, [](double a, double b) { return a - b; }, any_infinite);
      return;
    case ExpressionOp::multiply:
      arithmetic(
          o, [](double a, double b) { return a * b; }, any_infinite);
      return;
    case ExpressionOp::divide:
      arithmetic(
          o, [](double a, double b) { return a / b; },
          [](double a, double b) { return b != 0 && is_infinite(a); });
      return;
    case ExpressionOp::power:  // power_of(1, unknown) would be 1, and so would that of (unknown, 0)
      map_binary(o, [](double a, double b) {
        return is_unknown(a) || is_unknown(b)
                   ? std::nan("")
                   : defined(power_of(a, b), std::isfinite(a) && std::isfinite(b));
      });
      return;
    case ExpressionOp::negate: map_unary(o, [](double a) { return -a; }); return;
    case ExpressionOp::absolute: map_unary(o, [](double a) { return std::fabs(a); }); return;
    case ExpressionOp::log10: map_unary(o, [](double a) { return common_log(a); }); return;
    case ExpressionOp::ln: map_unary(o, [](double a) { return natural_log(a); }); return;
    case ExpressionOp::exp:
      map_unary(o, [](double a) { return defined(exponential(a), std::isfinite(a)); });
      return;
    case ExpressionOp::sqrt:
      map_unary(o, [](double a) { return a >= 0 ? std::sqrt(a) : std::nan(""); });
      return;
    case ExpressionOp::round_half_up: rounded(o, op.in.size() > 1, round_half_up); return;
    case ExpressionOp::round_half_even: rounded(o, op.in.size() > 1, round_half_even); return;
    case ExpressionOp::minimum:
      fold(op, o, [](double a, double b) { return std::min(a, b); });
      return;
    case ExpressionOp::maximum:
      fold(op, o, [](double a, double b) { return std::max(a, b); });
      return;
    case ExpressionOp::clamp:
      map_ternary(o, [](double x, double low, double high) {
        return is_unknown(low) || is_unknown(high) ? std::nan("")
               : x < low                           ? low
               : x > high                          ? high
                                                   : x;
      });
      return;
    case ExpressionOp::limit:
      map_unary(o, [&op](double x) { return clamped(x, op.low, op.high); });
      return;
    case ExpressionOp::less: compare(o, [](double a, double b) { return a < b; }); return;
    case ExpressionOp::less_equal: compare(o, [](double a, double b) { return a <= b; }); return;
    case ExpressionOp::greater: compare(o, [](double a, double b) { return a > b; }); return;
    case ExpressionOp::greater_equal: compare(o, [](double a, double b) { return a >= b; }); return;
    case ExpressionOp::equal: compare(o, [](double a, double b) { return a == b; }); return;
    case ExpressionOp::not_equal: compare(o, [](double a, double b) { return a != b; }); return;
    case ExpressionOp::between: map_ternary(o, within); return;
    case ExpressionOp::logical_and:
      map_binary(o, [](double a, double b) {
        return a == 0 || b == 0 ? 0.0 : verdict(true, !is_unknown(a) && !is_unknown(b));
      });
      return;
    case ExpressionOp::logical_or:
      map_binary(o, [](double a, double b) {
        return (a != 0 && !is_unknown(a)) || (b != 0 && !is_unknown(b))
                   ? 1.0
                   : verdict(false, !is_unknown(a) && !is_unknown(b));
      });
      return;
    case ExpressionOp::logical_not: map_unary(o, [](double a) { return 1 - a; }); return;
    case ExpressionOp::known:
      map_unary(o, [](double a) { return is_unknown(a) ? 0.0 : 1.0; });
      return;
    case ExpressionOp::choose: choose(o); return;
    case ExpressionOp::months_since:
      map_binary(o, [](double now, double then) { return months_between(then, now); });
      return;
    case ExpressionOp::years_since:
      map_binary(o, [](double now, double then) { return months_between(then, now) / 12; });
      return;
    case ExpressionOp::days_since:
      map_binary(o, [](double now, double then) { return now - then; });
      return;
  }
}

// ---- derivatives

namespace {

double derive_power(double x, double y, double value, double dx, double dy) {
  const double by_base = y == 0 ? 0 : along(y * std::pow(x, y - 1), dx);
  return by_base + (value == 0
                        ? 0
                        : along(value * natural_log(x),
                                dy));  // NaN: a negative base has no power beside a whole exponent
}

}  // namespace

// Of months and years since a date it is the slope within a month; where a month is over they jump.
void derive_expression(const program::Operation& op, const DerivativeOperands& o) {
  const auto in = [&o](std::size_t k, std::size_t i) { return o.in[k][i]; };
  const auto moved = [&o](std::size_t k, std::size_t i) { return o.moved(k, i); };
  const auto value = [&o](std::size_t i) { return o.value[i]; };
  switch (ExpressionOp(op.code)) {
    case ExpressionOp::slot:
      derive_lanes(o, [&](std::size_t) { return o.slot_derivative[0]; });
      return;
    case ExpressionOp::copy: derive_lanes(o, [&](std::size_t i) { return moved(0, i); }); return;
    case ExpressionOp::dated:
      derive_lanes(o, [&](std::size_t i) {
        const auto later = std::upper_bound(op.dates.begin(), op.dates.end(), in(0, i));
        const auto k = later - op.dates.begin() - 1;
        return k < 0 || in(0, i) > op.last_days[k] ? 0 : o.slot_derivative[k];
      });
      return;
    case ExpressionOp::add:
      derive_lanes(o, [&](std::size_t i) { return moved(0, i) + moved(1, i); });
      return;
    case ExpressionOp::subtract:
    case ExpressionOp::days_since:
      derive_lanes(o, [&](std::size_t i) { return moved(0, i) - moved(1, i); });
      return;
    case ExpressionOp::months_since:
      derive_lanes(o, [&](std::size_t i) { return (moved(0, i) - moved(1, i)) / days_per_month; });
      return;
    case ExpressionOp::years_since:
      derive_lanes(o, [&](std::size_t i) { return (moved(0, i) - moved(1, i)) / days_per_year; });
      return;
    case ExpressionOp::multiply:
      derive_lanes(o, [&](std::size_t i) {
        return along(in(1, i), moved(0, i)) + along(in(0, i), moved(1, i));
      });
      return;
    case ExpressionOp::divide:
      derive_lanes(o, [&](std::size_t i) {
        return (moved(0, i) - along(value(i), moved(1, i))) / in(1, i);
      });
      return;
    case ExpressionOp::power:
      derive_lanes(o, [&](std::size_t i) {
        return derive_power(in(0, i), in(1, i), value(i), moved(0, i), moved(1, i));
      });
      return;
    case ExpressionOp::negate: derive_lanes(o, [&](std::size_t i) { return -moved(0, i); }); return;
    case ExpressionOp::absolute:
      derive_lanes(o, [&](std::size_t i) { return in(0, i) < 0 ? -moved(0, i) : moved(0, i); });
      return;
    case ExpressionOp::log10:
      derive_lanes(o, [&](std::size_t i) { return moved(0, i) / (in(0, i) * std::numbers::ln10); });
      return;
    case ExpressionOp::ln:
      derive_lanes(o, [&](std::size_t i) { return moved(0, i) / in(0, i); });
      return;
    case ExpressionOp::exp:
      derive_lanes(o, [&](std::size_t i) { return along(value(i), moved(0, i)); });
      return;
    case ExpressionOp::sqrt:
      derive_lanes(o, [&](std::size_t i) { return along(0.5 / value(i), moved(0, i)); });
      return;
    case ExpressionOp::round_half_up:  // a whole number over 10^digits
    case ExpressionOp::round_half_even:
      derive_lanes(o, [&](std::size_t i) {
        return op.in.size() > 1 ? along(-value(i) * std::numbers::ln10, moved(1, i)) : 0;
      });
      return;
    case ExpressionOp::minimum:
    case ExpressionOp::maximum:
      derive_lanes(o, [&](std::size_t i) {
        std::size_t k = 0;
        while (k + 1 < op.in.size() && in(k, i) != value(i)) ++k;
        return moved(k, i);
      });
      return;
    case ExpressionOp::clamp:
      derive_lanes(o, [&](std::size_t i) {
        return in(0, i) < in(1, i) ? moved(1, i) : in(0, i) > in(2, i) ? moved(2, i) : moved(0, i);
      });
      return;
    case ExpressionOp::limit:
      derive_lanes(o, [&](std::size_t i) {
        return in(0, i) < op.low || in(0, i) > op.high ? 0 : moved(0, i);
      });
      return;
    case ExpressionOp::choose:
      derive_lanes(o, [&](std::size_t i) { return in(0, i) == 0 ? moved(2, i) : moved(1, i); });
      return;  // unknown: both alike
    case ExpressionOp::less:
    case ExpressionOp::less_equal:
    case ExpressionOp::greater:
    case ExpressionOp::greater_equal:
    case ExpressionOp::equal:
    case ExpressionOp::not_equal:
    case ExpressionOp::between:
    case ExpressionOp::logical_and:
    case ExpressionOp::logical_or:
    case ExpressionOp::logical_not:
    case ExpressionOp::known: return;  // conditions only jump
  }
}

}  // namespace waystone::evaluate
