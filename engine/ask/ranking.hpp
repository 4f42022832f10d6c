// The countries of a situation in order: who stands where, driven by what, and how a year before.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "ask/situation.hpp"
#include "report/ranking.hpp"

namespace waystone::ask {

struct RankAsking {
  std::string by;                    // output or factor; "": the main output
  std::vector<std::string> only;     // groups and codes; none: all countries
  std::size_t top = 0;               // 0: all
  std::vector<std::string> columns;  // names of columns; none: as many as a page is wide
  bool factors = false;              // the factors that `by` is made of, as columns
  std::string by_group;              // a kind of groups to sum up, or ""
  std::string tool;                  // for the stamp of reports
};

struct Ranked {
  SharedSituation situation;  // what the report points into
  report::RankedScored report;
};

/// Fails where the rules have no such output or factor, the scenario no such group, kind of groups
/// or country, or a group none that is scored.
Answer<Ranked> rank(const SharedSituation& situation, const RankAsking& asking);

/// The same facts and rules so many months before; nothing where they can't be scored then, with
/// why, a clause. What is known is that of the earlier date, unless the situation was asked for
/// with another day of what is known.
std::shared_ptr<const evaluate::Case> earlier(const Situation& situation, int months,
                                              std::string& why_not);

}  // namespace waystone::ask
