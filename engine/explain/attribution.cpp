#include "explain/attribution.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "explain/players.hpp"

namespace waystone::explain {
namespace {

using evaluate::Frame;
using program::Program;

constexpr std::size_t chunk_lanes = 4096;
constexpr double most_evaluations = 4e6;        // of the exact sum; beyond, permutations are sampled
constexpr std::size_t sampled_permutations = 1024;

/// Values of coalitions: who has changed sides. Evaluated in chunks, the results handed back in order.
class Coalitions {
 public:
  Coalitions(const Program& program, const Game& game, const Frame& base)
      : game_(game), base_(base), plan_(program, std::vector{program[game.output].value}, cut(game)), output_(game.output) {}

  /// One coalition: by player, whether it stands on the `to` side. `receive` gets its value, in order of the calls.
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
    Frame frame = evaluate::select_lanes(base_, std::vector<arma::uword>(lanes, 0));
    const auto column = [&](std::size_t player, double from, double to) {
      arma::vec values(lanes);
      for (std::size_t lane = 0; lane < lanes; ++lane) values[lane] = pending_[lane][player] ? to : from;
      return values;
    };
    for (const auto& fixed : game_.fixed) {
      arma::vec values(lanes);
      values.fill(fixed.from);
      frame.pins.push_back({fixed.reg, std::move(values)});
    }
    for (std::size_t p = 0; p < game_.players.size(); ++p) {
      for (const auto& entry : game_.players[p].registers) frame.pins.push_back({entry.reg, column(p, entry.from, entry.to)});
      for (const auto& entry : game_.players[p].slots) frame.slot_columns.push_back({entry.slot, column(p, entry.from, entry.to)});
      for (const auto& entry : game_.players[p].inputs) frame.value.col(entry.input.index) = column(p, entry.from, entry.to);
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

// Players of the k-th child of a group: subgroups first, then the group's own players.
std::vector<std::size_t> players_of_child(const Game& game, const Group& group, std::size_t k) {
  if (k < group.groups.size()) return game.groups[group.groups[k]].all_players;
  return {group.players[k - group.groups.size()]};
}

// |S|! (n - 1 - |S|)! / n!: the chance that exactly S stands before a given one of n in a random order.
double order_weight(int before, std::size_t n) { return std::exp(std::lgamma(before + 1.0) + std::lgamma(double(n) - before) - std::lgamma(double(n) + 1)); }

// The levels from the output down to a group, each with the child that leads on (none at the group itself).
struct Level {
  const Group* group;
  std::optional<std::size_t> onward;
};

std::vector<Level> path_to(const Game& game, std::size_t index) {
  std::vector<Level> path{{&game.groups[index], std::nullopt}};
  for (auto parent = game.groups[index].parent; parent; parent = game.groups[*parent].parent) {
    const auto& children = game.groups[*parent].groups;
    path.push_back({&game.groups[*parent], std::size_t(std::find(children.begin(), children.end(), index) - children.begin())});
    index = *parent;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

double coalition_count(const Game& game) {
  double count = 0;
  for (std::size_t g = 0; g < game.groups.size(); ++g) {
    if (game.groups[g].players.empty()) continue;
    double here = 1;
    for (const Level& level : path_to(game, g)) here *= std::pow(2.0, double(level.group->children()) - (level.onward ? 1 : 0));
    count += here;
  }
  return count;
}

// The nested sum for the players that stand directly in one group.
class NestedSum {
 public:
  NestedSum(const Game& game, std::size_t group, Coalitions& coalitions, std::vector<double>& points)
      : game_(game), path_(path_to(game, group)), coalitions_(coalitions), points_(points), changed_(game.players.size(), 0) {}

  void run() { descend(0, 1.0); }

 private:
  void set(const Group& group, std::size_t child, char to) {
    for (const std::size_t player : players_of_child(game_, group, child)) changed_[player] = to;
  }

  // All subsets of a level's children but the one that leads on, with the weight of their size.
  void descend(std::size_t depth, double weight) {
    const Level& level = path_[depth];
    const std::size_t n = level.group->children();
    for (std::uint64_t subset = 0; subset < (std::uint64_t{1} << n); ++subset) {
      if (level.onward && (subset >> *level.onward & 1)) continue;
      for (std::size_t child = 0; child < n; ++child)
        if (!level.onward || child != *level.onward) set(*level.group, child, char(subset >> child & 1));
      const int size = __builtin_popcountll(subset);
      if (level.onward) {
        set(*level.group, *level.onward, 0);
        descend(depth + 1, weight * order_weight(size, n));
      } else {
        innermost(*level.group, subset, size, weight);
      }
    }
    for (std::size_t child = 0; child < n; ++child) set(*level.group, child, 0);
  }

  // The coalition counts for every player of the group: with it among those who have changed, against it among the rest.
  void innermost(const Group& group, std::uint64_t subset, int size, double weight) {
    const std::size_t n = group.children();
    const double with = size > 0 ? weight * order_weight(size - 1, n) : 0;
    const double against = std::size_t(size) < n ? weight * order_weight(size, n) : 0;
    coalitions_.add(changed_, [this, &group, subset, with, against](double value) {
      for (std::size_t k = 0; k < group.players.size(); ++k) {
        const bool inside = subset >> (group.groups.size() + k) & 1;
        points_[group.players[k]] += inside ? with * value : -against * value;
      }
    });
  }

  const Game& game_;
  std::vector<Level> path_;
  Coalitions& coalitions_;
  std::vector<double>& points_;
  std::vector<char> changed_;
};

void exact(const Game& game, Coalitions& coalitions, std::vector<double>& points) {
  for (std::size_t g = 0; g < game.groups.size(); ++g) {
    if (game.groups[g].players.empty()) continue;
    NestedSum(game, g, coalitions, points).run();
    coalitions.flush();
  }
}

// ---- sampling: orders that keep every group together, each with its reverse (antithetic)

struct SplitMix64 {
  std::uint64_t state;
  std::uint64_t operator()() {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
};

void random_order(const Game& game, const Group& group, SplitMix64& random, std::vector<std::size_t>& order) {
  std::vector<std::size_t> children(group.children());
  for (std::size_t k = 0; k < children.size(); ++k) children[k] = k;
  for (std::size_t k = children.size(); k > 1; --k) std::swap(children[k - 1], children[random() % k]);
  for (const std::size_t child : children) {
    if (child < group.groups.size()) random_order(game, game.groups[group.groups[child]], random, order);
    else order.push_back(group.players[child - group.groups.size()]);
  }
}

double sampled(const Game& game, Coalitions& coalitions, std::vector<double>& points) {
  SplitMix64 random{20190801};  // always the same orders: same inputs, same bytes
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
  for (std::size_t p = 0; p < points.size(); ++p) largest = std::max(largest, std::sqrt(std::max(0.0, squares[p] - points[p] * points[p]) / double(pairs)));
  return largest;
}

// The parts of the output's members, and of what acts on the output itself.
std::vector<Part> parts_of(const Game& game, const std::vector<double>& points) {
  std::vector<Part> parts;
  for (const std::size_t child : game.groups[0].groups) {
    Part part{game.groups[child].node, 0};
    for (const std::size_t player : game.groups[child].all_players) part.points += points[player];
    parts.push_back(part);
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return std::fabs(a.points) > std::fabs(b.points); });
  return parts;
}

}  // namespace

std::optional<Attribution> attribute(const Program& separate, NodeId output, const Side& from, const Side& to) {
  const Game game = explain::game(separate, output, from, to);
  Frame base = evaluate::select_lanes(evaluate::frame_of(*from.scenario_case, from.viewpoint), {from.scenario_case->lane_of(from.country)});
  base.slots.clear();
  for (const program::Slot& slot : separate.slots) base.slots.push_back(slot.value);
  evaluate::use_viewpoint(base, separate, from.viewpoint);

  Coalitions coalitions(separate, game, base);
  Attribution result;
  result.output = output;
  coalitions.add(std::vector<char>(game.players.size(), 0), [&](double value) { result.from = value; });
  coalitions.add(std::vector<char>(game.players.size(), 1), [&](double value) { result.to = value; });
  coalitions.flush();
  if (!coalitions.rated()) return std::nullopt;

  std::vector<double> points(game.players.size(), 0);
  result.sampled = coalition_count(game) > most_evaluations;
  if (result.sampled) result.standard_error = sampled(game, coalitions, points);
  else exact(game, coalitions, points);
  if (!coalitions.rated()) return std::nullopt;

  double sum = 0;
  for (std::size_t p = 0; p < game.players.size(); ++p) {
    result.players.push_back(game.players[p].player);
    result.players.back().points = points[p];
    sum += points[p];
  }
  std::stable_sort(result.players.begin(), result.players.end(), [](const Player& a, const Player& b) { return std::fabs(a.points) > std::fabs(b.points); });
  result.parts = parts_of(game, points);
  result.exactness = std::fabs(sum - (result.to - result.from));
  result.evaluations = coalitions.evaluations();
  return result;
}

std::string name_of(const Player& player, const model::Model& model) {
  switch (player.kind) {
    case PlayerKind::leaf: return fmt::format("{} in {}", model[player.node].name, model[player.reader].name);
    case PlayerKind::weights: return fmt::format("weights of {}", model[player.node].name);
    case PlayerKind::rule: return fmt::format("rule {}", model[player.rule].name);
    case PlayerKind::override_points: return fmt::format("override of {}", model[player.node].name);
    case PlayerKind::time: return "as-of date and horizon";
  }
  return {};
}

}  // namespace waystone::explain
