// Where an operation rises or falls in each operand, its kernel runs on the end points that make
// the result lowest and highest. The operations that do neither have a rule of their own below.
// Bounds are of the values that an operation can take, now and when more becomes known. Beside them
// run two marks: whether it may have no value even with every fact known (a gap), and whether it
// may have none for any reason (absent), because what reads it then leaves it out: a floor without
// an amount, a member re-weighted. A gap is certain where nothing that becomes known can close it:
// a parameter that is not in force, a division by a known zero. What surely has no value opens
// nothing.
#include "evaluate/bounds.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <map>
#include <vector>

#include "base/ties.hpp"
#include "evaluate/families.hpp"
#include "evaluate/power.hpp"

namespace waystone::evaluate {
namespace {

using model::EffectKind;
using program::Direction;
using program::Operation;
using program::OwnBoundsOp;
using program::row_of;

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
  const auto [low, high] = std::minmax(
      {times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)});
  return {low, high};
}

// Divided as the kernel divides, so that rounding is the same; an infinite end point over another
// can be anything.
Range quotient(Range a, Range b) {
  if (b.contains(0)) return everything;
  const auto over = [](double x, double y) { return x == 0 ? 0 : x / y; };
  const auto corners = {over(a.low, b.low), over(a.low, b.high), over(a.high, b.low),
                        over(a.high, b.high)};
  if (std::any_of(corners.begin(), corners.end(), [](double x) { return is_unknown(x); }))
    return everything;
  const auto [low, high] = std::minmax(corners);
  return {low, high};
}

Range absolute(Range a) {
  const double low = std::fabs(a.low), high = std::fabs(a.high);
  return {a.contains(0) ? 0 : std::min(low, high), std::max(low, high)};
}

// x^y is monotone in each operand while the other stands still and x > 0, so a box has its extremes
// at corners.
Range power(Range x, Range y) {
  if (x.low < 0) {
    const bool whole = y.low == y.high && std::floor(y.low) == y.low;
    if (!whole) return everything;
    const double a = power_of(x.low, y.low), b = power_of(x.high, y.low);
    if (x.contains(0))
      return y.low < 0                  ? everything
             : std::fmod(y.low, 2) == 0 ? Range{0, std::max(a, b)}
                                        : Range{a, b};
    return {std::min(a, b), std::max(a, b)};
  }
  if (x.low == 0 && y.low < 0) return {0, infinity};
  const auto [low, high] = std::minmax({power_of(x.low, y.low), power_of(x.low, y.high),
                                        power_of(x.high, y.low), power_of(x.high, y.high)});
  return {low, high};
}

Range equal(Range a, Range b) {
  const bool may = !below(b.high, a.low) && !below(a.high, b.low);
  const bool must = tie(a.low, b.low) && tie(a.low, a.high) && tie(b.low, b.high);
  return {must ? 1.0 : 0.0, may ? 1.0 : 0.0};
}

Range between(Range x, Range low, Range high) {
  const bool must = !below(x.low, low.high) && !below(high.low, x.high);
  const bool may =
      !below(x.high, low.low) && !below(high.high, x.low) && !below(high.high, low.low);
  return {must ? 1.0 : 0.0, may ? 1.0 : 0.0};
}

// ---- curves that need not be monotone: the ends and every knot between them

Range over_knots(const Operation& op, const SlotView* slots, Range x, std::size_t lane) {
  const auto at_end = [&](double end) {
    double score = 0;
    const double* in = &end;
    std::vector<SlotView> here(op.slots.size());
    for (std::size_t k = 0; k < here.size(); ++k)
      here[k] = {slots[k].data + lane * slots[k].stride, 0};
    run(op, {&in, here.data(), &score, 1});
    return score;
  };
  const double a = at_end(x.low), b = at_end(x.high);
  Range result{std::min(a, b), std::max(a, b)};
  for (std::size_t k = 0; k < op.slots.size() / 2; ++k)
    if (x.contains(slots[2 * k].at(lane)))
      result = hull(result, {slots[2 * k + 1].at(lane), slots[2 * k + 1].at(lane)});
  return result;
}

