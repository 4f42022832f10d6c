// Countries on two sides that differ in date, scenario or rule file: what makes the difference.
#pragma once
#include <string>
#include <vector>

#include "ask/situation.hpp"
#include "report/difference.hpp"

namespace waystone::ask {

/// Two situations, and with two rule files each one's facts by the other's rules; else those are
/// null.
struct Sides {
  SharedSituation from, to, from_by_second, to_by_first;
};

struct DifferenceAsking {
  report::Differing::What what = report::Differing::What::dates;
  std::string country;            // code; "": all that both sides score
  std::string output;             // output or factor; "": the main output
  std::vector<std::string> only;  // groups and codes of the later side; none: all
  std::size_t top = 0;            // countries that are split; 0: 10, of several viewpoints 5 each
  std::string tool;
};

struct Difference {
  Sides sides;  // what the report points into
  report::Differing report;
};

/// Fails where a side doesn't score the country, and for names that there aren't; where the rule
/// files have no output of the same name, and where they share no viewpoint.
Answer<Difference> difference(Sides sides, const DifferenceAsking& asking);

}  // namespace waystone::ask
