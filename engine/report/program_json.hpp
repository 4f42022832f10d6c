// `list --program --json`: docs/schema/program.md.
#pragma once
#include "report/json.hpp"

namespace waystone::report {

/// `scenario_case` is null where no scenario was given.
Json program_json(const model::Model& model, const program::Program& program,
                  const evaluate::Case* scenario_case, const SourceMap& sources,
                  const std::string& tool);

}  // namespace waystone::report
