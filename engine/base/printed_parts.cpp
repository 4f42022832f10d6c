#include "base/printed_parts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace waystone {

std::vector<double> printed_parts(double whole, const std::vector<double>& parts, int digits) {
  const double scale = std::pow(10.0, digits);
  std::vector<double> units(parts.size()), rest(parts.size());
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const double exact = parts[k] * scale, nearest = std::round(exact);
    // what is off by the last bits of a sum is not handed from one unit to the next
    units[k] = std::fabs(exact - nearest) < 1e-9 ? nearest : std::floor(exact);
    rest[k] = exact - units[k];
    if (parts[k] != 0) order.push_back(k);
  }
  if (order.empty()) {
    order.resize(parts.size());
    std::iota(order.begin(), order.end(), 0);
  }
  double left = whole - std::accumulate(units.begin(), units.end(), 0.0);
  while (left != 0 && !order.empty()) {
    const double step = left > 0 ? 1 : -1;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return step * rest[a] > step * rest[b]; });
    for (const std::size_t k : order) {
      if (left == 0) break;
      units[k] += step;
      rest[k] -= step;
      left -= step;
    }
  }
  return units;
}

}  // namespace waystone
