// Parts of a printed whole that add up to it as they are printed.
#pragma once
#include <vector>

namespace waystone {

/// Each part in units of its last printed digit, so that they add up to `whole`, a whole number of
/// units. `parts` add up to about that. Each is within one unit of its own, unless `whole` itself
/// is further away than that allows; what is exactly 0 stays 0 where others can give way. Largest
/// remainders, of equal ones the first.
std::vector<double> printed_parts(double whole, const std::vector<double>& parts, int digits);

}  // namespace waystone