// ---- rules: each truth is certain, impossible or open

struct Acting {
  bool must, may;
};

bool is_limit(EffectKind kind) {
  return kind == EffectKind::at_most || kind == EffectKind::at_least;
}

// A floor or cap that acts, but whose amount hangs on what is unknown, acts by as much as is sure:
// a floor by the least it may be, a cap by the most. One that may have no amount at all is left
// out.
void act_by_what_is_sure(const Operation& op, const BoundOperands& o, std::size_t i) {
  std::vector<double> operands;
  for (std::size_t e = 0; e < op.effects.size(); ++e) {
    const std::size_t amount = 2 + 2 * e;
    const double truth = o.value[1 + 2 * e][i];
    const bool acts = truth != 0 && !is_unknown(truth);
    if (!acts || !is_limit(op.effects[e]) || !is_unknown(o.value[amount][i]) ||
        o.gap[amount][i] != 0)
      continue;
    if (operands.empty())
      for (std::size_t k = 0; k < op.in.size(); ++k) operands.push_back(o.value[k][i]);
    const bool floor = op.effects[e] == EffectKind::at_least;
    operands[amount] = floor ? o.low[amount][i] : o.high[amount][i];
  }
  if (operands.empty()) return;
  std::vector<const double*> in;
  for (const double& operand : operands) in.push_back(&operand);
  run(op, {in.data(), o.slots, &o.nominal[i], 1});
}

// `supposed`: of rules by their truth's register, that they hold or don't.
Range effects_if(const Operation& op, const BoundOperands& o, std::size_t i,
                 const std::map<RegisterId, bool>& supposed) {
  Range scale{1, 1}, sum{0, 0}, cap{infinity, infinity}, floor{-infinity, -infinity};
  for (std::size_t e = 0; e < op.effects.size(); ++e) {
    const bool amount_left_out = is_limit(op.effects[e]) && o.gap[2 + 2 * e][i] != 0;
    if (o.gap[1 + 2 * e][i] == certain_gap ||
        (amount_left_out && o.gap[2 + 2 * e][i] == certain_gap))
      continue;
    Acting acting{o.low[1 + 2 * e][i] > 0 && o.absent[1 + 2 * e][i] == 0 && !amount_left_out,
                  o.high[1 + 2 * e][i] > 0};
    if (const auto found = supposed.find(op.in[1 + 2 * e]); found != supposed.end())
      acting = {found->second && !amount_left_out, found->second};
    if (!acting.may) continue;
    const Range amount{o.low[2 + 2 * e][i], o.high[2 + 2 * e][i]};
    const auto unless_certain = [&](Range neutral) {
      return acting.must ? amount : hull(amount, neutral);
    };
    switch (op.effects[e]) {
      case EffectKind::scale: scale = product(scale, unless_certain({1, 1})); break;
      case EffectKind::add: {
        const Range points = unless_certain({0, 0});
        sum = {sum.low + points.low, sum.high + points.high};
        break;
      }
      case EffectKind::at_most:
        cap = {std::min(cap.low, amount.low),
               acting.must ? std::min(cap.high, amount.high) : cap.high};
        break;
      case EffectKind::at_least:
        floor = {acting.must ? std::max(floor.low, amount.low) : floor.low,
                 std::max(floor.high, amount.high)};
        break;
    }
  }
  const auto within = [&op](Range r) {
    return Range{clamped(r.low, op.low, op.high), clamped(r.high, op.low, op.high)};
  };
  Range x = within(product({o.low[0][i], o.high[0][i]}, scale));
  x = within({x.low + sum.low, x.high + sum.high});
  x = within({std::min(x.low, cap.low), std::min(x.high, cap.high)});
  return within({std::max(x.low, floor.low), std::max(x.high, floor.high)});
}

