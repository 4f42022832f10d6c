// A rule file as JavaScript: docs/emit.md.
#pragma once
#include "diagnose/diagnostic.hpp"
#include "emit/emitted.hpp"

namespace waystone::emit {

enum class Form {
  module,  // exports `model`
  script   // sets the constant `waystoneModel`
};

/// The whole text: tables, program, runtime and test rows. Nothing in it ends the <script> element
/// that it may stand in. E0430 where the program has an operation that JavaScript can't say.
Outcome<std::string> javascript(const Emitted& emitted, Form form);

}  // namespace waystone::emit
