// Where a function of one number changes sign. It may jump, so places are found by signs alone.
#pragma once
#include <functional>
#include <optional>
#include <vector>

namespace waystone::optimise {

/// A function's values at several places at once.
using Along = std::function<std::vector<double>(const std::vector<double>& at)>;

/// steps + 1 places, evenly from `from` to `to`.
std::vector<double> grid(double from, double to, std::size_t steps);

/// The sign at `before` is another than at `after`, which lies further from where the search began.
/// At most 1e-10 apart, except for a stretch without a sign between them.
struct Turn {
  double before = 0, after = 0;
  double middle() const { return (before + after) / 2; }
};

/// The turns between `from` and `to` (which may be the smaller), as met on the way. Looked for at
/// steps + 1 places, then narrowed: two turns between neighbouring places are not seen. Zeros and
/// NaN have no sign: a function that becomes 0 and stays so does not turn.
std::vector<Turn> sign_turns(const Along& function, double from, double to, std::size_t steps);
/// The first of them.
std::optional<Turn> first_sign_turn(const Along& function, double from, double to,
                                    std::size_t steps);

}  // namespace waystone::optimise
