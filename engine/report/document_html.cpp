// A document as a page of its own: one HTML file without a script, that loads nothing. What links
// lead to stands at its end, so that it can be sent as it is.
#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "report/document.hpp"
#include "report/html.hpp"
#include "source/utf8.hpp"
#include "source/visible.hpp"

namespace waystone::report {
namespace {

constexpr std::string_view plain_style =
    ":root{color-scheme:light dark}"
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;"
    "overflow-wrap:anywhere}"
    "h1{font-size:1.4rem;line-height:1.25}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}"
    "p{margin:.4rem 0}table{border-collapse:collapse;margin:.6rem 0;display:block;overflow-x:auto}"
    "td,th{padding:.1rem .6rem .1rem 0;text-align:left;vertical-align:top;white-space:nowrap;"
    "font-variant-numeric:tabular-nums}th{border-bottom:1px solid;font-weight:600}"
    ".r{text-align:right}.i1{margin-left:1.5rem}.i2{margin-left:3rem}.i3{margin-left:4.5rem}"
    ".i4{margin-left:6rem}.h{padding-left:1.5rem;text-indent:-1.5rem}.n{font-weight:400}"
    "footer,.stamp{font-size:.85rem;opacity:.8}dt{font-weight:600;margin-top:.6rem}"
    "dd{margin:0;font-family:ui-monospace,monospace;font-size:.85rem;white-space:pre-wrap}"
    "@media print{body{margin:0;max-width:none}}";

constexpr std::size_t longest_excerpt = 400;  // bytes of a line that are shown

std::string escaped_character(char32_t point, std::string_view character) {
  switch (point) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return std::string(character);
  }
}

class HtmlWriter {
 public:
  explicit HtmlWriter(const SourceMap& sources) : sources_(sources) {}

  void operator()(const Gap&) {}
  void operator()(const Heading& heading) {
    const char* tag = heading.title ? "h1" : "h2";
    if (heading.title && title_.empty()) title_ = unlinked(heading.text);
    const std::string note =
        heading.note.empty() ? "" : fmt::format("<span class=\"n\">{}</span>", spans(heading.note));
    body_ += fmt::format("<{0}>{1}{2}</{0}>\n", tag, spans(heading.text), note);
  }
  void operator()(const Paragraph& paragraph) {
    std::string classes;
    if (const std::size_t level = std::min<std::size_t>((paragraph.indent + 2) / 4, 4); level > 0)
      classes = fmt::format("i{}", level);
    if (paragraph.hanging > paragraph.indent) classes += classes.empty() ? "h" : " h";
    std::string words = spans(paragraph.text);
    if (!paragraph.label.empty()) {
      const std::string label = spans(paragraph.label);
      words = (paragraph.strong ? "<strong>" + label + "</strong>" : label) + words;
    } else if (paragraph.strong) {
      words = "<strong>" + words + "</strong>";
    }
    body_ += classes.empty() ? fmt::format("<p>{}</p>\n", words)
                             : fmt::format("<p class=\"{}\">{}</p>\n", classes, words);
  }
  void operator()(const Inset& inset) { table(without_drawing(inset.table)); }
  void operator()(const Stamp& stamp) {
    body_ += fmt::format("<p class=\"stamp\">{}</p>\n", spans(stamp.text));
  }

  std::string page() && {
    const std::string lines = lines_list();
    return page_head({title_.empty() ? "Waystone" : title_, "en", plain_style, ""}) +
           "<body>\n<main>\n" + body_ + "</main>\n" + lines + "</body>\n</html>\n";
  }

 private:
  std::string spans(std::string_view text) {
    std::string out;
    for (const TextSpan& span : spans_of(text)) {
      const std::string words = html_text(span.text);
      out += span.link.file.valid()
                 ? fmt::format("<a href=\"#line-{}\">{}</a>", place_of(span.link), words)
                 : words;
    }
    return out;
  }

  // Of a line in the list of those that links lead to, from 1.
  std::size_t place_of(const Link& link) {
    const std::pair key(link.file, link.line);
    const auto found = std::find(lines_.begin(), lines_.end(), key);
    if (found != lines_.end()) return std::size_t(found - lines_.begin()) + 1;
    lines_.push_back(key);
    return lines_.size();
  }

  void table(const Table& table) {
    const std::vector<Column>& columns = table.columns();
    const auto row = [&](const char* tag, auto cell) {
      body_ += "<tr>";
      for (std::size_t c = 0; c < columns.size(); ++c)
        body_ += fmt::format("<{}{}>{}</{}>", tag,
                             columns[c].align == Align::right ? " class=\"r\"" : "",
                             nested(cell(c)), tag);
      body_ += "</tr>\n";
    };
    body_ += "<table>\n";
    if (std::any_of(columns.begin(), columns.end(),
                    [](const Column& column) { return !column.header.empty(); }))
      row("th", [&](std::size_t c) { return columns[c].header; });
    for (const auto& cells : table.rows())
      if (std::any_of(cells.begin(), cells.end(), [](const auto& cell) { return !cell.empty(); }))
        row("td", [&](std::size_t c) { return cells[c]; });
    body_ += "</table>\n";
  }

  // Spaces that set a cell in are kept.
  std::string nested(const std::string& cell) {
    const std::size_t spaces = std::min(cell.find_first_not_of(' '), cell.size());
    std::string out;
    for (std::size_t i = 0; i < spaces && spaces < cell.size(); ++i) out += "&nbsp;";
    return out + this->spans(std::string_view(cell).substr(spaces));
  }

  std::string lines_list() const {
    if (lines_.empty()) return "";
    std::string out = "<footer>\n<h2>Lines referred to</h2>\n<dl>\n";
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const SourceFile& file = sources_[lines_[i].first];
      std::string text = file.withheld() ? "" : std::string(file.line(lines_[i].second));
      if (text.size() > longest_excerpt) {
        text.resize(longest_excerpt);
        while (first_invalid_utf8(text)) text.pop_back();
        text += "…";
      }
      out += fmt::format("<dt id=\"line-{}\">{}:{}</dt>\n<dd>{}</dd>\n", i + 1,
                         html_text(file.path()), lines_[i].second, html_text(text));
    }
    return out + "</dl>\n</footer>\n";
  }

  const SourceMap& sources_;
  std::string title_, body_;
  std::vector<std::pair<FileId, int>> lines_;
};

}  // namespace

std::string html_text(std::string_view text) {
  const std::string shown = visible(text);
  std::string out;
  out.reserve(shown.size());
  for (std::size_t at = 0; at < shown.size();) {
    const std::size_t length =
        std::max<std::size_t>(sequence_length(std::string_view(shown).substr(at)), 1);
    const std::string_view character = std::string_view(shown).substr(at, length);
    out += escaped_character(length == 1 ? char32_t(static_cast<unsigned char>(character[0])) : 0,
                             character);
    at += length;
  }
  return out;
}

std::string to_html(const Document& document, const SourceMap& sources) {
  HtmlWriter writer(sources);
  for (const Block& block : document.blocks()) std::visit(writer, block);
  return std::move(writer).page();
}

}  // namespace waystone::report
