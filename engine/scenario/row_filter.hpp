// Which rows of a table count: `where = { year = "2013..2023", region = ["ECS", "SAS"] }`.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/period.hpp"
#include "scenario/table_form.hpp"

namespace waystone::scenario {

/// What a cell is measured against: a number, a stretch of time, or (a year) both.
struct Measure {
  std::optional<double> number;
  std::optional<Period> period;
};

/// One end of a range of cells.
struct Limit {
  Measure measure;
  bool open = false;  // what equals the limit is outside
};

/// One value that a filter lets through, as written, and whether any row has it.
struct Wanted {
  std::string text;
  std::optional<double> number;    // of a TOML number: "2019.0" is 2019
  std::optional<Limit> low, high;  // of ">=2018", "2013..2023"
  Span where;
  bool met = false;
};

class RowFilter {
 public:
  /// Finds the columns that `where` names (null: every row counts); E0304, E0325.
  RowFilter(const Value* where, const CsvReader& csv, const Reading& reading);

  /// False where rows can't be chosen.
  bool good() const { return good_; }
  /// Whether a row meets every condition by one of its values.
  bool selects(const std::vector<CsvCell>& row);
  /// W0306 for every value that no row had, with what its column holds, or else for conditions that
  /// no row met together. Call after all rows; `selected`: how many rows met all conditions.
  void report(FileId file, const TableForm& form, std::size_t selected,
              const Reading& reading) const;

 private:
  struct Condition {
    std::string name;
    std::size_t column;
    std::vector<Wanted> wanted;
  };
  void read_condition(const Entry& entry, const CsvReader& csv, const Reading& reading);

  std::vector<Condition> conditions_;
  Span where_;
  bool good_ = true, all_met_ = true;
};

}  // namespace waystone::scenario
