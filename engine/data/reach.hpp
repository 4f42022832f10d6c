// How far values over several figures may go, whatever becomes known of the figures. Private to
// this room.
#pragma once
#include <cstddef>
#include <vector>

#include "data/chooser.hpp"

namespace waystone::data {

/// One of several figures: a past one, or a partner's.
struct Ranged {
  double low = 0, high = 0;  // range it may have
  double weight = 1;         // at least 0; of `minimum_reach` and `maximum_reach` it is not asked
  bool counts = false;       // has a value today, so it stays among them; else it may join them
};

// The ends over every choice of `fewest` figures or more (from 1 to all): those that count, and any
// that join, each anywhere in its range. They hold the value on every such choice. At least one
// figure. A mean without weight has no ends: of its figures some weigh more than 0.
Range mean_reach(const std::vector<Ranged>& figures, std::size_t fewest);  // weighted
Range sum_reach(const std::vector<Ranged>& figures, std::size_t fewest);   // each times its weight
Range minimum_reach(const std::vector<Ranged>& figures, std::size_t fewest);
Range maximum_reach(const std::vector<Ranged>& figures, std::size_t fewest);
/// Of the standard deviation of a sample, of two figures or more; both ends are estimates, never
/// too narrow. Without weights.
Range deviation_reach(const std::vector<Ranged>& figures, std::size_t fewest);

}  // namespace waystone::data
