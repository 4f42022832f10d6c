// How the library gets files.
#pragma once
#include <functional>
#include <string>

#include "diagnose/diagnostic.hpp"

namespace waystone::model {

/// Gives the bytes of a file, or why not in one clause ("no such file"). The library opens no file
/// itself.
using ReadFile = std::function<Outcome<std::string>(const std::string& path)>;

}  // namespace waystone::model
