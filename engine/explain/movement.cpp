#include "explain/movement.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "explain/standing.hpp"
#include "model/dependencies.hpp"

namespace waystone::explain {
namespace {

// Whether something reads a fact that is known on one of the two sides alone.
class Presence {
 public:
  Presence(const Side& from, const Side& to, const model::Dependencies& dependencies)
      : from_(from), to_(to), model_(*from.scenario_case->model), dependencies_(dependencies) {}

  bool changed(NodeId node) {
    if (!seen_nodes_.insert(node).second) return false;
    if (model_[node].kind == model::NodeKind::indicator)
      return began_or_ended(from_.scenario_case->fact(from_.country, node),
                            to_.scenario_case->fact(to_.country, node));
    return changed(dependencies_.of(node));
  }

  bool changed(RuleId rule) {
    return seen_rules_.insert(rule).second && changed(dependencies_.of(rule));
  }

 private:
  bool changed(const model::Reads& reads) {
    return std::any_of(reads.nodes.begin(), reads.nodes.end(),
                       [&](NodeId node) { return changed(node); }) ||
           std::any_of(reads.rules.begin(), reads.rules.end(),
                       [&](RuleId rule) { return changed(rule); });
  }

  const Side &from_, &to_;
  const model::Model& model_;
  const model::Dependencies& dependencies_;
  std::set<NodeId> seen_nodes_;  // a walk goes through each once
  std::set<RuleId> seen_rules_;
};

MoverKind kind_of(const Player& player, const Side& from, const Side& to,
                  const model::Dependencies& dependencies) {
  const model::Model& model = *from.scenario_case->model;
  switch (player.kind) {
    case PlayerKind::leaf:
      if (model[player.node].kind == model::NodeKind::parameter) return MoverKind::model;
      return Presence(from, to, dependencies).changed(player.node) ? MoverKind::data
                                                                   : MoverKind::facts;
    case PlayerKind::rule:
      return Presence(from, to, dependencies).changed(player.rule) ? MoverKind::data
                                                                   : MoverKind::rules;
    case PlayerKind::weights:
    case PlayerKind::override_points:
    case PlayerKind::time: break;
  }
  return MoverKind::model;
}

}  // namespace

std::string_view name_of(MoverKind kind) {
  static constexpr std::string_view names[] = {"facts", "data", "rules", "model"};
  return names[std::size_t(kind)];
}

double& Split::operator[](MoverKind kind) {
  double* const parts[] = {&facts, &data, &rules, &model};
  return *parts[std::size_t(kind)];
}

double Split::operator[](MoverKind kind) const {
  const double parts[] = {facts, data, rules, model};
  return parts[std::size_t(kind)];
}

bool Split::mostly_data() const {
  constexpr double told = 0.05;  // points: less is no move to speak of
  return std::fabs(data) >= told && std::fabs(data) >= std::fabs(facts + rules + model);
}

std::optional<Movement> movement(const program::Program& separate, NodeId node, const Side& from,
                                 const Side& to) {
  const auto attribution = attribute(separate, node, from, to);
  if (!attribution) return std::nullopt;
  const model::Dependencies dependencies(*from.scenario_case->model);
  Movement result;
  result.from = attribution->from;
  result.to = attribution->to;
  result.sampled = attribution->sampled;
  result.standard_error = attribution->standard_error;
  for (const Player& player : attribution->players) {
    const MoverKind kind = kind_of(player, from, to, dependencies);
    result.movers.push_back({player, kind});
    result.split[kind] += player.points;
  }
  return result;
}

}  // namespace waystone::explain
