// Ranks of an output's scores from one viewpoint, and which of them the model's margin calls level.
#pragma once
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::evaluate {

/// Whether the gap between two scores says nothing: in decimals it is 0, or smaller than the
/// margin. Neither is NaN.
bool is_level(double first, double second, double margin);

/// A country's place. Ranks count from 1, the highest score; equal scores share a rank, and the
/// ranks after it are skipped.
struct Place {
  std::size_t country = 0;                   // in ViewResult::countries
  std::size_t rank = 0;                      // 0: not rated
  std::size_t level_from = 0, level_to = 0;  // first and last place of the countries that are level
                                             // with it, itself among them
  bool rated() const { return rank > 0; }
  bool alone() const { return level_from == level_to; }
};

/// All countries of a view: by score, the highest first, equal ones by name; then those not rated,
/// by name.
std::vector<Place> ranking(const ViewResult& view, NodeId output, double margin);

/// The same by country, as in ViewResult::countries.
std::vector<Place> places(const ViewResult& view, NodeId output, double margin);

/// The ranks that a country can come to, from 1; `first` 0: not rated.
struct RankRange {
  std::size_t first = 0, last = 0;
};
/// By country: over all that is unknown or uncertain, of those rated, each within its bounds
/// whatever the others have. Those not rated stand apart.
std::vector<RankRange> ranks_within_bounds(const ViewResult& view, NodeId output);

}  // namespace waystone::evaluate
