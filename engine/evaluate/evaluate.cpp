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

// Views of the slots that a plan's operations take, for lanes from `start` on.
class Slots {
 public:
  Slots(const Plan& plan, const Frame& frame) : plan_(plan), frame_(frame), by_slot_(frame.slots.size()), views_(plan.slots().size()) {
    for (std::size_t s = 0; s < by_slot_.size(); ++s) by_slot_[s] = {&frame.slots[s], 0};
    gather();
  }
  void start_at(std::size_t lane) {
    if (frame_.slot_columns.empty()) return;
    for (const SlotColumn& column : frame_.slot_columns) by_slot_[column.slot.index] = {column.values.memptr() + lane, 1};
    gather();
  }
  /// Of the k-th operation, in its order.
  const SlotView* of(std::size_t k) const { return views_.data() + plan_.first_slot(k); }

 private:
  void gather() {
    for (std::size_t n = 0; n < views_.size(); ++n) views_[n] = by_slot_[plan_.slots()[n]];
  }
  const Plan& plan_;
  const Frame& frame_;
  std::vector<SlotView> by_slot_, views_;
};

// Where each register's column of a block stands, and storage for those that are computed.
class Columns {
 public:
  explicit Columns(const Plan& plan) : plan_(plan), storage_(plan.places() * block_lanes), at_(plan.program().operations.size(), nullptr) {}
  double* own(RegisterId reg) {
    double* column = storage_.data() + std::size_t(plan_.place(reg)) * block_lanes;
    at_[reg.index] = column;
    return column;
  }
  void refer(RegisterId reg, const double* column) { at_[reg.index] = column; }
  const double* operator[](RegisterId reg) const { return at_[reg.index]; }
  /// Columns that the k-th operation reads, in its order; valid until the next call.
  const double* const* inputs(std::size_t k, const Operation& op) {
    if (gathered_.size() < op.in.size()) gathered_.resize(op.in.size());
    const std::uint32_t* read = plan_.reads().data() + plan_.first_read(k);
    for (std::size_t n = 0; n < op.in.size(); ++n) gathered_[n] = at_[read[n]];
    return gathered_.data();
  }

 private:
  const Plan& plan_;
  std::vector<double> storage_;
  std::vector<const double*> at_, gathered_;
};

// Columns of numerals that are the same for all lanes: filled once, not block by block.
class Numerals {
 public:
  Numerals(const Plan& plan, const Frame& frame, const std::vector<const double*>& pinned) : columns_(plan.operations().size()) {
    std::vector<char> differs(frame.slots.size(), 0);
    for (const SlotColumn& column : frame.slot_columns) differs[column.slot.index] = 1;
    std::vector<std::size_t> found;
    for (std::size_t k = 0; k < plan.operations().size(); ++k) {
      const Operation& op = plan.program().operations[plan.operations()[k]];
      if (op.code == OpCode::slot && !pinned[op.out.index] && !differs[op.slots[0].index]) found.push_back(k);
    }
    storage_.resize(found.size() * block_lanes);
    for (std::size_t n = 0; n < found.size(); ++n) {
      double* column = storage_.data() + n * block_lanes;
      const Operation& op = plan.program().operations[plan.operations()[found[n]]];
      std::fill_n(column, block_lanes, frame.slots[op.slots[0].index]);
      columns_[found[n]] = column;
    }
  }
  /// Of the k-th operation; null where it has none.
  const double* operator[](std::size_t k) const { return columns_[k]; }

 private:
  std::vector<double> storage_;
  std::vector<const double*> columns_;
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
  for (const std::uint32_t index : operations_) {
    const Operation& op = program.operations[index];
    first_read_.push_back(std::uint32_t(reads_.size()));
    first_slot_.push_back(std::uint32_t(slots_.size()));
    for (const RegisterId in : op.in) reads_.push_back(std::uint32_t(in.index));
    for (const SlotId slot : op.slots) slots_.push_back(std::uint32_t(slot.index));
  }
}

arma::mat evaluate(const Plan& plan, const Frame& frame) {
  const Program& program = plan.program();
  arma::mat result(frame.lanes(), plan.wanted().size(), arma::fill::none);
  const auto at = wanted_at(plan);
  const auto pinned = pinned_columns(program, frame);
  const Numerals numerals(plan, frame, pinned);
  Slots slots(plan, frame);
  Columns columns(plan);
  for (std::size_t start = 0; start < frame.lanes(); start += block_lanes) {
    const std::size_t lanes = std::min(block_lanes, frame.lanes() - start);
    slots.start_at(start);
    for (std::size_t k = 0; k < plan.operations().size(); ++k) {
      const Operation& op = program.operations[plan.operations()[k]];
      const std::vector<std::size_t>& positions = at[op.out.index];
      if (pinned[op.out.index]) columns.refer(op.out, pinned[op.out.index] + start);
      else if (op.code == OpCode::input) columns.refer(op.out, frame.value.colptr(op.input.index) + start);
      else if (numerals[k]) columns.refer(op.out, numerals[k]);
      else if (positions.empty()) run(op, {columns.inputs(k, op), slots.of(k), columns.own(op.out), lanes});
      else {  // straight into the result
        double* out = result.colptr(positions[0]) + start;
        run(op, {columns.inputs(k, op), slots.of(k), out, lanes});
        columns.refer(op.out, out);
      }
      for (const std::size_t position : positions)
        if (columns[op.out] != result.colptr(position) + start) std::copy_n(columns[op.out], lanes, result.colptr(position) + start);
    }
  }
  return result;
}

Bounds evaluate_bounds(const Plan& plan, const Frame& frame) {
  const Program& program = plan.program();
  Bounds result;
  for (arma::mat* part : {&result.value, &result.low, &result.high}) part->set_size(frame.lanes(), plan.wanted().size());
  const auto at = wanted_at(plan);
  const auto pinned = pinned_columns(program, frame);
  Slots slots(plan, frame);
  Columns value(plan), low(plan), high(plan), gap(plan);
  const std::vector<double> no_gap(block_lanes, 0);
  for (std::size_t start = 0; start < frame.lanes(); start += block_lanes) {
    const std::size_t lanes = std::min(block_lanes, frame.lanes() - start);
    slots.start_at(start);
    for (std::size_t k = 0; k < plan.operations().size(); ++k) {
      const Operation& op = program.operations[plan.operations()[k]];
      if (pinned[op.out.index]) {
        for (Columns* part : {&value, &low, &high}) part->refer(op.out, pinned[op.out.index] + start);
        gap.refer(op.out, no_gap.data());
      } else if (op.code == OpCode::input) {
        value.refer(op.out, frame.value.colptr(op.input.index) + start);
        low.refer(op.out, frame.low.colptr(op.input.index) + start);
        high.refer(op.out, frame.high.colptr(op.input.index) + start);
        gap.refer(op.out, no_gap.data());
      } else {
        const double* const* value_in = value.inputs(k, op);
        const SlotView* views = slots.of(k);
        double* nominal = value.own(op.out);
        run(op, {value_in, views, nominal, lanes});
        bound(op, {value_in, low.inputs(k, op), high.inputs(k, op), gap.inputs(k, op), views, nominal, low.own(op.out), high.own(op.out),
                   gap.own(op.out), lanes});
      }
      keep(result.value, at[op.out.index], value[op.out], start, lanes);
      keep(result.low, at[op.out.index], low[op.out], start, lanes);
      keep(result.high, at[op.out.index], high[op.out], start, lanes);
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
