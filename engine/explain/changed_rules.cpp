#include "explain/changed_rules.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <set>

#include "base/random.hpp"
#include "base/ties.hpp"
#include "explain/players.hpp"
#include "model/dependencies.hpp"

namespace waystone::explain {
namespace {

constexpr std::size_t most_exact_parts = 11;  // 2048 mixes
constexpr std::size_t drawn_pairs = 128;      // of orders, each with its reverse

// A factor that both files have.
struct Shared {
  std::string name;
  NodeId node[2];  // in either model
};

// What a node rests on, at whatever depth; of the factors of `wanted` only the nearest.
class Nearest {
 public:
  Nearest(const model::Model& model, const std::set<NodeId>& wanted)
      : dependencies_(model), wanted_(wanted) {}

  std::set<NodeId> below(NodeId node) {
    found_.clear();
    nodes_ = {node};
    rules_.clear();
    walk(node);
    return found_;
  }

 private:
  void walk(NodeId node) {
    walk(dependencies_.of(node));
    for (const RuleId rule : dependencies_.acting_on(node)) reach(rule);
  }

  void walk(const model::Reads& reads) {
    for (const NodeId node : reads.nodes) {
      if (!nodes_.insert(node).second) continue;
      if (wanted_.contains(node))
        found_.insert(node);
      else
        walk(node);
    }
    for (const RuleId rule : reads.rules) reach(rule);
    for (const RuleId rule : reads.switches) reach(rule);
  }

  void reach(RuleId rule) {
    if (rules_.insert(rule).second) walk(dependencies_.of(rule));
  }

  const model::Dependencies dependencies_;
  const std::set<NodeId>& wanted_;
  std::set<NodeId> found_, nodes_;
  std::set<RuleId> rules_;
};

// The factors that both files have and the node rests on, each after those it rests on in either
// file; the node itself last. Nothing where the files order them in contrary ways.
class InOrder {
 public:
  InOrder(const model::Model& first, NodeId node_first, const model::Model& second,
          NodeId node_second)
      : models_{&first, &second} {
    for (std::size_t n = 0; n < first.nodes.size(); ++n) {
      if (!first.nodes[n].is_factor() || NodeId{n} == node_first) continue;
      const auto other = second.find(first.nodes[n].name);
      if (other && second[*other].is_factor() && *other != node_second)
        shared_.push_back({first.nodes[n].name, {NodeId{n}, *other}});
    }
    shared_.push_back({first[node_first].name, {node_first, node_second}});
  }

  std::optional<std::vector<Shared>> order() {
    for (const int side : {0, 1}) read(side);
    marks_.assign(shared_.size(), 0);
    if (!visit(shared_.size() - 1)) return std::nullopt;
    return std::move(sorted_);
  }

 private:
  void read(int side) {
    std::set<NodeId> wanted;
    for (const Shared& shared : shared_) wanted.insert(shared.node[side]);
    Nearest nearest(*models_[side], wanted);
    below_.resize(shared_.size());
    for (std::size_t k = 0; k < shared_.size(); ++k)
      for (const NodeId node : nearest.below(shared_[k].node[side]))
        for (std::size_t other = 0; other < shared_.size(); ++other)
          if (shared_[other].node[side] == node) below_[k].insert(other);
  }

  bool visit(std::size_t k) {
    if (marks_[k] == 2) return true;
    if (marks_[k] == 1) return false;  // a circle
    marks_[k] = 1;
    for (const std::size_t below : below_[k])
      if (!visit(below)) return false;
    marks_[k] = 2;
    sorted_.push_back(shared_[k]);
    return true;
  }

  const model::Model* models_[2];
  std::vector<Shared> shared_, sorted_;
  std::vector<std::set<std::size_t>> below_;
  std::vector<char> marks_;
};

using RuleMix = std::vector<char>;  // by shared factor: whether it follows the second file

// Values of the node where each shared factor follows the one file or the other.
class RuleMixes {
 public:
  RuleMixes(const Side& from, const Side& to, std::vector<Shared> shared)
      : shared_(std::move(shared)), sides_{&from, &to} {
    for (const int side : {0, 1})
      frames_[side] = evaluate::frame_of(*sides_[side]->scenario_case, sides_[side]->viewpoint,
                                         sides_[side]->country);
    for (std::size_t k = 0; k < shared_.size(); ++k)
      for (const int side : {0, 1}) plans_[side].push_back(plan(side, k));
  }

