// Expectations of scenarios and examples of rule files, run.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::validate {

/// Reads and binds another scenario of the same model, for `in "FILE"` and `since "FILE"`; path
/// relative to the asking file.
using OpenCase = std::function<Outcome<evaluate::Case>(const std::string& path)>;

struct Checked {
  std::string viewpoint;  // "" where the model has none
  std::optional<bool>
      holds;          // nothing: it rests on something unknown, or names what the scenario lacks
  std::string found;  // what was found: "risk(BLR) 47.1, risk(UKR) 66.8"
};

struct ExpectationResult {
  Span where;
  std::string text;  // the assertion as written
  std::string because;
  std::optional<std::string> fails;  // reason given why it must fail
  std::vector<Checked> views;
  bool passed = false;  // holds in every viewpoint asked; of a `fails` one: fails in at least one,
                        // and rests on nothing unknown
};

std::vector<ExpectationResult> run_expectations(const evaluate::Case& scenario_case,
                                                const program::Program& separate,
                                                const SourceMap& sources, const OpenCase& open,
                                                Diagnostics& diagnostics);
/// The examples of the model's rule files, each in its scenario.
std::vector<ExpectationResult> run_examples(const model::Model& model,
                                            const program::Program& separate,
                                            const SourceMap& sources, const OpenCase& open,
                                            Diagnostics& diagnostics);
/// The scenarios that those examples ask about, each once.
std::vector<std::string> scenarios_of_examples(const model::Model& model, const SourceMap& sources);

}  // namespace waystone::validate
