// The table of countries in countries.def. Private to this room.
#pragma once
#include <span>
#include <string_view>

namespace waystone::scenario {

struct Country {
  std::string_view code, short_code;  // alpha-3, alpha-2
  int number;                         // of ISO 3166-1; 0: none
  std::string_view name;              // what people call it
  std::string_view other_names;       // parted by bars
};

/// In order of code.
std::span<const Country> countries();

}  // namespace waystone::scenario
