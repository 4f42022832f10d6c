#include "explain/nested_sum.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace waystone::explain {
namespace {

using evaluate::Frame;
using evaluate::Plan;
using program::Program;

using Mask = std::uint64_t;  // players that have changed sides
constexpr std::size_t most_players = 64;
constexpr double most_coalitions = 2.2e6;  // of one group

Mask bit(std::size_t player) { return Mask{1} << player; }

Mask mask_of(const std::vector<std::size_t>& players) {
  Mask mask = 0;
  for (const std::size_t player : players) mask |= bit(player);
  return mask;
}

// |S|! (n - 1 - |S|)! / n!: the chance that exactly S stands before a given one of n in a random
// order. By |S| = 0 … n - 1.
std::vector<double> order_weights(std::size_t n) {
  std::vector<double> weights;
  for (std::size_t before = 0; before < n; ++before)
    weights.push_back(std::exp(std::lgamma(double(before) + 1) + std::lgamma(double(n - before)) -
                               std::lgamma(double(n) + 1)));
  return weights;
}

// What a group's factor depends on, and how its value is computed from its children's.
struct Stage {
  NodeId node;
  Mask inside = 0;                          // players of the group and all below
  std::vector<std::size_t> outside;         // players elsewhere that its value depends on too
  std::vector<std::size_t> children;        // groups
  std::optional<Plan> plan;                 // children's values cut
  std::vector<std::size_t> pinned_players;  // whose registers, slots or inputs the plan reads
  std::vector<RegisterId> fixed;            // registers held, that the plan reads
  bool reads_unknown = false;               // besides what a child's coalitions may leave unknown
  std::vector<SideValue>
      whole;  // its value when it stands wholly on one side: [side][state of outside]
  std::size_t states() const { return std::size_t{1} << outside.size(); }
  /// Which state of the players outside a coalition implies.
  std::size_t state_of(Mask mask) const {
    std::size_t state = 0;
    for (std::size_t k = 0; k < outside.size(); ++k)
      state |= std::size_t(mask >> outside[k] & 1) << k;
    return state;
  }
  const SideValue& whole_value(Mask mask) const {
    return whole[((mask & inside) ? states() : 0) + state_of(mask)];
  }
};

// A coalition on the way from the innermost group outward.
struct Coalition {
  Mask mask = 0;
  double weight = 1;         // of the sizes of the coalitions at the outer levels
  std::uint32_t subset = 0;  // of the innermost group's children
};

class Summing {
 public:
  Summing(const Program& program, const Game& game, const Frame& base)
      : program_(program),
        game_(game),
        base_(base),
        stages_(game.groups.size()),
        held_(program.operations.size(), 0) {
    for (const RegisterId reg : all_pins()) held_[reg.index] = 1;
    sum_.points.assign(game.players.size(), 0);
    // children stand after their parents, and a stage's sides need its children's
    for (std::size_t g = game.groups.size(); g-- > 0;)
      if (!game.groups[g].all_players.empty() && !sum_.too_many) prepare(g);
  }

  std::optional<NestedSum> run() {
    for (std::size_t g = 0; g < game_.groups.size() && rated_ && !sum_.too_many; ++g)
      if (!game_.groups[g].players.empty()) sum_for(g);
    if (!rated_) return std::nullopt;
    return std::move(sum_);
  }

 private:
  // ---- stages

  std::vector<RegisterId> all_pins() const {
    std::vector<RegisterId> pins;
    for (const auto& fixed : game_.fixed) pins.push_back(fixed.reg);
    for (const Exchange& exchange : game_.players)
      for (const auto& entry : exchange.registers) pins.push_back(entry.reg);
    return pins;
  }

  // Whether a plan reads something that a player exchanges.
  bool reads(const Plan& plan, const Exchange& exchange) const {
    const auto runs = [&](RegisterId reg) {
      return std::binary_search(plan.operations().begin(), plan.operations().end(), reg.index);
    };
    if (std::any_of(exchange.registers.begin(), exchange.registers.end(),
                    [&](const auto& entry) { return runs(entry.reg); }))
      return true;
    for (const std::uint32_t index : plan.operations()) {
      const program::Operation& op = program_.operations[index];
      for (const auto& entry : exchange.slots)
        if (std::find(op.slots.begin(), op.slots.end(), entry.slot) != op.slots.end()) return true;
      for (const auto& entry : exchange.inputs)
        if (op.code == program::OpCode::input && op.input == entry.input) return true;
    }
    return false;
  }

