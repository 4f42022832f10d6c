// Each figure that scores rest on: whose, of when, how old, and for what it counts.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "explain/holdings.hpp"

namespace waystone::explain {

enum class Use {
  value,    // it is the fact itself
  past,     // one of the figures that a window looks back on
  partner,  // the figure of a partner, in a value over a relation
  tie       // the row of a relation that makes it a partner
};
std::string_view word_of(Use use);  // "value", "past", "partner", "row"

/// A figure that counts for one country's score.
struct Figure {
  std::string country;  // whose score rests on it
  std::string about;    // of whom it is: a partner's is another's
  NodeId indicator;     // that scenarios give; of a row the one that is looked up over it
  Use use = Use::value;
  const scenario::Datum* datum = nullptr;  // never null
  double weight = 0;    // share of the output's weight, 0..1; 0: rules alone read it
  double age_days = 0;  // from its date to the scenario's
  bool stale = false;   // past the indicator's `stale after`
};

/// Those that anything behind the output reads, of the countries of `holdings`: by country, by
/// indicator, newest first. Their weights add up to what is known of the output's. `holdings`: of
/// the same case.
std::vector<Figure> figures(const evaluate::Case& scenario_case, const Holdings& holdings);

}  // namespace waystone::explain
