// What was said of every country at every year's end, and what followed.
#pragma once
#include <string>
#include <vector>

#include "backtest/areas.hpp"
#include "evaluate/assess.hpp"
#include "scenario/outcomes.hpp"

namespace waystone::backtest {

/// Something that says of a country at a year's end how likely an outcome is: higher is likelier.
struct Subject {
  enum class Kind {
    total,      // the main output
    factor,     // another output or a factor
    rule,       // whether a rule holds: 1 or 0
    indicator,  // an indicator or derived value that has a curve, by its score
    no_change   // whether the outcome came in as long a time before
  };
  Kind kind = Kind::total;
  NodeId node;
  RuleId rule;
};
std::string_view name_of(Subject::Kind kind);  // "total", "no change"

/// Rows are year ends and countries: row = year * countries + country.
struct Panel {
  std::vector<std::string> countries;  // codes, ascending
  std::vector<int> years;              // ascending: the last day of each
  std::vector<Subject> subjects;       // total, factors by name, rules by name, indicators by name
  std::vector<std::vector<double>> said;  // [subject][row]; NaN: not known

  std::size_t rows() const { return countries.size() * years.size(); }
  std::size_t row(std::size_t year, std::size_t country) const {
    return year * countries.size() + country;
  }
  int year_of_row(std::size_t row) const { return years[row / countries.size()]; }
  std::size_t country_of_row(std::size_t row) const { return row % countries.size(); }
};

/// `views`: of one viewpoint, one for each of `years`, of the same rules and countries.
Panel panel_of(const model::Model& model, const std::vector<const evaluate::ViewResult*>& views,
               std::vector<int> years);

enum class Followed : char {
  no,
  yes,
  unknown,     // the lists of events don't cover all of the time
  not_at_risk  // the country was not quiet so long as the outcome asks
};

/// By row of the panel: whether the outcome came in the so many years after.
std::vector<Followed> followed(const scenario::Tested& tested,
                               const scenario::TestedOutcome& outcome, const Panel& panel,
                               int horizon);
/// The same of the so many years before: 1, 0 or NaN.
std::vector<double> last_time(const scenario::Tested& tested,
                              const scenario::TestedOutcome& outcome, const Panel& panel,
                              int horizon);

}  // namespace waystone::backtest
