#include "explain/players.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "model/dependencies.hpp"

namespace waystone::explain {
namespace {

using evaluate::Frame;
using model::Expression;
using model::Model;
using program::Program;

bool holds(double truth) { return truth != 0 && !std::isnan(truth); }

struct Traced {
  Frame frame;                       // one lane
  std::vector<SideValue> registers;  // of the separate program
};

Traced traced(const Program& program, const Side& side) {
  Traced result{frame_on_side(program, side), {}};
  const evaluate::Bounds bounds = evaluate::trace_bounds(program, result.frame, 0);
  for (std::size_t reg = 0; reg < program.operations.size(); ++reg)
    result.registers.push_back(side_value(bounds, 0, reg));
  return result;
}

bool reads_time(const Expression& e) {
  using enum model::Op;
  return model::any_part(e, [](const Expression& part) {
    return part.op == as_of || part.op == horizon || part.op == months_since ||
           part.op == years_since || part.op == days_since;
  });
}

// Factors directly below a factor, by id.
std::vector<NodeId> factors_below(const Model& model, NodeId id) {
  std::set<NodeId> below;
  for (const NodeId part : model::parts_of(model[id].factor()))
    if (model[part].is_factor()) below.insert(part);
  return {below.begin(), below.end()};
}

class Builder {
 public:
  Builder(const Program& program, const Model& model, NodeId output, const Side& from,
          const Side& to)
      : program_(program),
        model_(model),
        from_(traced(program, from)),
        to_(traced(program, to)),
        open_(from_.frame.has_ranges() || to_.frame.has_ranges()) {
    game_.output = output;
    add_group(output, std::nullopt);
  }

  Game run() {
    for (const program::Occurrence& occurrence : program_.occurrences)
      if (group_of_.contains(occurrence.reader)) add_leaf(occurrence);
    for (std::size_t r = 0; r < model_.rules.size(); ++r) add_rule(RuleId{r});
    for (const auto& [node, group] : group_of_) {
      add_weights(node, group);
      add_override(node, group);
    }
    add_time();
    prune();
    return std::move(game_);
  }

 private:
  void add_group(NodeId node, std::optional<std::size_t> parent) {
    if (group_of_.contains(node)) return;  // a factor with two readers belongs to the first
    const std::size_t index = game_.groups.size();
    game_.groups.push_back({node, parent, {}, {}, {}});
    if (parent) game_.groups[*parent].groups.push_back(index);
    group_of_[node] = index;
    for (const NodeId below : factors_below(model_, node)) add_group(below, index);
  }

  void add_player(std::size_t group, Exchange exchange) {
    game_.groups[group].players.push_back(game_.players.size());
    game_.players.push_back(std::move(exchange));
  }

  // Ranges count where something is unknown: they may tell what it comes to.
  bool same(const SideValue& a, const SideValue& b) const {
    const auto equal = [](double x, double y) {
      return x == y || (std::isnan(x) && std::isnan(y));
    };
    return equal(a.value, b.value) && (!open_ || (equal(a.low, b.low) && equal(a.high, b.high)));
  }

  Exchange::Register sides(RegisterId reg) const {
    return {reg, from_.registers[reg.index], to_.registers[reg.index]};
  }

  void add_leaf(const program::Occurrence& occurrence) {
    const Exchange::Register pin = sides(occurrence.pin);
    if (same(pin.from, pin.to)) {
      game_.fixed.push_back(pin);
      return;
    }
    Exchange exchange;
    exchange.player.kind = PlayerKind::leaf;
    exchange.player.reader = occurrence.reader;
    exchange.player.node = occurrence.leaf;
    exchange.registers = {pin};
    add_player(group_of_.at(occurrence.reader), std::move(exchange));
  }

  // A rule stands with what it is about: where its targets lie on one path of the tree, with the
  // innermost (a war that floors both security and risk stands with security); else in the
  // innermost group that holds them all. A rule on a leaf acts in the factors that take it in.
  std::optional<std::size_t> group_of(const model::Rule& rule) const {
    std::set<std::size_t> groups;
    for (const model::Effect& effect : rule.effects) {
      const auto include = [&](NodeId factor) {
        if (const auto found = group_of_.find(factor); found != group_of_.end())
          groups.insert(found->second);
      };
      if (model_[effect.target].is_factor())
        include(effect.target);
      else
        for (const program::Occurrence& occurrence : program_.occurrences)
          if (occurrence.leaf == effect.target) include(occurrence.reader);
    }
    std::optional<std::size_t> common;
    for (const std::size_t group : groups) {
      const bool above_another = std::any_of(groups.begin(), groups.end(), [&](std::size_t other) {
        return other != group && is_above(group, other);
      });
      if (!above_another) common = common ? common_ancestor(*common, group) : group;
    }
    return common;
  }