// Rules that may hold or not, and do several things here: they do all or nothing.
std::vector<RegisterId> open_rules(const Operation& op, const BoundOperands& o, std::size_t i) {
  std::vector<RegisterId> once, open;
  for (std::size_t e = 0; e < op.effects.size(); ++e) {
    const RegisterId truth = op.in[1 + 2 * e];
    const bool certain = o.high[1 + 2 * e][i] <= 0 || o.gap[1 + 2 * e][i] == certain_gap ||
                         (o.low[1 + 2 * e][i] > 0 && o.absent[1 + 2 * e][i] == 0);
    if (certain || std::find(open.begin(), open.end(), truth) != open.end()) continue;
    auto& list = std::find(once.begin(), once.end(), truth) == once.end() ? once : open;
    list.push_back(truth);
  }
  return open;
}

Range effects(const Operation& op, const BoundOperands& o, std::size_t i) {
  constexpr std::size_t most = 6;  // all their cases; beyond, each effect by itself, which is wider
  std::vector<RegisterId> open = open_rules(op, o, i);
  if (open.size() > most) open.resize(most);
  if (open.empty()) return effects_if(op, o, i, {});
  Range all{infinity, -infinity};
  for (std::uint32_t which = 0; which < std::uint32_t{1} << open.size(); ++which) {
    std::map<RegisterId, bool> supposed;
    for (std::size_t k = 0; k < open.size(); ++k) supposed[open[k]] = which >> k & 1;
    all = hull(all, effects_if(op, o, i, supposed));
  }
  return all;
}

// Registers: value, score, truth of each rule that switches the strength off. It lowers nothing
// where the score has no value.
Range strength(const Operation& op, const BoundOperands& o, std::size_t i) {
  bool surely_off = false, maybe_off = o.absent[1][i] != 0;
  for (std::size_t k = 2; k < op.in.size(); ++k) {
    surely_off = surely_off || (o.low[k][i] > 0 && o.absent[k][i] == 0);
    maybe_off = maybe_off || (o.high[k][i] > 0 && o.gap[k][i] != certain_gap);
  }
  surely_off = surely_off || o.gap[1][i] == certain_gap;
  const double points = o.slots[0].at(i);
  const double most = surely_off ? 0 : points * (100 - o.low[1][i]) / 100,
               least = maybe_off ? 0 : points * (100 - o.high[1][i]) / 100;
  return {clamped(o.low[0][i] - most, op.low, op.high),
          clamped(o.high[0][i] - least, op.low, op.high)};
}

// Members that may be missing are left out of a combination that re-weights, whichever they are. It
// is lowest with the lowest few of them taken in, each at its low end: taking one in moves the
// result towards it, so one below the result lowers it and one above raises it. (The least known
// share is not asked for here, which can only widen the bounds.)
class LeftOut {
 public:
  LeftOut(const Operation& op, const BoundOperands& o, std::size_t lane) : op_(op) {
    for (std::size_t k = 0; k < op.slots.size(); ++k)
      slots_.push_back({o.slots[k].data + lane * o.slots[k].stride, 0});
    slots_.back() = {&none_, 0};
    for (std::size_t m = 0; m < op.in.size(); ++m)
      if (o.gap[m][lane] != certain_gap) (o.absent[m][lane] != 0 ? open_ : sure_).push_back(m);
  }

  /// `ends`: of the members; `sign`: 1 for the lowest result, -1 for the highest.
  double extreme(const std::vector<double>& ends, double sign) {
    std::stable_sort(open_.begin(), open_.end(),
                     [&](std::size_t a, std::size_t b) { return sign * ends[a] < sign * ends[b]; });
    std::vector<double> members(op_.in.size(), std::nan(""));
    for (const std::size_t m : sure_) members[m] = ends[m];
    double best = sign * combined(members);
    for (const std::size_t m : open_) {
      members[m] = ends[m];
      const double next = sign * combined(members);
      if (is_unknown(best) || next < best) best = next;
    }
    return sign * best;
  }

