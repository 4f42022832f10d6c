#include "evaluate/evaluate.hpp"

#include <algorithm>
#include <limits>

#include "evaluate/bounds.hpp"
#include "evaluate/families.hpp"
#include "evaluate/kernels.hpp"

namespace waystone::evaluate {
namespace {

using program::OpCode;
using program::Operation;
using program::Program;

// Slot views of a frame for lanes from `start` on.
class Slots {
 public:
  explicit Slots(const Frame& frame) : frame_(&frame), views_(frame.slots.size()) {
    for (std::size_t s = 0; s < views_.size(); ++s) views_[s] = {&frame.slots[s], 0};
  }
  void start_at(std::size_t lane) {
    for (const SlotColumn& column : frame_->slot_columns) views_[column.slot.index] = {column.values.memptr() + lane, 1};
  }
  /// The views of one operation, in its order; valid until the next call.
  const SlotView* of(const Operation& op) {
    gathered_.clear();
    for (const SlotId slot : op.slots) gathered_.push_back(views_[slot.index]);
    return gathered_.data();
  }

 private:
  const Frame* frame_;
  std::vector<SlotView> views_, gathered_;
};

// One set of registers of a block: where each one's column stands, and storage for those that are computed.
class Columns {
 public:
  explicit Columns(std::size_t places) : storage_(places * block_lanes), at_(places, nullptr) {}
  double* own(std::uint32_t place) {
    double* column = storage_.data() + std::size_t(place) * block_lanes;
    at_[place] = column;
    return column;
  }
  void refer(std::uint32_t place, const double* column) { at_[place] = column; }
  const double* operator[](std::uint32_t place) const { return at_[place]; }
  /// Columns of an operation's inputs, in its order; valid until the next call.
  const double* const* inputs(const Operation& op, const Plan& plan) {
    gathered_.clear();
    for (const RegisterId in : op.in) gathered_.push_back(at_[plan.place(in)]);
    return gathered_.data();
  }

