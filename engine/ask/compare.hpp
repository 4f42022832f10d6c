// Which of two countries, what makes the difference, what would turn it round.
#pragma once
#include <string>

#include "ask/situation.hpp"
#include "report/explained.hpp"

namespace waystone::ask {

struct CompareAsking {
  std::string first, second;  // codes
  std::string output;         // output or factor; "": the main output
  std::string tool;           // for the stamp of reports
};

struct Comparison {
  SharedSituation situation;  // what the report points into
  report::Compared report;
};

/// Fails where the scenario doesn't score one of them, both are the same, or the model has no such
/// output.
Answer<Comparison> compare(const SharedSituation& situation, const CompareAsking& asking);

}  // namespace waystone::ask
