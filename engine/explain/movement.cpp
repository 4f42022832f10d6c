#include "explain/movement.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "explain/players.hpp"
#include "explain/standing.hpp"
#include "model/dependencies.hpp"

namespace waystone::explain {
namespace {

using program::Program;

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

// What the date makes by itself, all facts being those of the earlier side: parameters in force by
// then, and formulas that read the date.
class ByDate {
 public:
  ByDate(const Program& separate, const Side& from, const Side& to)
      : program_(separate), from_(frame_on_side(separate, from)) {
    evaluate::Frame to_frame = frame_on_side(separate, to), dated = from_;
    for (const std::size_t input : {Program::as_of_input, Program::horizon_input}) {
      put_input(dated, InputId{input}, to_frame.value.col(input));
      moves_ = moves_ || to_frame.value(0, input) != from_.value(0, input);
    }
    if (!moves_) return;
    was_ = evaluate::trace(separate, from_, 0);
    is_ = evaluate::trace(separate, to_frame, 0);
    dated_ = evaluate::trace(separate, dated, 0);
  }

  // Whether a player's values on the later side are those that the date gives by itself.
  bool makes(const Player& player) const {
    if (!moves_) return false;
    std::vector<RegisterId> registers;
    if (player.kind == PlayerKind::rule) {
      registers = program_[player.rule].amounts;
      registers.push_back(program_[player.rule].truth);
    }
    for (const program::Occurrence& occurrence : program_.occurrences)
      if (player.kind == PlayerKind::leaf && occurrence.reader == player.reader &&
          occurrence.leaf == player.node)
        registers.push_back(occurrence.pin);
    const auto same = [](const std::vector<double>& a, const std::vector<double>& b,
                         RegisterId reg) {
      const double x = a[reg.index], y = b[reg.index];
      return x == y || (std::isnan(x) && std::isnan(y));
    };
    return std::all_of(registers.begin(), registers.end(),
                       [&](RegisterId reg) { return same(dated_, is_, reg); }) &&
           std::any_of(registers.begin(), registers.end(),
                       [&](RegisterId reg) { return !same(was_, is_, reg); });
  }

 private:
  const Program& program_;
  evaluate::Frame from_;
  bool moves_ = false;
  std::vector<double> was_, is_, dated_;  // by RegisterId
};

MoverKind kind_of(const Player& player, const Side& from, const Side& to,
                  const model::Dependencies& dependencies, const ByDate& by_date) {
  switch (player.kind) {
    case PlayerKind::leaf:
      if (by_date.makes(player)) return MoverKind::model;
      return Presence(from, to, dependencies).changed(player.node) ? MoverKind::data
                                                                   : MoverKind::facts;
    case PlayerKind::rule:
      if (by_date.makes(player)) return MoverKind::model;
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
  const ByDate by_date(separate, from, to);
  Movement result;
  result.from = attribution->from;
  result.to = attribution->to;
  result.sampled = attribution->sampled;
  result.standard_error = attribution->standard_error;
  for (const Player& player : attribution->players) {
    const MoverKind kind = kind_of(player, from, to, dependencies, by_date);
    result.movers.push_back({player, kind});
    result.split[kind] += player.points;
  }
  return result;
}

}  // namespace waystone::explain
