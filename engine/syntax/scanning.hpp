// Bytes, words and failures: what the readers of a rule file share that needs no parser library.
// Private to this room.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/parse.hpp"

namespace waystone::syntax {

using Iterator = const char*;

/// Why a declaration can't be read. Thrown by terminals that know better than "expected …"; caught
/// per declaration in grammar.cpp.
struct Failure {
  Code code;
  Iterator from, to;
  std::string message;
  std::vector<std::string> notes;
};

/// The text at `at` is not what the grammar expects there. Thrown by readers, caught like Failure.
struct Unexpected {
  Iterator at;
  std::string expected;
};

/// What terminals and actions share during one parse.
struct State {
  FileId file;
  Iterator begin, start, end;  // of the file, and where what is read of it starts and ends
  Diagnostics* diagnostics;
  Span span(Iterator from, Iterator to) const {
    return {file, std::uint32_t(from - begin), std::uint32_t(to - begin)};
  }
};
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
inline bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool continues_word(char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '_'; }
inline bool starts_word(char c) { return is_lower(c) || is_upper(c) || c == '_'; }

inline Iterator end_of_word(Iterator at, Iterator last) {
  return std::find_if_not(at, last, continues_word);
}

/// Where the character at `at` ends: one outside ASCII has several bytes.
inline Iterator end_of_character(Iterator at, Iterator last) {
  return std::find_if_not(at + 1, last,
                          [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
}

inline bool is_reserved(std::string_view word) {
  static constexpr std::string_view words[] = {"and",     "or",  "not", "if", "then",  "else",
                                               "between", "yes", "no",  "in", "as_of", "horizon"};
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

inline Failure unclosed_text(Iterator start) {
  return {Code::E0102,
          start,
          start + 1,
          "this string is not closed on its line",
          {"strings stand between double quotes and never span lines"}};
}

/// The first place from `at` on that is neither a blank nor in a comment.
inline Iterator skip_blanks_and_comments(Iterator at, Iterator last) {
  while (at != last) {
    if (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')
      ++at;
    else if (*at == '#')
      at = std::find(at, last, '\n');
    else
      break;
  }
  return at;
}

}  // namespace waystone::syntax
