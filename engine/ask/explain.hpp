// Why a country has its score.
#pragma once
#include <string>

#include "ask/situation.hpp"
#include "report/explained.hpp"

namespace waystone::ask {

struct ExplainAsking {
  std::string country, output;  // output, factor or derived value; "": the main output
  int depth = 2;                // levels told, from 1
  bool deepest_first = false;
  std::string tool;    // for the stamp of reports
  bool ledger = true;  // list every operation
};

struct Explanation {
  SharedSituation situation;  // what the report points into
  report::Explained report;
};

/// Fails where the scenario doesn't score the country or the model has no such output.
Answer<Explanation> explain(const SharedSituation& situation, const ExplainAsking& asking);

/// The same as told by another viewpoint, of those in Assessment::views.
report::Explained told_by(const Situation& situation, report::Explained explained,
                          std::size_t viewpoint);

}  // namespace waystone::ask
