#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "diagnose/diagnostic.hpp"
#include "source/visible.hpp"

namespace waystone {
namespace {

constexpr std::size_t widest = 100;      // columns of what is printed
constexpr std::size_t widest_line = 92;  // characters of a source line shown around the caret

struct Paint {
  bool on;
  std::string operator()(std::string_view codes, std::string_view text) const {
    return on ? styled(codes, text) : std::string(text);
  }
};

// The part of a line around [begin, end) that fits, and where the marked part starts in it.
struct Excerpt {
  std::string text;
  std::size_t marked_from = 0, marked_width = 1;
};

Excerpt excerpt(std::string_view line, std::size_t begin, std::size_t end) {
  begin = std::min(begin, line.size());
  end = std::clamp(end, begin, line.size());
  std::size_t from = 0, to = line.size();
  const auto inside = [&](std::size_t at) {
    return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80;
  };
  if (line.size() > widest_line) {
    from = begin > widest_line / 3 ? begin - widest_line / 3 : 0;
    to = std::min(line.size(), from + widest_line);
    while (inside(from)) ++from;
    while (inside(to)) ++to;
    end = std::min(end, to);
  }
  const std::string lead = from > 0 ? "…" : "";
  Excerpt result;
  result.text = lead + visible_line(line.substr(from, to - from)) + (to < line.size() ? "…" : "");
  result.marked_from =
      display_width(lead) + display_width(visible_line(line.substr(from, begin - from)));
  result.marked_width =
      std::max<std::size_t>(1, display_width(visible_line(line.substr(begin, end - begin))));
  return result;
}

void show_place(std::string& out, const SourceMap& sources, const Span& where,
                const std::string& label, std::size_t gutter, bool main, const Paint& paint) {
  const SourceFile& file = sources[where.file];
  if (file.withheld()) return;
  const LineColumn at = file.place(where.begin);
  const std::string_view line = file.line(at.line);
  const std::size_t start = file.offset(at.line, 1);
  const Excerpt shown =
      excerpt(line, where.begin - start, std::max(where.end, where.begin) - start);
  const std::string mark(shown.marked_width, main ? '^' : '-');
  out += fmt::format("{:>{}} {} {}\n", at.line, gutter, paint("34", "│"), shown.text);
  out += fmt::format("{:>{}} {} {}{}{}\n", "", gutter, paint("34", "│"),
                     std::string(shown.marked_from, ' '), paint(main ? "1;31" : "34", mark),
                     label.empty() ? "" : " " + visible_line(label));
}

// A note in lines of `room` columns, parted at blanks. A line that is to be copied stays whole.
std::vector<std::string> in_lines(const std::string& note, std::size_t room) {
  if (display_width(note) <= room || note.starts_with("write: ")) return {note};
  std::vector<std::string> lines(1);
  for (std::size_t at = 0; at < note.size();) {
    const std::size_t end = std::min(note.find(' ', at), note.size());
    const std::string word = note.substr(at, end - at);
    if (!lines.back().empty() && display_width(lines.back()) + 1 + display_width(word) > room)
      lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
    at = end + 1;
  }
  return lines;
}

void show_note(std::string& out, const std::string& note, std::size_t gutter) {
  const char* mark = "=";
  for (const std::string& line : in_lines(visible_line(note), widest - gutter - 3)) {
    out += fmt::format("{:>{}} {} {}\n", "", gutter, mark, line);
    mark = " ";
  }
}

void render_one(std::string& out, const Diagnostic& diagnostic, const SourceMap& sources,
                const Paint& paint) {
  const bool error = diagnostic.severity() == Severity::error;
  out += fmt::format(
      "{}: {}\n",
      paint(error ? "1;31" : "1;33",
            fmt::format("{}[{}]", error ? "error" : "warning", name_of(diagnostic.code))),
      paint("1", visible_line(diagnostic.message)));
  std::size_t gutter = 1;
  const auto widen = [&](const Span& span) {
    if (span.valid())
      gutter = std::max(gutter, std::to_string(sources[span.file].place(span.begin).line).size());
  };
  widen(diagnostic.where);
  for (const Label& other : diagnostic.others) widen(other.where);
  if (diagnostic.where.valid()) {
    out += fmt::format("{:>{}} {} {}\n", "", gutter, paint("34", "┌─"),
                       sources.where(diagnostic.where));
    show_place(out, sources, diagnostic.where, diagnostic.label, gutter, true, paint);
    FileId last = diagnostic.where.file;
    for (const Label& other : diagnostic.others) {
      if (!other.where.valid()) continue;
      if (other.where.file != last)
        out += fmt::format("{:>{}} {} {}\n", "", gutter, paint("34", "├─"),
                           sources.where(other.where));
      last = other.where.file;
      show_place(out, sources, other.where, other.text, gutter, false, paint);
    }
  }
  for (const std::string& note : diagnostic.notes) show_note(out, note, gutter);
  out += fmt::format("{:>{}} = see 'waystone explain-code {}'\n", "", gutter,
                     name_of(diagnostic.code));
}

}  // namespace

std::string render_text(const Diagnostics& diagnostics, const SourceMap& sources,
                        const TextStyle& style) {
  const Paint paint{style.color};
  std::string out;
  std::size_t shown = 0;
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    if (shown == style.most) break;
    render_one(out, presentable(diagnostic, sources), sources, paint);
    out += '\n';
    ++shown;
  }
  const std::size_t all = diagnostics.errors() + diagnostics.warnings();
  if (all > shown) out += fmt::format("… and {} more; 'check --json' lists them\n\n", all - shown);
  return out;
}

}  // namespace waystone
