// One country on two sides that may differ in date, scenario and rule files: what makes the
// difference, in the kinds of a movement.
//
// With two rule files there are two ways from one side to the other: first the facts and then the
// rules, or first the rules. Both are gone and averaged, so neither comes first.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "explain/movement.hpp"

namespace waystone::explain {

/// The facts of one side by the rules of one side.
struct Corner {
  const evaluate::Case* scenario_case = nullptr;
  const program::Program* separate = nullptr;
  ViewpointId viewpoint;
  NodeId node;
  const model::Model& rules() const { return *scenario_case->model; }
};

/// With one rule file `crossed` is empty.
struct Corners {
  Corner from, to;
  struct Crossed {
    Corner from_by_second;  // the facts of `from` by the rules of `to`
    Corner to_by_first;     // the facts of `to` by the rules of `from`
  };
  std::optional<Crossed> crossed;
  bool same_facts = false;  // one scenario on one date: only the rules differ
};

struct DifferenceMover {
  MoverKind kind = MoverKind::facts;
  double points = 0;
  std::optional<Player> player;  // ids of `by_first`'s model; none: how `node` is worked out
  bool by_first = false;
  std::string node;  // without a player: the factor whose rules differ
};

struct Difference {
  double from = 0, to = 0;
  Split split;                          // adds up to `to - from`
  std::vector<DifferenceMover> movers;  // by size; add up to it, too
  bool both_orders = true;              // else only one way could be gone: a mix is not rated
  bool rules_split = true;              // else the rules are one part (RulesChange::split)
  bool sampled = false;
  double standard_error = 0;  // of a mover, the largest
};

/// Nothing where one side is not rated, or neither way can be gone.
std::optional<Difference> difference(const Corners& corners, const std::string& country);

}  // namespace waystone::explain