  const std::vector<Shared>& shared() const { return shared_; }

  /// By shared factor, then mix.
  std::vector<std::vector<SideValue>> all(const std::vector<RuleMix>& mixes) const {
    std::vector<std::vector<SideValue>> values;
    for (std::size_t k = 0; k < shared_.size(); ++k) {
      values.emplace_back(mixes.size());
      for (const int side : {0, 1}) {
        std::vector<std::size_t> lanes;
        for (std::size_t m = 0; m < mixes.size(); ++m)
          if (bool(mixes[m][k]) == (side == 1)) lanes.push_back(m);
        if (!lanes.empty()) work_out(side, k, lanes, values);
      }
    }
    return values;
  }

  /// Those that differ by the two files though all else is the same.
  std::vector<std::size_t> differing() const {
    // every factor by itself, on the values of the first file and on those of the second
    const RuleMix first(shared_.size(), 0), second(shared_.size(), 1);
    const auto ends = all({first, second});
    std::vector<std::size_t> found;
    for (std::size_t k = 0; k < shared_.size(); ++k) {
      RuleMix alone = first, without = second;
      alone[k] = 1;
      without[k] = 0;
      const auto mixed = all({alone, without});
      if (!alike(mixed[k][0], ends[k][0]) || !alike(mixed[k][1], ends[k][1])) found.push_back(k);
    }
    return found;
  }

 private:
  static bool alike(const SideValue& a, const SideValue& b) {
    const auto equal = [](double x, double y) {
      return (std::isnan(x) && std::isnan(y)) || x == y || tie(x, y);
    };
    return equal(a.value, b.value) && equal(a.low, b.low) && equal(a.high, b.high);
  }

  const program::Program& program(int side) const { return *sides_[side]->scenario_case->program; }

  evaluate::Plan plan(int side, std::size_t k) const {
    std::vector<RegisterId> cut;
    for (std::size_t below = 0; below < k; ++below)
      cut.push_back(program(side)[shared_[below].node[side]].value);
    return {program(side), std::vector{program(side)[shared_[k].node[side]].value}, cut};
  }

  void work_out(int side, std::size_t k, const std::vector<std::size_t>& lanes,
                std::vector<std::vector<SideValue>>& values) const {
    for (std::size_t at = 0; at < lanes.size(); at += chunk_lanes) {
      const std::size_t count = std::min(chunk_lanes, lanes.size() - at);
      evaluate::Frame frame = evaluate::repeat_lane(frames_[side], count);
      if (!frame.has_ranges()) frame.low = frame.high = frame.value;
      for (std::size_t below = 0; below < k; ++below)
        frame.pins.push_back(
            pin_by(program(side)[shared_[below].node[side]].value, count,
                   [&](std::size_t lane) { return values[below][lanes[at + lane]]; }));
      const evaluate::Bounds bounds = evaluate::evaluate_bounds(plans_[side][k], frame);
      for (std::size_t lane = 0; lane < count; ++lane)
        values[k][lanes[at + lane]] = side_value(bounds, lane, 0);
    }
  }

  std::vector<Shared> shared_;
  const Side* sides_[2];
  evaluate::Frame frames_[2];
  std::vector<evaluate::Plan> plans_[2];
};

class RulesSplit {
 public:
  explicit RulesSplit(const RuleMixes& mixes) : mixes_(mixes), players_(mixes.differing()) {}

  // Nothing where some mix is not rated, or the mixes don't end where the files do.
  std::optional<RulesChange> run(double from, double to) {
    points_.assign(players_.size(), 0);
    RulesChange change{from, to, {}, true, false, 0};
    if (players_.size() <= most_exact_parts) {
      if (!exact(from, to)) return std::nullopt;
    } else {
      change.sampled = true;
      if (!drawn(from, to, change.standard_error)) return std::nullopt;
    }
    for (std::size_t p = 0; p < players_.size(); ++p)
      change.parts.push_back({mixes_.shared()[players_[p]].name, points_[p]});
    std::sort(change.parts.begin(), change.parts.end(),
              [](const RulesPart& a, const RulesPart& b) { return a.node < b.node; });
    return change;
  }

