#include "syntax/edit.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace waystone::syntax {
namespace {

// Where the comment of a line begins, its `#`; npos where there is none. A `#` in a string opens
// none.
std::size_t begin_of_comment(std::string_view line) {
  bool in_string = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (in_string && line[at] == '\\')
      ++at;
    else if (line[at] == '"')
      in_string = !in_string;
    else if (line[at] == '#' && !in_string)
      return at;
  }
  return std::string_view::npos;
}

}  // namespace

std::string edited(const SourceMap& sources, FileId file, std::span<const Edit> edits) {
  const std::string_view before = sources[file].text();
  std::vector<const Edit*> made;
  for (const Edit& edit : edits)
    if (edit.where.file == file) made.push_back(&edit);
  std::stable_sort(made.begin(), made.end(), [](const Edit* a, const Edit* b) {
    return a->where.begin != b->where.begin ? a->where.begin < b->where.begin
                                            : a->where.end < b->where.end;
  });
  std::string after;
  std::size_t copied = 0;
  for (const Edit* edit : made) {
    if (edit->where.begin < copied || edit->where.end < edit->where.begin ||
        edit->where.end > before.size())
      throw std::logic_error("edits overlap or lie outside the text");
    after.append(before, copied, edit->where.begin - copied);
    after += edit->text;
    copied = edit->where.end;
  }
  after.append(before, copied);
  return after;
}

Edit comment_on_line(const SourceMap& sources, Span where, std::string_view text) {
  if (text.find_first_of("\r\n") != std::string_view::npos)
    throw std::logic_error("a comment is one line");
  const std::string_view all = sources[where.file].text();
  const std::size_t before =
      where.begin == 0 ? std::string_view::npos : all.rfind('\n', where.begin - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::string_view line =
      all.substr(begin, std::min(all.find('\n', begin), all.size()) - begin);
  const std::size_t last = line.find_last_not_of(" \t\r"),
                    length = last == std::string_view::npos ? 0 : last + 1;
  const std::size_t comment = begin_of_comment(line);
  const auto at = std::uint32_t(begin + length);
  const std::string_view lead = comment == std::string_view::npos ? (length == 0 ? "# " : "  # ")
                                : comment + 1 == length           ? " "
                                                                  : "; ";
  return {{where.file, at, at}, std::string(lead).append(text)};
}

}  // namespace waystone::syntax
