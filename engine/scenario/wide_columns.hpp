// Which columns of a wide table are figures of which indicator.
#pragma once
#include <optional>
#include <vector>

#include "scenario/facts.hpp"
#include "scenario/table_form.hpp"

namespace waystone::scenario {

/// How the figures of several rows about one country and date become one.
enum class Combine { none, sum, max, min, count };

struct WideColumn {
  NodeId indicator;
  std::size_t value = 0;                     // index in the row
  std::optional<std::size_t> low, high, sd;  // of the range that the value may have
  std::optional<Said<std::string_view>> unit;
  Span where;                     // where the scenario, or else the header, names it
  std::size_t figures = 0;        // of countries that are scored
  std::string_view series;        // only rows that have this text in the column of series; "": all
  std::optional<Date> date;       // of a column that is a year
  double scale = 1;               // its figures times this
  const Value* values = nullptr;  // what its texts stand for; null: they stand for themselves
  Combine combine = Combine::none;
};

/// What a `[[wide]]` block says of its columns.
struct ColumnsAsked {
  const Value* columns = nullptr;           // indicator = column; null: those called like one
  std::optional<Said<std::string>> series;  // the column that says what a row is about
  std::optional<Said<std::string>> value;   // with `series`: the column of the figures
  std::optional<Said<std::string>> low, high, sd;  // and of their range
  std::optional<Said<std::string>> combine;
};

/// The columns that `columns = { indicator = "column" }` lists, one for each year where a name has
/// `{year}`; E0302 to E0304, E0308, E0314, E0318, E0325, E0352, W0311.
std::vector<WideColumn> listed_columns(const ColumnsAsked& asked, bool mapped, const CsvReader& csv,
                                       const Reading& reading);

/// What a value of `values` says, in place of a cell at `where`.
std::optional<Written> value_for(const Value& value, model::Unit unit, Span where);

/// The columns that have the name of an indicator; E0325 where none has, W0304 for one that looks
/// like a slip. `used`: columns with another use.
std::vector<WideColumn> columns_by_name(const CsvReader& csv, const std::vector<std::size_t>& used,
                                        Span asked, const Reading& reading);

/// All names of columns that the block mentions, but for those with `{year}`, to find a header by.
std::vector<std::string> names_of_columns(const ColumnsAsked& asked);
/// Whether the columns of figures are years.
bool have_years(const ColumnsAsked& asked);
/// The texts of the column of series that are asked for, as a filter of rows; nothing without
/// `series`.
std::optional<Entry> filter_of_series(const ColumnsAsked& asked);

}  // namespace waystone::scenario
