// How the library gets files.
#pragma once
#include <functional>
#include <string>

#include "diagnose/diagnostic.hpp"
#include "source/bytes.hpp"

namespace waystone::model {

/// Gives the bytes of a file, or why not in one clause ("no such file"). The library opens no file
/// itself.
using ReadFile = std::function<Outcome<Bytes>(const std::string& path)>;

}  // namespace waystone::model
