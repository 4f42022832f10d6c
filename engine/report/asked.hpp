// `list`: the data that a model asks for.
#pragma once
#include "report/document.hpp"
#include "report/json.hpp"

namespace waystone::report {

struct Asked {
  const SourceMap* sources = nullptr;
  std::string tool;
  ModelStamp stamp;
  const model::Model* model = nullptr;
};

/// docs/schema/list.md
Json asked_json(const Asked& asked);
Document asked_text(const Asked& asked);

/// What stands in where an indicator's figure is missing: "carry forward up to 36 months".
std::string missing_words(const model::Node& node);

}  // namespace waystone::report