  static constexpr std::size_t most = 64;  // each costs a run of the kernel
  bool too_many() const { return open_.size() > most; }

 private:
  double combined(const std::vector<double>& members) const {
    std::vector<const double*> in;
    for (const double& member : members) in.push_back(&member);
    double result = 0;
    run(op_, {in.data(), slots_.data(), &result, 1});
    return result;
  }

  const Operation& op_;
  const double none_ = 0;
  std::vector<SlotView> slots_;
  std::vector<std::size_t> sure_, open_;
};

Range with_members_left_out(const Operation& op, const BoundOperands& o, std::size_t i, Range all) {
  std::vector<double> lows, highs;
  for (std::size_t m = 0; m < op.in.size(); ++m) {
    lows.push_back(o.low[m][i]);
    highs.push_back(o.high[m][i]);
  }
  LeftOut left_out(op, o, i);
  if (left_out.too_many()) return {0, 100};
  const bool one_never = std::any_of(o.gap, o.gap + op.in.size(),
                                     [i](const double* gap) { return gap[i] == certain_gap; });
  if (one_never) return {left_out.extreme(lows, 1), left_out.extreme(highs, -1)};
  return hull(all, {left_out.extreme(lows, 1), left_out.extreme(highs, -1)});
}

// Of a condition, whatever else its operand's range would have room for.
bool can_hold(Range condition) { return condition.high > 0; }
double as_truth(bool hold) { return hold ? 1 : 0; }

Range special(const Operation& op, const BoundOperands& o, std::size_t i) {
  const auto in = [&](std::size_t k) { return Range{o.low[k][i], o.high[k][i]}; };
  switch (OwnBoundsOp(op.code)) {
    case OwnBoundsOp::multiply: return product(in(0), in(1));
    case OwnBoundsOp::divide: return quotient(in(0), in(1));
    case OwnBoundsOp::power: return power(in(0), in(1));
    case OwnBoundsOp::absolute: return absolute(in(0));
    case OwnBoundsOp::equal: return equal(in(0), in(1));
    case OwnBoundsOp::not_equal: {
      const Range same = equal(in(0), in(1));
      return {1 - same.high, 1 - same.low};
    }
    case OwnBoundsOp::between: return between(in(0), in(1), in(2));
    case OwnBoundsOp::logical_and:
      return {as_truth(in(0).low > 0 && in(1).low > 0),
              as_truth(can_hold(in(0)) && can_hold(in(1)))};
    case OwnBoundsOp::logical_or:
      return {as_truth(in(0).low > 0 || in(1).low > 0),
              as_truth(can_hold(in(0)) || can_hold(in(1)))};
    case OwnBoundsOp::logical_not: return {as_truth(!can_hold(in(0))), as_truth(!(in(0).low > 0))};
    case OwnBoundsOp::known:
      if (o.gap[0][i] == certain_gap) return {0, 0};
      return {o.absent[0][i] != 0 ? 0.0 : 1.0, 1.0};  // an unknown fact may become known
    case OwnBoundsOp::choose: {
      const Range condition = in(0);
      if (condition.low > 0) return in(1);
      if (condition.high == 0) return in(2);
      return hull(in(1), in(2));
    }
    case OwnBoundsOp::knots:
    case OwnBoundsOp::steps: return over_knots(op, o.slots, in(0), i);
    case OwnBoundsOp::strength: return strength(op, o, i);
    case OwnBoundsOp::effects: return effects(op, o, i);
  }
  return everything;
}

// Where the result is lowest: at the operand's high end, or at its low end.
bool falls_in(Direction direction, std::size_t operand) {
  switch (direction) {
    case Direction::rising:
    case Direction::by_goalposts:  // the lower of both is found afterwards
    case Direction::own: return false;
    case Direction::falling: return true;
    case Direction::first_rising: return operand > 0;
    case Direction::first_falling: return operand == 0;
  }
  return false;
}

