// Dual numbers. The values come from `evaluate`; then each direction goes once through the
// operations that it moves, and through no others.
#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

#include "evaluate/evaluate.hpp"
#include "evaluate/families.hpp"

namespace waystone::evaluate {
namespace {

using program::OpCode;
using program::Operation;
using program::Program;

// What one direction moves.
struct Sweep {
  std::vector<double> slots;  // d slot / d t, by SlotId
  std::vector<double> seeds;  // d register / d t, by RegisterId, of inputs and pinned registers
  std::vector<std::uint32_t> moved;  // places in the plan's operations, ascending
};

// Whether a small change of the operand can change the result other than by a jump.
bool moves_with(const Operation& op, std::size_t operand) {
  using program::MovedBy;
  switch (program::row_of(op.code).moved_by) {
    case MovedBy::all: return true;
    case MovedBy::none: return false;
    case MovedBy::after_first: return operand != 0;
    case MovedBy::first_two: return operand < 2;
    case MovedBy::amounts: return operand % 2 == 0;
  }
  return true;
}

std::vector<char> pinned_registers(const Program& program, const Frame& frame) {
  std::vector<char> pinned(program.operations.size(), 0);
  for (const Pin& pin : frame.pins) pinned[pin.reg.index] = 1;
  return pinned;
}

Sweep sweep_of(const Plan& plan, const std::vector<char>& pinned, const Tangent& direction) {
  const Program& program = plan.program();
  Sweep sweep{std::vector<double>(program.slots.size(), 0),
              std::vector<double>(program.operations.size(), 0),
              {}};
  std::vector<double> inputs(program.inputs.size(), 0);
  for (const auto& [slot, rate] : direction.slots) sweep.slots[slot.index] += rate;
  for (const auto& [input, rate] : direction.inputs) inputs[input.index] += rate;
  for (const auto& [reg, rate] : direction.pins)
    if (pinned[reg.index]) sweep.seeds[reg.index] += rate;
  std::vector<char> moves(program.operations.size(), 0);
  for (std::size_t k = 0; k < plan.operations().size(); ++k) {
    const Operation& op = program.operations[plan.operations()[k]];
    char& found = moves[op.out.index];
    if (op.code == OpCode::input && !pinned[op.out.index])
      sweep.seeds[op.out.index] = inputs[op.input.index];
    if (pinned[op.out.index] || op.code == OpCode::input)
      found = sweep.seeds[op.out.index] != 0;
    else {
      for (std::size_t n = 0; n < op.in.size() && !found; ++n)
        found = moves[op.in[n].index] && moves_with(op, n);
      for (std::size_t n = 0; n < op.slots.size() && !found; ++n)
        found = sweep.slots[op.slots[n].index] != 0;
    }
    if (found) sweep.moved.push_back(std::uint32_t(k));
  }
  return sweep;
}

// Positions of each register among the wanted ones.
std::vector<std::vector<std::size_t>> positions_of(const Plan& plan) {
  std::vector<std::vector<std::size_t>> positions(plan.program().operations.size());
  for (std::size_t w = 0; w < plan.wanted().size(); ++w)
    positions[plan.wanted()[w].index].push_back(w);
  return positions;
}

// One block of lanes: its values, and where its derivatives stand while a direction goes through.
class SweepBlock {
 public:
  /// `values`: of all the plan's operations, in their order.
  SweepBlock(const Plan& plan, const std::vector<char>& pinned, const Frame& frame,
             const arma::mat& values)
      : plan_(plan),
        pinned_(pinned),
        lanes_(frame.lanes()),
        storage_(plan.places() * block_lanes),
        value_at_(plan.program().operations.size(), nullptr),
        derivative_at_(value_at_) {
    for (std::size_t k = 0; k < plan.operations().size(); ++k)
      value_at_[plan.operations()[k]] = values.colptr(k);
    for (const double& numeral : frame.slots) slot_at_.push_back({&numeral, 0});
    for (const SlotColumn& column : frame.slot_columns)
      slot_at_[column.slot.index] = {column.values.memptr(), 1};
    if (values.has_nan() || frame.value.has_nan()) find_by_range();
  }

  /// Hands `keep` each register that moves and its column, which is overwritten once no operation
  /// reads it any more.
  template <class Keep>
  void go(const Sweep& sweep, Keep keep) {
    std::fill(derivative_at_.begin(), derivative_at_.end(), nullptr);
    for (const std::uint32_t k : sweep.moved) {
      const Operation& op = plan_.program().operations[plan_.operations()[k]];
      double* out = storage_.data() + std::size_t(plan_.place(op.out)) * block_lanes;
      if (pinned_[op.out.index] || op.code == OpCode::input)
        std::fill_n(out, lanes_, sweep.seeds[op.out.index]);
      else
        through(op, sweep, out);
      if (const auto still = by_range_.find(op.out); still != by_range_.end())
        for (std::size_t i = 0; i < lanes_; ++i)
          if (still->second[i]) out[i] = 0;
      const double* value = value_at_[op.out.index];
      for (std::size_t i = 0; i < lanes_; ++i)
        out[i] = is_unknown(value[i]) ? unknown_value : out[i];
      derivative_at_[op.out.index] = out;
      keep(op.out, out);
    }
  }

  const double* value(RegisterId reg) const { return value_at_[reg.index]; }
  /// By lane: whether it rests on a result that only ranges tell; empty where it does in none.
  std::vector<char> rests_on_ranges(RegisterId reg) const {
    const auto found = resting_.find(reg);
    return found == resting_.end() ? std::vector<char>{} : found->second;
  }

