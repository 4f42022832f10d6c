// Source text and places in it. Positions are byte offsets; lines and columns (in characters) are
// worked out only for people.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "source/bytes.hpp"

namespace waystone {

/// Half-open range of bytes of one file. A span without a file belongs to something that has no
/// text (the command line).
struct Span {
  FileId file;
  std::uint32_t begin = 0, end = 0;
  bool valid() const { return file.valid(); }
  friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

struct LineColumn {
  int line = 1, column = 1;  // both from 1; the column counts characters (code points), not bytes
};

class SourceFile {
 public:
  SourceFile(std::string path, Bytes text, bool withheld);
  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }
  /// The same with whoever keeps it.
  const Bytes& bytes() const { return text_; }
  /// No message may show what stands in it.
  bool withheld() const { return withheld_; }
  LineColumn place(std::uint32_t offset) const;
  std::string_view line(int number) const;           // without its line ending; "" beyond the last
  std::uint32_t offset(int line, int column) const;  // of a character; clamped to the line

 private:
  /// Lines between two whose beginning is kept: those between are counted when they are wanted.
  static constexpr std::size_t lines_apart = 64;
  std::size_t start_of(std::size_t line) const;  // counted from 0; the text's size beyond the last
  std::string path_;
  Bytes text_;
  std::vector<std::uint32_t> line_starts_;  // of every 64th line
  bool withheld_ = false;
};

/// All texts of one run. Files are never removed, so views into them stay valid as long as the map
/// lives.
class SourceMap {
 public:
  FileId add(std::string path, Bytes text);
  /// Of files added from now on those for which this says so are withheld.
  void withhold(std::function<bool(const std::string& path)> which) { which_ = std::move(which); }
  const SourceFile& operator[](FileId id) const { return files_[id.index]; }
  std::size_t size() const { return files_.size(); }
  std::string_view text(const Span& span) const;
  /// "rules/a.risk:14:3", or "" for a span without a file
  std::string where(const Span& span) const;

 private:
  std::deque<SourceFile> files_;
  std::function<bool(const std::string&)> which_;
};

/// Offset of the first byte that is not valid UTF-8 (overlong forms, surrogates and NUL count as
/// invalid); nothing if all is.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);
/// The same, told as it goes on to whoever keeps them.
std::optional<std::size_t> first_invalid_in(const Bytes& bytes);
/// Number of code points.
std::size_t length_in_characters(std::string_view utf8);
/// Columns a terminal needs for what `visible` makes of the text (wide East Asian characters count
/// two, combining marks none).
std::size_t display_width(std::string_view utf8);

}  // namespace waystone
