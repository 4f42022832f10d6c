// The one evaluator. Every number that Waystone prints comes from here: scores, bounds, ledgers, attributions.
#pragma once
#include <span>
#include <vector>

#include "evaluate/frame.hpp"

namespace waystone::evaluate {

/// The part of a program that some registers need, ready to run. Refers to the program, which must outlive it.
class Plan {
 public:
  /// `cut`: registers that every frame will pin; what only they need is left out.
  Plan(const program::Program& program, std::span<const RegisterId> wanted, std::span<const RegisterId> cut = {});
  const program::Program& program() const { return *program_; }
  const std::vector<std::uint32_t>& operations() const { return operations_; }
  const std::vector<RegisterId>& wanted() const { return wanted_; }
  /// Storage place of a register within a block: places are reused once no later operation reads them.
  std::uint32_t place(RegisterId reg) const { return places_[reg.index]; }
  /// What the operations read, one after another: registers, and slots; and where the k-th operation's begin.
  const std::vector<std::uint32_t>& reads() const { return reads_; }
  const std::vector<std::uint32_t>& slots() const { return slots_; }
  std::uint32_t first_read(std::size_t k) const { return first_read_[k]; }
  std::uint32_t first_slot(std::size_t k) const { return first_slot_[k]; }
  std::uint32_t places() const { return place_count_; }

 private:
  const program::Program* program_;
  std::vector<RegisterId> wanted_;
  std::vector<std::uint32_t> operations_;  // indices, ascending
  std::vector<std::uint32_t> places_;      // by register
  std::vector<std::uint32_t> reads_, slots_, first_read_, first_slot_;
  std::uint32_t place_count_ = 0;
};

/// Columns: lanes x wanted. NaN is unknown. The result of a lane does not depend on the other lanes or their number.
arma::mat evaluate(const Plan& plan, const Frame& frame);

struct Bounds {
  arma::mat value, low, high;  // lanes x wanted; low <= value <= high where value is known; never NaN in low and high
};
/// The lowest and highest value over all unknowns in their ranges and all ranged data between low and high, sound (never too narrow).
Bounds evaluate_bounds(const Plan& plan, const Frame& frame);

/// Every register of one lane, by RegisterId: the ledger's numbers.
std::vector<double> trace(const program::Program& program, const Frame& frame, std::size_t lane);

}  // namespace waystone::evaluate
