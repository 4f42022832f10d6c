// Keys and tables of TOML that occur twice. Private to this room.
#pragma once
#include "diagnose/diagnostic.hpp"

namespace waystone::scenario {

/// E0301 with both places of a name (dotted, of a table) that was found again at byte `at`.
Diagnostic says_twice_at(std::string_view text, FileId file, std::size_t at, std::string name);

}  // namespace waystone::scenario
