// Files that are no text of ours: recognised by their first bytes, so that a message can say what
// they are.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace waystone {

struct FileKind {
  std::string_view what;   // "a workbook"
  std::string_view step;   // "export the sheet as CSV, in UTF-8"
  bool of_tables = false;  // the step helps where a table is wanted
};

/// What a file is instead of UTF-8 text with rules, a scenario or a table in it; nothing where
/// nothing says so. `path` helps where the bytes have several uses.
std::optional<FileKind> foreign_kind(std::string_view bytes, std::string_view path);

/// The byte that Windows-1252, in which spreadsheets often save, has for a letter, as UTF-8; ""
/// where it has none.
std::string in_windows_1252(unsigned char byte);

}  // namespace waystone
