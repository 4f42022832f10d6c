// A floor above a cap on one target, where both act together: the floor wins, and the cap says
// something untrue.
#include <map>

#include <fmt/format.h>

#include "base/ties.hpp"
#include "model/checks/checks.hpp"
#include "model/checks/reach.hpp"

namespace waystone::model {
namespace {

struct Limit {
  const Effect* effect;
  std::string rule;
  Demands demands;
  double value;  // lowest of a floor, highest of a cap
};

struct Limits {
  std::vector<Limit> floors, caps;
};

constexpr std::size_t most_limits = 60;  // on one target; every floor is compared with every cap

}  // namespace

void check_contradictions(Draft& draft) {
  const Reaches reaches(draft.model);
  std::map<NodeId, Limits> by_target;
  for (const Rule& rule : draft.model.rules) {
    if (rule.when.unit == Unit::none) continue;
    for (const Effect& effect : rule.effects) {
      if (!effect.target.valid() || effect.amount.unit == Unit::none) continue;
      if (effect.kind != EffectKind::at_least && effect.kind != EffectKind::at_most) continue;
      const bool floor = effect.kind == EffectKind::at_least;
      auto& limits = floor ? by_target[effect.target].floors : by_target[effect.target].caps;
      const Reach reach = reaches.of(effect.amount);
      const Node& node = draft.model[effect.target];
      if ((node.low && below(reach.low, *node.low)) || (node.high && below(*node.high, reach.high)))
        continue;  // said by its check, or no floor at all
      if (limits.size() < most_limits)
        limits.push_back(
            {&effect, rule.name, reaches.demands(rule.when), floor ? reach.low : reach.high});
    }
  }
  for (const auto& [target, limits] : by_target)
    for (const Limit& cap : limits.caps)
      for (const Limit& floor : limits.floors) {
        if (!below(cap.value, floor.value)) continue;
        if (!reaches.implies(cap.demands, floor.demands) &&
            !reaches.implies(floor.demands, cap.demands))
          continue;
        Diagnostic contradiction{Code::W0202,
                                 cap.effect->where,
                                 fmt::format("the cap of rule '{}' on '{}' is below the floor of "
                                             "rule '{}', and both act together",
                                             cap.rule, draft.model[target].name, floor.rule),
                                 "the cap",
                                 {},
                                 {"floors beat caps"}};
        contradiction.others.push_back({floor.effect->where, "the floor"});
        draft.diagnostics.add(std::move(contradiction));
      }
}

}  // namespace waystone::model
