// What a table yields. A table without a figure gets a warning, since whoever lists it wants some.
#pragma once
#include "scenario/figures.hpp"
#include "scenario/row_countries.hpp"
#include "scenario/row_filter.hpp"

namespace waystone::scenario {

struct TableYield {
  std::size_t rows = 0;            // of the table
  std::size_t selected = 0;        // that meet the filter
  std::size_t scored = 0;          // of these, about a country that the scenario scores
  std::size_t figures = 0;         // in these
  std::vector<std::string> codes;  // of the countries that the selected rows name
};

/// Goes through all rows of a table and hands those that meet the filter to `read_row`.
template <class ReadRow>
void read_selected(CsvReader& csv, RowFilter& filter, RowCountries& countries, TableYield& yield,
                   ReadRow read_row) {
  while (csv.next()) {
    ++yield.rows;
    if (!filter.selects(csv.row())) {
      countries.drop_row();
      continue;
    }
    ++yield.selected;
    read_row();
  }
  yield.codes = countries.codes();
  countries.finish();
}

/// A table whose last row has no line end may have been cut within a figure: E0354 for a
/// publisher's file (`mapped`), which always has one, W0312 for others.
void report_open_end(const CsvReader& csv, bool mapped, const Reading& reading);

/// W0306 where a filter or a whole table brought no figure; true where the table did, which then
/// names no country to be missed. `asked`: where the scenario names the table.
bool report_yield(const TableYield& yield, const RowFilter& filter, const TableForm& form,
                  FileId file, Span asked, const FigureTarget& target, const Reading& reading);

}  // namespace waystone::scenario
