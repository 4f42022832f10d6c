// Plain-text tables: columns as wide as their widest cell, measured as a terminal shows it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace waystone::report {

inline constexpr std::size_t page_width = 100;  // columns that every human output fits into

enum class Align { left, right };

struct Column {
  std::string header;
  Align align = Align::left;
  std::size_t gap = 2;  // spaces before it
  bool drawn =
      false;  // bars, which need letters of one width: the header is that of the numbers before
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// One cell a column; missing cells are empty.
  void add(std::vector<std::string> cells);
  void add_blank();
  /// Columns needed, without indent.
  std::size_t width() const;
  bool empty() const { return rows_.empty(); }
  const std::vector<Column>& columns() const { return columns_; }
  const std::vector<std::vector<std::string>>& rows() const { return rows_; }
  /// Lines without trailing spaces, each ended. No header line if no column has a header.
  std::string text(std::size_t indent = 0) const;

 private:
  std::vector<std::size_t> widths() const;
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// The table as what draws its own columns shows it: a column without gap, which holds marks of the
/// one before it, stands in that; bars are left out, and their header is that of the numbers.
Table without_drawing(const Table& table);

/// Text padded with spaces to a display width.
std::string padded(std::string_view text, std::size_t width, Align align = Align::left);

/// Words broken into lines of at most `width`, the first after `indent` spaces, the others after
/// `hanging`. Ends with a newline.
std::string wrapped(std::string_view text, std::size_t indent = 0, std::size_t hanging = 0,
                    std::size_t width = page_width);

/// A bar to the left or right of an axis: "   ██│    ". `largest` fills `half` columns.
std::string two_sided_bar(double value, double largest, std::size_t half);

}  // namespace waystone::report
