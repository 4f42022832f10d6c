// What a scenario's scores rest on that nobody measured.
#pragma once
#include <string>
#include <vector>

#include "ask/situation.hpp"
#include "report/assumed.hpp"

namespace waystone::ask {

struct AssumptionsAsking {
  std::vector<std::string> only;  // groups and codes; none: all countries
  bool all = false;               // list the facts of every country for people
  std::string output;             // "": the main output
  std::string tool;               // for the stamp of reports
};

struct Assumptions {
  SharedSituation situation;  // what the report points into
  report::Assumed report;
};

/// From the situation's first viewpoint. Fails where there is no such country, group or output.
Answer<Assumptions> assumptions(const SharedSituation& situation, const AssumptionsAsking& asking);

}  // namespace waystone::ask
