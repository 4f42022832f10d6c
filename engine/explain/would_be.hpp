// What an output would be if a rule held that doesn't, for every country at once.
#pragma once
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::explain {

struct WouldBe {
  std::size_t country = 0;  // in ViewResult::countries
  RuleId rule;
  double value = 0;  // of the output, all else as it is
};

/// Rules behind the output that are known not to hold and would move it by `least` points or more:
/// by country, then the furthest first. Nothing of countries that are not rated.
std::vector<WouldBe> would_be(const evaluate::Case& scenario_case, const evaluate::ViewResult& view,
                              NodeId output, double least);

}  // namespace waystone::explain