 private:
  // Operations that have no result of their own from these operands, or another (a floor whose
  // amount only ranges tell), though one is known.
  void find_by_range() {
    std::vector<double> own(lanes_);
    for (const std::uint32_t index : plan_.operations()) {
      const Operation& op = plan_.program().operations[index];
      if (pinned_[index] || op.code == OpCode::input) continue;
      gather(op);
      run(op, {in_.data(), slots_.data(), own.data(), lanes_});
      std::vector<char> here(lanes_, 0), below(lanes_, 0);
      for (std::size_t i = 0; i < lanes_; ++i)
        here[i] = !is_unknown(value_at_[index][i]) && own[i] != value_at_[index][i];
      for (const RegisterId in : op.in)
        if (const auto found = resting_.find(in); found != resting_.end())
          for (std::size_t i = 0; i < lanes_; ++i) below[i] |= found->second[i];
      const bool any = std::find(here.begin(), here.end(), 1) != here.end();
      for (std::size_t i = 0; i < lanes_; ++i) below[i] |= here[i];
      if (std::find(below.begin(), below.end(), 1) != below.end())
        resting_[op.out] = std::move(below);
      if (any) by_range_[op.out] = std::move(here);
    }
  }

  void gather(const Operation& op) {
    in_.clear();
    slots_.clear();
    for (const RegisterId in : op.in) in_.push_back(value_at_[in.index]);
    for (const SlotId slot : op.slots) slots_.push_back(slot_at_[slot.index]);
  }

  void through(const Operation& op, const Sweep& sweep, double* out) {
    gather(op);
    in_derivative_.clear();
    slot_derivative_.clear();
    for (const RegisterId in : op.in) in_derivative_.push_back(derivative_at_[in.index]);
    for (const SlotId slot : op.slots) slot_derivative_.push_back(sweep.slots[slot.index]);
    derive(op, {in_.data(), in_derivative_.data(), slots_.data(), slot_derivative_.data(),
                value_at_[op.out.index], out, lanes_});
  }

  const Plan& plan_;
  const std::vector<char>& pinned_;
  std::size_t lanes_;
  std::vector<double> storage_;  // derivatives, by the plan's places
  std::vector<const double*> value_at_,
      derivative_at_;              // by RegisterId; a null derivative: it stands still
  std::vector<SlotView> slot_at_;  // by SlotId
  std::vector<const double*> in_, in_derivative_;  // of the operation at hand
  std::vector<SlotView> slots_;
  std::vector<double> slot_derivative_;
  std::map<RegisterId, std::vector<char>> by_range_, resting_;  // by lane
};

}  // namespace

void derive(const Operation& operation, const DerivativeOperands& operands) {
  using program::Family;
  switch (program::row_of(operation.code).family) {
    case Family::leaf: assert(false && "an input moves as its direction says"); return;
    case Family::expression: return derive_expression(operation, operands);
    case Family::curve: return derive_curve(operation, operands);
    case Family::mean: return derive_mean(operation, operands);
    case Family::effect: return derive_effect(operation, operands);
  }
}

Duals evaluate_duals(const Plan& plan, const Frame& frame, std::span<const Tangent> directions) {
  const std::vector<char> pinned = pinned_registers(plan.program(), frame);
  std::vector<Sweep> sweeps;
  for (const Tangent& direction : directions) sweeps.push_back(sweep_of(plan, pinned, direction));
  std::vector<RegisterId> all, cut;  // every register of the plan is wanted, because derivatives
                                     // are taken at the values of what is read
  for (const std::uint32_t index : plan.operations()) all.push_back(RegisterId{index});
  for (const Pin& pin : frame.pins) cut.push_back(pin.reg);
  const Plan every(plan.program(), all, cut);

  const auto positions = positions_of(plan);
  Duals result{arma::mat(frame.lanes(), plan.wanted().size()),
               arma::cube(frame.lanes(), plan.wanted().size(), directions.size()),
               arma::umat(frame.lanes(), plan.wanted().size(), arma::fill::zeros)};
  for (std::size_t start = 0; start < frame.lanes(); start += block_lanes) {
    std::vector<arma::uword> rows(std::min(block_lanes, frame.lanes() - start));
    std::iota(rows.begin(), rows.end(), start);
    const Frame part = select_lanes(frame, rows);
    const arma::mat values = evaluate(every, part);
    SweepBlock block(plan, pinned, part, values);
    for (std::size_t w = 0; w < plan.wanted().size(); ++w) {
      std::copy_n(block.value(plan.wanted()[w]), rows.size(), result.value.colptr(w) + start);
      const std::vector<char> resting = block.rests_on_ranges(plan.wanted()[w]);
      std::copy(resting.begin(), resting.end(), result.by_range.colptr(w) + start);
    }
    for (std::size_t d = 0; d < sweeps.size(); ++d) {
      for (std::size_t w = 0; w < plan.wanted().size(); ++w) {
        const double* value = block.value(plan.wanted()[w]);
        std::transform(value, value + rows.size(), result.derivative.slice_colptr(d, w) + start,
                       [](double x) { return is_unknown(x) ? unknown_value : 0; });
      }
      block.go(sweeps[d], [&](RegisterId reg, const double* column) {
        for (const std::size_t w : positions[reg.index])
          std::copy_n(column, rows.size(), result.derivative.slice_colptr(d, w) + start);
      });
    }
  }
  return result;
}

}  // namespace waystone::evaluate