  RegisterId value_of(std::size_t group) const { return program_[game_.groups[group].node].value; }

  void prepare(std::size_t g) {
    Stage& stage = stages_[g];
    const PlayerGroup& group = game_.groups[g];
    stage.node = group.node;
    stage.inside = mask_of(group.all_players);
    stage.children = group.groups;
    const std::vector<RegisterId> wanted{value_of(g)};
    std::vector<RegisterId> cut = all_pins();
    const Plan whole(program_, wanted, cut);
    for (std::size_t p = 0; p < game_.players.size(); ++p)
      if (!(stage.inside & bit(p)) && reads(whole, game_.players[p])) stage.outside.push_back(p);
    if (!bearable(std::pow(2.0, double(stage.outside.size()) + 1))) return;
    for (const std::size_t child : group.groups) cut.push_back(value_of(child));
    stage.plan.emplace(program_, wanted, cut);
    for (std::size_t p = 0; p < game_.players.size(); ++p)
      if (reads(*stage.plan, game_.players[p])) stage.pinned_players.push_back(p);
    for (const auto& fixed : game_.fixed)
      if (std::binary_search(stage.plan->operations().begin(), stage.plan->operations().end(),
                             fixed.reg.index))
        stage.fixed.push_back(fixed.reg);
    stage.reads_unknown = reads_unknown(stage);
    std::vector<Mask> masks;
    for (const Mask side : {Mask{0}, stage.inside})
      for (std::size_t state = 0; state < stage.states(); ++state)
        masks.push_back(side | mask_of_state(stage, state));
    stage.whole = values(g, masks, {}, true);
  }

  // Whether a fact, a register that is held or a child that stands wholly on a side is unknown.
  bool reads_unknown(const Stage& stage) const {
    const auto unknown = [](const SideValue& side) { return std::isnan(side.value); };
    const auto either = [&](const Exchange::Register& entry) {
      return unknown(entry.from) || unknown(entry.to);
    };
    for (const std::uint32_t index : stage.plan->operations()) {
      const program::Operation& op = program_.operations[index];
      if (op.code == program::OpCode::input && !held_[index] &&
          std::isnan(base_.value(0, op.input.index)))
        return true;
    }
    for (const auto& fixed : game_.fixed)
      if (unknown(fixed.from) &&
          std::find(stage.fixed.begin(), stage.fixed.end(), fixed.reg) != stage.fixed.end())
        return true;
    for (const std::size_t p : stage.pinned_players)
      if (std::any_of(game_.players[p].registers.begin(), game_.players[p].registers.end(), either))
        return true;
    return std::any_of(stage.children.begin(), stage.children.end(), [&](std::size_t child) {
      return std::any_of(stages_[child].whole.begin(), stages_[child].whole.end(), unknown);
    });
  }

  // Bounds of a factor count where something beside it, or further out, is unknown: they may tell
  // what that comes to.
  bool bounds_count(std::size_t g) const {
    for (auto parent = game_.groups[g].parent; parent; parent = game_.groups[*parent].parent)
      if (stages_[*parent].reads_unknown) return true;
    return false;
  }

  // A factor that two others take in belongs to one of them, and its players are "outside" for the
  // other: their states multiply.
  bool bearable(double coalitions) {
    sum_.too_many = sum_.too_many || coalitions > most_coalitions;
    return !sum_.too_many;
  }

  static Mask mask_of_state(const Stage& stage, std::size_t state) {
    Mask mask = 0;
    for (std::size_t k = 0; k < stage.outside.size(); ++k)
      if (state >> k & 1) mask |= bit(stage.outside[k]);
    return mask;
  }

  // ---- values of a group's factor

  /// One child of a group whose value is given lane by lane.
  struct Path {
    std::size_t group;
    const std::vector<SideValue>* values;
  };

