// Scores and chances written down before what they are about happens, and what became of them.
#pragma once
#include <string>
#include <vector>

#include "backtest/backtest.hpp"
#include "report/document.hpp"
#include "report/json.hpp"

namespace waystone::report {

struct RegisteredRow {
  std::string outcome;
  int horizon = 0;  // years after the last year's end by `as_of`
  std::string subject, country;
  double score = 0;
  double chance = 0;  // NaN: nothing taught one
};

struct Register {
  Date registered, as_of, known_by;
  std::string scenario, viewpoint, tool;
  std::string rules_hash, facts_hash;
  std::vector<RegisteredRow> rows;
};

/// A table of CSV with its dates and hashes in comments; the last line is the hash of all before.
std::string register_text(const Register& registered);
/// The same, read; else what is wrong with it: "its text is not what was registered".
struct ReadRegister {
  Register registered;
  std::string wrong;  // "" if it is sound
};
ReadRegister read_register(std::string_view text);

struct JudgedGroup {
  std::string outcome, subject;
  int horizon = 0;
  std::size_t countries = 0;
  int first = 0, last = 0;  // years in which the outcome may have come
  bool declared = true;     // the scenario still has that outcome
  backtest::JudgedScores judged;
};

struct Judged {
  Register registered;
  std::string events_by;  // path of the scenario whose events count
  std::vector<JudgedGroup> groups;
};

Document judged_text(const Judged& judged);
/// docs/schema/backtest.md
Json judged_json(const Judged& judged, const std::string& tool);

}  // namespace waystone::report
