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

}  // namespace waystone::report