  // `bounded`: with bounds, where there are any.
  std::vector<SideValue> values(std::size_t g, const std::vector<Mask>& masks,
                                const std::optional<Path>& path, bool bounded) {
    const Stage& stage = stages_[g];
    std::vector<SideValue> result;
    result.reserve(masks.size());
    Frame frame;
    for (std::size_t start = 0; start < masks.size(); start += chunk_lanes) {
      const std::size_t lanes = std::min(chunk_lanes, masks.size() - start);
      if (frame.lanes() != lanes) frame = evaluate::repeat_lane(base_, lanes);
      fill(frame, stage, std::span(masks).subspan(start, lanes), path, start,
           bounded || stage.reads_unknown);
      if (frame.has_ranges() && bounded) {
        const evaluate::Bounds bounds = evaluate::evaluate_bounds(*stage.plan, frame);
        for (std::size_t lane = 0; lane < lanes; ++lane)
          result.push_back(side_value(bounds, lane, 0));
      } else {
        const arma::mat out = evaluate::evaluate(*stage.plan, frame);
        for (const double value : out) result.push_back({value, value, value});
      }
    }
    sum_.evaluations += masks.size();
    return result;
  }

  void fill(Frame& frame, const Stage& stage, std::span<const Mask> masks,
            const std::optional<Path>& path, std::size_t start, bool ranges) const {
    frame.pins.clear();
    frame.slot_columns.clear();
    const auto column = [&](auto value) {
      arma::vec values(masks.size());
      for (std::size_t lane = 0; lane < masks.size(); ++lane) values[lane] = value(lane);
      return values;
    };
    for (const auto& fixed : game_.fixed)
      if (std::find(stage.fixed.begin(), stage.fixed.end(), fixed.reg) != stage.fixed.end())
        frame.pins.push_back(pin_of(
            fixed, masks.size(), [](std::size_t) { return false; }, ranges));
    for (const std::size_t p : stage.pinned_players) {
      const Exchange& exchange = game_.players[p];
      const auto side = [&](double from, double to) {
        return column([&, p](std::size_t lane) { return masks[lane] & bit(p) ? to : from; });
      };
      for (const auto& entry : exchange.registers)
        frame.pins.push_back(pin_of(
            entry, masks.size(), [&](std::size_t lane) { return (masks[lane] & bit(p)) != 0; },
            ranges));
      for (const auto& entry : exchange.slots)
        frame.slot_columns.push_back({entry.slot, side(entry.from, entry.to)});
      for (const auto& entry : exchange.inputs)
        put_input(frame, entry.input, side(entry.from, entry.to));
    }
    for (const std::size_t child : stage.children) {
      const Stage& below = stages_[child];
      const bool on_path = path && path->group == child;
      frame.pins.push_back(pin_by(
          value_of(child), masks.size(),
          [&](std::size_t lane) {
            return on_path ? (*path->values)[start + lane] : below.whole_value(masks[lane]);
          },
          ranges));
    }
  }

  // ---- the sum for the players that stand directly in one group

  Mask mask_of_children(const PlayerGroup& group, std::uint32_t subset) const {
    Mask mask = 0;
    for (std::size_t k = 0; k < group.children(); ++k) {
      if (!(subset >> k & 1)) continue;
      mask |= k < group.groups.size() ? stages_[group.groups[k]].inside
                                      : bit(group.players[k - group.groups.size()]);
    }
    return mask;
  }

  // Every coalition of a stage with every state of the players outside it.
  static std::vector<Mask> with_states(const Stage& stage,
                                       const std::vector<Coalition>& coalitions) {
    std::vector<Mask> masks;
    masks.reserve(coalitions.size() * stage.states());
    for (const Coalition& coalition : coalitions)
      for (std::size_t state = 0; state < stage.states(); ++state)
        masks.push_back(coalition.mask | mask_of_state(stage, state));
    return masks;
  }

  // First without bounds, where none count; should a coalition be left without a value they do.
  void sum_for(std::size_t g) {
    const std::size_t before = sum_.evaluations;
    if (bounds_count(g) || !sum_for(g, false)) {
      sum_.evaluations = before;
      sum_for(g, true);
    }
  }