// The kernel on the end points, low and high.
void at_ends(const Operation& op, const BoundOperands& o) {
  const std::size_t count = op.in.size();
  std::vector<const double*> lowest(count), highest(count);
  const Direction direction = row_of(op.code).direction;
  for (std::size_t k = 0; k < count; ++k) {
    lowest[k] = falls_in(direction, k) ? o.high[k] : o.low[k];
    highest[k] = falls_in(direction, k) ? o.low[k] : o.high[k];
  }
  run(op, {lowest.data(), o.slots, o.low_out, o.lanes});
  run(op, {highest.data(), o.slots, o.high_out, o.lanes});
  if (direction != Direction::by_goalposts) return;
  for (std::size_t i = 0; i < o.lanes; ++i)
    if (o.low_out[i] > o.high_out[i]) std::swap(o.low_out[i], o.high_out[i]);
}

// ---- gaps
// The same rules tell both marks: from gaps of the operands a gap, from absent ones that it may be
// absent.

using Marks = const double* const*;

bool any(const Operation& op, Marks marks, std::size_t i) {
  for (std::size_t k = 0; k < op.in.size(); ++k)
    if (marks[k][i] != 0) return true;
  return false;
}

// Whether the members that surely have a score may carry too little of the weight.
bool may_be_too_few(const Operation& op, const BoundOperands& o, Marks marks, std::size_t i) {
  const std::size_t members = op.in.size();
  const bool weighted = row_of(op.code).numerals == program::Numerals::weights;
  double sure = 0, total = 0;
  for (std::size_t m = 0; m < members; ++m) {
    const double weight = weighted ? o.slots[m].at(i) : 1;
    total += weight;
    sure += marks[m][i] != 0 ? 0 : weight;
  }
  return sure <= 0 || below(sure / total, o.slots[op.slots.size() - 1].at(i));
}

// Whether an effect that adds or scales may act without an amount.
bool may_lack_amount(const Operation& op, const BoundOperands& o, Marks marks, std::size_t i) {
  for (std::size_t e = 0; e < op.effects.size(); ++e) {
    const bool moves = op.effects[e] == EffectKind::scale || op.effects[e] == EffectKind::add;
    if (o.gap[1 + 2 * e][i] == certain_gap) continue;
    const bool finite = std::isfinite(o.low[2 + 2 * e][i]) && std::isfinite(o.high[2 + 2 * e][i]);
    if (moves && o.high[1 + 2 * e][i] > 0 && (marks[2 + 2 * e][i] != 0 || !finite)) return true;
  }
  return false;
}

// Of a choice: whatever its condition is, the result is the same.
bool same_value(const BoundOperands& o, std::size_t i) {
  return o.low[1][i] == o.high[1][i] && o.low[2][i] == o.high[2][i] && o.low[1][i] == o.low[2][i];
}

