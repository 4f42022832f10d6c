#include "explain/attribution.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include <fmt/format.h>

#include "base/random.hpp"
#include "explain/nested_sum.hpp"
#include "explain/players.hpp"

namespace waystone::explain {
namespace {

using evaluate::Frame;
using program::Program;

constexpr std::size_t sampled_permutations = 1024;

/// Values of coalitions: who has changed sides. Evaluated in chunks, the results handed back in
/// order.
class Coalitions {
 public:
  Coalitions(const Program& program, const Game& game, const Frame& base)
      : game_(game),
        base_(base),
        plan_(program, std::vector{program[game.output].value}, cut(game)),
        output_(game.output) {}

  /// One coalition: by player, whether it stands on the `to` side. `receive` gets its value, in
  /// order of the calls.
  template <class Receive>
  void add(const std::vector<char>& changed, Receive receive) {
    pending_.push_back(changed);
    receivers_.emplace_back(std::move(receive));
    if (pending_.size() == chunk_lanes) flush();
  }

  void flush() {
    if (pending_.empty()) return;
    const arma::mat values = evaluate::evaluate(plan_, frame());
    evaluations_ += pending_.size();
    for (std::size_t lane = 0; lane < pending_.size(); ++lane) {
      rated_ = rated_ && !std::isnan(values(lane, 0));
      receivers_[lane](values(lane, 0));
    }
    pending_.clear();
    receivers_.clear();
  }

  bool rated() const { return rated_; }
  std::size_t evaluations() const { return evaluations_; }

 private:
  static std::vector<RegisterId> cut(const Game& game) {
    std::vector<RegisterId> registers;
    for (const auto& fixed : game.fixed) registers.push_back(fixed.reg);
    for (const Exchange& exchange : game.players)
      for (const auto& entry : exchange.registers) registers.push_back(entry.reg);
    return registers;
  }

  Frame frame() const {
    const std::size_t lanes = pending_.size();
    Frame frame = evaluate::repeat_lane(base_, lanes);
    const auto column = [&](std::size_t player, double from, double to) {
      arma::vec values(lanes);
      for (std::size_t lane = 0; lane < lanes; ++lane)
        values[lane] = pending_[lane][player] ? to : from;
      return values;
    };
    for (const auto& fixed : game_.fixed)
      frame.pins.push_back(pin_of(fixed, lanes, [](std::size_t) { return false; }));
    for (std::size_t p = 0; p < game_.players.size(); ++p) {
      for (const auto& entry : game_.players[p].registers)
        frame.pins.push_back(
            pin_of(entry, lanes, [&](std::size_t lane) { return pending_[lane][p] != 0; }));
      for (const auto& entry : game_.players[p].slots)
        frame.slot_columns.push_back({entry.slot, column(p, entry.from, entry.to)});
      for (const auto& entry : game_.players[p].inputs)
        put_input(frame, entry.input, column(p, entry.from, entry.to));
    }
    return frame;
  }

  const Game& game_;
  const Frame& base_;
  evaluate::Plan plan_;
  NodeId output_;
  std::vector<std::vector<char>> pending_;
  std::vector<std::function<void(double)>> receivers_;
  bool rated_ = true;
  std::size_t evaluations_ = 0;
};

// ---- sampling: orders that keep every group together, each with its reverse (antithetic)

void random_order(const Game& game, const PlayerGroup& group, Random& random,
                  std::vector<std::size_t>& order) {
  std::vector<std::size_t> children(group.children());
  for (std::size_t k = 0; k < children.size(); ++k) children[k] = k;
  for (std::size_t k = children.size(); k > 1; --k)
    std::swap(children[k - 1], children[random.below(k)]);
  for (const std::size_t child : children) {
    if (child < group.groups.size())
      random_order(game, game.groups[group.groups[child]], random, order);
    else
      order.push_back(group.players[child - group.groups.size()]);
  }
}

double sampled(const Game& game, Coalitions& coalitions, std::vector<double>& points) {
  Random random(20190801);  // always the same orders: same inputs, same bytes
  const std::size_t pairs = sampled_permutations / 2;
  std::vector<double> squares(points.size(), 0);
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    std::vector<std::size_t> order;
    random_order(game, game.groups[0], random, order);
    std::vector<double> here(points.size(), 0);
    for (int reversed = 0; reversed < 2; ++reversed) {
      std::vector<char> changed(points.size(), 0);
      double last = 0;
      coalitions.add(changed, [&last](double value) { last = value; });
      for (const std::size_t player : order) {
        changed[player] = 1;
        coalitions.add(changed, [&last, &here, player](double value) {
          here[player] += (value - last) / 2;
          last = value;
        });
      }
      coalitions.flush();
      std::reverse(order.begin(), order.end());
    }
    for (std::size_t p = 0; p < points.size(); ++p) {
      points[p] += here[p] / double(pairs);
      squares[p] += here[p] * here[p] / double(pairs);
    }
  }
  double largest = 0;
  for (std::size_t p = 0; p < points.size(); ++p)
    largest = std::max(
        largest, std::sqrt(std::max(0.0, squares[p] - points[p] * points[p]) / double(pairs)));
  return largest;
}

// The leaf, among the output's own members, whose part a player counts in: a fact counts in that of
// itself, a rule in that of the one leaf on which it acts. A rule on the output itself or on
// several parts counts in none.
NodeId leaf_of(const Program& program, const model::Model& model, const Game& game,
               const Player& player) {
  if (player.kind == PlayerKind::leaf) return player.node;
  if (player.kind != PlayerKind::rule) return {};
  const auto in_tree = [&](NodeId factor) {
    return std::any_of(game.groups.begin(), game.groups.end(),
                       [&](const PlayerGroup& group) { return group.node == factor; });
  };
  NodeId leaf;
  for (const model::Effect& effect : model[player.rule].effects) {
    if (in_tree(effect.target)) return {};
    for (const program::Occurrence& occurrence : program.occurrences) {
      if (occurrence.leaf != effect.target || !in_tree(occurrence.reader)) continue;
      const bool another = leaf.valid() && leaf != occurrence.leaf;
      if (another || occurrence.reader != game.output) return {};
      leaf = occurrence.leaf;
    }
  }
  return leaf;
}

// The parts of the output's members: factors with all below them, and leaves.
std::vector<Part> parts_of(const Program& program, const model::Model& model, const Game& game,
                           const std::vector<double>& points) {
  std::map<NodeId, double> by_member;
  for (const std::size_t child : game.groups[0].groups)
    for (const std::size_t player : game.groups[child].all_players)
      by_member[game.groups[child].node] += points[player];
  for (const std::size_t player : game.groups[0].players)
    if (const NodeId leaf = leaf_of(program, model, game, game.players[player].player);
        leaf.valid())
      by_member[leaf] += points[player];
  std::vector<Part> parts;
  for (const auto& [node, sum] : by_member) parts.push_back({node, sum});
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
    return std::fabs(a.points) > std::fabs(b.points);
  });
  return parts;
}

}  // namespace