 private:
  RuleMix mix_of(std::size_t subset) const {
    RuleMix mix(mixes_.shared().size(), 0);
    for (std::size_t p = 0; p < players_.size(); ++p) mix[players_[p]] = char(subset >> p & 1);
    return mix;
  }

  static bool ends_at(const SideValue& mixed, double wanted) {
    return std::abs(mixed.value - wanted) < 1e-7;  // false for NaN
  }

  bool exact(double from, double to) {
    const std::size_t n = players_.size(), all = std::size_t(1) << n;
    std::vector<RuleMix> mixes;
    for (std::size_t subset = 0; subset < all; ++subset) mixes.push_back(mix_of(subset));
    const std::vector<SideValue> values = mixes_.all(mixes).back();
    if (!ends_at(values.front(), from) || !ends_at(values.back(), to)) return false;
    if (std::any_of(values.begin(), values.end(),
                    [](const SideValue& value) { return std::isnan(value.value); }))
      return false;
    std::vector<double> weights(n);  // by size of the coalition that a player joins
    for (std::size_t size = 0; size < n; ++size) {
      double orders = double(n);
      for (std::size_t k = 0; k < size; ++k) orders *= double(n - 1 - k) / double(k + 1);
      weights[size] = 1 / orders;
    }
    for (std::size_t subset = 0; subset < all; ++subset)
      for (std::size_t p = 0; p < n; ++p)
        if (!(subset >> p & 1))
          points_[p] += weights[std::size_t(std::popcount(subset))] *
                        (values[subset | std::size_t(1) << p].value - values[subset].value);
    return true;
  }

  bool drawn(double from, double to, double& error) {
    Random random(20190801);  // always the same orders: same inputs, same bytes
    const std::size_t n = players_.size();
    std::vector<double> squares(n, 0);
    for (std::size_t pair = 0; pair < drawn_pairs; ++pair) {
      std::vector<std::size_t> order(n);
      std::iota(order.begin(), order.end(), 0);
      for (std::size_t k = n; k > 1; --k) std::swap(order[k - 1], order[random.below(k)]);
      std::vector<double> here(n, 0);
      for (int reversed = 0; reversed < 2; ++reversed) {
        std::vector<RuleMix> mixes{RuleMix(mixes_.shared().size(), 0)};
        for (const std::size_t player : order) {
          mixes.push_back(mixes.back());
          mixes.back()[players_[player]] = 1;
        }
        const std::vector<SideValue> values = mixes_.all(mixes).back();
        if (!ends_at(values.front(), from) || !ends_at(values.back(), to)) return false;
        for (std::size_t k = 0; k < n; ++k)
          here[order[k]] += (values[k + 1].value - values[k].value) / 2;
        std::reverse(order.begin(), order.end());
      }
      for (std::size_t p = 0; p < n; ++p) {
        if (std::isnan(here[p])) return false;
        points_[p] += here[p] / drawn_pairs;
        squares[p] += here[p] * here[p] / drawn_pairs;
      }
    }
    for (std::size_t p = 0; p < n; ++p)
      error = std::max(error, std::sqrt(std::max(0.0, squares[p] - points_[p] * points_[p]) /
                                        double(drawn_pairs)));
    return true;
  }

  const RuleMixes& mixes_;
  std::vector<std::size_t> players_;  // of RuleMixes::shared()
  std::vector<double> points_;
};

double value_of(const Side& side, NodeId node) {
  const program::Program& program = *side.scenario_case->program;
  const evaluate::Plan plan(program, std::vector{program[node].value});
  return evaluate::evaluate(
      plan, evaluate::frame_of(*side.scenario_case, side.viewpoint, side.country))(0, 0);
}

}  // namespace

std::optional<RulesChange> rules_change(const Side& from, NodeId node_from, const Side& to,
                                        NodeId node_to) {
  const double was = value_of(from, node_from), is = value_of(to, node_to);
  if (std::isnan(was) || std::isnan(is)) return std::nullopt;
  const model::Model &first = *from.scenario_case->model, &second = *to.scenario_case->model;
  if (auto shared = InOrder(first, node_from, second, node_to).order()) {
    const RuleMixes mixes(from, to, std::move(*shared));
    if (auto change = RulesSplit(mixes).run(was, is)) return change;
  }
  return RulesChange{was, is, {{first[node_from].name, is - was}}, false, false, 0};
}

}  // namespace waystone::explain
