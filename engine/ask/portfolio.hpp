// A portfolio of exposures, weighed by the scores of a scenario.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ask/situation.hpp"
#include "report/portfolio.hpp"

namespace waystone::ask {

struct PortfolioAsking {
  std::string output;                         // "": the main output
  std::vector<scenario::Exposure> exposures;  // in place of the scenario's own; none: those
  std::string path;                           // of their table; "": the scenario's own
  SharedSituation against;  // what it is compared with: another scenario or date; may be null
  bool earlier = false;     // `against` is the same scenario on an earlier date
  std::string tool;         // for the stamp of reports
};

struct Portfolio {
  SharedSituation situation, against;  // what the report points into
  std::shared_ptr<const scenario::Portfolio> portfolio;
  report::Weighed report;
};

/// From the situation's first viewpoint. Facts put in place with `Asking::settings` are a change,
/// too, whose cost is told. Fails where there are no exposures, where a currency has no rate though
/// others have, and where there are two changes at a time.
Answer<Portfolio> portfolio(const SharedSituation& situation, PortfolioAsking asking);

}  // namespace waystone::ask
