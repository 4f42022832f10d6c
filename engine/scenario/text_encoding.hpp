// Tables in other encodings than UTF-8, as publishers and spreadsheets write them.
#pragma once
#include <optional>
#include <string>

#include "diagnose/diagnostic.hpp"
#include "source/bytes.hpp"

namespace waystone::scenario {

enum class Encoding { utf8, windows_1252 };

/// What is converted lies in memory as a whole.
inline constexpr std::size_t largest_converted = 512u << 20;

/// Makes the text of a table UTF-8. A text that says by its first bytes that it is UTF-16 becomes
/// UTF-8 whatever `declared` says; E0003 where it breaks off or has half a character, and where a
/// text declared to be Windows-1252 is not; E0002 where a text to be converted has more than
/// `largest_converted` bytes. `where`: where the file was asked for.
std::optional<Diagnostic> make_utf8(Bytes& bytes, Encoding declared, const std::string& path,
                                    Span where);

}  // namespace waystone::scenario
