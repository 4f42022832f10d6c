// Primitive operations of written expressions.
#include <algorithm>

#include "base/date.hpp"
#include "evaluate/elementary.hpp"
#include "evaluate/families.hpp"

namespace waystone::evaluate {
namespace {

using program::OpCode;

// Conditions are three-valued (Kleene): 1, 0 or unknown.
double verdict(bool holds, bool known) { return known ? (holds ? 1.0 : 0.0) : std::nan(""); }

template <class Compare>
void compare(const Operands& o, Compare holds) {
  map_binary(o, [&](double a, double b) { return verdict(holds(a, b), !is_unknown(a) && !is_unknown(b)); });
}

double ten_to(double digits) { return std::pow(10.0, digits); }

double round_half_even(double x) {
  const double below = std::floor(x), rest = x - below;
  if (rest != 0.5) return rest < 0.5 ? below : below + 1;
  return std::fmod(below, 2.0) == 0 ? below : below + 1;
}

template <class Round>
void rounded(const Operands& o, bool with_digits, Round round) {
  for (std::size_t i = 0; i < o.lanes; ++i) {
    const double scale = with_digits ? ten_to(o.in[1][i]) : 1.0;
    o.out[i] = defined(round(o.in[0][i] * scale) / scale, std::isfinite(o.in[0][i]));
  }
}

template <class Pick>
void fold(const program::Operation& op, const Operands& o, Pick pick) {
  std::copy_n(o.in[0], o.lanes, o.out);
  for (std::size_t k = 1; k < op.in.size(); ++k)
    for (std::size_t i = 0; i < o.lanes; ++i) {
      const double a = o.out[i], b = o.in[k][i];
      o.out[i] = is_unknown(a) || is_unknown(b) ? std::nan("") : pick(a, b);
    }
}

void dated(const program::Operation& op, const Operands& o) {
  for (std::size_t i = 0; i < o.lanes; ++i) {
    double value = std::nan("");
    for (std::size_t k = 0; k < op.dates.size() && op.dates[k] <= o.in[0][i]; ++k) value = o.slots[k].at(i);
    o.out[i] = value;
  }
}

void choose(const Operands& o) {
  map_ternary(o, [](double condition, double yes, double no) {
    if (is_unknown(condition)) return yes == no ? yes : std::nan("");
    return condition != 0 ? yes : no;
  });
}

}  // namespace

WAYSTONE_VECTOR_CLONES bool run_expression(const program::Operation& op, const Operands& o) {
  switch (op.code) {
    case OpCode::slot:
      for (std::size_t i = 0; i < o.lanes; ++i) o.out[i] = o.slots[0].at(i);
      return true;
    case OpCode::copy: std::copy_n(o.in[0], o.lanes, o.out); return true;
    case OpCode::dated: dated(op, o); return true;
    case OpCode::add: map_binary(o, [](double a, double b) { return defined(a + b, std::isfinite(a) && std::isfinite(b)); }); return true;
    case OpCode::subtract: map_binary(o, [](double a, double b) { return defined(a - b, std::isfinite(a) && std::isfinite(b)); }); return true;
    case OpCode::multiply: map_binary(o, [](double a, double b) { return defined(a * b, std::isfinite(a) && std::isfinite(b)); }); return true;
    case OpCode::divide: map_binary(o, [](double a, double b) { return b == 0 ? std::nan("") : defined(a / b, std::isfinite(a)); }); return true;
    case OpCode::power:  // std::pow(1, unknown) would be 1, and so would pow(unknown, 0)
      map_binary(o, [](double a, double b) { return is_unknown(a) || is_unknown(b) ? std::nan("") : defined(std::pow(a, b), std::isfinite(a) && std::isfinite(b)); });
      return true;
    case OpCode::negate: map_unary(o, [](double a) { return -a; }); return true;
    case OpCode::absolute: map_unary(o, [](double a) { return std::fabs(a); }); return true;
    case OpCode::log10: map_unary(o, [](double a) { return a > 0 ? std::log10(a) : std::nan(""); }); return true;
    case OpCode::ln: map_unary(o, [](double a) { return natural_log(a); }); return true;
    case OpCode::exp: map_unary(o, [](double a) { return defined(exponential(a), std::isfinite(a)); }); return true;
    case OpCode::sqrt: map_unary(o, [](double a) { return a >= 0 ? std::sqrt(a) : std::nan(""); }); return true;
    case OpCode::round_half_up: rounded(o, op.in.size() > 1, [](double x) { return std::floor(x + 0.5); }); return true;
    case OpCode::round_half_even: rounded(o, op.in.size() > 1, round_half_even); return true;
    case OpCode::minimum: fold(op, o, [](double a, double b) { return std::min(a, b); }); return true;
    case OpCode::maximum: fold(op, o, [](double a, double b) { return std::max(a, b); }); return true;
    case OpCode::clamp:
      map_ternary(o, [](double x, double low, double high) { return is_unknown(low) || is_unknown(high) ? std::nan("") : clamped(x, low, high); });
      return true;
    case OpCode::limit: map_unary(o, [&op](double x) { return clamped(x, op.low, op.high); }); return true;
    case OpCode::less: compare(o, [](double a, double b) { return a < b; }); return true;
    case OpCode::less_equal: compare(o, [](double a, double b) { return a <= b; }); return true;
    case OpCode::greater: compare(o, [](double a, double b) { return a > b; }); return true;
    case OpCode::greater_equal: compare(o, [](double a, double b) { return a >= b; }); return true;
    case OpCode::equal: compare(o, [](double a, double b) { return a == b; }); return true;
    case OpCode::not_equal: compare(o, [](double a, double b) { return a != b; }); return true;
    case OpCode::between:  // (x >= low) and (x <= high), Kleene
      map_ternary(o, [](double x, double low, double high) {
        if (x < low || x > high) return 0.0;
        return verdict(true, !is_unknown(x) && !is_unknown(low) && !is_unknown(high));
      });
      return true;
    case OpCode::logical_and: map_binary(o, [](double a, double b) { return a == 0 || b == 0 ? 0.0 : verdict(true, !is_unknown(a) && !is_unknown(b)); }); return true;
    case OpCode::logical_or:
      map_binary(o, [](double a, double b) { return (a != 0 && !is_unknown(a)) || (b != 0 && !is_unknown(b)) ? 1.0 : verdict(false, !is_unknown(a) && !is_unknown(b)); });
      return true;
    case OpCode::logical_not: map_unary(o, [](double a) { return 1 - a; }); return true;
    case OpCode::known: map_unary(o, [](double a) { return is_unknown(a) ? 0.0 : 1.0; }); return true;
    case OpCode::choose: choose(o); return true;
    case OpCode::months_since: map_binary(o, [](double now, double then) { return (now - then) / days_per_month; }); return true;
    case OpCode::years_since: map_binary(o, [](double now, double then) { return (now - then) / days_per_year; }); return true;
    case OpCode::days_since: map_binary(o, [](double now, double then) { return now - then; }); return true;
    default: return false;
  }
}

Direction expression_direction(OpCode code, std::size_t operand) {
  using enum Direction;
  switch (code) {
    case OpCode::subtract:
    case OpCode::greater:
    case OpCode::greater_equal:
    case OpCode::months_since:
    case OpCode::years_since:
    case OpCode::days_since: return operand == 0 ? rising : falling;
    case OpCode::less:
    case OpCode::less_equal: return operand == 0 ? falling : rising;
    case OpCode::negate:
    case OpCode::logical_not: return falling;
    case OpCode::multiply:
    case OpCode::divide:
    case OpCode::power:
    case OpCode::absolute:
    case OpCode::equal:
    case OpCode::not_equal:
    case OpCode::between:
    case OpCode::known:
    case OpCode::choose: return special;
    case OpCode::round_half_up:
    case OpCode::round_half_even: return operand == 0 ? rising : special;
    default: return rising;  // slot, copy, dated, add, log10, ln, exp, sqrt, minimum, maximum, clamp, limit, and, or
  }
}

bool is_transcendental(OpCode code) {
  switch (code) {
    case OpCode::power:
    case OpCode::log10:
    case OpCode::ln:
    case OpCode::exp:
    case OpCode::logarithmic:
    case OpCode::logistic:
    case OpCode::knots:
    case OpCode::geometric:
    case OpCode::power_mean:
    case OpCode::harmonic: return true;
    default: return false;
  }
}

}  // namespace waystone::evaluate
