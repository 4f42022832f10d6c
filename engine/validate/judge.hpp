// One assertion, judged on assessed cases. Private to this room.
#pragma once
#include "validate/cases.hpp"

namespace waystone::validate {

/// Where an assertion is judged.
struct Bench {
  const evaluate::Case& scenario_case;
  const evaluate::Assessment& assessment;
  const program::Program& separate;  // of the model, compiled with Sharing::separate
  CaseLibrary& library;
  const evaluate::Assessment* before = nullptr;  // whose bands are kept; null for plain edges
};

/// Seen from one viewpoint.
Checked judge(const model::Assertion& assertion, const Bench& bench, const std::string& viewpoint);

}  // namespace waystone::validate
