// The tables of an emitted JavaScript model: what it is called and made of. Private to this room.
#pragma once
#include <string>

#include "emit/emitted.hpp"

namespace waystone::emit {

/// An object literal, a line per fact, weight, node, rule and so on.
std::string script_tables(const Emitted& emitted);
/// An object literal: of each operation of the program its row of program/operations.def.
std::string script_rows(const program::Program& program);

}  // namespace waystone::emit
