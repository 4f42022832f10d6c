// What acts on a target: strengths, rules, overrides (SEMANTICS 4: scales, then adds, then the lowest cap, then the highest floor,
// clamped after each; so effects commute and floors beat caps).
#include <algorithm>
#include <array>
#include <limits>

#include "evaluate/families.hpp"

namespace waystone::evaluate {
namespace {

using model::EffectKind;
using program::OpCode;
using program::Operation;

constexpr double infinity = std::numeric_limits<double>::infinity();

bool holds(double truth) { return truth != 0 && !is_unknown(truth); }

void strength(const Operation& op, const Operands& o) {
  for (std::size_t i = 0; i < o.lanes; ++i) {
    bool off = is_unknown(o.in[1][i]);
    for (std::size_t k = 2; k < op.in.size(); ++k) off = off || holds(o.in[k][i]);
    const double lowered = off ? 0 : o.slots[0].at(i) * (100 - o.in[1][i]) / 100;
    o.out[i] = clamped(o.in[0][i] - lowered, 0, 100);
  }
}

void effects(const Operation& op, const Operands& o) {
  std::array<double, block_lanes> scale, sum{}, cap, floor;
  scale.fill(1);
  cap.fill(infinity);
  floor.fill(-infinity);
  for (std::size_t e = 0; e < op.effects.size(); ++e) {
    const double* __restrict truth = o.in[1 + 2 * e];
    const double* __restrict amount = o.in[2 + 2 * e];
    for (std::size_t i = 0; i < o.lanes; ++i) {
      const bool acts = holds(truth[i]);
      switch (op.effects[e]) {
        case EffectKind::scale: scale[i] *= acts ? amount[i] : 1; break;
        case EffectKind::add: sum[i] += acts ? amount[i] : 0; break;
        case EffectKind::at_most: cap[i] = acts && amount[i] < cap[i] ? amount[i] : cap[i]; break;          // unknown amounts
        case EffectKind::at_least: floor[i] = acts && amount[i] > floor[i] ? amount[i] : floor[i]; break;  // are left out
      }
    }
  }
  for (std::size_t i = 0; i < o.lanes; ++i) {
    double x = clamped(o.in[0][i] * scale[i], op.low, op.high);
    x = clamped(x + sum[i], op.low, op.high);
    x = clamped(x > cap[i] ? cap[i] : x, op.low, op.high);
    o.out[i] = clamped(x < floor[i] ? floor[i] : x, op.low, op.high);
  }
}

}  // namespace

WAYSTONE_VECTOR_CLONES bool run_effect(const Operation& op, const Operands& o) {
  switch (op.code) {
    case OpCode::strength: strength(op, o); return true;
    case OpCode::effects: effects(op, o); return true;
    case OpCode::adjust: map_binary(o, [](double x, double points) { return clamped(x + points, 0, 100); }); return true;
    default: return false;
  }
}

Direction direction(const Operation& op, std::size_t operand) {
  using enum Direction;
  switch (op.code) {
    case OpCode::linear:
    case OpCode::logarithmic:
    case OpCode::logistic: return either;  // by the order of the goalposts
    case OpCode::knots:
    case OpCode::steps:
    case OpCode::effects: return special;
    case OpCode::flip: return falling;
    case OpCode::strength:  // a worse mitigant lowers less, and so does one switched off
    case OpCode::adjust:
    case OpCode::arithmetic:
    case OpCode::geometric:
    case OpCode::harmonic:
    case OpCode::power_mean:
    case OpCode::weighted_sum:
    case OpCode::product:
    case OpCode::highest:
    case OpCode::lowest:
    case OpCode::median: return rising;
    default: return expression_direction(op.code, operand);
  }
}

}  // namespace waystone::evaluate
