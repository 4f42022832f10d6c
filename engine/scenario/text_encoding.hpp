// Tables in other encodings than UTF-8, as publishers and spreadsheets write them.
#pragma once
#include <optional>
#include <string>

#include "diagnose/diagnostic.hpp"

namespace waystone::scenario {

enum class Encoding { utf8, windows_1252 };

/// Makes the text of a table UTF-8. A text that says by its first bytes that it is UTF-16 becomes
/// UTF-8 whatever `declared` says; E0003 where it breaks off or has half a character, and where a
/// text declared to be Windows-1252 is not. `where`: where the file was asked for.
std::optional<Diagnostic> make_utf8(std::string& text, Encoding declared, const std::string& path,
                                    Span where);

}  // namespace waystone::scenario
