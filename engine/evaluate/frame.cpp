#include "evaluate/frame.hpp"

namespace waystone::evaluate {

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
    if (lanes == 0 || program.inputs[i].kind != program::InputKind::override_points) continue;  // Armadillo has no column of nothing
    for (arma::mat* part : {&frame.value, &frame.low, &frame.high}) part->col(i).zeros();
  }
  for (const program::Slot& slot : program.slots) frame.slots.push_back(slot.value);
  return frame;
}

void use_viewpoint(Frame& frame, const program::Program& program, ViewpointId viewpoint) {
  if (viewpoint.index >= program.profiles.size()) return;
  for (const program::ProfileValue& weight : program.profiles[viewpoint.index]) frame.slots[weight.slot.index] = weight.value;
}

Frame select_lanes(const Frame& frame, const std::vector<arma::uword>& lanes) {
  const arma::uvec rows(lanes);
  Frame result;
  result.value = frame.value.rows(rows);
  result.slots = frame.slots;
  for (const SlotColumn& column : frame.slot_columns) result.slot_columns.push_back({column.slot, column.values.elem(rows)});
  for (const Pin& pin : frame.pins) result.pins.push_back({pin.reg, pin.values.elem(rows)});
  return result;
}

Frame repeat_lane(const Frame& frame, std::size_t lanes) {
  const auto repeated = [lanes](double value) {
    arma::vec values(lanes, arma::fill::none);
    values.fill(value);
    return values;
  };
  Frame result;
  result.value.set_size(lanes, frame.value.n_cols);
  for (arma::uword column = 0; lanes && column < frame.value.n_cols; ++column) result.value.col(column).fill(frame.value(0, column));
  result.slots = frame.slots;
  for (const SlotColumn& column : frame.slot_columns) result.slot_columns.push_back({column.slot, repeated(column.values[0])});
  for (const Pin& pin : frame.pins) result.pins.push_back({pin.reg, repeated(pin.values[0])});
  return result;
}

}  // namespace waystone::evaluate
