// Links in the texts of a document: "\0{K place file:line\0}text\0{\0}", with "." for the spaces.
#include <charconv>

#include <fmt/format.h>

#include "report/document.hpp"

namespace waystone::report {
namespace {

constexpr std::string_view mark_begin("\0{", 2), mark_end("\0}", 2);

// Numbers of a mark: kind, place, file, line.
Link link_of(std::string_view mark) {
  std::size_t numbers[4] = {};
  const char* at = mark.data();
  const char* const end = mark.data() + mark.size();
  for (std::size_t& number : numbers) {
    at = std::from_chars(at, end, number).ptr;
    if (at != end) ++at;
  }
  Link link;
  link.kind = Link::Kind(numbers[0]);
  link.place = numbers[1];
  if (numbers[2] > 0) link.file = FileId{numbers[2] - 1};
  link.line = int(numbers[3]);
  return link;
}

Table unlinked_table(const Table& table) {
  Table plain(table.columns());
  for (std::vector<std::string> row : table.rows()) {
    for (std::string& cell : row) cell = unlinked(cell);
    plain.add(std::move(row));
  }
  return plain;
}

struct Unlinker {
  Block operator()(const Gap& gap) const { return gap; }
  Block operator()(Heading heading) const {
    heading.text = unlinked(heading.text);
    heading.note = unlinked(heading.note);
    return heading;
  }
  Block operator()(Paragraph paragraph) const {
    paragraph.text = unlinked(paragraph.text);
    paragraph.label = unlinked(paragraph.label);
    return paragraph;
  }
  Block operator()(const Inset& inset) const {
    return Inset{unlinked_table(inset.table), inset.indent};
  }
  Block operator()(Stamp stamp) const {
    stamp.text = unlinked(stamp.text);
    return stamp;
  }
};

}  // namespace

std::string linked(const Link& link, std::string_view text) {
  std::string result(mark_begin);
  result += fmt::format("{}.{}.{}.{}", int(link.kind), link.place,
                        link.file.valid() ? link.file.index + 1 : 0, link.line);
  result.append(mark_end).append(text).append(mark_begin).append(mark_end);
  return result;
}

std::vector<TextSpan> spans_of(std::string_view text) {
  std::vector<TextSpan> spans;
  Link link;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find(mark_begin), text.size());
    if (begin > 0) spans.push_back({std::string(text.substr(0, begin)), link});
    text.remove_prefix(begin);
    if (text.empty()) break;
    const std::size_t end = text.find(mark_end);
    link = link_of(text.substr(mark_begin.size(), end - mark_begin.size()));
    text.remove_prefix(std::min(end, text.size() - mark_end.size()) + mark_end.size());
  }
  return spans;
}

std::string unlinked(std::string_view text) {
  if (text.find(mark_begin) == std::string_view::npos) return std::string(text);
  std::string plain;
  for (const TextSpan& span : spans_of(text)) plain += span.text;
  return plain;
}

Document Document::without_links() const {
  Document plain;
  for (const Block& block : blocks_) plain += Document(std::visit(Unlinker{}, block));
  return plain;
}

}  // namespace waystone::report
