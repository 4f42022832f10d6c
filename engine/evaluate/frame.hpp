// A frame fills a program's inputs and slots for a set of lanes. A lane is whatever varies: a
// country, a date, a draw, a coalition of an attribution, a candidate weight.
#pragma once
#include <limits>
#include <vector>

#include <armadillo>

#include "base/ids.hpp"
#include "program/program.hpp"

namespace waystone::evaluate {

inline constexpr double unknown_value = std::numeric_limits<double>::quiet_NaN();

/// One column (a value per lane) that takes the place of what the program would compute or read.
struct SlotColumn {
  SlotId slot;
  arma::vec values;
};
struct Pin {
  RegisterId reg;
  arma::vec values;
  /// The range of unknown values; without it an unknown has no value at all.
  arma::vec low = {}, high = {};
};

struct Frame {
  // lanes x inputs, in the order of Program::inputs. Columns are contiguous. NaN in `value`:
  // unknown; `low` and `high` then hold the range. They may be empty where every fact is known.
  arma::mat value, low, high;
  std::vector<double> slots;             // by SlotId, the same for all lanes
  std::vector<SlotColumn> slot_columns;  // slots that differ by lane
  std::vector<Pin> pins;
  // Set by whoever fills `value` without a NaN, so that evaluations need not look for one. Whoever
  // writes an unknown fact into the frame clears it.
  bool all_known = false;

  std::size_t lanes() const { return value.n_rows; }
  bool has_ranges() const { return low.n_rows == value.n_rows && low.n_cols == value.n_cols; }
};

/// A frame with every fact unknown over (-inf, inf), no override, the rule files' own numerals.
Frame empty_frame(const program::Program& program, std::size_t lanes);
/// Fills in the weights of a viewpoint; nothing happens where the model has none.
void use_viewpoint(Frame& frame, const program::Program& program, ViewpointId viewpoint);
/// The frame with the chosen lanes (by row index, repeats allowed), with their slot columns and
/// pins. Ranges come along only if one of these lanes has an unknown fact.
Frame select_lanes(const Frame& frame, const std::vector<arma::uword>& lanes);
/// The frame's only lane, repeated so many times as a base for coalitions or candidates; ranges as
/// above.
Frame repeat_lane(const Frame& frame, std::size_t lanes);

}  // namespace waystone::evaluate
