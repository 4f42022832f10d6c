#include "source/source.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "source/utf8.hpp"
#include "source/visible.hpp"

namespace waystone {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t width_of(char32_t point) {
  const bool combining = (point >= 0x300 && point <= 0x36F) ||
                         (point >= 0x200B && point <= 0x200F) ||
                         (point >= 0xFE00 && point <= 0xFE0F);
  const bool wide = (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
                    (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
                    (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
                    (point >= 0x1F300 && point <= 0x1FAFF) ||
                    (point >= 0x20000 && point <= 0x3FFFD);
  return combining ? 0 : wide ? 2 : 1;
}

// Columns of a character as `visible` prints it.
std::size_t shown_width(std::string_view character, bool valid) {
  const char32_t point = decode(character);
  if (point == '\t' || point == '\n') return 1;
  if (valid && !is_hidden(point)) return width_of(point);
  return visible(character).size();
}

}  // namespace

SourceFile::SourceFile(std::string path, Bytes text, bool withheld)
    : path_(std::move(path)), text_(std::move(text)), line_starts_{0}, withheld_(withheld) {
  const std::string_view all = text_;
  std::size_t line = 0, told = 0;
  for (std::size_t at = all.find('\n'); at != std::string_view::npos; at = all.find('\n', at + 1)) {
    if (++line % lines_apart == 0) line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
    if (at - told < Bytes::stretch) continue;
    text_.passed(told = at, Passage::indexing);
  }
}

std::size_t SourceFile::start_of(std::size_t line) const {
  const std::size_t known = line / lines_apart;
  if (known >= line_starts_.size()) return text_.size();
  std::size_t at = line_starts_[known];
  for (std::size_t left = line % lines_apart; left > 0; --left) {
    at = text_.view().find('\n', at);
    if (at == std::string_view::npos) return text_.size();
    ++at;
  }
  return at;
}

LineColumn SourceFile::place(std::uint32_t offset) const {
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  std::size_t start = *(after - 1);
  int line = int(std::size_t(after - line_starts_.begin() - 1) * lines_apart) + 1;
  const std::string_view all = text_;
  for (std::size_t end = all.find('\n', start); end < offset; end = all.find('\n', start)) {
    start = end + 1;
    ++line;
  }
  return {line, int(length_in_characters(all.substr(start, offset - start))) + 1};
}

std::string_view SourceFile::line(int number) const {
  if (number < 1) return {};
  const std::string_view all = text_;
  const std::size_t start = start_of(std::size_t(number) - 1);
  std::size_t end = std::min(all.find('\n', start), all.size());
  if (end > start && all[end - 1] == '\r') --end;
  return all.substr(start, end - start);
}

std::uint32_t SourceFile::offset(int line_number, int column) const {
  if (line_number < 1) return 0;
  const std::string_view content = line(line_number);
  std::size_t at = 0;
  for (int i = 1; i < column && at < content.size(); ++i) {
    ++at;
    while (at < content.size() && continues(content[at])) ++at;
  }
  return static_cast<std::uint32_t>(start_of(std::size_t(line_number) - 1) + at);
}

FileId SourceMap::add(std::string path, Bytes text) {
  const bool withheld = which_ && which_(path);
  files_.emplace_back(std::move(path), std::move(text), withheld);
  return FileId{files_.size() - 1};
}

std::string_view SourceMap::text(const Span& span) const {
  if (!span.valid()) return {};
  return files_[span.file.index].text().substr(span.begin, span.end - span.begin);
}

std::string SourceMap::where(const Span& span) const {
  if (!span.valid()) return {};
  const SourceFile& file = files_[span.file.index];
  const LineColumn at = file.place(span.begin);
  return fmt::format("{}:{}:{}", file.path(), at.line, at.column);
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

std::optional<std::size_t> first_invalid_in(const Bytes& bytes) {
  const std::string_view text = bytes;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(at + Bytes::stretch, text.size());
    // a stretch ends where a character does; four bytes back there is one, or the text is none
    for (int back = 0; back < 4 && end < text.size() && end > at && continues(text[end]); ++back)
      --end;
    if (const auto invalid = first_invalid_utf8(text.substr(at, end - at))) return at + *invalid;
    bytes.passed(at = end, Passage::checking);
  }
  return std::nullopt;
}

std::size_t length_in_characters(std::string_view utf8) {
  return std::size_t(std::count_if(utf8.begin(), utf8.end(), [](char c) { return !continues(c); }));
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    if (const std::size_t mark = style_mark(utf8.substr(at))) {
      at += mark;
      continue;
    }
    const std::size_t length = sequence_length(utf8.substr(at));
    const std::string_view character = utf8.substr(at, std::max<std::size_t>(1, length));
    width += shown_width(character, length > 0);
    at += character.size();
  }
  return width;
}

}  // namespace waystone
