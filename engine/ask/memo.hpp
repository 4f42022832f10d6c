// Two pages about a country, or about two beside each other.
#pragma once
#include <string>
#include <vector>

#include "ask/situation.hpp"
#include "report/memo.hpp"

namespace waystone::ask {

struct MemoAsking {
  std::string first, second;  // codes; second "": one country
  std::string output;         // "": the main output
  std::string tool;           // for the stamp of reports
};

struct Memo {
  std::vector<SharedSituation> days;  // what the report points into
  report::Memo report;
};

/// From the first viewpoint of `days.back()`; the days before it are its past, ascending, by the
/// same rules. Fails where the scenario doesn't score a country, the two are the same, or the model
/// has no such output.
Answer<Memo> memo(std::vector<SharedSituation> days, const MemoAsking& asking);

}  // namespace waystone::ask
