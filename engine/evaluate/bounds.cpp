// Where an operation rises or falls in each operand, its kernel runs on the end points that make the result lowest and highest. The
// operations that do neither have a rule of their own below.
#include "evaluate/bounds.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "evaluate/families.hpp"

namespace waystone::evaluate {
namespace {

using model::EffectKind;
using program::OpCode;
using program::Operation;

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Range {
  double low, high;
  bool contains(double x) const { return low <= x && x <= high; }
};

Range hull(Range a, Range b) { return {std::min(a.low, b.low), std::max(a.high, b.high)}; }
constexpr Range everything{-infinity, infinity};

// Zero times an infinite end point is zero: the end point is a limit, never taken.
double times(double a, double b) { return a == 0 || b == 0 ? 0 : a * b; }

Range product(Range a, Range b) {
  const auto [low, high] = std::minmax({times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)});
  return {low, high};
}

Range quotient(Range a, Range b) {
  if (b.contains(0)) return everything;
  return product(a, {1 / b.high, 1 / b.low});
}

Range absolute(Range a) {
  const double low = std::fabs(a.low), high = std::fabs(a.high);
  return {a.contains(0) ? 0 : std::min(low, high), std::max(low, high)};
}

// x^y is monotone in each operand while the other stands still and x > 0, so a box has its extremes at corners.
Range power(Range x, Range y) {
  if (x.low < 0) {
    const bool whole = y.low == y.high && std::floor(y.low) == y.low;
    if (!whole) return everything;
    const double a = std::pow(x.low, y.low), b = std::pow(x.high, y.low);
    if (x.contains(0)) return y.low < 0 ? everything : std::fmod(y.low, 2) == 0 ? Range{0, std::max(a, b)} : Range{a, b};
    return {std::min(a, b), std::max(a, b)};
  }
  if (x.low == 0 && y.low < 0) return {0, infinity};
  const auto [low, high] = std::minmax({std::pow(x.low, y.low), std::pow(x.low, y.high), std::pow(x.high, y.low), std::pow(x.high, y.high)});
  return {low, high};
}

Range equal(Range a, Range b) {
  const bool may = a.low <= b.high && b.low <= a.high, must = a.low == a.high && b.low == b.high && a.low == b.low;
  return {must ? 1.0 : 0.0, may ? 1.0 : 0.0};
}

Range between(Range x, Range low, Range high) {
  const bool must = x.low >= low.high && x.high <= high.low, may = x.high >= low.low && x.low <= high.high && low.low <= high.high;
  return {must ? 1.0 : 0.0, may ? 1.0 : 0.0};
}

// ---- curves that need not be monotone: the ends and every knot between them

Range over_knots(const Operation& op, const SlotView* slots, Range x, std::size_t lane) {
  const auto at_end = [&](double end) {
    double score = 0;
    const double* in = &end;
    std::vector<SlotView> here(op.slots.size());
    for (std::size_t k = 0; k < here.size(); ++k) here[k] = {slots[k].data + lane * slots[k].stride, 0};
    run(op, {&in, here.data(), &score, 1});
    return score;
  };
  const double a = at_end(x.low), b = at_end(x.high);
  Range result{std::min(a, b), std::max(a, b)};
  for (std::size_t k = 0; k < op.slots.size() / 2; ++k)
    if (x.contains(slots[2 * k].at(lane))) result = hull(result, {slots[2 * k + 1].at(lane), slots[2 * k + 1].at(lane)});
  return result;
}

// ---- rules: each truth is certain, impossible or open

struct Acting {
  bool must, may;
};

Range effects(const Operation& op, const BoundOperands& o, std::size_t i) {
  Range scale{1, 1}, sum{0, 0}, cap{infinity, infinity}, floor{-infinity, -infinity};
  for (std::size_t e = 0; e < op.effects.size(); ++e) {
    const Acting acting{o.low[1 + 2 * e][i] > 0, o.high[1 + 2 * e][i] > 0};
    if (!acting.may) continue;
    const Range amount{o.low[2 + 2 * e][i], o.high[2 + 2 * e][i]};
    const auto unless_certain = [&](Range neutral) { return acting.must ? amount : hull(amount, neutral); };
    switch (op.effects[e]) {
      case EffectKind::scale: scale = product(scale, unless_certain({1, 1})); break;
      case EffectKind::add: {
        const Range points = unless_certain({0, 0});
        sum = {sum.low + points.low, sum.high + points.high};
        break;
      }
      case EffectKind::at_most: cap = {std::min(cap.low, amount.low), acting.must ? std::min(cap.high, amount.high) : cap.high}; break;
      case EffectKind::at_least: floor = {acting.must ? std::max(floor.low, amount.low) : floor.low, std::max(floor.high, amount.high)}; break;
    }
  }
  const auto within = [&op](Range r) { return Range{clamped(r.low, op.low, op.high), clamped(r.high, op.low, op.high)}; };
  Range x = within(product({o.low[0][i], o.high[0][i]}, scale));
  x = within({x.low + sum.low, x.high + sum.high});
  x = within({std::min(x.low, cap.low), std::min(x.high, cap.high)});
  return within({std::max(x.low, floor.low), std::max(x.high, floor.high)});
}

Range special(const Operation& op, const BoundOperands& o, std::size_t i) {
  const auto in = [&](std::size_t k) { return Range{o.low[k][i], o.high[k][i]}; };
  switch (op.code) {
    case OpCode::multiply: return product(in(0), in(1));
    case OpCode::divide: return quotient(in(0), in(1));
    case OpCode::power: return power(in(0), in(1));
    case OpCode::absolute: return absolute(in(0));
    case OpCode::equal: return equal(in(0), in(1));
    case OpCode::not_equal: {
      const Range same = equal(in(0), in(1));
      return {1 - same.high, 1 - same.low};
    }
    case OpCode::between: return between(in(0), in(1), in(2));
    case OpCode::known: return {is_unknown(o.value[0][i]) ? 0.0 : 1.0, 1.0};  // an unknown fact may become known
    case OpCode::choose: {
      const Range condition = in(0);
      if (condition.low > 0) return in(1);
      if (condition.high == 0) return in(2);
      return hull(in(1), in(2));
    }
    case OpCode::knots:
    case OpCode::steps: return over_knots(op, o.slots, in(0), i);
    case OpCode::effects: return effects(op, o, i);
    default: return everything;  // rounding to an uncertain number of digits
  }
}

bool is_special(const Operation& op) {
  if (op.code == OpCode::round_half_up || op.code == OpCode::round_half_even) return false;  // the number of digits is a numeral
  for (std::size_t k = 0; k < op.in.size(); ++k)
    if (direction(op, k) == Direction::special) return true;
  return false;
}

// The kernel on the end points, low and high.
void at_ends(const Operation& op, const BoundOperands& o) {
  const std::size_t count = op.in.size();
  std::vector<const double*> lowest(count), highest(count);
  bool either = false;
  for (std::size_t k = 0; k < count; ++k) {
    const Direction d = direction(op, k);
    either = either || d == Direction::either;
    lowest[k] = d == Direction::falling ? o.high[k] : o.low[k];
    highest[k] = d == Direction::falling ? o.low[k] : o.high[k];
  }
  run(op, {lowest.data(), o.slots, o.low_out, o.lanes});
  run(op, {highest.data(), o.slots, o.high_out, o.lanes});
  if (!either) return;
  for (std::size_t i = 0; i < o.lanes; ++i)
    if (o.low_out[i] > o.high_out[i]) std::swap(o.low_out[i], o.high_out[i]);
}

double outward(double x, double direction) {
  if (x == 0) return x;  // exact wherever it comes out: ln 1, 0^y, a score at its goalpost
  for (int ulps = 0; ulps < 4; ++ulps) x = std::nextafter(x, direction);
  return x;
}

// What the result can be at all: 0..1 for conditions, 0..100 for scores.
Range natural_range(const Operation& op) {
  if (op.code >= OpCode::less && op.code <= OpCode::known) return {0, 1};
  if (op.code >= OpCode::linear && op.code <= OpCode::strength) return {0, 100};
  if (op.code == OpCode::adjust) return {0, 100};
  if (op.code == OpCode::limit || op.code == OpCode::effects) return {op.low, op.high};
  return everything;
}

}  // namespace

void bound(const Operation& op, const BoundOperands& o) {
  if (is_special(op)) {
    for (std::size_t i = 0; i < o.lanes; ++i) {
      const Range r = special(op, o, i);
      o.low_out[i] = r.low;
      o.high_out[i] = r.high;
    }
  } else {
    at_ends(op, o);
  }
  const Range natural = natural_range(op);
  const bool round = is_transcendental(op.code);
  for (std::size_t i = 0; i < o.lanes; ++i) {
    double low = o.low_out[i], high = o.high_out[i];
    if (round) {
      low = outward(low, -infinity);
      high = outward(high, infinity);
    }
    low = is_unknown(low) ? natural.low : std::max(low, natural.low);
    high = is_unknown(high) ? natural.high : std::min(high, natural.high);
    // The nominal may lie outside what full knowledge allows: re-weighted members, rules left out because they are unknown.
    if (!is_unknown(o.nominal[i])) {
      low = std::min(low, o.nominal[i]);
      high = std::max(high, o.nominal[i]);
    }
    o.low_out[i] = low;
    o.high_out[i] = high;
  }
}

}  // namespace waystone::evaluate
