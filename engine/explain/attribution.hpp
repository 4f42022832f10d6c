// Where a difference comes from: Owen values over the factor tree (nested coalitions after Owen
// 1977 and Winter 1989; Shapley values where the tree is flat). Players: each occurrence of a leaf,
// each node's weights, each rule (its truth and amounts, frozen as they are on either side), each
// override.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::explain {

enum class PlayerKind {
  leaf,
  weights,
  rule,
  override_points,
  time
};  // time: as_of and horizon, where a written combination reads them

struct Player {
  PlayerKind kind = PlayerKind::leaf;
  NodeId reader, node;  // leaf: who reads what; weights, override_points: whose
  RuleId rule;
  double points = 0;  // its part of the difference
};

struct Part {  // a member's part: the sum of the players in and below it
  NodeId node;
  double points = 0;
};

/// One side of a difference.
struct Side {
  const evaluate::Case* scenario_case = nullptr;
  ViewpointId viewpoint;
  std::string country;
};

struct Attribution {
  NodeId output;
  double from = 0, to = 0;      // output's values on the two sides
  std::vector<Player> players;  // those that differ, by size of their part, then by name
  std::vector<Part> parts;      // the output's own members, factors and leaves, by size; players
                                // that belong to none of them are left over
  double exactness = 0;         // |sum of the parts - difference|
  bool sampled =
      false;  // too many players for the exact sum: antithetic permutations, same seed always
  double standard_error = 0;  // largest of a player's, where sampled
  std::size_t evaluations = 0;
};

/// Nothing where either side is not rated. Both cases must be of the same model; `separate` is its
/// program compiled with Sharing::separate.
std::optional<Attribution> attribute(const program::Program& separate, NodeId output,
                                     const Side& from, const Side& to);

/// Why a difference between two rated sides can't be split: the players that by themselves leave
/// the output without a value. Both empty where it takes several of them.
struct Unsplit {
  std::vector<Player> ahead;   // each alone as on the `to` side, all else as on `from`
  std::vector<Player> behind;  // each alone as on the `from` side, all else as on `to`
};

/// For sides of which `attribute` gives nothing though both are rated.
Unsplit why_not_split(const program::Program& separate, NodeId output, const Side& from,
                      const Side& to);

std::string name_of(
    const Player& player,
    const model::Model& model);  // "battle_deaths_12m in security_hazard", "rule war", …

}  // namespace waystone::explain
