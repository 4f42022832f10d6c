// `score --json`: docs/schema/score.md.
#pragma once
#include "report/json.hpp"
#include "report/pieces.hpp"

namespace waystone::report {

/// Country by country, so that a document of any length takes little room.
void put_score_json(const std::vector<Scored>& scenarios, const std::string& tool, const Put& put);

}  // namespace waystone::report
