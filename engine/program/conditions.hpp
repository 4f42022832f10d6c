// Conditions, and choices between numbers, that read a value in several places: what they are made
// of.
#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "program/program.hpp"

namespace waystone::program {

struct Condition {
  static constexpr std::size_t most_operations = 64;

  std::vector<std::uint32_t>
      operations;                 // comparisons, what joins them, choices; ascending, its own last
  std::vector<RegisterId> reads;  // what those read that is none of them, from left to right
  std::vector<std::pair<std::size_t, std::size_t>>
      places;                        // where each is read first: operation and operand
  std::vector<std::size_t> several;  // of `reads`: what is read in more than one place
};

bool compares(OpCode code);

/// By register: 1 where its operation tells from conditions alone what is true, 2 where it chooses
/// between numbers, else 0. `pinned`, where not empty: registers that are given.
std::vector<char> conditions_in(const Program& program, const std::vector<char>& pinned = {});

/// The condition or choice that an operation gives; nothing where it is too long, or reads
/// everything once. `conditions`: as above.
std::optional<Condition> condition_at(const Program& program, std::uint32_t operation,
                                      const std::vector<char>& conditions);

/// Operations that give such a condition by joining others, or such a choice, ascending.
std::vector<std::uint32_t> rereading_conditions(const Program& program);

}  // namespace waystone::program
