// Changes to a source text that leave everything else as it is, byte for byte. A tree or model
// knows the place of each numeral's digits: `syntax::Number::numeral_where`, and from it
// `model::Numeral::where`, `program::Slot::where` and `program::ProfileValue::where`.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "source/source.hpp"

namespace waystone::syntax {

/// One replacement of bytes of a source text; an empty `where` inserts before its place.
struct Edit {
  Span where;
  std::string text;
};

/// The text of `file` with all edits made. They may come in any order and must not overlap;
/// insertions at one place keep the order given. Edits of other files are ignored. Everything else
/// stays byte for byte: comments, order, layout, line endings, byte order mark. (The source map
/// holds rule files as they were read. Of scenarios and their tables it holds no byte order mark.)
/// Throws std::logic_error where edits overlap or lie outside the text.
std::string edited(const SourceMap& sources, FileId file, std::span<const Edit> edits);

/// An edit that appends a comment to the line on which `where` begins: after the last of its code
/// two spaces and "# text", or "; text" after the last of the comment that it has. Blanks at the
/// line's end and its ending (LF or CRLF) stay. The line is one of a rule file that could be read.
/// Throws std::logic_error where `text` has a line break.
Edit comment_on_line(const SourceMap& sources, Span where, std::string_view text);

}  // namespace waystone::syntax
