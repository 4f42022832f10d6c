// Which columns of a wide table are figures of which indicator.
#pragma once
#include <optional>
#include <vector>

#include "scenario/facts.hpp"
#include "scenario/table_form.hpp"

namespace waystone::scenario {

struct WideColumn {
  NodeId indicator;
  std::size_t value = 0;                     // index in the row
  std::optional<std::size_t> low, high, sd;  // of the range that the value may have
  std::optional<Said<std::string_view>> unit;
  Span where;               // where the scenario, or else the header, names it
  std::size_t figures = 0;  // of countries that are scored
};

/// The columns that `columns = { indicator = "column" }` lists; E0302 to E0304, E0308, E0318,
/// E0325.
std::vector<WideColumn> listed_columns(const Value& wanted, const CsvReader& csv,
                                       const Reading& reading);

/// The columns that have the name of an indicator; E0325 where none has, W0304 for one that looks
/// like a slip. `used`: columns with another use.
std::vector<WideColumn> columns_by_name(const CsvReader& csv, const std::vector<std::size_t>& used,
                                        Span asked, const Reading& reading);

/// All names of columns that `columns` mentions, to find a header by.
std::vector<std::string> names_of_columns(const Value& wanted);

}  // namespace waystone::scenario
