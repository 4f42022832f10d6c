// Why a difference has no parts, in words.
#pragma once
#include <string>

#include "explain/attribution.hpp"

namespace waystone::report {

/// "with order as in 2020 and all else as in 2018 it is not rated", a clause; `from` and `to` name
/// the sides: "2018", "Poland".
std::string unsplit_words(const explain::Unsplit& unsplit, const model::Model& model,
                          const std::string& from, const std::string& to);

}  // namespace waystone::report
