#include "evaluate/variations.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>

#include "evaluate/bounds.hpp"

namespace waystone::evaluate {
namespace {

constexpr std::size_t most_numbers = 1u << 20;  // kept at a time

}  // namespace

Variations::Variations(const program::Program& program, const Frame& frame,
                       std::span<const RegisterId> wanted)
    : program_(program),
      frame_(frame),
      needed_(program.operations.size(), 0),
      certain_(needed_.size(), 0),
      held_(needed_.size(), 0),
      queued_(needed_.size(), 0) {
  assert(frame.pins.empty() && frame.slot_columns.empty());
  for (const RegisterId reg : wanted) needed_[reg.index] = 1;
  for (std::size_t i = needed_.size(); i-- > 0;)
    if (needed_[i])
      for (const RegisterId in : program.operations[i].in) needed_[in.index] = 1;
  for (Condition& condition : conditions_to_split(program, needed_, held_)) {
    const std::size_t reg = condition.operations.back();
    split_.emplace(reg, std::move(condition));
  }
  std::size_t reads = 0;
  for (const program::Operation& op : program.operations) {
    first_read_.push_back(reads);
    reads += op.in.size();
    first_slot_.push_back(slots_.size());
    for (const SlotId slot : op.slots) slots_.push_back({&frame.slots[slot.index], 0});
  }
  find_readers();
}

void Variations::find_readers() {
  first_reader_.assign(needed_.size() + 1, 0);
  const auto each_read = [&](const auto& visit) {
    for (std::size_t i = 0; i < needed_.size(); ++i)
      if (needed_[i])
        for (const RegisterId in : program_.operations[i].in) visit(in.index, i);
    for (const auto& [reg, condition] : split_)
      for (const RegisterId read : condition.reads) visit(read.index, reg);
  };
  each_read([&](std::size_t read, std::size_t) { ++first_reader_[read + 1]; });
  for (std::size_t i = 0; i < needed_.size(); ++i) first_reader_[i + 1] += first_reader_[i];
  readers_.resize(first_reader_.back());
  std::vector<std::size_t> next = first_reader_;
  each_read([&](std::size_t read, std::size_t reader) {
    readers_[next[read]++] = std::uint32_t(reader);
  });
}

bool Variations::is_open(arma::uword lane) const {
  for (arma::uword input = 0; input < frame_.value.n_cols; ++input)
    if (std::isnan(frame_.value(lane, input))) return true;
  return false;
}

// Open lanes go through their bounds one by one, so a block of them is small: most rules hold in
// few of its lanes.
std::size_t Variations::most_lanes(bool open) const {
  const std::size_t numbers = (open ? all_parts : 1) * std::max<std::size_t>(needed_.size(), 1);
  return std::clamp<std::size_t>(most_numbers / numbers, 1, open ? 8 : 64);
}

void Variations::lay_out(bool open) {
  open_ = open;
  stride_ = std::min(most_lanes(open), std::max<std::size_t>(frame_.lanes(), 1));
  for (std::size_t part = 0; part < parts(); ++part) {
    rows_[part].assign(needed_.size() * stride_, 0);
    in_[part].clear();
    for (const program::Operation& op : program_.operations)
      for (const RegisterId read : op.in) in_[part].push_back(row(Part(part), read.index));
  }
}

bool Variations::is_never(RegisterId reg, std::size_t lane) const {
  return row(gap, reg.index)[lane] == certain_gap;
}

void Variations::take(std::span<const arma::uword> lanes, bool open) {
  release();
  if (stride_ == 0 || open != open_) lay_out(open);
  assert(lanes.size() <= stride_);
  lanes_ = lanes.size();
  for (std::size_t i = 0; i < needed_.size(); ++i) {
    if (!needed_[i]) continue;
    if (program_.operations[i].code == program::OpCode::input)
      fill(i, lanes);
    else
      work_out(i);
  }
}

// A fact. Without a value it is anywhere in its range; without a range it has no value at all.
void Variations::fill(std::size_t reg, std::span<const arma::uword> lanes) {
  const std::size_t input = program_.operations[reg].input.index;
  for (std::size_t k = 0; k < lanes.size(); ++k) {
    const double x = frame_.value(lanes[k], input);
    const bool ranged = frame_.has_ranges();
    set(reg, k, x, ranged ? frame_.low(lanes[k], input) : x,
        ranged ? frame_.high(lanes[k], input) : x);
  }
  certain_[reg] = open_ && is_certain(reg);
}

void Variations::set(std::size_t reg, std::size_t lane, double value, double from, double to) {
  row(nominal, reg)[lane] = value;
  if (!open_) return;
  const bool unknown = std::isnan(value), no_range = std::isnan(from) || std::isnan(to);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  row(low, reg)[lane] = unknown && no_range ? -infinity : from;
  row(high, reg)[lane] = unknown && no_range ? infinity : to;
  row(gap, reg)[lane] = unknown && no_range;
  row(absent, reg)[lane] = unknown;
}

bool Variations::is_certain(std::size_t reg) const {
  const double *x = row(nominal, reg), *l = row(low, reg), *h = row(high, reg);
  for (std::size_t k = 0; k < lanes_; ++k)
    if (!(x[k] == l[k] && x[k] == h[k])) return false;
  return true;
}

// As evaluate_bounds does: what reads certain operands only takes the bounds from its value.
void Variations::work_out(std::size_t reg) {
  const program::Operation& op = program_.operations[reg];
  const SlotView* slots = slots_.data() + first_slot_[reg];
  double* x = row(nominal, reg);
  evaluate::run(op, {in(nominal, reg), slots, x, lanes_});
  if (!open_) return;
  const bool certain = std::all_of(op.in.begin(), op.in.end(),
                                   [&](RegisterId read) { return certain_[read.index] != 0; }) &&
                       std::none_of(x, x + lanes_, [](double v) { return std::isnan(v); });
  certain_[reg] = certain;
  if (certain) {
    std::copy_n(x, lanes_, row(low, reg));
    std::copy_n(x, lanes_, row(high, reg));
    std::fill_n(row(gap, reg), lanes_, 0);
    std::fill_n(row(absent, reg), lanes_, 0);
    return;
  }
  bound(op, {in(nominal, reg), in(low, reg), in(high, reg), in(gap, reg), in(absent, reg), slots, x,
             row(low, reg), row(high, reg), row(gap, reg), row(absent, reg), lanes_});
  const auto found = split_.find(reg);
  if (found == split_.end()) return;
  const auto& operations = found->second.operations;
  const bool as_written = std::none_of(operations.begin(), operations.end(),
                                       [&](std::uint32_t part) { return held_[part] != 0; });
  if (as_written) return split(reg, found->second);
  const auto held =
      program::condition_at(program_, std::uint32_t(reg), program::conditions_in(program_, held_));
  if (held) split(reg, *held);
}

// As evaluate_bounds does: what bounds leave open of a condition.
void Variations::split(std::size_t reg, const Condition& condition) {
  for (std::size_t k = 0; k < lanes_; ++k) {
    Possible here{row(nominal, reg)[k], row(low, reg)[k], row(high, reg)[k], row(gap, reg)[k],
                  row(absent, reg)[k]};
    if (here.low == here.high && !std::isnan(here.value)) continue;
    const auto read = [&](std::size_t n) {
      const std::size_t from = condition.reads[n].index;
      return Possible{row(nominal, from)[k], row(low, from)[k], row(high, from)[k],
                      row(gap, from)[k], row(absent, from)[k]};
    };
    here = narrowed(program_, condition, read, here);
    row(nominal, reg)[k] = here.value;
    row(low, reg)[k] = here.low;
    row(high, reg)[k] = here.high;
    row(gap, reg)[k] = here.gap;
    row(absent, reg)[k] = here.absent;
  }
}

void Variations::save(std::size_t reg) {
  saved_.push_back({std::uint32_t(reg), certain_[reg]});
  for (std::size_t part = 0; part < parts(); ++part) {
    const double* from = row(Part(part), reg);
    saved_rows_.insert(saved_rows_.end(), from, from + lanes_);
  }
}

bool Variations::changed_since_saved(std::size_t reg) const {
  const double* before = saved_rows_.data() + saved_rows_.size() - parts() * lanes_;
  for (std::size_t part = 0; part < parts(); ++part)
    if (std::memcmp(before + part * lanes_, row(Part(part), reg), lanes_ * sizeof(double)) != 0)
      return true;
  return false;
}

void Variations::put_back_last() {
  const std::size_t reg = saved_.back().reg;
  const double* before = saved_rows_.data() + saved_rows_.size() - parts() * lanes_;
  for (std::size_t part = 0; part < parts(); ++part)
    std::copy_n(before + part * lanes_, lanes_, row(Part(part), reg));
  certain_[reg] = saved_.back().certain;
  held_[reg] = 0;
  saved_.pop_back();
  saved_rows_.resize(saved_rows_.size() - parts() * lanes_);
}

void Variations::hold(RegisterId reg, std::size_t lane, double value) {
  if (!held_[reg.index]) save(reg.index);
  held_[reg.index] = 1;
  set(reg.index, lane, value, value, value);
}

void Variations::queue_readers(std::size_t reg) {
  for (std::size_t k = first_reader_[reg]; k < first_reader_[reg + 1]; ++k) {
    const std::uint32_t reader = readers_[k];
    if (queued_[reader] || held_[reader]) continue;
    queued_[reader] = 1;
    queue_.push_back(reader);
    std::push_heap(queue_.begin(), queue_.end(), std::greater<>());
  }
}

std::size_t Variations::next_queued() {
  std::pop_heap(queue_.begin(), queue_.end(), std::greater<>());
  const std::size_t reg = queue_.back();
  queue_.pop_back();
  queued_[reg] = 0;
  return reg;
}

void Variations::run(std::span<const RegisterId> wanted) {
  if (wanted.empty()) return;
  const std::size_t last = std::max_element(wanted.begin(), wanted.end())->index;
  for (std::size_t k = 0; k < saved_.size(); ++k) {  // so far only what is held
    if (open_) certain_[saved_[k].reg] = is_certain(saved_[k].reg);
    queue_readers(saved_[k].reg);
  }
  while (!queue_.empty()) {
    const std::size_t reg = next_queued();
    if (reg > last) continue;
    save(reg);
    work_out(reg);
    if (changed_since_saved(reg))
      queue_readers(reg);
    else
      put_back_last();
  }
}

void Variations::release() {
  while (!saved_.empty()) put_back_last();
}

}  // namespace waystone::evaluate