  // False where a value wants the bounds of those it is made from.
  bool sum_for(std::size_t g, bool bounded) {
    if (!bearable(std::pow(2.0, double(game_.groups[g].children())) * double(stages_[g].states())))
      return true;
    std::vector<Coalition> coalitions;
    for (std::uint32_t subset = 0; subset < (std::uint32_t{1} << game_.groups[g].children());
         ++subset)
      coalitions.push_back({mask_of_children(game_.groups[g], subset), 1, subset});
    std::vector<SideValue> inner = values(g, with_states(stages_[g], coalitions), {}, bounded);
    for (std::size_t at = g; game_.groups[at].parent;) {
      const std::size_t parent = *game_.groups[at].parent;
      if (!bearable(double(coalitions.size()) *
                    std::pow(2.0, double(game_.groups[parent].children()) - 1) *
                    double(stages_[parent].states())))
        return true;
      const bool some_unknown = std::any_of(
          inner.begin(), inner.end(), [](const SideValue& side) { return std::isnan(side.value); });
      if (!bounded && some_unknown) return false;
      inner = one_level_out(parent, at, coalitions, inner, bounded);
      at = parent;
    }
    share_out(game_.groups[g], coalitions, inner);
    return true;
  }

  // From the values of `child` for all its coalitions to those of its parent, for all coalitions of
  // the parent's other children too.
  std::vector<SideValue> one_level_out(std::size_t parent, std::size_t child,
                                       std::vector<Coalition>& coalitions,
                                       const std::vector<SideValue>& inner, bool bounded) {
    const PlayerGroup& group = game_.groups[parent];
    const Stage &stage = stages_[parent], &below = stages_[child];
    const std::size_t n = group.children();
    const auto weights = order_weights(n);
    const auto onward = std::size_t(std::find(group.groups.begin(), group.groups.end(), child) -
                                    group.groups.begin());
    std::vector<Coalition> wider;
    std::vector<Mask> masks;
    std::vector<SideValue> child_values;
    for (std::uint32_t subset = 0; subset < (std::uint32_t{1} << n); ++subset) {
      if (subset >> onward & 1) continue;
      const Mask siblings = mask_of_children(group, subset);
      const double weight = weights[std::size_t(std::popcount(subset))];
      for (std::size_t j = 0; j < coalitions.size(); ++j) {
        wider.push_back(
            {siblings | coalitions[j].mask, weight * coalitions[j].weight, coalitions[j].subset});
        for (std::size_t state = 0; state < stage.states(); ++state) {
          masks.push_back(wider.back().mask | mask_of_state(stage, state));
          child_values.push_back(inner[j * below.states() + below.state_of(masks.back())]);
        }
      }
    }
    coalitions = std::move(wider);
    return values(parent, masks, Path{child, &child_values}, bounded);
  }

  // A coalition counts for every player of the group: with it among those who have changed, against
  // it among the rest.
  void share_out(const PlayerGroup& group, const std::vector<Coalition>& coalitions,
                 const std::vector<SideValue>& values) {
    const std::size_t n = group.children();
    const auto weights = order_weights(n);
    for (std::size_t j = 0; j < coalitions.size(); ++j) {
      if (std::isnan(values[j].value)) rated_ = false;
      const auto size = std::size_t(std::popcount(coalitions[j].subset));
      const double with = size > 0 ? coalitions[j].weight * weights[size - 1] : 0;
      const double against = size < n ? coalitions[j].weight * weights[size] : 0;
      for (std::size_t k = 0; k < group.players.size(); ++k) {
        const bool has = coalitions[j].subset >> (group.groups.size() + k) & 1;
        sum_.points[group.players[k]] += has ? with * values[j].value : -against * values[j].value;
      }
    }
  }

  const Program& program_;
  const Game& game_;
  const Frame& base_;
  std::vector<Stage> stages_;
  std::vector<char> held_;  // by register: at a player's side, or one value for all
  NestedSum sum_;
  bool rated_ = true;
};

}  // namespace

bool nested_sum_is_feasible(const Game& game) {
  if (game.players.size() > most_players) return false;
  for (std::size_t g = 0; g < game.groups.size(); ++g) {
    if (game.groups[g].players.empty()) continue;
    double coalitions = std::pow(2.0, double(game.groups[g].children()));
    for (auto parent = game.groups[g].parent; parent; parent = game.groups[*parent].parent)
      coalitions *= std::pow(2.0, double(game.groups[*parent].children()) - 1);
    if (coalitions > most_coalitions) return false;
  }
  return true;
}

std::optional<NestedSum> nested_sum(const Program& program, const Game& game, const Frame& base) {
  return Summing(program, game, base).run();
}

}  // namespace waystone::explain
