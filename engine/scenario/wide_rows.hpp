// The rows of one wide table, read as a `[[wide]]` block says.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scenario/csv.hpp"
#include "scenario/figures.hpp"
#include "scenario/wide_columns.hpp"

namespace waystone::scenario {

/// What a `[[wide]]` block says, before its file is opened.
struct WideBlock {
  std::optional<Said<std::string>> file, country, valid_name;
  std::optional<Said<Date>> valid;
  int plus = 0;  // years to add to the numbers of the column of dates: sessions, not years
  ColumnsAsked asked;
  bool mapped = false;  // a map says what the table is like
  TableForm form;
  Value filter;               // `where`, and the series that are asked for
  bool series_alone = false;  // nothing but the choice of series filters
  Datum prototype;            // all but date, value and place; the date, too, where `valid` is one
  std::optional<Date> known;  // one date for rows with dates of their own
  std::optional<Date> beside_years;  // of columns without a year beside columns with one

  std::string country_name() const { return country ? country->value : "country"; }
  bool dated_by_row() const { return valid_name || have_years(asked); }
  /// The names of the columns that are asked for; they identify the header.
  std::vector<std::string> names() const;
};

/// Reads all rows. `sound`: whether the block is valid; the rows of an invalid block are checked,
/// but not kept.
void read_wide_rows(CsvReader& csv, const WideBlock& block, bool sound, const FigureTarget& target,
                    const Reading& reading);

}  // namespace waystone::scenario
