// The layout of a file of figures, as the scenario describes it: what comes before its header,
// which cells mean no value, which rows count.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/country_names.hpp"
#include "scenario/csv.hpp"
#include "scenario/facts.hpp"
#include "scenario/reading.hpp"
#include "scenario/text_encoding.hpp"

namespace waystone::scenario {

/// The marks among the digits of a table's numbers.
struct NumberMarks {
  char decimal = '.';
  char thousands = '\0';  // none
  bool declared() const { return decimal != '.' || thousands != '\0'; }
};

/// A number in these marks as a plain numeral, "1234.5" for "1.234,5"; nothing where it breaks
/// them.
std::optional<std::string> plain_numeral(std::string_view text, const NumberMarks& marks);

/// Cells that break the notation that a table declares: if one does, what the others mean is not
/// certain either, so that this is an error whether a score reads them or not.
class BrokenMarks {
 public:
  BrokenMarks(const NumberMarks& marks, const Reading& reading)
      : marks_(marks), reading_(reading) {}
  /// A cell of figures as written; nothing where it breaks the notation.
  std::optional<Written> read(std::string_view text, model::Unit unit, Span where);
  /// E0350, one for all.
  void finish() const;

 private:
  const NumberMarks& marks_;
  const Reading& reading_;
  std::vector<Diagnostic> found_;
  std::size_t more_ = 0;
};

struct TableForm {
  std::size_t skip = 0;              // lines before the header
  std::vector<std::string> missing;  // cells that stand for no value, beside empty ones
  bool skip_others = false;          // rows whose code is no country's are left out
  const Value* where = nullptr;      // which rows; null: all
  NumberMarks marks;                 // how its numbers are written
  Encoding encoding = Encoding::utf8;
  CountryBy country_by = CountryBy::iso3;
  std::map<std::string, std::string, std::less<>>
      country_is;       // what a text of the country's column means; "": none
  bool broken = false;  // what the scenario says of it can't be read

  bool has_value(std::string_view cell) const;
  /// Where commas are decimal marks, spreadsheets part cells by semicolons.
  bool semicolons() const { return marks.decimal == ','; }
};

/// The keys that long and wide tables share, from `skip` to `country_is`; E0304, E0307, E0314,
/// E0352.
TableForm read_form(Keys& keys, const CountryRule& rule, const Reading& reading);

/// Opens a table and lists it among `files`; as `open_file`, in the form's encoding.
std::optional<FileId> open_table(const std::string& path, const TableForm& form, Span where,
                                 std::vector<FileId>& files, const Reading& reading);

/// The country that a cell of such a table means; "" where it means none.
std::string_view country_in(std::string_view text, const TableForm& form, const CountryRule& rule);

/// The column of that name; E0325 at `asked` where there is none.
std::optional<std::size_t> find_column(const CsvReader& csv, const std::string& name, Span asked,
                                       const Reading& reading);

/// What a table is like whose columns aren't those asked for: they are years, or else their names.
std::string columns_advice(const CsvReader& csv);

/// The names in the header, but for empty ones.
std::vector<std::string> column_names(const CsvReader& csv);

/// E0325 if another of the first lines holds more of the expected names than the line taken as the
/// header, or if that line has figures in place of names; true if it reported that.
bool header_is_elsewhere(FileId file, const TableForm& form, const std::vector<std::string>& names,
                         Span asked, const Reading& reading);

/// "a, b and c", or "a, b, c and 12 more".
std::string listed(const std::vector<std::string>& names, std::size_t most = 6);

}  // namespace waystone::scenario
