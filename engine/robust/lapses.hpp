// Other weights may take away a score that today's weights give. A node is re-weighted only while
// enough of its weight is known, so moving weight to what is unknown can leave a country not rated.
#pragma once
#include "robust/turning.hpp"

namespace waystone::robust {

/// Weights that leave a country not rated, though today's weights rate it.
struct Lapse {
  std::size_t country = 0;
  Change change;  // just past where the score ends; the fewest points that were found
  bool knows_too_little = false;  // since too little of the node's weight is known there
};

/// Of every country that some candidate leaves not rated, in order of Question::countries.
std::vector<Lapse> lapses(const Question& question, const Candidates& candidates);

/// Of the countries that today's weights leave not rated, those that some candidate rates: what is
/// said of orders and ranks leaves them out. By name.
std::vector<std::string> rated_by_others(const Question& question, const Candidates& candidates);

}  // namespace waystone::robust
