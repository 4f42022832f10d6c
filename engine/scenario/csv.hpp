// RFC 4180 tables, and the same with tabs in files called .tsv or .tab: one header row, cells that
// may be quoted, `#` lines as comments. Cells are views into the file wherever they can be.
#pragma once
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/alike.hpp"

namespace waystone::scenario {

struct CsvCell {
  std::string_view text;             // without quotes; blanks around an unquoted cell do not count
  std::uint32_t begin = 0, end = 0;  // with quotes
};

/// Reads a file of the source map row by row. Problems are E0322 (quotes), E0323 (a row of another
/// length than the header), each kind said once when all rows are read, and E0324 (a column twice,
/// where it is asked for); bad rows are passed over. Rows whose cells are all empty do not count.
class CsvReader {
 public:
  static constexpr std::size_t most_columns = 10'000;
  /// `skip`: lines before the header. `semicolons`: they may part cells, where the header has them
  /// in place of commas.
  CsvReader(const SourceMap& sources, FileId file, Diagnostics& diagnostics, std::size_t skip = 0,
            bool semicolons = false);

  /// Whether there is a header to read rows by.
  bool good() const { return good_; }
  const std::vector<CsvCell>& header() const { return header_; }
  /// Names are compared with any run of white space as one blank: some go over several lines. E0324
  /// where two have that name, said once; the first is meant.
  std::optional<std::size_t> column(std::string_view name) const;
  /// The next good row, in `row()`; false at the end.
  bool next();
  const std::vector<CsvCell>& row() const { return row_; }
  /// Called for a row, in `row()`, that is longer or shorter than the header, before it is refused.
  /// Returns true if the row should be ignored (a footer).
  void set_pass_over(std::function<bool()> pass_over) { pass_over_ = std::move(pass_over); }
  Span span(const CsvCell& cell) const { return {file_, cell.begin, cell.end}; }
  /// The whole row as it stands in the file.
  std::string_view row_text() const {
    return text_.substr(row_.front().begin, row_.back().end - row_.front().begin);
  }
  /// The last cell of the last row, good or not, if the file ends there without a line end, as one
  /// cut on its way does; call after all rows.
  std::optional<Span> open_end() const { return open_end_; }
  Span file_start() const { return {file_, 0, 0}; }

 private:
  enum class After { cell, row };
  bool read_row();  // false at the end of the file or where the rest can't be read
  After read_plain(CsvCell& cell);
  After read_quoted(CsvCell& cell);
  After end_of_cell();
  void skip_comments();
  void skip_line();
  void read_header();
  std::string advice_on_row() const;
  void note_end();
  std::string_view other_separator() const;
  void say_twice(const CsvCell& first, const CsvCell& other) const;
  bool is_blank(char c) const { return c == ' ' || (c == '\t' && separator_ != '\t'); }
  void error(Code code, std::size_t begin, std::size_t end, std::string message,
             std::vector<std::string> notes = {});
  void refuse_row();

  std::string_view text_;
  FileId file_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  char separator_ = ',';
  std::optional<Span> open_end_;
  bool after_row_ = false;  // the last line read is a row of the table
  bool good_ = false, row_is_bad_ = false;
  std::function<bool()> pass_over_;
  std::vector<CsvCell> header_, row_;
  Alike bad_rows_;
  mutable std::set<std::string_view> said_twice_;  // columns of which E0324 is said
  std::deque<std::string> unescaped_;  // cells with doubled quotes; a deque keeps views valid
};

}  // namespace waystone::scenario
