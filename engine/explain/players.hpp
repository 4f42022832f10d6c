// The players of an attribution and the nested groups they form. Internal to the room.
#pragma once
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/frame.hpp"
#include "explain/attribution.hpp"

namespace waystone::explain {

/// Coalitions that are evaluated at a time: bounds the memory of an attribution.
inline constexpr std::size_t chunk_lanes = 1024;

/// One side's value of a register; where it is unknown its range, infinite where it has no value at all.
struct SideValue {
  double value = 0, low = 0, high = 0;
};

/// What a player exchanges when it changes sides: registers, slots and inputs with their values on either side.
struct Exchange {
  struct Register {
    RegisterId reg;
    SideValue from, to;
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

/// Holds a register at one side's value or the other's, lane by lane. `changed(lane)`: whether it stands on the `to` side.
template <class Changed>
evaluate::Pin pin_of(const Exchange::Register& entry, std::size_t lanes, Changed changed) {
  evaluate::Pin pin{entry.reg, arma::vec(lanes, arma::fill::none), {}, {}};
  const bool open = std::isnan(entry.from.value) || std::isnan(entry.to.value);
  if (open) pin.low = pin.high = pin.values;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const SideValue& side = changed(lane) ? entry.to : entry.from;
    pin.values[lane] = side.value;
    if (!open) continue;
    pin.low[lane] = side.low;
    pin.high[lane] = side.high;
  }
  return pin;
}

/// The players that differ between the sides, in canonical order.
Game game(const program::Program& separate, NodeId output, const Side& from, const Side& to);

}  // namespace waystone::explain
