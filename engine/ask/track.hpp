// One scenario on several dates: how its countries moved, and what moved them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ask/situation.hpp"
#include "report/track.hpp"

namespace waystone::ask {

struct TrackAsking {
  std::string country;            // code; "": all
  std::string output;             // output or factor; "": the main output
  std::vector<std::string> only;  // groups and codes; none: all
  std::optional<Date> since;      // moves count from the last date up to it; none: the first
  std::size_t top = 0;            // moves that are listed; 0: 10, of several viewpoints 5 each
  bool trimmed = false;           // leave out the dates before any country is rated
  std::string tool;
};

struct Track {
  std::vector<SharedSituation> days;  // what the report points into
  report::Tracked report;
};

/// `days`: one scenario by the same rules, ascending. Fails for fewer than two dates, a date before
/// the first, and names that there aren't.
Answer<Track> track(std::vector<SharedSituation> days, const TrackAsking& asking);

/// The dates that a scenario's figures have, every so many months up to `last`, the earliest not
/// before the first figure was known; `last` alone where that leaves no other.
std::vector<Date> dates_with_figures(const scenario::Scenario& scenario, Date last, int months,
                                     std::size_t most);

/// Every so many months from `first` to `last`, counted back from `last`, whose end of a month
/// stays one.
std::vector<Date> dates_between(Date first, Date last, int months, std::size_t most);

}  // namespace waystone::ask
