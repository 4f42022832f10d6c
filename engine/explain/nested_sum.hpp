// The exact Owen values of a game with nested groups. Internal to the room.
//
// A factor's group reaches the rest of the tree through the factor's value (and through rules it
// holds that act further up). So the sum over coalitions goes from the inside out. First it values
// the innermost group for each of its coalitions. Then it values the parent for each of those
// combined with each coalition of the siblings (which are wholly on one side), and so on to the
// output. Each stage runs only the operations between a factor and its children, by the one
// evaluator.
#pragma once
#include <optional>
#include <vector>

#include "explain/players.hpp"

namespace waystone::explain {

struct NestedSum {
  std::vector<double> points;   // by player
  std::size_t evaluations = 0;  // coalitions valued
  bool too_many = false;        // more coalitions than are summed; the points are not to be used
};

/// Whether the exact sum is small enough: at most 64 players, at most about two million coalitions
/// for any group.
bool nested_sum_is_feasible(const Game& game);

/// `base`: one lane, the `from` side. Nothing where some coalition is not rated.
std::optional<NestedSum> nested_sum(const program::Program& program, const Game& game,
                                    const evaluate::Frame& base);

}  // namespace waystone::explain
