// The players of an attribution and the nested groups they form. Internal to the room.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "explain/attribution.hpp"

namespace waystone::explain {

/// Coalitions that are evaluated at a time: bounds the memory of an attribution.
inline constexpr std::size_t chunk_lanes = 1024;

/// What a player exchanges when it changes sides: registers, slots and inputs with their values on either side.
struct Exchange {
  struct Register {
    RegisterId reg;
    double from, to;
  };
  struct Slot {
    SlotId slot;
    double from, to;
  };
  struct Input {
    InputId input;
    double from, to;
  };
  Player player;
  std::vector<Register> registers;
  std::vector<Slot> slots;
  std::vector<Input> inputs;
};

/// A factor with the players that act in it and the groups of the factors below it; groups without players are left out.
struct Group {
  NodeId node;
  std::optional<std::size_t> parent;      // index into Game::groups
  std::vector<std::size_t> groups;        // children
  std::vector<std::size_t> players;       // indices into Game::players
  std::vector<std::size_t> all_players;   // of the group and all below
  std::size_t children() const { return groups.size() + players.size(); }
};

struct Game {
  NodeId output;
  std::vector<Exchange> players;
  std::vector<Group> groups;              // the first is the output's
  std::vector<Exchange::Register> fixed;  // registers held at one value for all coalitions: what does not differ
};

/// The players that differ between the sides, in canonical order.
Game game(const program::Program& separate, NodeId output, const Side& from, const Side& to);

}  // namespace waystone::explain
