// Weights as they are written: numerals of the rule file that keep what was asked for.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "weights/requirements.hpp"

namespace waystone::fit {

struct Written {
  std::vector<std::string>
      numerals;      // by member, percent or parts as the rule file writes them, without "%"
  arma::vec shares;  // what they stand for
  int decimals = 1;
};

/// Percentages that add up to exactly 100, parts that keep exactly what they add up to (with two
/// digits more); within limits and ties, locked weights as the rule file has them. As few digits
/// after the point as `decimals` or, if rounding would break a requirement that the exact shares
/// meet, up to three more. `now`: the numerals of today, by member. Nothing where no such numerals
/// exist.
std::optional<Written> write_numerals(const weights::Group& group, const weights::Domain& domain,
                                      const arma::vec& shares, int decimals,
                                      const std::vector<std::string>& now,
                                      const weights::Requirements* requirements);

}  // namespace waystone::fit
