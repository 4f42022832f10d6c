// The players of an attribution and the nested groups they form. Internal to the room.
#pragma once
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/evaluate.hpp"
#include "explain/attribution.hpp"

namespace waystone::explain {

/// Coalitions evaluated at a time: bounds the memory of an attribution.
inline constexpr std::size_t chunk_lanes = 1024;

/// One side's value of a register and its bounds, NaN where it has no value at all.
struct SideValue {
  double value = 0, low = 0, high = 0;
};

/// What a player exchanges when it changes sides: registers, slots and inputs with their values on
/// either side.
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

/// A factor with the players that act in it and the groups of the factors below it; groups without
/// players are left out.
struct PlayerGroup {
  NodeId node;
  std::optional<std::size_t> parent;     // index into Game::groups
  std::vector<std::size_t> groups;       // children
  std::vector<std::size_t> players;      // indices into Game::players
  std::vector<std::size_t> all_players;  // of the group and all below
  std::size_t children() const { return groups.size() + players.size(); }
};

struct Game {
  NodeId output;
  std::vector<Exchange> players;
  std::vector<PlayerGroup> groups;  // the first is the output's
  std::vector<Exchange::Register>
      fixed;  // registers held at one value for all coalitions: what does not differ
};

/// A register's value with its bounds. No bounds if it is unknown and nothing that becomes known
/// can give it a value.
inline SideValue side_value(const evaluate::Bounds& bounds, std::size_t lane, std::size_t wanted) {
  const double value = bounds.value(lane, wanted);
  if (std::isnan(value) && bounds.gap(lane, wanted) != 0) return {value, value, value};
  return {value, bounds.low(lane, wanted), bounds.high(lane, wanted)};
}

/// Holds a register, lane by lane, at what `side_of(lane)` gives, a SideValue; with its range where
/// it is one and `ranges` are asked for.
template <class SideOf>
evaluate::Pin pin_by(RegisterId reg, std::size_t lanes, SideOf side_of, bool ranges = true) {
  const auto column = [lanes] { return arma::vec(lanes, arma::fill::none); };
  evaluate::Pin pin{reg, column(), {}, {}};
  if (!ranges) {
    for (std::size_t lane = 0; lane < lanes; ++lane) pin.values[lane] = side_of(lane).value;
    return pin;
  }
  pin.low = column();
  pin.high = column();
  bool open = false;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const SideValue side = side_of(lane);
    pin.values[lane] = side.value;
    pin.low[lane] = side.low;
    pin.high[lane] = side.high;
    open = open || !(side.low == side.high);
  }
  if (!open) pin.low = pin.high = {};
  return pin;
}

/// Holds a register at one side's value or the other's. `changed(lane)`: whether it is on the `to`
/// side.
template <class Changed>
evaluate::Pin pin_of(const Exchange::Register& entry, std::size_t lanes, Changed changed,
                     bool ranges = true) {
  return pin_by(
      entry.reg, lanes, [&](std::size_t lane) { return changed(lane) ? entry.to : entry.from; },
      ranges);
}

/// Replaces a fact by known values.
inline void put_input(evaluate::Frame& frame, InputId input, const arma::vec& values) {
  frame.value.col(input.index) = values;
  if (!frame.has_ranges()) return;
  frame.low.col(input.index) = values;
  frame.high.col(input.index) = values;
}

/// One side's only lane, ready for the separate program: its numerals, then the viewpoint's
/// weights.
evaluate::Frame frame_on_side(const program::Program& separate, const Side& side);

/// The players that differ between the sides, in canonical order.
Game game(const program::Program& separate, NodeId output, const Side& from, const Side& to);

}  // namespace waystone::explain