std::optional<Attribution> attribute(const Program& separate, NodeId output, const Side& from,
                                     const Side& to) {
  const Game game = explain::game(separate, output, from, to);
  const Frame base = frame_on_side(separate, from);

  Coalitions coalitions(separate, game, base);
  Attribution result;
  result.output = output;
  coalitions.add(std::vector<char>(game.players.size(), 0),
                 [&](double value) { result.from = value; });
  coalitions.add(std::vector<char>(game.players.size(), 1),
                 [&](double value) { result.to = value; });
  coalitions.flush();
  if (!coalitions.rated()) return std::nullopt;

  std::vector<double> points(game.players.size(), 0);
  const auto exact =
      nested_sum_is_feasible(game) ? nested_sum(separate, game, base) : NestedSum{{}, 0, true};
  if (!exact) return std::nullopt;
  result.sampled = exact->too_many;
  if (result.sampled) {
    result.standard_error = sampled(game, coalitions, points);
    if (!coalitions.rated()) return std::nullopt;
    result.evaluations = coalitions.evaluations();
  } else {
    points = exact->points;
    result.evaluations = exact->evaluations;
  }

  double sum = 0;
  for (std::size_t p = 0; p < game.players.size(); ++p) {
    result.players.push_back(game.players[p].player);
    result.players.back().points = points[p];
    sum += points[p];
  }
  std::stable_sort(
      result.players.begin(), result.players.end(),
      [](const Player& a, const Player& b) { return std::fabs(a.points) > std::fabs(b.points); });
  result.parts = parts_of(separate, *from.scenario_case->model, game, points);
  result.exactness = std::fabs(sum - (result.to - result.from));
  return result;
}

Unsplit why_not_split(const Program& separate, NodeId output, const Side& from, const Side& to) {
  const Game game = explain::game(separate, output, from, to);
  const Frame base = frame_on_side(separate, from);
  Coalitions coalitions(separate, game, base);
  Unsplit why;
  for (const bool ahead : {true, false})
    for (std::size_t p = 0; p < game.players.size(); ++p) {
      std::vector<char> changed(game.players.size(), ahead ? 0 : 1);
      changed[p] = ahead ? 1 : 0;
      coalitions.add(changed, [&why, &game, ahead, p](double value) {
        if (std::isnan(value)) (ahead ? why.ahead : why.behind).push_back(game.players[p].player);
      });
    }
  coalitions.flush();
  return why;
}

std::string name_of(const Player& player, const model::Model& model) {
  switch (player.kind) {
    case PlayerKind::leaf:
      return fmt::format("{} in {}", model[player.node].name, model[player.reader].name);
    case PlayerKind::weights: return fmt::format("weights of {}", model[player.node].name);
    case PlayerKind::rule: return fmt::format("rule {}", model[player.rule].name);
    case PlayerKind::override_points: return fmt::format("override of {}", model[player.node].name);
    case PlayerKind::time: return "as-of date and horizon";
  }
  return {};
}

}  // namespace waystone::explain
