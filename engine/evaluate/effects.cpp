// What acts on a target: strengths, rules, overrides (docs/method, section 3: scales, then adds,
// then the lowest cap, then the highest floor, clamped after each; so effects commute and floors
// beat caps).
#include <algorithm>
#include <array>
#include <limits>

#include "evaluate/families.hpp"

namespace waystone::evaluate {
namespace {

using model::EffectKind;
using program::EffectOp;
using program::Operation;

constexpr double infinity = std::numeric_limits<double>::infinity();

bool holds(double truth) { return truth != 0 && !is_unknown(truth); }

void strength(const Operation& op, const Operands& o) {
  for (std::size_t i = 0; i < o.lanes; ++i) {
    bool off = is_unknown(o.in[1][i]);
    for (std::size_t k = 2; k < op.in.size(); ++k) off = off || holds(o.in[k][i]);
    const double lowered = off ? 0 : o.slots[0].at(i) * (100 - o.in[1][i]) / 100;
    o.out[i] = clamped(o.in[0][i] - lowered, op.low, op.high);
  }
}

std::size_t next_of(EffectKind kind, const Operation& op, std::size_t from) {
  while (from < op.effects.size() && op.effects[from] != kind) ++from;
  return from;
}

// The effects of one kind that act in a lane are combined, and what they come to takes a step on
// the value. One alone needs no sum beside it.
template <class Combine, class Step>
void act(EffectKind kind, double neutral, const Operation& op, const Operands& o, Combine combine,
         Step step) {
  std::size_t e = next_of(kind, op, 0);
  if (e == op.effects.size()) return;
  double* __restrict out = o.out;
  if (next_of(kind, op, e + 1) == op.effects.size()) {
    const double* __restrict truth = o.in[1 + 2 * e];
    const double* __restrict amount = o.in[2 + 2 * e];
    for (std::size_t i = 0; i < o.lanes; ++i)
      out[i] = clamped(step(out[i], holds(truth[i]) ? combine(neutral, amount[i]) : neutral),
                       op.low, op.high);
    return;
  }
  std::array<double, block_lanes> total;
  std::fill_n(total.data(), o.lanes, neutral);
  for (; e < op.effects.size(); e = next_of(kind, op, e + 1)) {
    const double* __restrict truth = o.in[1 + 2 * e];
    const double* __restrict amount = o.in[2 + 2 * e];
    for (std::size_t i = 0; i < o.lanes; ++i)
      total[i] = holds(truth[i]) ? combine(total[i], amount[i]) : total[i];
  }
  for (std::size_t i = 0; i < o.lanes; ++i)
    out[i] = clamped(step(out[i], total[i]), op.low, op.high);
}

void effects(const Operation& op, const Operands& o) {
  // 0 added: no zero below zero
  if (next_of(EffectKind::scale, op, 0) == op.effects.size())
    map_unary(o, [&op](double x) { return clamped(x, op.low, op.high) + 0; });
  else
    map_unary(o, [](double x) { return x + 0; });
  act(
      EffectKind::scale, 1, op, o, [](double all, double amount) { return all * amount; },
      [](double x, double factor) { return x * factor + 0; });
  act(
      EffectKind::add, 0, op, o, [](double all, double amount) { return all + amount; },
      [](double x, double points) { return x + points; });
  const auto lesser = [](double a, double b) {
    return b < a ? b : a;
  };  // an unknown amount is left out
  const auto greater = [](double a, double b) { return b > a ? b : a; };
  act(EffectKind::at_most, infinity, op, o, lesser, lesser);
  act(EffectKind::at_least, -infinity, op, o, greater, greater);
}

}  // namespace

WAYSTONE_VECTOR_CLONES void run_effect(const Operation& op, const Operands& o) {
  switch (EffectOp(op.code)) {
    case EffectOp::strength: strength(op, o); return;
    case EffectOp::effects: effects(op, o); return;
    case EffectOp::adjust:
      map_binary(o,
                 [&op](double x, double points) { return clamped(x + points, op.low, op.high); });
      return;
  }
}

// ---- derivatives

namespace {

// A value and its derivative, through the steps of an operation.
struct Dual {
  double value, moved;
};
Dual times(Dual a, Dual b) {
  return {a.value * b.value, along(b.value, a.moved) + along(a.value, b.moved)};
}
Dual plus(Dual a, Dual b) { return {a.value + b.value, a.moved + b.moved}; }
Dual within(Dual x, double low, double high) {
  return x.value < low ? Dual{low, 0} : x.value > high ? Dual{high, 0} : x;
}

double derive_strength(const Operation& op, const DerivativeOperands& o, std::size_t i) {
  bool off = is_unknown(o.in[1][i]);
  for (std::size_t k = 2; k < op.in.size(); ++k) off = off || holds(o.in[k][i]);
  const Dual points{o.slots[0].at(i), o.slot_derivative[0]}, score{o.in[1][i], o.moved(1, i)};
  const double lowered = off ? 0 : points.value * (100 - score.value) / 100;
  const bool some_left =
      o.in[0][i] - lowered > 0;  // at 0 there is nothing that a strength could lower further
  const double moved =
      off || !some_left ? 0
                        : (points.moved * (100 - score.value) - points.value * score.moved) / 100;
  return within({o.in[0][i] - lowered, o.moved(0, i) - moved}, op.low, op.high).moved;
}

double derive_effects(const Operation& op, const DerivativeOperands& o, std::size_t i) {
  Dual scale{1, 0}, sum{0, 0}, cap{infinity, 0}, floor{-infinity, 0};
  for (std::size_t e = 0; e < op.effects.size(); ++e) {
    if (!holds(o.in[1 + 2 * e][i])) continue;
    const Dual amount{o.in[2 + 2 * e][i], o.moved(2 + 2 * e, i)};
    switch (op.effects[e]) {
      case EffectKind::scale: scale = times(scale, amount); break;
      case EffectKind::add: sum = plus(sum, amount); break;
      case EffectKind::at_most:
        if (amount.value < cap.value) cap = amount;
        break;
      case EffectKind::at_least:
        if (amount.value > floor.value) floor = amount;
        break;
    }
  }
  Dual x = within(times({o.in[0][i], o.moved(0, i)}, scale), op.low, op.high);
  x = within(plus(x, sum), op.low, op.high);
  x = within(x.value > cap.value ? cap : x, op.low, op.high);
  return within(x.value < floor.value ? floor : x, op.low, op.high).moved;
}

}  // namespace

void derive_effect(const Operation& op, const DerivativeOperands& o) {
  switch (EffectOp(op.code)) {
    case EffectOp::strength:
      derive_lanes(o, [&](std::size_t i) { return derive_strength(op, o, i); });
      return;
    case EffectOp::effects:
      derive_lanes(o, [&](std::size_t i) { return derive_effects(op, o, i); });
      return;
    case EffectOp::adjust:
      derive_lanes(o, [&](std::size_t i) {
        return within({o.in[0][i] + o.in[1][i], o.moved(0, i) + o.moved(1, i)}, op.low, op.high)
            .moved;
      });
      return;
  }
}

}  // namespace waystone::evaluate
