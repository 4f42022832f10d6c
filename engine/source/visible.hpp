// What may be printed. Names, reasons, paths and lines of files come from anybody, and a terminal
// acts on some characters. Our own colours carry a mark that no text from outside can contain.
#pragma once
#include <string>
#include <string_view>

namespace waystone {

/// Whether this character steers a terminal or a reader's eye instead of being shown: controls (C0,
/// DEL, C1), signs that turn the direction of writing (U+202A to U+202E, U+2066 to U+2069),
/// separators of lines and paragraphs (U+2028, U+2029).
bool is_hidden(char32_t point);

/// `text` in a style (the numbers of an SGR sequence: "1;31"), marked with NUL, the one character
/// that no path, no argument and no text of a file can hold (`first_invalid_utf8`, and the TOML
/// reader for what is escaped).
std::string styled(std::string_view codes, std::string_view text);

/// The text with all that is hidden written out: "\x1b", "\u202e"; so are bytes that are no UTF-8.
/// New lines stay, a tab becomes a space. What `styled` marked becomes the terminal's sequences
/// where `color`.
std::string visible(std::string_view text, bool color = false);

/// The same for text that must stay on one line: a new line is written out as "\n".
std::string visible_line(std::string_view text);

/// JSON with what is hidden in its strings escaped as "\u202e": the same document.
std::string visible_json(std::string_view json);

/// Length of a mark of `styled` at the head of the text; 0 where there is none.
std::size_t style_mark(std::string_view text);

}  // namespace waystone
