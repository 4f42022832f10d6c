// Shares written as percentages of a few decimals that add up to exactly 100, or as parts that add
// up to exactly another whole.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace waystone {

/// What may be written for one share.
struct ApportionLimit {
  double low = 0, high = 1;          // shares; the percentage written lies within them
  std::optional<std::string> fixed;  // a numeral that must not change, such as "12.5"
};

/// One numeral for each share, in percent, with at most `decimals` digits after the point (0 to 9)
/// and no trailing zeros: "22", "7.5". As decimals they add up to exactly `whole`: 100, or the sum
/// of the parts, a decimal above 0 with at most `decimals` digits after the point. Each is at least
/// one unit of the last digit. `limits` has an entry a share, or none at all. `ties` are sets of
/// positions, which may overlap. All of a set get one numeral: the fixed one if there is one, else
/// one near their mean. Without ties and limits that bind, this is Hamilton's method (largest
/// remainders, of equal ones the first; remainders within a 4096th of the last digit count as
/// equal): each numeral is within one unit of its share. Otherwise all shares first move by the
/// same amount, each up to its limits, until they add up. Then least squares hands out units,
/// within one unit of those shares if possible, else within 2, 3, 5, 9 … units. Nothing if no such
/// numerals exist, a share is not finite, or there are over 1000. Method: Balinski and Young, Fair
/// Representation (1982), for Hamilton's; Ibaraki and Katoh, Resource Allocation Problems (1988),
/// for least squares.
std::optional<std::vector<std::string>> apportion(std::span<const double> shares,
                                                  std::span<const ApportionLimit> limits,
                                                  const std::vector<std::vector<std::size_t>>& ties,
                                                  int decimals, std::string_view whole = "100");

}  // namespace waystone
