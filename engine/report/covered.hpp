// Results of `coverage`.
#pragma once
#include <string>
#include <vector>

#include "report/document.hpp"
#include "report/json.hpp"
#include "validate/coverage.hpp"

namespace waystone::report {

struct CoveredScenario {
  std::string path, hash;
  std::vector<std::string> branches;  // names; each counts as a scenario of its own
};

/// One model and what was run on it.
struct CoveredModel {
  ModelStamp stamp;
  const model::Model* model = nullptr;
  std::vector<CoveredScenario> scenarios;
  validate::Coverage coverage;
};

/// Names in the words of the rule file.
std::string_view kind_of(
    const validate::Condition& condition);  // "rule", "tripwire", or "formula" of a node
const std::string& name_of(const validate::Condition& condition, const model::Model& model);
std::string name_of(const validate::LevelCoverage::Level& level,
                    const model::Node& indicator);  // "3", "pegged", "yes"

/// docs/schema/coverage.md. `rules`, here and below: the file of --rules; "" without it.
Json covered_json(const std::vector<CoveredModel>& models, const SourceMap& sources,
                  const std::string& tool, const std::string& rules);
/// A summary, then what was never exercised, with file and line; with `all`, every count.
Document covered_text(const std::vector<CoveredModel>& models, const SourceMap& sources, bool all,
                      const std::string& rules);
/// What `all` adds: tables of one model.
Document covered_tables(const CoveredModel& covered, const SourceMap& sources);

}  // namespace waystone::report
