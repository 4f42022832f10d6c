// The one evaluator of models: scores, bounds, ledgers and attributions all come from here.
#pragma once
#include <span>
#include <utility>
#include <vector>

#include "evaluate/frame.hpp"
#include "evaluate/split.hpp"

namespace waystone::evaluate {

/// The part of a program that some registers need, ready to run. Refers to the program, which must
/// outlive it.
class Plan {
 public:
  /// `cut`: registers that every frame will pin; what only they need is left out.
  Plan(const program::Program& program, std::span<const RegisterId> wanted,
       std::span<const RegisterId> cut = {});
  const program::Program& program() const { return *program_; }
  const std::vector<std::uint32_t>& operations() const { return operations_; }
  const std::vector<RegisterId>& wanted() const { return wanted_; }
  /// Storage place of a register within a block: places are reused once no later operation reads
  /// them.
  std::uint32_t place(RegisterId reg) const { return places_[reg.index]; }
  /// What the operations read, one after another: registers, and slots; and where the k-th
  /// operation's begin.
  const std::vector<std::uint32_t>& reads() const { return reads_; }
  const std::vector<std::uint32_t>& slots() const { return slots_; }
  std::uint32_t first_read(std::size_t k) const { return first_read_[k]; }
  std::uint32_t first_slot(std::size_t k) const { return first_slot_[k]; }
  std::uint32_t places() const { return place_count_; }
  /// Conditions that read a value several times, by the operation that gives them, ascending. What
  /// they are judged by keeps its place until then.
  const std::vector<Condition>& split() const { return split_; }

 private:
  const program::Program* program_;
  std::vector<RegisterId> wanted_;
  std::vector<std::uint32_t> operations_;  // indices, ascending
  std::vector<std::uint32_t> places_;      // by register
  std::vector<std::uint32_t> reads_, slots_, first_read_, first_slot_;
  std::uint32_t place_count_ = 0;
  std::vector<Condition> split_;
};

/// Columns: lanes x wanted. NaN is unknown. The result of a lane does not depend on the other lanes
/// or their number. A register with only one possible value, whatever the unknown facts are within
/// their ranges, has that value.
arma::mat evaluate(const Plan& plan, const Frame& frame);

struct Bounds {
  arma::mat value, low,
      high;  // lanes x wanted; low <= value <= high where value is known; never NaN in low and high
  arma::mat gap;  // not 0 where there may be no value although every fact is known
};
/// The lowest and highest value over all ranged data between low and high and all unknowns in their
/// ranges, whichever of them become known and whichever don't: sound, never too narrow. `value`:
/// what `evaluate` gives.
Bounds evaluate_bounds(const Plan& plan, const Frame& frame);

/// A direction in which a frame moves: what changes with t, and how fast. Everything else is
/// constant. Repeated entries add up.
struct Tangent {
  std::vector<std::pair<SlotId, double>> slots;     // d slot / d t, the same for all lanes
  std::vector<std::pair<InputId, double>> inputs;   // d input / d t, the same for all lanes
  std::vector<std::pair<RegisterId, double>> pins;  // d pinned register / d t, the same for all
                                                    // lanes; only of registers that the frame pins
};
struct Duals {
  arma::mat value;        // lanes x wanted: what `evaluate` gives, to the bit
  arma::cube derivative;  // lanes x wanted x directions
  arma::umat by_range;    // lanes x wanted: 1 where it rests on a result that only the ranges of
                          // unknown facts tell
};
/// Values and their derivatives along each direction (forward mode: one sweep a direction over what
/// it moves; see e.g. Griewank and Walther, Evaluating Derivatives, 2nd edition, SIAM 2008, chapter
/// 3). At a kink (a clamp, minimum, floor, cap, curve's end) the derivative is that of the side
/// from which the value comes; at a tie, that of the first operand that gives the value: a
/// generalised gradient. Conditions and steps have derivative 0. So does a result that follows only
/// from the ranges of unknown facts. NaN if the value is unknown or has no derivative (a negative
/// number to a power that moves); infinite at a root of 0.
Duals evaluate_duals(const Plan& plan, const Frame& frame, std::span<const Tangent> directions);

/// Every register of one lane, by RegisterId: the ledger's numbers.
std::vector<double> trace(const program::Program& program, const Frame& frame, std::size_t lane);
/// The same with bounds: one lane, columns by RegisterId.
Bounds trace_bounds(const program::Program& program, const Frame& frame, std::size_t lane);

}  // namespace waystone::evaluate
