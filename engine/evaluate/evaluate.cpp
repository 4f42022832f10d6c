#include "evaluate/evaluate.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <deque>
#include <limits>
#include <memory>

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
  Slots(const Plan& plan, const Frame& frame)
      : plan_(plan), frame_(frame), by_slot_(frame.slots.size()), views_(plan.slots().size()) {
    for (std::size_t s = 0; s < by_slot_.size(); ++s) by_slot_[s] = {&frame.slots[s], 0};
    gather();
  }
  void start_at(std::size_t lane) {
    if (frame_.slot_columns.empty()) return;
    for (const SlotColumn& column : frame_.slot_columns)
      by_slot_[column.slot.index] = {column.values.memptr() + lane, 1};
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

const Operation& operation_of(const Plan& plan, std::size_t k) {
  return plan.program().operations[plan.operations()[k]];
}

// A column that stands ready before an operation is reached, so that it need not run.
struct Ready {
  const double* column = nullptr;  // null: to be computed
  bool uniform = false;  // one block of a number that is the same in all lanes; otherwise a column
                         // as long as the frame
};

// By operation of the plan: pinned registers and facts.
std::vector<Ready> ready_columns(const Plan& plan, const Frame& frame, const arma::mat& facts) {
  std::vector<const double*> pinned(plan.program().operations.size(), nullptr);
  for (const Pin& pin : frame.pins) pinned[pin.reg.index] = pin.values.memptr();
  std::vector<Ready> ready;
  for (const std::uint32_t index : plan.operations()) {
    const Operation& op = plan.program().operations[index];
    const bool is_fact = op.code == OpCode::input &&
                         !pinned[index];  // a frame that pins all that reads facts may have none
    ready.push_back({is_fact ? facts.colptr(op.input.index) : pinned[index]});
  }
  return ready;
}

struct Block {
  double lanes[block_lanes];
};

// Blocks that begin with a cache line. Aligned here rather than by the allocator: glibc before 2.38
// doesn't reuse what aligned `new` gave back, and thousands of evaluations, one per rule, would
// each keep theirs.
class Blocks {
 public:
  explicit Blocks(std::size_t count)
      : storage_(std::make_unique_for_overwrite<double[]>(count * block_lanes + line)) {
    void* first = storage_.get();
    std::size_t space = (count * block_lanes + line) * sizeof(double);
    first_ =
        static_cast<Block*>(std::align(line * sizeof(double), count * sizeof(Block), first, space));
  }
  Block& operator[](std::size_t k) { return first_[k]; }

 private:
  static constexpr std::size_t line = 8;  // doubles of a cache line
  std::unique_ptr<double[]> storage_;
  Block* first_;
};

// Adds the numerals that are the same for all lanes: filled once, not block by block. Gives the
// storage.
Blocks add_numerals(std::vector<Ready>& ready, const Plan& plan, const Frame& frame) {
  std::vector<char> differs(frame.slots.size(), 0);
  for (const SlotColumn& column : frame.slot_columns) differs[column.slot.index] = 1;
  std::vector<std::size_t> found;
  for (std::size_t k = 0; k < ready.size(); ++k)
    if (operation_of(plan, k).code == OpCode::slot && !ready[k].column &&
        !differs[operation_of(plan, k).slots[0].index])
      found.push_back(k);
  Blocks storage(found.size());
  for (std::size_t n = 0; n < found.size(); ++n) {
    std::fill_n(storage[n].lanes, std::min(block_lanes, frame.lanes()),
                frame.slots[operation_of(plan, found[n]).slots[0].index]);
    ready[found[n]] = {storage[n].lanes, true};
  }
  return storage;
}

// Where the operations of a plan read and write, for one block of lanes after another. Addresses
// are worked out once: facts, pins and results move on with the block; the rest is storage that
// every block writes anew.
class Columns {
 public:
  /// Columns of `result`, where given, are those that the plan wants.
  Columns(const Plan& plan, const std::vector<Ready>& ready, arma::mat* result)
      : plan_(plan), storage_(plan.places()), out_(ready.size()), uniform_(ready.size()) {
    struct Address {
      const double* column;
      bool moves, uniform;
    };
    std::vector<Address> at(plan.program().operations.size());
    std::vector<double*> wanted(at.size(), nullptr);
    if (result)
      for (std::size_t w = plan.wanted().size(); w-- > 0;)
        wanted[plan.wanted()[w].index] = result->colptr(w);
    for (std::size_t k = 0; k < ready.size(); ++k) {
      const std::uint32_t reg = plan.operations()[k];
      out_[k] = wanted[reg] ? wanted[reg] : storage_[plan.place(RegisterId{reg})].lanes;
      if (ready[k].column)
        at[reg] = {ready[k].column, !ready[k].uniform, ready[k].uniform};
      else
        at[reg] = {out_[k], wanted[reg] != nullptr, false};
      if (wanted[reg] && !ready[k].column) moving_out_.push_back(k);
    }
    for (const std::uint32_t reg : plan.reads()) {
      if (at[reg].moves) moving_in_.push_back(in_.size());
      in_.push_back(at[reg].column);
    }
    for (std::size_t k = 0; k < ready.size(); ++k) {
      const auto& read = plan.program().operations[plan.operations()[k]].in;
      for (std::size_t n = 0; n < read.size() && n < 32; ++n)
        uniform_[k] |= std::uint32_t(at[read[n].index].uniform) << n;
    }
    if (result)
      for (std::size_t w = 0; w < plan.wanted().size(); ++w)
        if (const Address& from = at[plan.wanted()[w].index]; from.column != result->colptr(w))
          copies_.push_back({from.column, result->colptr(w), from.moves});
  }
  const double* const* in(std::size_t k) const { return in_.data() + plan_.first_read(k); }
  double* out(std::size_t k) const { return out_[k]; }
  std::uint32_t uniform(std::size_t k) const { return uniform_[k]; }
  /// Copies what is wanted and stands elsewhere, then goes to the next block.
  void finish_block(std::size_t lanes) {
    for (Copy& copy : copies_) {
      std::copy_n(copy.from, lanes, copy.to);
      copy.to += lanes;
      if (copy.moves) copy.from += lanes;
    }
    for (const std::size_t n : moving_in_) in_[n] += lanes;
    for (const std::size_t k : moving_out_) out_[k] += lanes;
  }

 private:
  struct Copy {
    const double* from;
    double* to;
    bool moves;
  };
  const Plan& plan_;
  Blocks storage_;
  std::vector<const double*> in_;       // of every operation, one after another
  std::vector<double*> out_;            // by operation
  std::vector<std::uint32_t> uniform_;  // by operation
  std::vector<std::size_t> moving_in_, moving_out_;
  std::vector<Copy> copies_;
};

// Indices among the plan's operations of those that run.
std::vector<std::size_t> to_compute(const std::vector<Ready>& ready) {
  std::vector<std::size_t> steps;
  for (std::size_t k = 0; k < ready.size(); ++k)
    if (!ready[k].column) steps.push_back(k);
  return steps;
}

}  // namespace

