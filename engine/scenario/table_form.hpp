// The layout of a file of figures, as the scenario describes it: what comes before its header,
// which cells mean no value, which rows count.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/csv.hpp"
#include "scenario/reading.hpp"

namespace waystone::scenario {

struct TableForm {
  std::size_t skip = 0;              // lines before the header
  std::vector<std::string> missing;  // cells that stand for no value, beside empty ones
  bool skip_others = false;          // rows whose code is no country's are left out
  const Value* where = nullptr;      // which rows; null: all
  bool broken = false;               // what the scenario says of it can't be read

  bool has_value(std::string_view cell) const;
};

/// The keys `skip`, `missing`, `others` and `where`; E0304, E0314.
TableForm read_form(Keys& keys, const Reading& reading);

/// The column of that name; E0325 at `asked` where there is none.
std::optional<std::size_t> find_column(const CsvReader& csv, const std::string& name, Span asked,
                                       const Reading& reading);

/// E0325 if another of the first lines holds more of the expected names than the line taken as the
/// header; true if it reported that.
bool header_is_elsewhere(FileId file, const TableForm& form, const std::vector<std::string>& names,
                         Span asked, const Reading& reading);

/// "a, b and c", or "a, b, c and 12 more".
std::string listed(const std::vector<std::string>& names, std::size_t most = 6);

}  // namespace waystone::scenario
