// Text to tree. The grammar itself (Boost.Spirit X3) is seen in the files read_….cpp only.
#pragma once
#include <string_view>

#include "diagnose/diagnostic.hpp"
#include "syntax/tree.hpp"

namespace waystone::syntax {

inline constexpr std::size_t largest_file = 64u << 20;     // bytes
inline constexpr std::size_t most_declarations = 100'000;  // of one file
inline constexpr int deepest_nesting = 64;  // parentheses, braces, `not`, `-`, `if`, `^`

/// Reads one rule file. Every declaration that can't be read gives a diagnostic of its own and is
/// left out; the others are kept. The text must be valid UTF-8 (E0003 and an empty file otherwise)
/// and is bounded in size and nesting (E0002, E0005).
File parse_file(const SourceMap& sources, FileId file, Diagnostics& diagnostics);

/// Reads one expectation that is all of a file's text, or a part of it (a string of a scenario
/// file).
std::optional<Expectation> parse_expectation(const SourceMap& sources, Span where,
                                             Diagnostics& diagnostics);

/// "5 years", "30%": a number with its unit, alone in the text.
std::optional<Number> parse_quantity(const SourceMap& sources, Span where,
                                     Diagnostics& diagnostics);

/// Words that open a declaration, and all other words of the language, for highlighting and
/// suggestions.
const std::vector<std::string>& declaration_keywords();

}  // namespace waystone::syntax
