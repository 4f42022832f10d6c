// One country at two dates, or by two rule files: what moved its score, in four kinds that add up
// to the difference.
#pragma once
#include <optional>
#include <vector>

#include "explain/attribution.hpp"

namespace waystone::explain {

enum class MoverKind {
  facts,  // figures of both dates that differ
  data,   // figures that began or ended: known on one of the dates alone; rules that read such
  rules,  // rules that hold, or hold otherwise, by figures of both dates
  model   // weights, parameters, overrides, other rule files; values and rules that change with the
          // date alone, all figures being as before
};
std::string_view name_of(MoverKind kind);

/// Points by kind.
struct Split {
  double facts = 0, data = 0, rules = 0, model = 0;
  double& operator[](MoverKind kind);
  double operator[](MoverKind kind) const;
  double total() const { return facts + data + rules + model; }
  /// Whether data that began or ended say more of the difference than all else.
  bool mostly_data() const;
};

struct Mover {
  Player player;  // with its points
  MoverKind kind = MoverKind::facts;
};

struct Movement {
  double from = 0, to = 0;    // the node's values
  Split split;                // adds up to `to - from`
  std::vector<Mover> movers;  // by size
  bool sampled = false;       // see Attribution
  double standard_error = 0;
};

/// Both sides by the same model and about the same country; nothing where either is not rated.
/// `separate`: its program compiled with Sharing::separate.
std::optional<Movement> movement(const program::Program& separate, NodeId node, const Side& from,
                                 const Side& to);

}  // namespace waystone::explain
