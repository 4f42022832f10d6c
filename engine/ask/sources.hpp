// Each figure that a scenario's scores rest on.
#pragma once
#include <string>
#include <vector>

#include "ask/situation.hpp"
#include "report/sources.hpp"

namespace waystone::ask {

struct SourcesAsking {
  std::vector<std::string> only;  // groups and codes; none: all countries
  bool all = false;               // list the figures of every country for people
  std::string output;             // "": the main output
  std::string tool;               // for the stamp of reports
};

struct Sources {
  SharedSituation situation;  // what the report points into
  report::Sourced report;
};

/// By the weights of the situation's first viewpoint. Fails where there is no such country, group
/// or output.
Answer<Sources> sources(const SharedSituation& situation, const SourcesAsking& asking);

}  // namespace waystone::ask