bool may_lack_value(const Operation& op, const BoundOperands& o, Marks marks, std::size_t i) {
  using program::Valued;
  const auto in = [&](std::size_t k) { return Range{o.low[k][i], o.high[k][i]}; };
  const auto finite = [](Range r) { return std::isfinite(r.low) && std::isfinite(r.high); };
  const auto all_finite = [&] {
    for (std::size_t k = 0; k < op.in.size(); ++k)
      if (!finite(in(k))) return false;
    return true;
  };
  const auto any_or_overflow = [&] {
    return any(op, marks, i) || (!finite({o.low_out[i], o.high_out[i]}) && all_finite());
  };
  switch (row_of(op.code).valued) {
    case Valued::as_operands: return any(op, marks, i);
    case Valued::in_force: return is_unknown(o.nominal[i]);  // as_of is known
    case Valued::always: return false;
    case Valued::sum:  // infinities that may cancel
      return any_or_overflow() || (in(0).low == -infinity && in(1).high == infinity) ||
             (in(0).high == infinity && in(1).low == -infinity);
    case Valued::difference:
      return any_or_overflow() || (in(0).low == -infinity && in(1).low == -infinity) ||
             (in(0).high == infinity && in(1).high == infinity);
    case Valued::product:
      return any_or_overflow() || (!finite(in(0)) && in(1).contains(0)) ||
             (!finite(in(1)) && in(0).contains(0));
    case Valued::quotient:
      return any_or_overflow() || in(1).contains(0) || (!finite(in(0)) && !finite(in(1)));
    case Valued::power: {
      const bool whole = in(1).low == in(1).high && std::floor(in(1).low) == in(1).low;
      return any_or_overflow() || !all_finite() || (in(0).low < 0 && !whole) ||
             (in(0).contains(0) && in(1).low < 0);
    }
    case Valued::of_positive: return any(op, marks, i) || in(0).low <= 0;
    case Valued::of_not_negative: return any(op, marks, i) || in(0).low < 0;
    case Valued::finite: return any_or_overflow();
    case Valued::conjunction:
      for (std::size_t k = 0; k < op.in.size(); ++k)
        if (marks[k][i] == 0 && o.high[k][i] == 0) return false;
      return any(op, marks, i);
    case Valued::disjunction:
      for (std::size_t k = 0; k < op.in.size(); ++k)
        if (marks[k][i] == 0 && o.low[k][i] > 0) return false;
      return any(op, marks, i);
    case Valued::branch:
      if (marks[0][i] != 0) return !(same_value(o, i) && marks[1][i] == 0 && marks[2][i] == 0);
      return (in(0).high > 0 && marks[1][i] != 0) || (in(0).low == 0 && marks[2][i] != 0);
    case Valued::enough_members:
      return any(op, marks, i) && !(op.has_reweight && !may_be_too_few(op, o, marks, i));
    case Valued::first_operand: return marks[0][i] != 0;
    case Valued::moving_amounts: return marks[0][i] != 0 || may_lack_amount(op, o, marks, i);
  }
  return true;
}

// Whether what may lack a value surely has none: what it reads is certain and gives none, or surely
// has none itself.
bool surely_lacks_value(const Operation& op, const BoundOperands& o, std::size_t i) {
  using program::Valued;
  const auto never = [&](std::size_t k) { return o.gap[k][i] == certain_gap; };
  const auto settled = [&](std::size_t k) {
    return o.absent[k][i] == 0 && o.low[k][i] == o.high[k][i] && o.value[k][i] == o.low[k][i];
  };
  bool all_settled = !op.in.empty(), one_never = false;
  for (std::size_t k = 0; k < op.in.size(); ++k) {
    one_never = one_never || never(k);
    all_settled = all_settled && (never(k) || settled(k));
  }
  if (all_settled) return is_unknown(o.nominal[i]);
  if (!one_never) return false;
  switch (row_of(op.code).valued) {
    case Valued::always:
    case Valued::conjunction:
    case Valued::disjunction: return false;
    case Valued::branch:
      if (never(1) && never(2)) return true;
      return settled(0) && never(o.value[0][i] != 0 ? 1 : 2);
    case Valued::enough_members: return !op.has_reweight;
    case Valued::first_operand:
    case Valued::moving_amounts: return never(0);
    default: return true;  // without one operand there is no result
  }
}

// By four steps to the next number.
double outward(double x, double direction) {
  constexpr int steps = 4;
  if (x == 0) return x;  // exact wherever it comes out: ln 1, 0^y, a score at its goalpost
  if (const double size = std::fabs(x); size > 1e-300 && size < 1e300) {
    // neighbours of one sign have neighbouring bits
    const bool away = (x > 0) == (direction > 0);
    return std::bit_cast<double>(std::bit_cast<std::int64_t>(x) + (away ? steps : -steps));
  }
  for (int k = 0; k < steps; ++k) x = std::nextafter(x, direction);
  return x;
}

