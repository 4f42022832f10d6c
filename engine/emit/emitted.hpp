// What is emitted, whatever the language.
#pragma once
#include <string>

#include "program/program.hpp"
#include "source/source.hpp"

namespace waystone::emit {

/// A compiled rule file; all of it must outlive the call.
struct Emitted {
  const model::Model* model;
  const program::Program* program;
  const SourceMap* sources;
  std::string path,
      hash;          // of the rule file: as it was named; SHA-256 over it and what it includes
  std::string tool;  // "waystone 0.1.0"
};

/// "rules/factors/security.risk:120"; "" where the language supplied what is there.
std::string line_of(const Emitted& emitted, const Span& where);

}  // namespace waystone::emit
