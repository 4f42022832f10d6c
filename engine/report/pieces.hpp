// Texts too long to be held at once.
#pragma once
#include <functional>
#include <string>

namespace waystone::report {

/// Takes the next piece of a text. It may throw: then the text ends there.
using Put = std::function<void(const std::string&)>;
/// Hands a text on, piece by piece. A piece ends where a character does.
using Pieces = std::function<void(const Put&)>;

}  // namespace waystone::report
