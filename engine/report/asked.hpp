// `list`: the data that a model needs and, with a scenario, which of them it has.
#pragma once
#include "report/document.hpp"
#include "report/json.hpp"

namespace waystone::report {

struct Asked {
  const SourceMap* sources = nullptr;
  std::string tool;
  ModelStamp stamp;
  const model::Model* model = nullptr;
  std::string scenario_path, scenario_hash;  // "" without a scenario
  const evaluate::Case* scenario_case = nullptr;
  std::vector<Replaced> replaced;  // by the command line, of the scenario
};

/// docs/schema/list.md
Json asked_json(const Asked& asked);
Document asked_text(const Asked& asked);

}  // namespace waystone::report
