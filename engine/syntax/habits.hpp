// Advice on what a reader stumbled over that other programs and notations write. Private to this
// room.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "syntax/scanning.hpp"
#include "syntax/terminals.hpp"

namespace waystone::syntax {

/// What to write in place of quotes and signs of word processors, commas in numbers, capitals,
/// misspelt units and names with hyphens, where a failure stands; empty for all else.
std::vector<std::string> habits(const Failure& failure, const State& state);

/// Whether a word in capitals is that of a function, as spreadsheets write it: "MAX".
bool is_function(std::string_view word);
/// How to say an amount in a currency other than USD; "" for a word that is none.
std::string instead_of_currency(std::string_view word);

}  // namespace waystone::syntax
