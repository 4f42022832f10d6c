// Diagnostics about files that are no text, in one form for rule files, scenarios and tables.
#pragma once
#include "diagnose/diagnostic.hpp"

namespace waystone {

/// E0004 where a file is a workbook, an archive, a web page …; `where` is where it was named.
/// `wanted`: "a rule file", "a scenario", "a judgement file" or "a table".
std::optional<Diagnostic> refused_kind(std::string_view bytes, const std::string& path,
                                       std::string_view wanted, Span where);

/// E0004 if a path has the ending of another kind of our own files than `wanted`.
std::optional<Diagnostic> wrong_ending(const std::string& path, std::string_view wanted,
                                       Span where);

/// E0340 if a text has nothing but blanks and comments. `wanted`: as above, or "a map".
std::optional<Diagnostic> empty_text(const SourceMap& sources, FileId file,
                                     std::string_view wanted);

/// What is wrong at the byte from which on a file is no UTF-8: E0004 for a NUL byte, else E0003.
/// `byte` is the one found there.
Diagnostic no_text(const SourceMap& sources, FileId file, std::uint32_t at, unsigned char byte);

}  // namespace waystone
