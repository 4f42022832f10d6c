// Value to score: 0 to 100.
#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "base/ties.hpp"
#include "evaluate/elementary.hpp"
#include "evaluate/families.hpp"

namespace waystone::evaluate {
namespace {

using program::CurveOp;

bool uniform(const program::Operation& op, const Operands& o) {
  return std::all_of(o.slots, o.slots + op.slots.size(),
                     [](const SlotView& s) { return s.stride == 0; });
}

void linear(const Operands& o) {
  const double* __restrict x = o.in[0];
  double* __restrict out = o.out;
  for (std::size_t i = 0; i < o.lanes; ++i) {
    const double best = o.slots[0].at(i), worst = o.slots[1].at(i);
    out[i] = 100 * clamped((x[i] - best) / (worst - best), 0, 1);
  }
}

void logarithmic(const program::Operation& op, const Operands& o) {
  const double plus = op.from_one_plus ? 1 : 0;
  for (std::size_t i = 0; i < o.lanes; ++i) {
    const double best = o.slots[0].at(i), worst = o.slots[1].at(i);
    const double x = clamped(o.in[0][i], std::min(best, worst), std::max(best, worst));
    const double from = natural_log(plus + best), to = natural_log(plus + worst);
    o.out[i] = 100 * clamped((natural_log(plus + x) - from) / (to - from), 0, 1);
  }
}

double sigmoid(double t, double k) { return 1 / (1 + exponential(-k * (t - 0.5))); }

void logistic(const Operands& o) {
  for (std::size_t i = 0; i < o.lanes; ++i) {
    const double best = o.slots[0].at(i), worst = o.slots[1].at(i), k = o.slots[2].at(i);
    const double t = clamped((o.in[0][i] - best) / (worst - best), 0, 1);
    const double at_best = sigmoid(0, k),
                 at_worst = sigmoid(1, k);  // scaled so that the goalposts score exactly 0 and 100
    o.out[i] = 100 * clamped((sigmoid(t, k) - at_best) / (at_worst - at_best), 0, 1);
  }
}

// Straight lines through the knots. Each lane picks its segment by comparisons, not branches, so it
// runs in vectors; a value at a knot scores exactly what the knot says. The result is clamped to
// the range of the scores, so that rounding never leaves it.
struct Polyline {
  static constexpr std::size_t most = 64;
  std::size_t count = 0;
  double lowest = 0, highest = 0;
  std::array<double, most> at, score, slope;  // as many as `count`; the last knot's slope is 0
};

template <class Slot>
Polyline polyline(std::size_t count, Slot slot) {
  Polyline line;
  line.count = count;
  line.lowest = line.highest = slot(1);
  for (std::size_t k = 0; k < count; ++k) {
    line.at[k] = slot(2 * k);
    line.score[k] = slot(2 * k + 1);
    line.slope[k] =
        k + 1 == count ? 0 : (slot(2 * k + 3) - line.score[k]) / (slot(2 * k + 2) - line.at[k]);
    line.lowest = std::min(line.lowest, line.score[k]);
    line.highest = std::max(line.highest, line.score[k]);
  }
  return line;
}

// `count` as a constant where it is small, so that the knots stay in registers.
template <std::size_t count>
void draw_some(const Polyline& line, std::size_t knots, const double* __restrict x,
               double* __restrict out, std::size_t lanes) {
  const std::size_t n = count == 0 ? knots : count;
  for (std::size_t i = 0; i < lanes; ++i) {
    const double t = clamped(x[i], line.at[0], line.at[n - 1]);
    double at = line.at[0], score = line.score[0], slope = line.slope[0];
    for (std::size_t k = 1; k < n; ++k) {
      const bool beyond = t >= line.at[k];
      at = beyond ? line.at[k] : at;
      score = beyond ? line.score[k] : score;
      slope = beyond ? line.slope[k] : slope;
    }
    out[i] = clamped(score + slope * (t - at), line.lowest, line.highest);
  }
}

void draw(const Polyline& line, const double* x, double* out, std::size_t lanes) {
  switch (line.count) {
    case 2: return draw_some<2>(line, 2, x, out, lanes);
    case 3: return draw_some<3>(line, 3, x, out, lanes);
    case 4: return draw_some<4>(line, 4, x, out, lanes);
    case 5: return draw_some<5>(line, 5, x, out, lanes);
    default: return draw_some<0>(line, line.count, x, out, lanes);
  }
}

// Too many knots for the form above: the segment by search.
double by_search(std::size_t count, double x, const SlotView* slots, std::size_t lane) {
  const auto at = [&](std::size_t k) { return slots[2 * k].at(lane); };
  const auto score = [&](std::size_t k) { return slots[2 * k + 1].at(lane); };
  if (is_unknown(x)) return x;
  std::size_t above = 0;
  for (std::size_t step = count; step > 0;) {  // first knot beyond x
    const std::size_t half = step / 2;
    if (at(above + half) <= x)
      above += half + 1, step -= half + 1;
    else
      step = half;
  }
  if (above == 0) return score(0);
  if (above == count) return score(count - 1);
  const double t = (x - at(above - 1)) / (at(above) - at(above - 1));
  return score(above - 1) + t * (score(above) - score(above - 1));
}

void knots(const program::Operation& op, const Operands& o) {
  const std::size_t count = op.slots.size() / 2;
  if (count > Polyline::most) {
    for (std::size_t i = 0; i < o.lanes; ++i) o.out[i] = by_search(count, o.in[0][i], o.slots, i);
    return;
  }
  if (uniform(op, o))
    return draw(polyline(count, [&](std::size_t k) { return o.slots[k].data[0]; }), o.in[0], o.out,
                o.lanes);
  for (std::size_t i = 0; i < o.lanes; ++i)
    draw(polyline(count, [&](std::size_t k) { return o.slots[k].at(i); }), o.in[0] + i, o.out + i,
         1);
}

void steps(const program::Operation& op, const Operands& o) {
  const std::size_t count = op.slots.size() / 2;
  for (std::size_t i = 0; i < o.lanes; ++i) {
    const double x = o.in[0][i];
    double score = o.slots[1].at(i);
    for (std::size_t k = 1; k < count && !below(x, o.slots[2 * k].at(i)); ++k)
      score = o.slots[2 * k + 1].at(i);
    o.out[i] = is_unknown(x) ? x : score;
  }
}

}  // namespace

WAYSTONE_VECTOR_CLONES void run_curve(const program::Operation& op, const Operands& o) {
  switch (CurveOp(op.code)) {
    case CurveOp::linear: linear(o); return;
    case CurveOp::logarithmic: logarithmic(op, o); return;
    case CurveOp::logistic: logistic(o); return;
    case CurveOp::knots: knots(op, o); return;
    case CurveOp::steps: steps(op, o); return;
    case CurveOp::flip: map_unary(o, [](double score) { return 100 - score; }); return;
  }
}

// ---- derivatives. Outside its goalposts or end knots a curve is flat; at one of them the
// derivative is the inner side's.

namespace {

void derive_linear(const DerivativeOperands& o) {
  const double dbest = o.slot_derivative[0], dworst = o.slot_derivative[1];
  derive_lanes(o, [&](std::size_t i) {
    const double best = o.slots[0].at(i), range = o.slots[1].at(i) - best,
                 t = (o.in[0][i] - best) / range;
    return t < 0 || t > 1 ? 0 : 100 * (o.moved(0, i) - (1 - t) * dbest - t * dworst) / range;
  });
}

void derive_logarithmic(const program::Operation& op, const DerivativeOperands& o) {
  const double plus = op.from_one_plus ? 1 : 0, dbest = o.slot_derivative[0],
               dworst = o.slot_derivative[1];
  derive_lanes(o, [&](std::size_t i) {
    const double x = o.in[0][i], best = o.slots[0].at(i), worst = o.slots[1].at(i);
    if (x < std::min(best, worst) || x > std::max(best, worst)) return 0.0;
    const double t = o.value[i] / 100, range = natural_log(plus + worst) - natural_log(plus + best);
    return 100 *
           (o.moved(0, i) / (plus + x) - (1 - t) * dbest / (plus + best) -
            t * dworst / (plus + worst)) /
           range;
  });
}

void derive_logistic(const DerivativeOperands& o) {
  const double dbest = o.slot_derivative[0], dworst = o.slot_derivative[1],
               dk = o.slot_derivative[2];
  derive_lanes(o, [&](std::size_t i) {
    const double best = o.slots[0].at(i), range = o.slots[1].at(i) - best, k = o.slots[2].at(i);
    const double t = (o.in[0][i] - best) / range;
    if (t < 0 || t > 1) return 0.0;
    const double dt = (o.moved(0, i) - (1 - t) * dbest - t * dworst) / range;
    const auto slope = [k](double at) {
      return sigmoid(at, k) * (1 - sigmoid(at, k));
    };  // by k (t - 1/2)
    const double score = o.value[i] / 100, spread = sigmoid(1, k) - sigmoid(0, k);
    const double by_k =
        slope(t) * (t - 0.5) + (1 - score) * slope(0) * 0.5 - score * slope(1) * 0.5;
    return 100 * (slope(t) * k * dt + by_k * dk) / spread;
  });
}

void derive_knots(const program::Operation& op, const DerivativeOperands& o) {
  const std::size_t count = op.slots.size() / 2;
  derive_lanes(o, [&](std::size_t i) {
    const auto at = [&](std::size_t k) { return o.slots[2 * k].at(i); };
    const double x = o.in[0][i];
    if (x < at(0)) return o.slot_derivative[1];
    if (x > at(count - 1)) return o.slot_derivative[2 * count - 1];
    std::size_t k = 0;  // the segment begins at this knot
    while (k + 2 < count && at(k + 1) <= x) ++k;
    const double width = at(k + 1) - at(k), t = (x - at(k)) / width,
                 slope = (o.slots[2 * k + 3].at(i) - o.slots[2 * k + 1].at(i)) / width;
    const double* d = o.slot_derivative + 2 * k;  // knot, score, next knot, its score
    return (1 - t) * d[1] + t * d[3] + slope * (o.moved(0, i) - (1 - t) * d[0] - t * d[2]);
  });
}

void derive_steps(const program::Operation& op, const DerivativeOperands& o) {
  const std::size_t count = op.slots.size() / 2;
  derive_lanes(o, [&](std::size_t i) {
    std::size_t k = 0;
    while (k + 1 < count && !below(o.in[0][i], o.slots[2 * k + 2].at(i))) ++k;
    return o.slot_derivative[2 * k + 1];
  });
}

}  // namespace

void derive_curve(const program::Operation& op, const DerivativeOperands& o) {
  switch (CurveOp(op.code)) {
    case CurveOp::linear: derive_linear(o); return;
    case CurveOp::logarithmic: derive_logarithmic(op, o); return;
    case CurveOp::logistic: derive_logistic(o); return;
    case CurveOp::knots: derive_knots(op, o); return;
    case CurveOp::steps: derive_steps(op, o); return;
    case CurveOp::flip: derive_lanes(o, [&](std::size_t i) { return -o.moved(0, i); }); return;
  }
}

}  // namespace waystone::evaluate