// A mean of any of its members lies between them.
Range among_members(const Operation& op, const BoundOperands& o, std::size_t i) {
  Range range{infinity, -infinity};
  for (std::size_t m = 0; m < op.in.size(); ++m)
    if (!op.has_reweight || o.gap[m][i] != certain_gap)
      range = {std::min(range.low, o.low[m][i]), std::max(range.high, o.high[m][i])};
  if (range.low > range.high) return {0, 100};  // none of them ever has a score
  if (!op.has_floor) return range;
  const double floor = o.slots[op.in.size()].at(i);
  return {std::max(range.low, floor), std::max(range.high, floor)};
}

// What the result can be at all.
Range natural_range(const Operation& op, const BoundOperands& o, std::size_t i) {
  using Natural = program::NaturalRange;
  switch (row_of(op.code).range) {
    case Natural::any: return everything;
    case Natural::truth: return {0, 1};
    case Natural::score: return {0, 100};
    case Natural::members: return among_members(op, o, i);
    case Natural::cut_score:
    case Natural::declared: return {op.low, op.high};
  }
  return everything;
}

// Whether nothing is left open of what an operation reads: then its bounds are its value, to the
// last bit.
bool nothing_is_open(const Operation& op, const BoundOperands& o, std::size_t i) {
  if (op.in.empty()) return false;
  for (std::size_t k = 0; k < op.in.size(); ++k)
    if (!(o.low[k][i] == o.high[k][i] && o.value[k][i] == o.low[k][i]) || o.absent[k][i] != 0)
      return false;
  return !is_unknown(o.nominal[i]);
}

// Of one possible value only, and surely having one: whatever is unknown, that is its value, and it
// is never without it.
void settle(const BoundOperands& o, std::size_t i) {
  if (o.gap_out[i] != 0 || o.low_out[i] != o.high_out[i]) return;
  if (is_unknown(o.nominal[i])) o.nominal[i] = o.low_out[i];
  o.absent_out[i] = 0;
}

}  // namespace

void bound(const Operation& op, const BoundOperands& o) {
  if (op.code == program::OpCode::effects)
    for (std::size_t i = 0; i < o.lanes; ++i) act_by_what_is_sure(op, o, i);
  if (row_of(op.code).direction == Direction::own) {
    for (std::size_t i = 0; i < o.lanes; ++i) {
      const Range r = special(op, o, i);
      o.low_out[i] = r.low;
      o.high_out[i] = r.high;
    }
  } else {
    at_ends(op, o);
  }
  const bool round = row_of(op.code).precision == program::Precision::rounded;
  for (std::size_t i = 0; i < o.lanes; ++i) {
    double low = o.low_out[i], high = o.high_out[i];
    if (round) {
      low = outward(low, -infinity);
      high = outward(high, infinity);
    }
    if (nothing_is_open(op, o, i)) {
      o.low_out[i] = o.high_out[i] = o.nominal[i];
      o.gap_out[i] = o.absent_out[i] = 0;
      continue;
    }
    o.gap_out[i] = may_lack_value(op, o, o.gap, i) ? 1 : 0;
    if (o.gap_out[i] != 0 && surely_lacks_value(op, o, i)) o.gap_out[i] = certain_gap;
    o.absent_out[i] = o.gap_out[i] != 0 || may_lack_value(op, o, o.absent, i) ? 1 : 0;
    if (op.has_reweight && any(op, o.absent, i)) {
      const Range all = with_members_left_out(op, o, i, {low, high});
      low = all.low;
      high = all.high;
    }
    const Range natural = natural_range(op, o, i);
    low = is_unknown(low) ? natural.low : clamped(low, natural.low, natural.high);
    high = is_unknown(high) ? natural.high : clamped(high, natural.low, natural.high);
    if (!is_unknown(o.nominal[i])) {  // rounding
      low = std::min(low, o.nominal[i]);
      high = std::max(high, o.nominal[i]);
    }
    o.low_out[i] = low;
    o.high_out[i] = std::max(low, high);
    settle(o, i);
  }
}

}  // namespace waystone::evaluate
