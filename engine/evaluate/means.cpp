// Members to factor. Weights are scaled to add up to 1 here, so only their ratios count (`sum`
// excepted). All of these rise in every member, which bounds.cpp relies on. Sums run over the
// members in their canonical (alphabetical) order.
#include <algorithm>
#include <array>
#include <limits>
#include <utility>
#include <vector>

#include "base/ties.hpp"
#include "evaluate/elementary.hpp"
#include "evaluate/families.hpp"
#include "evaluate/power.hpp"

namespace waystone::evaluate {
namespace {

using program::MeanOp;
using program::OpCode;
using program::Operation;

constexpr double zero = 0;

// The numerals after the weights.
struct Extras {
  const SlotView *floor = nullptr, *order = nullptr, *reweight = nullptr;
};

Extras extras_of(const Operation& op, const Operands& o, std::size_t weights) {
  Extras extras;
  const SlotView* next = o.slots + weights;
  if (op.has_floor) extras.floor = next++;
  if (op.code == OpCode::power_mean) extras.order = next++;
  if (op.has_reweight) extras.reweight = next++;
  return extras;
}

// Whether the known members carry enough of the weight: their share is at least the least one, in
// decimals.
bool enough_known(double known, double total, double least) {
  return known > 0 && !below(known / total, least);
}

// Adds weight x f(score) of `count` members to the sums, or begins them: several in one pass, since
// passes over the sums cost more than what is added.
template <std::size_t count, class F>
void add_members(const double* const* in, const SlotView* weights, bool begin,
                 double* __restrict sum, std::size_t lanes, F f) {
  const double* __restrict a = in[0];
  const double* __restrict b = in[count > 1 ? 1 : 0];
  const double* __restrict c = in[count > 2 ? 2 : 0];
  const double wa = weights[0].data[0], wb = weights[count > 1 ? 1 : 0].data[0],
               wc = weights[count > 2 ? 2 : 0].data[0];
  const auto rest = [&](double first, std::size_t i) {
    if constexpr (count == 1)
      return first;
    else if constexpr (count == 2)
      return first + wb * f(b[i], i);
    else
      return first + wb * f(b[i], i) + wc * f(c[i], i);
  };
  if (begin)
    for (std::size_t i = 0; i < lanes; ++i) sum[i] = rest(wa * f(a[i], i), i);
  else
    for (std::size_t i = 0; i < lanes; ++i) sum[i] = rest(sum[i] + wa * f(a[i], i), i);
}

// The same weights for all lanes, and every member wanted: an unknown one makes the sum unknown.
template <class F, class G>
void fixed_mean(std::size_t members, const Operands& o, F f, G g) {
  double total = 0;
  for (std::size_t m = 0; m < members; ++m) total += o.slots[m].data[0];
  double* __restrict sum = o.out;
  for (std::size_t m = 0; m < members; m += 3) {
    const double* const* in = o.in + m;
    if (members - m == 1)
      add_members<1>(in, o.slots + m, m == 0, sum, o.lanes, f);
    else if (members - m == 2)
      add_members<2>(in, o.slots + m, m == 0, sum, o.lanes, f);
    else
      add_members<3>(in, o.slots + m, m == 0, sum, o.lanes, f);
  }
  if (total == 1)
    for (std::size_t i = 0; i < o.lanes; ++i)
      sum[i] = clamped(g(sum[i], i), 0, 100);  // dividing by 1 changes no bit
  else
    for (std::size_t i = 0; i < o.lanes; ++i) sum[i] = clamped(g(sum[i] / total, i), 0, 100);
}

// Weighted mean of f(score) over the known members, then g of it. f and g get the lane, for
// numerals that differ by lane. Out of line: it is rarer than fixed_mean, and inlined into every
// clone of the kernel it would take most of this file's time to compile.
template <class F, class G>
[[gnu::noinline]] void general_mean(const Operation& op, const Operands& o, F f, G g) {
  const std::size_t members = op.in.size();
  const Extras extras = extras_of(op, o, members);
  std::array<double, block_lanes> total{}, known{}, sum{};
  for (std::size_t m = 0; m < members; ++m) {
    const double* __restrict s = o.in[m];
    if (extras.reweight) {
      for (std::size_t i = 0; i < o.lanes; ++i) {
        const double w = o.slots[m].at(i);
        total[i] += w;
        known[i] += is_unknown(s[i]) ? 0 : w;
        sum[i] += is_unknown(s[i]) ? 0 : w * f(s[i], i);
      }
    } else {
      for (std::size_t i = 0; i < o.lanes; ++i) {
        const double w = o.slots[m].at(i);
        total[i] += w;
        sum[i] += w * f(s[i], i);  // unknown members make the sum unknown
      }
    }
  }
  for (std::size_t i = 0; i < o.lanes; ++i) {
    if (extras.reweight && known[i] < total[i])
      o.out[i] = enough_known(known[i], total[i], extras.reweight->at(i))
                     ? clamped(g(sum[i] / known[i], i), 0, 100)
                     : std::nan("");
    else
      o.out[i] = clamped(g(sum[i] / total[i], i), 0, 100);
  }
}

template <class F, class G>
void transformed_mean(const Operation& op, const Operands& o, F f, G g) {
  const std::size_t members = op.in.size();
  const bool fixed =
      std::all_of(o.slots, o.slots + members, [](const SlotView& w) { return w.stride == 0; });
  if (fixed && !op.has_reweight)
    fixed_mean(members, o, f, g);
  else
    general_mean(op, o, f, g);
}

// Least and greatest known member, by lane: no member lies below a floor.
struct Extremes {
  std::array<double, block_lanes> least, greatest;
};

// Of `count` members, several in one pass as in add_members. What is unknown is neither.
template <std::size_t count>
[[gnu::always_inline]] inline void widen(const double* const* in, double* __restrict least,
                                         double* __restrict greatest, std::size_t lanes) {
  const double* __restrict a = in[0];
  const double* __restrict b = in[count > 1 ? 1 : 0];
  const double* __restrict c = in[count > 2 ? 2 : 0];
  for (std::size_t i = 0; i < lanes; ++i) {
    double low = a[i] < least[i] ? a[i] : least[i], high = a[i] > greatest[i] ? a[i] : greatest[i];
    if constexpr (count > 1) low = b[i] < low ? b[i] : low, high = b[i] > high ? b[i] : high;
    if constexpr (count > 2) low = c[i] < low ? c[i] : low, high = c[i] > high ? c[i] : high;
    least[i] = low;
    greatest[i] = high;
  }
}

// Inlined, so that it runs in the vectors of whoever calls it.
[[gnu::always_inline]] inline void find_extremes(const Operation& op, const Operands& o,
                                                 const SlotView* floor, Extremes& found) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double *least = found.least.data(), *greatest = found.greatest.data();
  std::fill_n(least, o.lanes, infinity);
  std::fill_n(greatest, o.lanes, -infinity);
  const std::size_t members = op.in.size();
  for (std::size_t m = 0; m < members; m += 3) {
    if (members - m == 1)
      widen<1>(o.in + m, least, greatest, o.lanes);
    else if (members - m == 2)
      widen<2>(o.in + m, least, greatest, o.lanes);
    else
      widen<3>(o.in + m, least, greatest, o.lanes);
  }
  if (!floor) return;
  for (std::size_t i = 0; i < o.lanes; ++i) {
    least[i] = std::max(least[i], floor->at(i));
    greatest[i] = std::max(greatest[i], floor->at(i));
  }
}

// A mean lies between its least and its greatest member, whatever rounding makes of it: equal
// members give exactly their value, about which conditions and bands ask.
[[gnu::always_inline]] inline void keep_between(const Extremes& extremes, const Operands& o) {
  double* __restrict out = o.out;
  for (std::size_t i = 0; i < o.lanes; ++i) {
    out[i] = out[i] < extremes.least[i] ? extremes.least[i] : out[i];
    out[i] = out[i] > extremes.greatest[i] ? extremes.greatest[i] : out[i];
  }
}

[[gnu::always_inline]] inline void keep_between_members(const Operation& op, const Operands& o,
                                                        const SlotView* floor) {
  Extremes extremes;
  find_extremes(op, o, floor, extremes);
  keep_between(extremes, o);
}

// A mean of few members whose weights are the same in all lanes, with its extremes, in one pass:
// what the functions above do in several, to the bit.
template <bool divide, class... Members>
[[gnu::always_inline]] inline void mean_of(const SlotView* weights, double total,
                                           double* __restrict out, std::size_t lanes,
                                           const double* __restrict first,
                                           const Members* __restrict... others) {
  std::array<double, 1 + sizeof...(others)> w;
  for (std::size_t m = 0; m < w.size(); ++m) w[m] = weights[m].data[0];
  for (std::size_t i = 0; i < lanes; ++i) {
    double sum = w[0] * first[i], least = first[i], greatest = first[i];
    std::size_t m = 0;
    ((sum += w[++m] * others[i]), ...);
    ((least = others[i] < least ? others[i] : least,
      greatest = others[i] > greatest ? others[i] : greatest),
     ...);
    const double mean =
        clamped(divide ? sum / total : sum, 0, 100);  // dividing by 1 changes no bit
    out[i] = clamped(mean, least, greatest);
  }
}

template <std::size_t... m>
[[gnu::always_inline]] inline void mean_of_some(std::index_sequence<m...>, const Operands& o) {
  double total = 0;
  ((total += o.slots[m].data[0]), ...);
  if (total == 1)
    mean_of<false>(o.slots, total, o.out, o.lanes, o.in[m]...);
  else
    mean_of<true>(o.slots, total, o.out, o.lanes, o.in[m]...);
}

bool mean_in_one_pass(const Operation& op, const Operands& o) {
  const std::size_t members = op.in.size();
  const bool fixed =
      std::all_of(o.slots, o.slots + members, [](const SlotView& w) { return w.stride == 0; });
  if (!fixed || op.has_reweight) return false;
  switch (members) {
    case 2: mean_of_some(std::make_index_sequence<2>{}, o); return true;
    case 3: mean_of_some(std::make_index_sequence<3>{}, o); return true;
    case 4: mean_of_some(std::make_index_sequence<4>{}, o); return true;
    case 5: mean_of_some(std::make_index_sequence<5>{}, o); return true;
    case 6: mean_of_some(std::make_index_sequence<6>{}, o); return true;
    default: return false;
  }
}

void arithmetic(const Operation& op, const Operands& o) {
  if (mean_in_one_pass(op, o)) return;
  transformed_mean(
      op, o, [](double s, std::size_t) { return s; }, [](double m, std::size_t) { return m; });
  keep_between_members(op, o, nullptr);
}

void geometric(const Operation& op, const Operands& o) {
  const SlotView floor = *extras_of(op, o, op.in.size()).floor;
  const auto root = [](double m, std::size_t) { return exponential_moderate(m); };
  if (floor.stride == 0) {
    const double least = floor.data[0];
    transformed_mean(
        op, o, [least](double s, std::size_t) { return natural_log_normal(s < least ? least : s); },
        root);
  } else {
    transformed_mean(
        op, o,
        [floor](double s, std::size_t i) {
          return natural_log_normal(s < floor.at(i) ? floor.at(i) : s);
        },
        root);
  }
  keep_between_members(op, o, &floor);
}

[[gnu::noinline]] void harmonic(const Operation& op, const Operands& o) {
  const SlotView floor = *extras_of(op, o, op.in.size()).floor;
  transformed_mean(
      op, o, [floor](double s, std::size_t i) { return 1 / (s < floor.at(i) ? floor.at(i) : s); },
      [](double m, std::size_t) { return 1 / m; });
  keep_between_members(op, o, &floor);
}

// Relative to the member that counts most, so that no power overflows.
[[gnu::noinline]] void any_power_mean(const Operation& op, const Operands& o, const Extras& extras,
                                      const Extremes& extremes) {
  const SlotView none{&zero, 0};
  const SlotView order = *extras.order, floor = extras.floor ? *extras.floor : none;
  const auto unit = [&](std::size_t i) {
    const double largest = order.at(i) > 0 ? extremes.greatest[i] : extremes.least[i];
    return largest > 0 ? largest : 1;
  };
  const auto plain = [&](std::size_t i) {
    return !extras.floor && order.at(i) == 2;
  };  // the same bits as in power_mean, lane by lane
  general_mean(
      op, o,
      [&](double s, std::size_t i) {
        return plain(i) ? s * s
                        : power_of((s < floor.at(i) ? floor.at(i) : s) / unit(i), order.at(i));
      },
      [&](double m, std::size_t i) {
        return plain(i) ? std::sqrt(m) : unit(i) * power_of(m, 1 / order.at(i));
      });
}

void power_mean(const Operation& op, const Operands& o) {
  const Extras extras = extras_of(op, o, op.in.size());
  const SlotView order = *extras.order;
  Extremes extremes;
  find_extremes(op, o, extras.floor, extremes);
  if (!extras.floor && order.stride == 0 &&
      order.data[0] == 2)  // the shipped model's order, without a call per lane
    transformed_mean(
        op, o, [](double s, std::size_t) { return s * s; },
        [](double m, std::size_t) { return std::sqrt(m); });
  else
    any_power_mean(op, o, extras, extremes);
  keep_between(extremes, o);
}

// parts x score added up; with members unknown and enough of the parts known, scaled up by the
// missing parts
[[gnu::noinline]] void weighted_sum(const Operation& op, const Operands& o) {
  const std::size_t members = op.in.size();
  const Extras extras = extras_of(op, o, members);
  for (std::size_t i = 0; i < o.lanes; ++i) {
    double total = 0, known = 0, sum = 0;
    for (std::size_t m = 0; m < members; ++m) {
      const double w = o.slots[m].at(i), s = o.in[m][i];
      total += w;
      if (is_unknown(s)) continue;
      known += w;
      sum += w * s;
    }
    const bool enough = extras.reweight && enough_known(known, total, extras.reweight->at(i));
    const double whole = known == total ? sum : sum * (total / known);
    o.out[i] = known == total || enough ? clamped(whole, op.low, op.high) : std::nan("");
  }
}

// Unweighted: over the known members, all counting the same for the least known share.
template <class Pick>
[[gnu::noinline]] void unweighted(const Operation& op, const Operands& o, Pick pick) {
  const Extras extras = extras_of(op, o, 0);
  std::vector<double> known;
  for (std::size_t i = 0; i < o.lanes; ++i) {
    known.clear();
    for (std::size_t m = 0; m < op.in.size(); ++m)
      if (!is_unknown(o.in[m][i])) known.push_back(o.in[m][i]);
    const bool enough = known.size() == op.in.size() ||
                        (extras.reweight && enough_known(double(known.size()), double(op.in.size()),
                                                         extras.reweight->at(i)));
    o.out[i] = enough ? pick(known) : std::nan("");
  }
}

double product_of(const std::vector<double>& scores) {
  double result = 1;
  for (const double s : scores) result *= s / 100;
  return clamped(100 * result, 0, 100);
}

double median_of(std::vector<double>& scores) {
  std::sort(scores.begin(), scores.end());
  const std::size_t half = scores.size() / 2;
  return scores.size() % 2 ? scores[half] : (scores[half - 1] + scores[half]) / 2;
}

}  // namespace

