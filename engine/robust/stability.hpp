// One weight at a time, the others scaled in proportion: within which interval does the order hold?
#pragma once
#include <optional>

#include "robust/question.hpp"

namespace waystone::robust {

struct End {
  double share = 0;    // of the weight; where the order ends there exact to 1e-9; the limit itself
                       // where it ends within 1e-8 of that, or by equality within 1e-4
  bool turns = false;  // the order turns there. Else it lapses (`not_rated`), or the end is a
                       // limit: of this weight, or of another that is scaled
  std::size_t high = 0, low = 0;  // the pair that turns, by today's order; where several do at once
                                  // the first of the ranking
  bool equal = false;             // from there on the two are equal, not turned
  bool last = false;  // where they turn (`share`, or `turned_at`) the weight is at its limit:
                      // nothing lies beyond
  std::optional<std::size_t> not_rated;  // a country that isn't rated from `share` on: the order
                                         // lapses, it doesn't turn there
  bool knows_too_little = false;         // since too little of its weight is known there
  std::optional<double> turned_at;  // where it lapses first: the share at which the order turns
                                    // further on (`high`, `low`, `equal`)
  std::vector<double>
      again;  // shares further on at which the order comes back and goes again, in turn
};

/// Of a weight, or of weights that are tied and move as one.
struct Stability {
  std::vector<std::size_t> members;
  double today = 0;  // share of each
  End below, above;
  bool locked = false;  // it can't move: both ends are today's share
};

/// Shares of the group with each of `members` at `share` and the others that are free to move
/// scaled by one factor (evenly spread where they have nothing today). May lie outside the domain.
arma::vec one_moved(const weights::Group& group, const std::vector<std::size_t>& members,
                    double share);

/// The order of `ranking` (indices of countries, highest value first): every pair of neighbours
/// whose values differ today keeps its sign, and all stay rated. Looked for at 1,025 places in
/// either direction, then narrowed. By member.
std::vector<Stability> stability(const Question& question, const std::vector<std::size_t>& ranking);

}  // namespace waystone::robust
