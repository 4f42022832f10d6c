// The frame around a watched page: it listens for changes. Private to this room.
#pragma once
#include <string_view>

namespace waystone::command {

std::string_view watch_markup();
std::string_view watch_style();
std::string_view watch_script();

}  // namespace waystone::command