void run(const Operation& operation, const Operands& operands) {
  using program::Family;
  switch (program::row_of(operation.code).family) {
    case Family::leaf: assert(false && "the columns of inputs are the frame's"); return;
    case Family::expression: return run_expression(operation, operands);
    case Family::curve: return run_curve(operation, operands);
    case Family::mean: return run_mean(operation, operands);
    case Family::effect: return run_effect(operation, operands);
  }
}

namespace {

// From operations of the program to those of a plan.
void find_places(Condition& condition, const std::vector<std::uint32_t>& operations) {
  for (auto& [step, operand] : condition.places)
    step = std::size_t(std::lower_bound(operations.begin(), operations.end(), step) -
                       operations.begin());
}

}  // namespace

Plan::Plan(const Program& program, std::span<const RegisterId> wanted,
           std::span<const RegisterId> cut)
    : program_(&program), wanted_(wanted.begin(), wanted.end()) {
  const std::size_t count = program.operations.size();
  constexpr std::uint32_t never = 0;
  std::vector<std::uint32_t> last_use(
      count, never);  // 1 + index of the last operation that reads the register
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
  split_ = conditions_to_split(program, needed, pinned);
  for (const Condition& condition : split_)
    for (const RegisterId read : condition.reads)
      last_use[read.index] =
          std::max(last_use[read.index], std::uint32_t(condition.operations.back() + 1));
  places_.assign(count, 0);
  std::vector<std::uint32_t> free;
  for (std::size_t i = 0; i < count; ++i) {
    if (!needed[i]) continue;
    operations_.push_back(std::uint32_t(i));
    if (free.empty()) free.push_back(place_count_++);
    places_[i] = free.back();
    free.pop_back();
    if (!pinned[i])
      for (const RegisterId in : program.operations[i].in)
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
  for (Condition& condition : split_) find_places(condition, operations_);
}

namespace {

// Most columns of a panel have no unknown fact; this tells in vectors, without a look at single
// lanes.
WAYSTONE_VECTOR_CLONES bool any_unknown(const double* column, std::size_t lanes) {
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < lanes; ++i) found |= std::uint64_t{is_unknown(column[i])};
  return found != 0;
}

// Lanes of a block that read something unknown are added to `open`. A block's columns are looked at
// just before they are used, so that they come into the cache once.
void find_open(const std::vector<Ready>& ready, std::size_t start, std::size_t lanes,
               std::vector<arma::uword>& open) {
  std::array<char, block_lanes> unknown{};
  bool any = false;
  for (const Ready& one : ready) {
    if (!one.column || one.uniform || !any_unknown(one.column + start, lanes)) continue;
    any = true;
    for (std::size_t i = 0; i < lanes; ++i) unknown[i] |= char(is_unknown(one.column[start + i]));
  }
  for (std::size_t i = 0; any && i < lanes; ++i)
    if (unknown[i]) open.push_back(start + i);
}

// `open` gets the lanes that read something unknown.
arma::mat evaluate_known(const Plan& plan, const Frame& frame, std::vector<arma::uword>& open) {
  arma::mat result(frame.lanes(), plan.wanted().size(), arma::fill::none);
  if (frame.lanes() == 0) return result;
  auto ready = ready_columns(plan, frame, frame.value);
  const auto numerals = add_numerals(ready, plan, frame);
  const auto steps = to_compute(ready);
  Slots slots(plan, frame);
  Columns columns(plan, ready, &result);
  const bool all_known = frame.all_known && frame.pins.empty();
  assert(!frame.all_known || !frame.value.has_nan());
  for (std::size_t start = 0; start < frame.lanes(); start += block_lanes) {
    const std::size_t lanes = std::min(block_lanes, frame.lanes() - start);
    slots.start_at(start);
    if (!all_known) find_open(ready, start, lanes, open);
    for (const std::size_t k : steps)
      run(operation_of(plan, k),
          {columns.in(k), slots.of(k), columns.out(k), lanes, columns.uniform(k)});
    columns.finish_block(lanes);
  }
  return result;
}

// The bounds of what stands ready before a plan runs: facts and pinned registers.
class ReadyBounds {
 public:
  ReadyBounds(const Plan& plan, const Frame& frame)
      : value(ready_columns(plan, frame, frame.value)),
        low(value),
        high(value),
        gap(value),
        absent(value),
        none_(frame.lanes(), 0) {
    std::vector<const Pin*> pinned(plan.program().operations.size(), nullptr);
    for (const Pin& pin : frame.pins) pinned[pin.reg.index] = &pin;
    for (std::size_t k = 0; k < value.size(); ++k) {
      if (!value[k].column) continue;
      const Pin* pin = pinned[plan.operations()[k]];
      if (pin)
        add(k, pin->low.empty() ? nullptr : pin->low.memptr(),
            pin->high.empty() ? nullptr : pin->high.memptr());
      else if (frame.has_ranges())
        add(k, frame.low.colptr(operation_of(plan, k).input.index),
            frame.high.colptr(operation_of(plan, k).input.index));
      else
        add(k, nullptr, nullptr);
    }
  }

  std::vector<Ready> value, low, high, gap, absent;  // by operation of the plan

  /// Whether the k-th operation, which is ready, is certain in these lanes.
  bool certain(std::size_t k, std::size_t start, std::size_t lanes) const {
    const double *x = value[k].column + start, *l = low[k].column + start,
                 *h = high[k].column + start;
    for (std::size_t i = 0; i < lanes; ++i)
      if (!(x[i] == l[i] && x[i] == h[i])) return false;
    return true;
  }

 private:
  // `from`, `to`: ranges, or null where the values are certain and an unknown has no value at all.
  void add(std::size_t k, const double* from, const double* to) {
    gap[k].column = absent[k].column = none_.data();
    if (from) low[k].column = from;
    if (to) high[k].column = to;
    const double* x = value[k].column;
    const std::size_t lanes = none_.size();
    if (std::none_of(x, x + lanes, [](double v) { return is_unknown(v); })) return;
    std::vector<double>&absent_here = storage_.emplace_back(lanes, 0),
    &gap_here = storage_.emplace_back(lanes, 0);
    std::vector<double>&low_here = storage_.emplace_back(low[k].column, low[k].column + lanes),
    &high_here = storage_.emplace_back(high[k].column, high[k].column + lanes);
    for (std::size_t i = 0; i < lanes; ++i) {
      if (!is_unknown(x[i])) continue;
      absent_here[i] = 1;
      if (from && !is_unknown(low_here[i]) && !is_unknown(high_here[i])) continue;
      gap_here[i] = 1;
      low_here[i] = -std::numeric_limits<double>::infinity();
      high_here[i] = std::numeric_limits<double>::infinity();
    }
    absent[k].column = absent_here.data();
    gap[k].column = gap_here.data();
    low[k].column = low_here.data();
    high[k].column = high_here.data();
  }

  std::vector<double> none_;
  std::deque<std::vector<double>> storage_;
};

// Runs a plan on values and bounds, block by block. What reads certain operands only takes the
// bounds from its value.
class BoundsSweep {
 public:
  BoundsSweep(const Plan& plan, const Frame& frame, Bounds& result)
      : plan_(plan),
        frame_(frame),
        ready_(plan, frame),
        steps_(to_compute(ready_.value)),
        slots_(plan, frame),
        value_(plan, ready_.value, &result.value),
        low_(plan, ready_.low, &result.low),
        high_(plan, ready_.high, &result.high),
        gap_(plan, ready_.gap, &result.gap),
        absent_(plan, ready_.absent, nullptr),
        certain_(plan.program().operations.size()) {
    find_conditions();
  }

  void run_all() {
    for (std::size_t start = 0; start < frame_.lanes(); start += block_lanes) {
      const std::size_t lanes = std::min(block_lanes, frame_.lanes() - start);
      slots_.start_at(start);
      for (std::size_t k = 0; k < ready_.value.size(); ++k)
        if (ready_.value[k].column)
          certain_[plan_.operations()[k]] = ready_.certain(k, start, lanes);
      split_ = conditions_.begin();
      for (const std::size_t k : steps_) run_step(k, lanes);
      for (Columns* part : {&value_, &low_, &high_, &gap_, &absent_}) part->finish_block(lanes);
    }
  }

 private:
  void run_step(std::size_t k, std::size_t lanes) {
    const Operation& op = operation_of(plan_, k);
    run(op, {value_.in(k), slots_.of(k), value_.out(k), lanes});
    const double* x = value_.out(k);
    bool certain = std::all_of(op.in.begin(), op.in.end(),
                               [&](RegisterId in) { return certain_[in.index] != 0; });
    certain = certain && std::none_of(x, x + lanes, [](double v) { return is_unknown(v); });
    if (certain) {
      std::copy_n(x, lanes, low_.out(k));
      std::copy_n(x, lanes, high_.out(k));
      std::fill_n(gap_.out(k), lanes, 0);
      std::fill_n(absent_.out(k), lanes, 0);
    } else {
      bound(op, {value_.in(k), low_.in(k), high_.in(k), gap_.in(k), absent_.in(k), slots_.of(k),
                 value_.out(k), low_.out(k), high_.out(k), gap_.out(k), absent_.out(k), lanes});
      split(k, lanes);
    }
    certain_[op.out.index] = certain;
  }

  // A part that the frame pins is read as it stands, not judged.
  void find_conditions() {
    std::vector<char> pinned(frame_.pins.empty() ? 0 : plan_.program().operations.size(), 0);
    for (const Pin& pin : frame_.pins) pinned[pin.reg.index] = 1;
    for (const Condition& condition : plan_.split()) {
      const auto& parts = condition.operations;
      const bool as_written =
          pinned.empty() || std::none_of(parts.begin(), parts.end(),
                                         [&](std::uint32_t part) { return pinned[part] != 0; });
      if (as_written) {
        conditions_.push_back(&condition);
        continue;
      }
      auto found = program::condition_at(plan_.program(), parts.back(),
                                         program::conditions_in(plan_.program(), pinned));
      if (!found) continue;
      find_places(*found, plan_.operations());
      conditions_.push_back(&pinned_.emplace_back(std::move(*found)));
    }
  }

  // What bounds leave open of a condition, since they take each reading of a value by itself.
  void split(std::size_t k, std::size_t lanes) {
    const std::uint32_t index = plan_.operations()[k];
    while (split_ != conditions_.end() && (*split_)->operations.back() < index) ++split_;
    if (split_ == conditions_.end() || (*split_)->operations.back() != index) return;
    const Condition& condition = **split_;
    for (std::size_t i = 0; i < lanes; ++i) {
      Possible here{value_.out(k)[i], low_.out(k)[i], high_.out(k)[i], gap_.out(k)[i],
                    absent_.out(k)[i]};
      if (here.low == here.high && !is_unknown(here.value)) continue;
      const auto read = [&](std::size_t n) {
        const auto [step, operand] = condition.places[n];
        return Possible{value_.in(step)[operand][i], low_.in(step)[operand][i],
                        high_.in(step)[operand][i], gap_.in(step)[operand][i],
                        absent_.in(step)[operand][i]};
      };
      here = narrowed(plan_.program(), condition, read, here);
      value_.out(k)[i] = here.value;
      low_.out(k)[i] = here.low;
      high_.out(k)[i] = here.high;
      gap_.out(k)[i] = here.gap;
      absent_.out(k)[i] = here.absent;
    }
  }

  const Plan& plan_;
  const Frame& frame_;
  const ReadyBounds ready_;
  const std::vector<std::size_t> steps_;
  Slots slots_;
  Columns value_, low_, high_, gap_, absent_;
  std::vector<char> certain_;                            // by register: in every lane of the block
  std::vector<const Condition*> conditions_;             // to be split, ascending
  std::deque<Condition> pinned_;                         // those of them of which a part is pinned
  std::vector<const Condition*>::const_iterator split_;  // the next one
};

}  // namespace

