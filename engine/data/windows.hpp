// Windows over the past figures of one country: lags, means, counts and the like. Private to this
// room.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "data/choose.hpp"
#include "data/chooser.hpp"

namespace waystone::data {

/// One figure of a window.
struct PastFigure {
  std::optional<double> value;  // none: said to be unknown
  double low = 0, high = 0;     // range it may have
  double years = 0;             // when it was true, on the calendar from any date
};

struct WindowResult {
  std::optional<double> value;  // none: fewer values than are enough
  double low = 0, high = 0;     // worst cases; may be wider than the tightest for a deviation
};

/// What a window other than a lag comes to. `missing`: figures that there would be beside those,
/// each anything within `each`. `range`: of the result. The ends hold whatever becomes known of the
/// figures; with fewer figures than are enough, known or not, and without `Window::out_of`, that is
/// anything in the range (of the lowest and highest, as far as those that are known leave it).
WindowResult window_of(const model::Window& window, const std::vector<PastFigure>& figures,
                       int missing, const Range& each, const Range& range);

/// How far one figure counts, as 0 or 1 at each end of what it may be: by a comparison, or (yes/no)
/// where it is yes.
Range figure_counts(const std::optional<std::pair<model::Op, double>>& counted,
                    const Range& figure);
/// How far a grade is from being observed: of several, the weakest makes that of the whole.
int weakness(scenario::Grade grade);

/// The window `id` of a country on the scenario's date. `data`: of the fact on which it looks back;
/// null where there is none.
Chosen choose_window(const scenario::Scenario& scenario, const model::Model& model,
                     const std::string& country, NodeId id,
                     const std::vector<scenario::Datum>* data,
                     const std::vector<const scenario::Fault*>& faults);

}  // namespace waystone::data
