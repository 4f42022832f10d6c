// What other languages write and this one writes otherwise. For messages only: nothing is read by
// it.
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

/// The operator or word of another language over which the reader stumbled at `at`; it may begin
/// before: of "==" the first sign is read. Nothing where it is none.
std::optional<ForeignOperator> foreign_operator(std::string_view text, std::size_t at);

/// What to write for a word that opens no declaration, or no line of one: one sentence, or "".
std::string instead_of_declaration(std::string_view word);
std::string instead_of_line(std::string_view word);
/// What to write for a name that nothing has, such as "true": one sentence, or "".
std::string instead_of_name(std::string_view name);
/// What to write for a function that there is not; `arguments` as they are written. One sentence,
/// or "".
std::string instead_of_function(std::string_view name, const std::vector<std::string>& arguments);

}  // namespace waystone::syntax