  std::size_t common_ancestor(std::size_t a, std::size_t b) const {
    std::set<std::size_t> above{a};
    while (game_.groups[a].parent) above.insert(a = *game_.groups[a].parent);
    while (!above.contains(b)) b = *game_.groups[b].parent;
    return b;
  }

  bool is_above(std::size_t ancestor, std::size_t group) const {
    for (auto parent = game_.groups[group].parent; parent; parent = game_.groups[*parent].parent)
      if (*parent == ancestor) return true;
    return false;
  }

  // Strengths are switched off by rules that may act on nothing here, so every rule is held or
  // exchanged.
  void add_rule(RuleId id) {
    const program::RuleRegisters& registers = program_[id];
    Exchange exchange;
    exchange.player.kind = PlayerKind::rule;
    exchange.player.rule = id;
    Exchange::Register truth = sides(registers.truth);
    exchange.registers.push_back(truth);
    // an unknown condition leaves the rule out, as a false one does; but it leaves open what else
    // is known
    bool differs = !same(truth.from, truth.to);
    for (const RegisterId amount : registers.amounts) {
      exchange.registers.push_back(sides(amount));
      differs = differs || (holds(truth.from.value) &&
                            !same(exchange.registers.back().from, exchange.registers.back().to));
    }
    const auto group = group_of(model_[id]);
    if (differs)
      add_player(group.value_or(0), std::move(exchange));
    else
      game_.fixed.insert(game_.fixed.end(), exchange.registers.begin(), exchange.registers.end());
  }

  void add_weights(NodeId node, std::size_t group) {
    Exchange exchange;
    exchange.player.kind = PlayerKind::weights;
    exchange.player.node = node;
    bool differs = false;
    for (const SlotId slot : program_.weights[node.index]) {
      exchange.slots.push_back({slot, from_.frame.slots[slot.index], to_.frame.slots[slot.index]});
      differs = differs || exchange.slots.back().from != exchange.slots.back().to;
    }
    if (differs) add_player(group, std::move(exchange));
  }

  void add_override(NodeId node, std::size_t group) {
    const InputId input = program_.override_points(node);
    const double from = from_.frame.value(0, input.index), to = to_.frame.value(0, input.index);
    if (from == to) return;
    Exchange exchange;
    exchange.player.kind = PlayerKind::override_points;
    exchange.player.node = node;
    exchange.inputs = {{input, from, to}};
    add_player(group, std::move(exchange));
  }

  void add_time() {
    Exchange exchange;
    exchange.player.kind = PlayerKind::time;
    for (const std::size_t input : {Program::as_of_input, Program::horizon_input}) {
      const double from = from_.frame.value(0, input), to = to_.frame.value(0, input);
      if (from != to) exchange.inputs.push_back({InputId{input}, from, to});
    }
    const bool read = std::any_of(group_of_.begin(), group_of_.end(), [&](const auto& entry) {
      const auto& expression = model_[entry.first].factor().expression;
      return expression && reads_time(*expression);
    });
    if (read && !exchange.inputs.empty()) add_player(0, std::move(exchange));
  }

  // Drops groups without players and gathers the players of those that stay.
  void prune() {
    for (std::size_t g = game_.groups.size(); g-- > 0;) {  // children stand after their parents
      PlayerGroup& group = game_.groups[g];
      std::erase_if(group.groups,
                    [&](std::size_t child) { return game_.groups[child].all_players.empty(); });
      group.all_players = group.players;
      for (const std::size_t child : group.groups) {
        const auto& below = game_.groups[child].all_players;
        group.all_players.insert(group.all_players.end(), below.begin(), below.end());
      }
    }
  }

  const Program& program_;
  const Model& model_;
  Traced from_, to_;
  bool open_;  // a fact of one side is unknown
  Game game_;
  std::map<NodeId, std::size_t> group_of_;
};

}  // namespace

// It has slots of its own for repeated curves.
Frame frame_on_side(const Program& separate, const Side& side) {
  Frame frame = evaluate::frame_of(*side.scenario_case, side.viewpoint, side.country);
  frame.slots.clear();
  for (const program::Slot& slot : separate.slots) frame.slots.push_back(slot.value);
  evaluate::use_viewpoint(frame, separate, side.viewpoint);
  return frame;
}

Game game(const Program& separate, NodeId output, const Side& from, const Side& to) {
  return Builder(separate, *from.scenario_case->model, output, from, to).run();
}

}  // namespace waystone::explain
