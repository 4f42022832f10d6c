#include "explain/difference.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "explain/changed_rules.hpp"

namespace waystone::explain {
namespace {

Side side_of(const Corner& corner, const std::string& country) {
  return {corner.scenario_case, corner.viewpoint, country};
}

std::optional<Movement> facts_between(const Corner& from, const Corner& to,
                                      const std::string& country) {
  return movement(*from.separate, from.node, side_of(from, country), side_of(to, country));
}

std::optional<RulesChange> rules_between(const Corner& from, const Corner& to,
                                         const std::string& country) {
  return rules_change(side_of(from, country), from.node, side_of(to, country), to.node);
}

// Adds up what the two ways say, mover by mover; each counts so much.
class Gathering {
 public:
  void add(const Movement& movement, const model::Model& rules, bool by_first, double share) {
    for (const Mover& mover : movement.movers) {
      const Player& player = mover.player;
      const auto node = [&](NodeId id) { return id.valid() ? rules[id].name : std::string(); };
      const Key key{mover.kind, player.kind, node(player.reader), node(player.node),
                    player.rule.valid() ? rules[player.rule].name : ""};
      put(key, {mover.kind, share * player.points, player, by_first, ""});
    }
    note(movement.sampled, movement.standard_error);
  }

  void add(const RulesChange& change, double share) {
    for (const RulesPart& part : change.parts)
      put({MoverKind::model, PlayerKind::time, "", part.node, "rules"},
          {MoverKind::model, share * part.points, std::nullopt, false, part.node});
    made_.rules_split = made_.rules_split && change.split;
    note(change.sampled, change.standard_error);
  }

  Difference made(double from, double to, bool both_orders) {
    made_.from = from;
    made_.to = to;
    made_.both_orders = both_orders;
    for (auto& [key, mover] : by_key_) {
      made_.split[mover.kind] += mover.points;
      made_.movers.push_back(std::move(mover));
    }
    std::stable_sort(made_.movers.begin(), made_.movers.end(),
                     [](const DifferenceMover& a, const DifferenceMover& b) {
                       return std::fabs(a.points) > std::fabs(b.points);
                     });
    return std::move(made_);
  }

 private:
  using Key = std::tuple<MoverKind, PlayerKind, std::string, std::string, std::string>;

  // The second file's names are those that a reader has before them.
  void put(const Key& key, DifferenceMover mover) {
    const auto [at, fresh] = by_key_.try_emplace(key, mover);
    if (fresh) return;
    mover.points += at->second.points;
    if (mover.by_first && !at->second.by_first) {
      at->second.points = mover.points;
      return;
    }
    at->second = std::move(mover);
  }

  void note(bool sampled, double error) {
    made_.sampled = made_.sampled || sampled;
    made_.standard_error = std::max(made_.standard_error, error);
  }

  std::map<Key, DifferenceMover> by_key_;
  Difference made_;
};

struct Way {
  std::optional<Movement> facts;
  std::optional<RulesChange> rules;
  bool gone() const { return facts && rules; }
};

}  // namespace

std::optional<Difference> difference(const Corners& corners, const std::string& country) {
  const Corner &from = corners.from, &to = corners.to;
  Gathering gathering;
  if (!corners.crossed) {
    const auto found = facts_between(from, to, country);
    if (!found) return std::nullopt;
    gathering.add(*found, to.rules(), false, 1);
    return gathering.made(found->from, found->to, true);
  }
  if (corners.same_facts) {
    const auto found = rules_between(from, to, country);
    if (!found) return std::nullopt;
    gathering.add(*found, 1);
    return gathering.made(found->from, found->to, true);
  }
  const Corner &first_rules = corners.crossed->from_by_second,
               &first_facts = corners.crossed->to_by_first;
  const Way by_facts{facts_between(from, first_facts, country),
                     rules_between(first_facts, to, country)};
  const Way by_rules{facts_between(first_rules, to, country),
                     rules_between(from, first_rules, country)};
  if (!by_facts.gone() && !by_rules.gone()) return std::nullopt;
  const bool both = by_facts.gone() && by_rules.gone();
  const double share = both ? 0.5 : 1;
  if (by_facts.gone()) {
    gathering.add(*by_facts.facts, from.rules(), true, share);
    gathering.add(*by_facts.rules, share);
  }
  if (by_rules.gone()) {
    gathering.add(*by_rules.facts, to.rules(), false, share);
    gathering.add(*by_rules.rules, share);
  }
  const double was = by_facts.gone() ? by_facts.facts->from : by_rules.rules->from,
               is = by_facts.gone() ? by_facts.rules->to : by_rules.facts->to;
  return gathering.made(was, is, both);
}

}  // namespace waystone::explain
