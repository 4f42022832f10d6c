// Many small questions about the same lanes: which values would these registers have if those had
// others? Keeps every register. A question visits only what depends on the registers it moves, and
// only as far as something changes.
#pragma once
#include <array>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "evaluate/frame.hpp"
#include "evaluate/kernels.hpp"
#include "evaluate/split.hpp"

namespace waystone::evaluate {

/// Answers are what `evaluate` gives with the held registers pinned, to the bit.
class Variations {
 public:
  /// `wanted`: what may be asked for. Refers to the program and to the frame, which has no pins and
  /// no columns of slots.
  Variations(const program::Program& program, const Frame& frame,
             std::span<const RegisterId> wanted);

  /// Whether a fact of a lane is unknown. Such lanes run with their bounds.
  bool is_open(arma::uword lane) const;
  /// How many lanes to take at a time, so that they fit into the cache.
  std::size_t most_lanes(bool open) const;
  /// The lanes of the questions from now on. `open`: whether with their bounds, which every open
  /// lane needs. Nothing is held.
  void take(std::span<const arma::uword> lanes, bool open);

  /// Below, `lane` counts among those taken.
  void hold(RegisterId reg, std::size_t lane, double value);
  /// Recomputes what depends on the held registers, up to the last of `wanted`.
  void run(std::span<const RegisterId> wanted);
  double value(RegisterId reg, std::size_t lane) const { return row(nominal, reg.index)[lane]; }
  /// The bounds beside it, of lanes taken with theirs.
  std::pair<double, double> bounds(RegisterId reg, std::size_t lane) const {
    return {row(low, reg.index)[lane], row(high, reg.index)[lane]};
  }
  /// Likewise: whether it surely has no value, whatever becomes known.
  bool is_never(RegisterId reg, std::size_t lane) const;
  /// Puts everything back.
  void release();

 private:
  enum Part : std::size_t { nominal, low, high, gap, absent };  // as in BoundOperands
  static constexpr std::size_t all_parts = 5;

  std::size_t parts() const { return open_ ? all_parts : 1; }
  double* row(Part part, std::size_t reg) { return rows_[part].data() + reg * stride_; }
  const double* row(Part part, std::size_t reg) const { return rows_[part].data() + reg * stride_; }
  const double* const* in(Part part, std::size_t reg) const {
    return in_[part].data() + first_read_[reg];
  }
  void lay_out(bool open);
  void find_readers();
  void fill(std::size_t reg, std::span<const arma::uword> lanes);
  void set(std::size_t reg, std::size_t lane, double value, double from, double to);
  bool is_certain(std::size_t reg) const;
  void work_out(std::size_t reg);
  void split(std::size_t reg, const Condition& condition);
  void save(std::size_t reg);
  bool changed_since_saved(std::size_t reg) const;
  void put_back_last();
  void queue_readers(std::size_t reg);
  std::size_t next_queued();

  const program::Program& program_;
  const Frame& frame_;
  std::vector<char> needed_;                              // by register
  std::map<std::size_t, Condition> split_;                // by register: conditions to split
  std::vector<std::size_t> first_read_, first_slot_;      // by register
  std::vector<std::size_t> first_reader_;                 // by register, and one more
  std::vector<std::uint32_t> readers_;                    // of what is needed
  std::vector<SlotView> slots_;                           // operation by operation
  bool open_ = false;                                     // of the lanes taken
  std::size_t stride_ = 0, lanes_ = 0;                    // room for lanes; lanes taken
  std::array<std::vector<double>, all_parts> rows_;       // registers x lanes
  std::array<std::vector<const double*>, all_parts> in_;  // operation by operation
  std::vector<char> certain_;                             // by register: in every lane
  std::vector<char> held_, queued_;                       // by register
  std::vector<std::uint32_t> queue_;                      // a heap, the lowest first
  struct Saved {
    std::uint32_t reg;
    char certain;
  };
  std::vector<Saved> saved_;
  std::vector<double> saved_rows_;  // of each saved register its parts, one after another
};

}  // namespace waystone::evaluate