// Facts that are unknown count as known where bounds leave them no choice, so lanes with unknown
// facts take their values from evaluate_bounds.
arma::mat evaluate(const Plan& plan, const Frame& frame) {
  std::vector<arma::uword> open;
  arma::mat result = evaluate_known(plan, frame, open);
  if (open.empty()) return result;
  if (open.size() == frame.lanes()) return evaluate_bounds(plan, frame).value;
  result.rows(arma::uvec(open)) = evaluate_bounds(plan, select_lanes(frame, open)).value;
  return result;
}

Bounds evaluate_bounds(const Plan& plan, const Frame& frame) {
  Bounds result;
  for (arma::mat* part : {&result.value, &result.low, &result.high, &result.gap})
    part->set_size(frame.lanes(), plan.wanted().size());
  if (frame.lanes() > 0) BoundsSweep(plan, frame, result).run_all();
  return result;
}

std::vector<double> trace(const Program& program, const Frame& frame, std::size_t lane) {
  const arma::mat row = trace_bounds(program, frame, lane).value;
  return {row.begin(), row.end()};
}

Bounds trace_bounds(const Program& program, const Frame& frame, std::size_t lane) {
  std::vector<RegisterId> all;
  for (std::size_t i = 0; i < program.operations.size(); ++i) all.push_back(RegisterId{i});
  return evaluate_bounds(Plan(program, all), select_lanes(frame, {lane}));
}

}  // namespace waystone::evaluate