WAYSTONE_VECTOR_CLONES void run_mean(const Operation& op, const Operands& o) {
  switch (MeanOp(op.code)) {
    case MeanOp::arithmetic: arithmetic(op, o); return;
    case MeanOp::geometric: geometric(op, o); return;
    case MeanOp::harmonic: harmonic(op, o); return;
    case MeanOp::power_mean: power_mean(op, o); return;
    case MeanOp::weighted_sum: weighted_sum(op, o); return;
    case MeanOp::product: unweighted(op, o, product_of); return;
    case MeanOp::highest:
      unweighted(op, o, [](const auto& s) { return *std::max_element(s.begin(), s.end()); });
      return;
    case MeanOp::lowest:
      unweighted(op, o, [](const auto& s) { return *std::min_element(s.begin(), s.end()); });
      return;
    case MeanOp::median: unweighted(op, o, median_of); return;
  }
}

// ---- derivatives, over the known members. That a mean keeps to 0..100 only mends rounding and is
// no kink; a sum can really reach it.

namespace {

// M = F^-1 of the weighted mean of F(s): dM = sum of [w by_score ds + by_weight dw] over the known
// members / the sum of their weights, where by_score = F'(s) / F'(M), by_weight = (F(s) - F(M)) /
// F'(M). The two get member's score, M and the lane. A moved floor moves the members below it.
template <class Score, class Weight>
void derive_transformed(const Operation& op, const DerivativeOperands& o, Score by_score,
                        Weight by_weight) {
  const std::size_t members = op.in.size();
  const SlotView* floor = op.has_floor ? o.slots + members : nullptr;
  const double floor_moved = floor ? o.slot_derivative[members] : 0;
  std::array<double, block_lanes> total{}, sum{};
  for (std::size_t m = 0; m < members; ++m) {
    const double* s = o.in[m];
    const double weight_moved = o.slot_derivative[m];
    for (std::size_t i = 0; i < o.lanes; ++i) total[i] += is_unknown(s[i]) ? 0 : o.slots[m].at(i);
    if (!o.in_derivative[m] && weight_moved == 0 && floor_moved == 0) continue;
    for (std::size_t i = 0; i < o.lanes; ++i) {
      if (is_unknown(s[i])) continue;
      const bool below = floor && s[i] < floor->at(i);
      const double score = below ? floor->at(i) : s[i],
                   score_moved = below ? floor_moved : o.moved(m, i);
      if (score_moved != 0)
        sum[i] += along(by_score(score, o.value[i], i), o.slots[m].at(i) * score_moved);
      if (weight_moved != 0) sum[i] += by_weight(score, o.value[i], i) * weight_moved;
    }
  }
  derive_lanes(o, [&](std::size_t i) { return sum[i] / total[i]; });
}

void derive_arithmetic(const Operation& op, const DerivativeOperands& o) {
  derive_transformed(
      op, o, [](double, double, std::size_t) { return 1.0; },
      [](double s, double mean, std::size_t) { return s - mean; });
}

void derive_geometric(const Operation& op, const DerivativeOperands& o) {
  derive_transformed(
      op, o, [](double s, double mean, std::size_t) { return mean / s; },
      [](double s, double mean, std::size_t) { return mean * natural_log(s / mean); });
}

// (s / M)^power; where all members are 0, as where they are all alike
double ratio_to(double s, double mean, double power) {
  return s == mean || power == 0 ? 1 : power == 1 ? s / mean : std::pow(s / mean, power);
}

void derive_harmonic(const Operation& op, const DerivativeOperands& o) {
  const auto by_score = [](double s, double mean, std::size_t) { return (mean / s) * (mean / s); };
  derive_transformed(op, o, by_score,
                     [](double s, double mean, std::size_t) { return mean - mean * (mean / s); });
}

// by the order p: (M / p) x weighted mean of (s / M)^p ln(s / M)
void add_by_order(const Operation& op, const DerivativeOperands& o, const SlotView& order,
                  double order_moved) {
  const std::size_t members = op.in.size();
  for (std::size_t i = 0; i < o.lanes; ++i) {
    const double mean = o.value[i], p = order.at(i);
    double total = 0, sum = 0;
    for (std::size_t m = 0; m < members; ++m) {
      if (is_unknown(o.in[m][i])) continue;
      const double w = o.slots[m].at(i),
                   s = op.has_floor ? std::max(o.in[m][i], o.slots[members].at(i)) : o.in[m][i];
      total += w;
      if (s > 0) sum += w * ratio_to(s, mean, p) * natural_log(s / mean);
    }
    o.out[i] += mean / p * (sum / total) * order_moved;
  }
}

void derive_power_mean(const Operation& op, const DerivativeOperands& o) {
  const std::size_t at = op.in.size() + (op.has_floor ? 1 : 0);
  const SlotView order = o.slots[at];
  const auto by_score = [order](double s, double mean, std::size_t i) {
    return ratio_to(s, mean, order.at(i) - 1);
  };
  const auto by_weight = [order](double s, double mean, std::size_t i) {
    return (mean * ratio_to(s, mean, order.at(i)) - mean) / order.at(i);
  };
  derive_transformed(op, o, by_score, by_weight);
  if (o.slot_derivative[at] != 0) add_by_order(op, o, order, o.slot_derivative[at]);
}

void derive_weighted_sum(const Operation& op, const DerivativeOperands& o) {
  derive_lanes(o, [&](std::size_t i) {
    double total = 0, known = 0, sum = 0, total_moved = 0, known_moved = 0, sum_moved = 0;
    for (std::size_t m = 0; m < op.in.size(); ++m) {
      const double w = o.slots[m].at(i), s = o.in[m][i], w_moved = o.slot_derivative[m];
      total += w;
      total_moved += w_moved;
      if (is_unknown(s)) continue;
      known += w;
      known_moved += w_moved;
      sum += w * s;
      sum_moved += w * o.moved(m, i) + w_moved * s;
    }
    const double scale = known == total ? 1 : total / known;
    if (sum * scale > 100 || sum * scale < 0) return 0.0;
    return known == total ? sum_moved
                          : scale * sum_moved + sum * (total_moved - scale * known_moved) / known;
  });
}

void derive_product(const Operation& op, const DerivativeOperands& o) {
  derive_lanes(o, [&](std::size_t i) {
    double product = 1, moved = 0;
    for (std::size_t m = 0; m < op.in.size(); ++m) {
      const double s = o.in[m][i];
      if (is_unknown(s)) continue;
      moved = moved * (s / 100) + product * (o.moved(m, i) / 100);
      product *= s / 100;
    }
    return 100 * moved;
  });
}

// The first member from `from` on with that score.
std::size_t member_at(const Operation& op, const DerivativeOperands& o, std::size_t i, double score,
                      std::size_t from = 0) {
  while (from + 1 < op.in.size() && o.in[from][i] != score) ++from;
  return from;
}

void derive_median(const Operation& op, const DerivativeOperands& o) {
  std::vector<double> known;
  derive_lanes(o, [&](std::size_t i) {
    known.clear();
    for (std::size_t m = 0; m < op.in.size(); ++m)
      if (!is_unknown(o.in[m][i])) known.push_back(o.in[m][i]);
    if (known.empty()) return 0.0;
    std::sort(known.begin(), known.end());
    const std::size_t half = known.size() / 2;
    const std::size_t upper = member_at(op, o, i, known[half]);
    if (known.size() % 2) return o.moved(upper, i);
    if (known[half - 1] == known[half])
      return (o.moved(upper, i) + o.moved(member_at(op, o, i, known[half], upper + 1), i)) / 2;
    return (o.moved(member_at(op, o, i, known[half - 1]), i) + o.moved(upper, i)) / 2;
  });
}

}  // namespace

void derive_mean(const Operation& op, const DerivativeOperands& o) {
  switch (MeanOp(op.code)) {
    case MeanOp::arithmetic: derive_arithmetic(op, o); return;
    case MeanOp::geometric: derive_geometric(op, o); return;
    case MeanOp::harmonic: derive_harmonic(op, o); return;
    case MeanOp::power_mean: derive_power_mean(op, o); return;
    case MeanOp::weighted_sum: derive_weighted_sum(op, o); return;
    case MeanOp::product: derive_product(op, o); return;
    case MeanOp::highest:
    case MeanOp::lowest:
      derive_lanes(o, [&](std::size_t i) { return o.moved(member_at(op, o, i, o.value[i]), i); });
      return;
    case MeanOp::median: derive_median(op, o); return;
  }
}

}  // namespace waystone::evaluate
