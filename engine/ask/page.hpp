// What a page needs to know of some countries on several dates.
#pragma once
#include <string>
#include <vector>

#include "ask/situation.hpp"
#include "report/page.hpp"

namespace waystone::ask {

struct PageAsking {
  std::vector<std::string> only;       // groups and codes; none: all countries
  std::vector<std::string> countries;  // codes: told in full, on every date
  std::string first, second;           // codes: compared on every date; "": no comparison
  std::string tool;                    // for the stamp of reports
};

struct Page {
  std::vector<SharedSituation> days;  // what the report points into
  report::Page report;
};

/// `days`: of one scenario or several, ascending; one or more. Fails where they don't follow the
/// same rules, for names that there aren't, and where nothing is left to show.
Answer<Page> page(std::vector<SharedSituation> days, const PageAsking& asking);

}  // namespace waystone::ask
