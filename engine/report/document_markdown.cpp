// A document as CommonMark, with tables as GitHub writes them. Nothing in it acts as markup but
// what is written here: names and reasons come from files.
#include <algorithm>

#include "report/document.hpp"

namespace waystone::report {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

bool is_word(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const auto c = static_cast<unsigned char>(text[at]);
  return is_digit(text[at]) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80;
}

// Words as they are; an underscore within a word is one in Markdown, too.
std::string escaped(std::string_view text) {
  constexpr std::string_view special = "\\`*[]<>|~";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '&') {
      out += "&amp;";
      continue;
    }
    const bool edge = c == '_' && !(i > 0 && is_word(text, i - 1) && is_word(text, i + 1));
    if (edge || special.find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

// Of a line's first word, what would make a heading, a list or a quotation of it.
std::string line(std::string_view text) {
  std::string out = escaped(trimmed(text));
  std::size_t digits = 0;
  while (digits < out.size() && is_digit(out[digits])) ++digits;
  if (digits > 0 && digits < out.size() && (out[digits] == '.' || out[digits] == ')'))
    out.insert(digits, "\\");
  else if (!out.empty() && std::string_view("#+-=").find(out[0]) != std::string_view::npos)
    out.insert(0, "\\");
  return out;
}

// The mark of a list's item at the head of a paragraph: "- ", " 3. "; 0 where there is none.
std::size_t mark_of(std::string_view text) {
  if (text.starts_with("- ")) return 2;
  std::size_t at = 0;
  while (at < text.size() && text[at] == ' ') ++at;
  const std::size_t first = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at > first && text.substr(at).starts_with(". ") ? at + 2 : 0;
}

class MarkdownWriter {
 public:
  void operator()(const Gap&) { blank(); }

  void operator()(const Heading& heading) {
    parents_.clear();
    blank();
    text_ += (heading.title ? "# " : "## ") + escaped(trimmed(heading.text + heading.note)) + "\n";
    blank();
  }

  void operator()(const Stamp& stamp) {
    parents_.clear();
    blank();
    text_ += "*" + escaped(trimmed(stamp.text)) + "*\n";
  }

  void operator()(const Paragraph& paragraph) {
    if (!paragraph.label.empty()) return item(paragraph, labelled(paragraph));
    const std::size_t mark = mark_of(paragraph.text);
    if (mark > 0) {
      const std::string number = trimmed(paragraph.text.substr(0, mark));
      return item(paragraph, line(paragraph.text.substr(mark)), number == "-" ? "-" : number);
    }
    if (paragraph.indent != paragraph.hanging) return item(paragraph, line(paragraph.text));
    leave(paragraph.indent);
    blank();
    const std::string text = line(paragraph.text);
    text_ += margin() + (paragraph.strong ? "**" + text + "**" : text) + "\n";
    blank();
  }

  void operator()(const Inset& inset) {
    parents_.clear();
    blank();
    const auto shown = columns_of(inset.table);
    const std::vector<Column>& columns = inset.table.columns();
    row(inset.table, shown, [&](std::size_t c) {
      const bool drawn = c + 1 < columns.size() && columns[c + 1].drawn;
      return columns[drawn ? c + 1 : c].header;
    });
    for (const std::size_t c : shown) text_ += columns[c].align == Align::right ? "|---:" : "|---";
    text_ += "|\n";
    for (const auto& cells : inset.table.rows())
      if (std::any_of(cells.begin(), cells.end(), [](const auto& cell) { return !cell.empty(); }))
        row(inset.table, shown, [&](std::size_t c) { return cells[c]; });
    blank();
  }

  std::string text() && {
    while (text_.ends_with("\n\n")) text_.pop_back();
    return std::move(text_);
  }

 private:
  static std::string labelled(const Paragraph& paragraph) {
    std::string label = line(paragraph.label), words;
    if (paragraph.strong) label = "**" + label + "**";
    if (!paragraph.text.empty()) words = " " + escaped(trimmed(paragraph.text));
    return label + words;
  }

  // Of an item's text that begins where its parents' items do or before, those are left.
  void leave(std::size_t indent) {
    while (!parents_.empty() && parents_.back() >= indent) parents_.pop_back();
  }
  std::string margin() const { return std::string(4 * parents_.size(), ' '); }

  void item(const Paragraph& paragraph, const std::string& words, const std::string& mark = "-") {
    leave(paragraph.indent);
    if (!in_list_) blank();
    text_ += margin() + mark + " " + words + "\n";
    parents_.push_back(paragraph.indent);
    in_list_ = true;
  }

  void blank() {
    in_list_ = false;
    if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
  }

  // A column without gap holds marks of the one before it, and stands in it; bars are left out.
  static std::vector<std::size_t> columns_of(const Table& table) {
    std::vector<std::size_t> shown;
    for (std::size_t c = 0; c < table.columns().size(); ++c)
      if (c == 0 || (table.columns()[c].gap > 0 && !table.columns()[c].drawn)) shown.push_back(c);
    return shown;
  }

  template <class Cell>
  void row(const Table& table, const std::vector<std::size_t>& shown, Cell cell) {
    for (const std::size_t c : shown) {
      std::string words = cell(c);
      for (std::size_t next = c + 1; next < table.columns().size(); ++next) {
        if (table.columns()[next].gap > 0) break;
        words += cell(next);
      }
      text_ += "| " + nested(words) + " ";
    }
    text_ += "|\n";
  }

  // What spaces before a cell's text set in is set in here, too.
  static std::string nested(const std::string& cell) {
    const std::size_t spaces = std::min(cell.find_first_not_of(' '), cell.size());
    std::string out;
    for (std::size_t i = 0; i < spaces && spaces < cell.size(); ++i) out += "&nbsp;";
    return out + escaped(trimmed(cell));
  }

  std::string text_;
  std::vector<std::size_t> parents_;  // indents of the items that the next paragraph may be in
  bool in_list_ = false;              // the last block was an item
};

}  // namespace

std::string to_markdown(const Document& document) {
  MarkdownWriter writer;
  const Document plain = document.without_links();
  for (const Block& block : plain.blocks()) std::visit(writer, block);
  return std::move(writer).text();
}

}  // namespace waystone::report
