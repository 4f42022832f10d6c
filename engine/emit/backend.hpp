// Languages that a program can be said in: a column of emit/phrases.def and how the language writes
// numbers and texts.
#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "diagnose/diagnostic.hpp"
#include "program/program.hpp"

namespace waystone::emit {

using Phrases = std::array<std::string_view, program::operation_rows.size()>;  // by OpCode

struct Backend {
  std::string_view name;  // "JavaScript"
  const Phrases* phrases;
  std::string (*number)(double);  // that the language reads back to the same bits
  std::string (*text)(std::string_view);
  std::string_view nothing;
};

/// E0430, once for each operation of the program that the language has no phrase for, at its first
/// place.
Diagnostics unsaid(const Backend& backend, const program::Program& program);

/// The operation's phrase, filled in. `slots`: the numerals, by SlotId. The backend has a phrase
/// for it.
std::string said(const Backend& backend, const program::Operation& operation,
                 std::span<const program::Slot> slots);

/// "scale", "add", "at_most", "at_least".
std::string_view name_of(model::EffectKind kind);

}  // namespace waystone::emit
