#include "evaluate/frame.hpp"

namespace waystone::evaluate {
namespace {

// The only row of a matrix so many times.
arma::mat repeated_row(const arma::mat& row, std::size_t times) {
  arma::mat rows(times, row.n_cols, arma::fill::none);
  for (arma::uword column = 0; times && column < row.n_cols; ++column)
    rows.col(column).fill(row(0, column));
  return rows;
}

}  // namespace

Frame empty_frame(const program::Program& program, std::size_t lanes) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Frame frame;
  frame.value.set_size(lanes, program.inputs.size());
  frame.value.fill(unknown_value);
  frame.low.set_size(lanes, program.inputs.size());
  frame.low.fill(-infinity);
  frame.high.set_size(lanes, program.inputs.size());
  frame.high.fill(infinity);
  for (std::size_t i = 0; i < program.inputs.size(); ++i) {
    if (lanes == 0 || program.inputs[i].kind != program::InputKind::override_points)
      continue;  // Armadillo has no column of nothing
    for (arma::mat* part : {&frame.value, &frame.low, &frame.high}) part->col(i).zeros();
  }
  for (const program::Slot& slot : program.slots) frame.slots.push_back(slot.value);
  return frame;
}

void use_viewpoint(Frame& frame, const program::Program& program, ViewpointId viewpoint) {
  if (viewpoint.index >= program.profiles.size()) return;
  for (const program::ProfileValue& weight : program.profiles[viewpoint.index])
    frame.slots[weight.slot.index] = weight.value;
}

Frame select_lanes(const Frame& frame, const std::vector<arma::uword>& lanes) {
  const arma::uvec rows(lanes);
  Frame result;
  result.value = frame.value.rows(rows);
  if (frame.has_ranges() && result.value.has_nan()) {
    result.low = frame.low.rows(rows);
    result.high = frame.high.rows(rows);
  }
  result.all_known = frame.all_known;
  result.slots = frame.slots;
  const auto chosen = [&](const arma::vec& values) {
    return values.empty() ? values : arma::vec(values.elem(rows));
  };
  for (const SlotColumn& column : frame.slot_columns)
    result.slot_columns.push_back({column.slot, chosen(column.values)});
  for (const Pin& pin : frame.pins)
    result.pins.push_back({pin.reg, chosen(pin.values), chosen(pin.low), chosen(pin.high)});
  return result;
}

Frame repeat_lane(const Frame& frame, std::size_t lanes) {
  const auto repeated = [lanes](double value) {
    arma::vec values(lanes, arma::fill::none);
    values.fill(value);
    return values;
  };
  Frame result;
  result.value = repeated_row(frame.value, lanes);
  if (frame.has_ranges() && frame.value.has_nan()) {
    result.low = repeated_row(frame.low, lanes);
    result.high = repeated_row(frame.high, lanes);
  }
  result.all_known = frame.all_known;
  result.slots = frame.slots;
  for (const SlotColumn& column : frame.slot_columns)
    result.slot_columns.push_back({column.slot, repeated(column.values[0])});
  const auto repeated_end = [&](const arma::vec& end) {
    return end.empty() ? arma::vec() : repeated(end[0]);
  };
  for (const Pin& pin : frame.pins)
    result.pins.push_back(
        {pin.reg, repeated(pin.values[0]), repeated_end(pin.low), repeated_end(pin.high)});
  return result;
}

}  // namespace waystone::evaluate
