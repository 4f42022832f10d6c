// A verb's report as blocks: built once, then written as plain text or as Markdown. The code that
// builds it knows neither the width of a page nor colours.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "report/table.hpp"
#include "source/source.hpp"

namespace waystone::report {

/// What a piece of a document's text points at.
struct Link {
  enum class Kind { none, line, node, rule };
  Kind kind = Kind::none;
  std::size_t place = 0;  // of a node or rule in the model
  FileId file;            // of the line, or of the line of the declaration; invalid: none
  int line = 0;           // from 1
  friend bool operator==(const Link&, const Link&) = default;
};

/// Text with a link, for the texts of blocks and the cells of their tables: a string with marks of
/// NUL that hold no space, so that it can be put together with other strings, but not measured.
std::string linked(const Link& link, std::string_view text);
/// The same without marks, as it reads.
std::string unlinked(std::string_view text);

/// A piece of a text, with a link or without.
struct TextSpan {
  std::string text;
  Link link;
};
/// In order; none is empty.
std::vector<TextSpan> spans_of(std::string_view text);

/// An empty line of plain text.
struct Gap {};

/// The heading of a part of the document.
struct Heading {
  std::string text, note;  // `note` goes on in the same line, less weighty: " (points of risk)"
  bool title = false;      // of the whole document
};

/// Sentences, or an item of a list: set in by `indent` columns, lines after the first by `hanging`.
struct Paragraph {
  std::string text;
  std::size_t indent = 0, hanging = 0;
  std::string label;    // goes before the text as it is, spaces too, in place of `indent`
  bool strong = false;  // the label where there is one, else the text
};

struct Inset {
  Table table;
  std::size_t indent = 0;
};

/// Versions and hashes behind the results.
struct Stamp {
  std::string text;
};

using Block = std::variant<Gap, Heading, Paragraph, Inset, Stamp>;

class Document {
 public:
  Document() = default;
  Document(Block block) { blocks_.push_back(std::move(block)); }

  Document& operator+=(const Document& other);
  friend Document operator+(Document a, const Document& b) { return a += b; }

  bool empty() const { return blocks_.empty(); }
  const std::vector<Block>& blocks() const { return blocks_; }
  /// The same without links, as plain text and Markdown show it.
  Document without_links() const;

 private:
  std::vector<Block> blocks_;
};

Document gap();
Document document_title(std::string text);
Document section(std::string text, std::string note = "");
Document paragraph(std::string text, std::size_t indent = 0, std::size_t hanging = 0);
Document strong(std::string text);
/// "  pass  holds since 2014": later lines hang after `hanging` columns.
Document labelled(std::string label, std::string text, std::size_t hanging, bool strong = false);
Document inset(Table table, std::size_t indent = 0);
/// With the gap that sets it apart.
Document stamped(std::string text);

struct Style {
  bool color = false;
};

/// Lines of at most `page_width` columns, if words allow it.
std::string to_text(const Document& document, const Style& style);
/// CommonMark with tables as GitHub writes them.
std::string to_markdown(const Document& document);
/// A page in one HTML file, without a script. Links lead to the lines that they name, which stand
/// at its end.
std::string to_html(const Document& document, const SourceMap& sources);
/// Text as HTML shows it: marks, quotes and signs that turn the direction of writing do nothing.
std::string html_text(std::string_view text);

}  // namespace waystone::report
