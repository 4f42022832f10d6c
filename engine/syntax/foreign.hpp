// Words and signs that other languages use and this one writes in another way. For messages only:
// the parser does not accept them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waystone::syntax {

struct ForeignOperator {
  std::size_t begin = 0, end = 0;  // in the text
  std::string message, note;
};

/// The operator or word of another language at which the reader failed, at `at`. It may begin
/// earlier: of "==" the reader has already read the first sign. Nothing if there is none.
std::optional<ForeignOperator> foreign_operator(std::string_view text, std::size_t at);

/// What to write instead of a word that opens no declaration, or no line of one: one sentence, or
/// "".
std::string instead_of_declaration(std::string_view word);
std::string instead_of_line(std::string_view word);
/// The same for a word behind the target of a rule's effect: "subtract", "minimum", "=".
std::string instead_of_effect(std::string_view word);
/// What to write instead of an unknown name such as "true": one sentence, or "".
std::string instead_of_name(std::string_view name);
/// What to write instead of a function that does not exist; `arguments` as written. One sentence,
/// or "".
std::string instead_of_function(std::string_view name, const std::vector<std::string>& arguments);

}  // namespace waystone::syntax