 private:
  std::vector<double> storage_;
  std::vector<const double*> at_, gathered_;
};

std::vector<const double*> pinned_columns(const Program& program, const Frame& frame) {
  std::vector<const double*> columns(program.operations.size(), nullptr);
  for (const Pin& pin : frame.pins) columns[pin.reg.index] = pin.values.memptr();
  return columns;
}

// Positions of each register among the wanted ones.
std::vector<std::vector<std::size_t>> wanted_at(const Plan& plan) {
  std::vector<std::vector<std::size_t>> at(plan.program().operations.size());
  for (std::size_t w = 0; w < plan.wanted().size(); ++w) at[plan.wanted()[w].index].push_back(w);
  return at;
}

void keep(arma::mat& result, const std::vector<std::size_t>& positions, const double* column, std::size_t start, std::size_t lanes) {
  for (const std::size_t position : positions) std::copy_n(column, lanes, result.colptr(position) + start);
}

}  // namespace

void run(const Operation& operation, const Operands& operands) {
  if (operation.code < OpCode::linear) run_expression(operation, operands);
  else if (operation.code < OpCode::arithmetic) run_curve(operation, operands);
  else if (operation.code < OpCode::strength) run_mean(operation, operands);
  else run_effect(operation, operands);
}

Plan::Plan(const Program& program, std::span<const RegisterId> wanted, std::span<const RegisterId> cut) : program_(&program), wanted_(wanted.begin(), wanted.end()) {
  const std::size_t count = program.operations.size();
  constexpr std::uint32_t never = 0;
  std::vector<std::uint32_t> last_use(count, never);  // 1 + index of the last operation that reads the register
  std::vector<char> needed(count, 0), pinned(count, 0);
  for (const RegisterId reg : wanted_) needed[reg.index] = 1;
  for (const RegisterId reg : cut) pinned[reg.index] = 1;
  for (std::size_t i = count; i-- > 0;) {
    if (!needed[i] || pinned[i]) continue;
    for (const RegisterId in : program.operations[i].in) {
      needed[in.index] = 1;
      last_use[in.index] = std::max(last_use[in.index], std::uint32_t(i + 1));
    }
  }
  places_.assign(count, 0);
  std::vector<std::uint32_t> free;
  for (std::size_t i = 0; i < count; ++i) {
    if (!needed[i]) continue;
    operations_.push_back(std::uint32_t(i));
    if (free.empty()) free.push_back(place_count_++);
    places_[i] = free.back();
    free.pop_back();
    if (!pinned[i]) for (const RegisterId in : program.operations[i].in)
      if (last_use[in.index] == i + 1) {
        free.push_back(places_[in.index]);
        last_use[in.index] = never;  // an operation may read a register twice
      }
    if (last_use[i] == never) free.push_back(places_[i]);  // wanted, but read by nobody
  }
}

arma::mat evaluate(const Plan& plan, const Frame& frame) {
  const Program& program = plan.program();
  arma::mat result(frame.lanes(), plan.wanted().size());
  result.fill(unknown_value);
  const auto at = wanted_at(plan);
  const auto pinned = pinned_columns(program, frame);
  Slots slots(frame);
  Columns columns(plan.places());
  for (std::size_t start = 0; start < frame.lanes(); start += block_lanes) {
    const std::size_t lanes = std::min(block_lanes, frame.lanes() - start);
    slots.start_at(start);
    for (const std::uint32_t index : plan.operations()) {
      const Operation& op = program.operations[index];
      const std::uint32_t place = plan.place(op.out);
      if (pinned[index]) columns.refer(place, pinned[index] + start);
      else if (op.code == OpCode::input) columns.refer(place, frame.value.colptr(op.input.index) + start);
      else {
        const double* const* in = columns.inputs(op, plan);
        run(op, {in, slots.of(op), columns.own(place), lanes});
      }
      if (!at[index].empty()) keep(result, at[index], columns[place], start, lanes);
    }
  }
  return result;
}

Bounds evaluate_bounds(const Plan& plan, const Frame& frame) {
  const Program& program = plan.program();
  Bounds result;
  for (arma::mat* part : {&result.value, &result.low, &result.high}) {
    part->set_size(frame.lanes(), plan.wanted().size());
    part->fill(unknown_value);
  }
  const auto at = wanted_at(plan);
  const auto pinned = pinned_columns(program, frame);
  Slots slots(frame);
  Columns value(plan.places()), low(plan.places()), high(plan.places()), gap(plan.places());
  const std::vector<double> no_gap(block_lanes, 0);
  for (std::size_t start = 0; start < frame.lanes(); start += block_lanes) {
    const std::size_t lanes = std::min(block_lanes, frame.lanes() - start);
    slots.start_at(start);
    for (const std::uint32_t index : plan.operations()) {
      const Operation& op = program.operations[index];
      const std::uint32_t place = plan.place(op.out);
      if (pinned[index]) {
        for (Columns* part : {&value, &low, &high}) part->refer(place, pinned[index] + start);
        gap.refer(place, no_gap.data());
      } else if (op.code == OpCode::input) {
        value.refer(place, frame.value.colptr(op.input.index) + start);
        low.refer(place, frame.low.colptr(op.input.index) + start);
        high.refer(place, frame.high.colptr(op.input.index) + start);
        gap.refer(place, no_gap.data());
      } else {
        const double* const* value_in = value.inputs(op, plan);
        const SlotView* views = slots.of(op);
        double* nominal = value.own(place);
        run(op, {value_in, views, nominal, lanes});
        bound(op, {value_in, low.inputs(op, plan), high.inputs(op, plan), gap.inputs(op, plan), views, nominal, low.own(place), high.own(place), gap.own(place), lanes});
      }
      if (at[index].empty()) continue;
      keep(result.value, at[index], value[place], start, lanes);
      keep(result.low, at[index], low[place], start, lanes);
      keep(result.high, at[index], high[place], start, lanes);
    }
  }
  return result;
}

std::vector<double> trace(const Program& program, const Frame& frame, std::size_t lane) {
  std::vector<RegisterId> all;
  for (std::size_t i = 0; i < program.operations.size(); ++i) all.push_back(RegisterId{i});
  const arma::mat row = evaluate(Plan(program, all), select_lanes(frame, {lane}));
  return {row.begin(), row.end()};
}

}  // namespace waystone::evaluate
