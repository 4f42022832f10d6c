// Derivatives of a frame's results by differences, to hold against those of dual numbers.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <string>

#include <fmt/format.h>

#include "evaluate/evaluate.hpp"

namespace waystone::tests {

/// Places on a line through the frame, in steps: five points either way at the step and at half of
/// it.
inline constexpr std::array<double, 13> places{0, 0.5, 1, 1.5, 2, 3, 4, -0.5, -1, -1.5, -2, -3, -4};

/// The values of one lane's wanted registers at those places (rows), `step` apart along the
/// direction.
inline arma::mat along_line(const evaluate::Plan& plan, const evaluate::Frame& lane,
                            const evaluate::Tangent& direction, double step) {
  evaluate::Frame line = evaluate::select_lanes(lane, std::vector<arma::uword>(places.size(), 0));
  const arma::vec t = step * arma::vec(std::vector<double>(places.begin(), places.end()));
  for (const auto& [slot, rate] : direction.slots) {
    auto found = std::find_if(line.slot_columns.begin(), line.slot_columns.end(),
                              [slot = slot](const auto& column) { return column.slot == slot; });
    if (found == line.slot_columns.end()) {
      line.slot_columns.push_back(
          {slot, arma::vec(places.size(), arma::fill::value(line.slots[slot.index]))});
      found = line.slot_columns.end() - 1;
    }
    found->values += rate * t;
  }
  for (const auto& [input, rate] : direction.inputs) line.value.col(input.index) += rate * t;
  for (const auto& [reg, rate] : direction.pins)
    for (evaluate::Pin& pin : line.pins)
      if (pin.reg == reg) pin.values += rate * t;
  return evaluate::evaluate(plan, line);
}

enum class Finding { agrees, differs, unclear };

/// Whether a derivative is that of a function known at `places`. The differences on a side count
/// where both steps give the same; at a kink the derivative must lie between the sides'. Unclear: a
/// kink near by.
inline Finding compare(double derivative, const arma::subview_col<double>& f, double step) {
  if (std::isnan(f[0])) return std::isnan(derivative) ? Finding::agrees : Finding::differs;
  const auto side = [&](std::size_t a, std::size_t b, std::size_t c, std::size_t d, double h) {
    return (-25 * f[0] + 48 * f[a] - 36 * f[b] + 16 * f[c] - 3 * f[d]) / (12 * h);
  };
  const double above = side(2, 4, 5, 6, step), near_above = side(1, 2, 3, 4, step / 2),
               below = side(8, 10, 11, 12, -step), near_below = side(7, 8, 9, 10, -step / 2);
  if (std::isinf(derivative)) {  // the nearer, the steeper
    const auto steepens = [&](std::size_t near, std::size_t far) {
      return std::fabs(f[near] - f[0]) * 8 > 1.05 * std::fabs(f[far] - f[0]);
    };
    return steepens(1, 6) || steepens(7, 12) ? Finding::agrees : Finding::unclear;
  }
  const double rounding = 1e-11 * (1 + std::fabs(f[0])) / (step * 1000);
  const auto alike = [rounding](double a, double b) {
    return std::fabs(a - b) <= 1e-6 * std::fabs(b) + rounding;
  };
  const bool smooth_above = alike(above, near_above), smooth_below = alike(below, near_below);
  if (smooth_above && smooth_below && !alike(near_above, near_below)) {
    const double low = std::min(near_above, near_below), high = std::max(near_above, near_below);
    return (low <= derivative && derivative <= high) || alike(derivative, low) ||
                   alike(derivative, high)
               ? Finding::agrees
               : Finding::differs;
  }
  if (smooth_above && smooth_below)
    return alike(derivative, near_above) || alike(derivative, near_below) ? Finding::agrees
                                                                          : Finding::differs;
  if (smooth_above) return alike(derivative, near_above) ? Finding::agrees : Finding::unclear;
  if (smooth_below) return alike(derivative, near_below) ? Finding::agrees : Finding::unclear;
  return Finding::unclear;
}

/// Whether the derivative lies between the slopes beside the place: that of a generalised gradient.
/// For where several kinks of one operation meet (three members alike, a value at its range's end
/// that is also its floor); each trial moves what is pinned and the numerals a little apart.
inline bool lies_between_slopes_near_by(const evaluate::Plan& plan, const evaluate::Frame& lane,
                                        const evaluate::Tangent& direction, double derivative) {
  std::mt19937_64 random(23);
  const auto nudge = [&random](double x) {
    return x + (double(random() >> 11) * 0x1p-52 - 1) * 1e-6 * std::max(1.0, std::fabs(x));
  };
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (int trial = 0; trial < 200; ++trial) {
    evaluate::Frame near_by = lane;
    for (evaluate::Pin& pin : near_by.pins) pin.values.transform(nudge);
    for (const std::uint32_t slot : plan.slots()) near_by.slots[slot] = nudge(near_by.slots[slot]);
    constexpr double step = 1e-9;
    const arma::mat line = along_line(plan, near_by, direction, step);
    const double slope = (line(2, 0) - line(8, 0)) / (2 * step);
    if (std::isnan(slope)) continue;
    low = std::min(low, slope);
    high = std::max(high, slope);
  }
  double fastest =
      1;  // slopes can differ so near by sqrt(1e-6) of what moves (a power of 1.5 at 0)
  for (const auto& [reg, rate] : direction.pins) fastest = std::max(fastest, std::fabs(rate));
  const double tolerance = 1e-3 * (fastest + std::fabs(derivative));
  return low - tolerance <= derivative && derivative <= high + tolerance;
}

/// Whether the derivative of every operation on the way is that of differences, each along its own
/// operands' derivatives. Where two kinks meet (a tie of members of which one is at the end of its
/// curve), what follows from each one's side need be neither side of both together, so they are
/// held to one by one.
inline bool agree_one_by_one(const evaluate::Plan& plan, const evaluate::Frame& lane,
                             const evaluate::Tangent& direction) {
  const program::Program& program = plan.program();
  std::vector<RegisterId> all;
  for (const std::uint32_t index : plan.operations()) all.push_back(RegisterId{index});
  const evaluate::Duals duals =
      evaluate::evaluate_duals(evaluate::Plan(program, all), lane, std::vector{direction});
  std::vector<double> value(program.operations.size()), rate(program.operations.size());
  for (std::size_t k = 0; k < all.size(); ++k) {
    value[all[k].index] = duals.value(0, k);
    rate[all[k].index] = std::isnan(duals.value(0, k)) ? 0 : duals.derivative(0, k, 0);
  }
  return std::all_of(all.begin(), all.end(), [&](RegisterId reg) {
    const program::Operation& op = program.operations[reg.index];
    if (op.code == program::OpCode::input || std::isnan(value[reg.index])) return true;
    evaluate::Frame alone = lane;
    evaluate::Tangent along{direction.slots, {}, {}};
    for (std::size_t k = 0; k < op.in.size(); ++k) {
      if (std::find(op.in.begin(), op.in.begin() + k, op.in[k]) != op.in.begin() + k) continue;
      alone.pins.push_back({op.in[k], arma::vec{value[op.in[k].index]}});
      along.pins.push_back({op.in[k], rate[op.in[k].index]});
    }
    const evaluate::Plan single(program, std::vector{reg}, op.in);
    for (const double step : {1e-3, 1e-4}) {
      const arma::mat line = along_line(single, alone, along, step);
      if (compare(rate[reg.index], line.col(0), step) == Finding::agrees) return true;
    }
    return lies_between_slopes_near_by(single, alone, along, rate[reg.index]);
  });
}

struct Tally {
  std::size_t agreed = 0, one_by_one = 0, differed = 0, unclear = 0, by_range = 0;
  std::string first;  // what differed first
  double unclear_share() const {
    return double(unclear) / std::max<double>(1, double(agreed + one_by_one + differed + unclear));
  }
};

/// Holds every derivative of the frame's only lane against differences. Rates should be of the size
/// of what moves: steps are 1e-3 and 1e-4 of them.
inline void compare_with_differences(const evaluate::Plan& plan, const evaluate::Frame& lane,
                                     const std::vector<evaluate::Tangent>& directions,
                                     Tally& tally) {
  const evaluate::Duals duals = evaluate::evaluate_duals(plan, lane, directions);
  for (std::size_t d = 0; d < directions.size(); ++d) {
    constexpr std::array<double, 2> steps{1e-3, 1e-4};
    const std::array<arma::mat, 2> lines{along_line(plan, lane, directions[d], steps[0]),
                                         along_line(plan, lane, directions[d], steps[1])};
    for (arma::uword w = 0; w < plan.wanted().size(); ++w) {
      if (duals.by_range(0, w)) {  // differences see how a range moves, derivatives don't
        ++tally.by_range;
        continue;
      }
      const double derivative = duals.derivative(0, w, d);
      Finding finding = compare(derivative, lines[0].col(w), steps[0]);
      if (finding == Finding::unclear) finding = compare(derivative, lines[1].col(w), steps[1]);
      if (finding == Finding::agrees)
        ++tally.agreed;
      else if (finding == Finding::unclear)
        ++tally.unclear;
      else if (agree_one_by_one(plan, lane, directions[d]))
        ++tally.one_by_one;
      else {
        ++tally.differed;
        if (tally.first.empty())
          tally.first = fmt::format("direction {}, wanted {}: {}, by differences {} and {}", d, w,
                                    derivative, (lines[0](8, w) - lines[0](0, w)) / -steps[0],
                                    (lines[0](2, w) - lines[0](0, w)) / steps[0]);
      }
    }
  }
}

/// One direction for each slot that the plan's operations take and that is finite, and for each
/// input with a finite value in the lane; of a model not for facts that are yes/no, a code or a
/// date, which jump or are counted in jumps.
inline std::vector<evaluate::Tangent> every_direction(const evaluate::Plan& plan,
                                                      const evaluate::Frame& lane,
                                                      const model::Model* model = nullptr) {
  const auto size_of = [](double x) { return x == 0 ? 1 : std::fabs(x); };
  std::vector<evaluate::Tangent> directions;
  std::vector<char> seen(lane.slots.size(), 0);
  for (const std::uint32_t slot : plan.slots())
    if (!seen[slot]++ && std::isfinite(lane.slots[slot]))
      directions.push_back({{{SlotId{slot}, size_of(lane.slots[slot])}}, {}, {}});
  const auto jumps = [&](const program::Input& input) {
    if (!model || input.kind != program::InputKind::fact) return false;
    const model::Unit unit = (*model)[input.node].unit;
    return unit == model::Unit::code || unit == model::Unit::yes_no || unit == model::Unit::date;
  };
  for (arma::uword input = 0; input < lane.value.n_cols; ++input)
    if (std::isfinite(lane.value(0, input)) && !jumps(plan.program().inputs[input]))
      directions.push_back({{}, {{InputId{input}, size_of(lane.value(0, input))}}, {}});
  return directions;
}

}  // namespace waystone::tests
