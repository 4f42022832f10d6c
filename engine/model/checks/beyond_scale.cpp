// What is worked out stays within its scale or range, or says that it is cut: a warning, with
// values that lead beyond.
#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/checks/reach.hpp"

namespace waystone::model {
namespace {

constexpr std::size_t most_names =
    60;  // of one expression; the search goes through them one by one
constexpr std::size_t most_to_climb = 12;  // names; each costs some 350 values
constexpr int grid = 24;                   // steps of a range

bool beyond(double x, double limit) {
  return std::isfinite(x) && x > limit + 1e-9 * (1 + std::abs(limit));
}

// A name or score that an expression rests on, with the values to try.
struct Variable {
  std::pair<bool, NodeId> key;
  std::vector<double> values;
  bool continuous = true;  // any value between them may come
};

class Search {
 public:
  /// `when`: null, or what must be able to hold for the expression to count.
  Search(const Model& model, const Expression& expression, const Expression* when)
      : model_(model), reaches_(model), expression_(expression), when_(when) {
    collect(expression);
    find_fragile();
  }

  /// The furthest that the search gets beyond a limit, and where; nothing where it stays within.
  /// `sign` 1: above, -1: below.
  std::optional<std::pair<double, Point>> furthest(double limit, double sign) {
    if (variables_.size() > most_names ||
        !(sign * end(reaches_.of(expression_), sign) > sign * limit))
      return std::nullopt;
    Point point;
    for (const Variable& variable : variables_)
      point[variable.key] = variable.values[variable.values.size() / 2];
    double best = value_at(point, sign);
    for (int sweep = 0; sweep < 2; ++sweep)
      for (const Variable& variable : variables_)
        for (const double value : variable.values)
          try_value(point, best, variable.key, value, sign);
    if (!beyond(sign * best, sign * limit) && variables_.size() <= most_to_climb)
      climb(point, best, sign);
    if (!beyond(sign * best, sign * limit)) return std::nullopt;
    return std::pair(best, std::move(point));
  }

 private:
  static double end(Reach reach, double sign) { return sign > 0 ? reach.high : reach.low; }

  // NaN where the expression, or a derived value that it reads, has no result, or doesn't count.
  double value_at(const Point& point, double sign) {
    reaches_.at(&point);
    double value = end(reaches_.of(expression_), sign);
    for (const NodeId derived : fragile_)
      if (!has_result(derived)) value = std::numeric_limits<double>::quiet_NaN();
    if (when_ && !reaches_.truth(*when_).can_hold) value = std::numeric_limits<double>::quiet_NaN();
    reaches_.at(nullptr);
    return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
  }

  bool has_result(NodeId derived) const {
    const Reach reach = reaches_.of(model_[derived].derived().value);
    return std::isfinite(reach.low) && std::isfinite(reach.high);
  }

  // Derived values that have a result where all names have values: where such a one has none, it
  // would stand for its whole range.
  void find_fragile() {
    std::set<NodeId> found;
    for (const std::size_t k : {0, 1, 2}) {
      Point point;
      for (const Variable& variable : variables_)
        point[variable.key] = variable.values[std::min(k, variable.values.size() - 1)];
      reaches_.at(&point);
      for (const NodeId derived : seen_)
        if (has_result(derived)) found.insert(derived);
      reaches_.at(nullptr);
    }
    fragile_.assign(found.begin(), found.end());
  }

  void try_value(Point& point, double& best, std::pair<bool, NodeId> key, double value,
                 double sign) {
    const double before = std::exchange(point[key], value), found = value_at(point, sign);
    if (std::isfinite(found) && !(sign * found <= sign * best))
      best = found;
    else
      point[key] = before;
  }

  // A peak between the values above: looked for along each name on a grid, then on narrower ones
  // about the best. Towards a value without a result (a division by 0) there is no peak, so the
  // first grid is all.
  void climb(Point& point, double& best, double sign) {
    constexpr int sweeps = 2, narrowings = 6;
    for (int sweep = 0; sweep < sweeps; ++sweep)
      for (const Variable& variable : variables_) {
        const double first = variable.values.front(), last = variable.values.back();
        if (!variable.continuous) continue;
        if (!has_results(point, variable, sign)) {
          try_grid(point, best, variable, sign);
          continue;
        }
        double low = first, high = last;
        for (int narrowing = 0; narrowing < narrowings; ++narrowing) {
          const double width = (high - low) / grid;
          for (int k = 0; k <= grid; ++k)
            try_value(point, best, variable.key, low + k * width, sign);
          low = std::max(first, point[variable.key] - width);
          high = std::min(last, point[variable.key] + width);
        }
      }
  }

  void try_grid(Point& point, double& best, const Variable& variable, double sign) {
    const double low = variable.values.front(), width = (variable.values.back() - low) / grid;
    for (int k = 0; k <= grid; ++k) try_value(point, best, variable.key, low + k * width, sign);
  }

  bool has_results(const Point& point, const Variable& variable, double sign) {
    Point at = point;
    const double low = variable.values.front(), width = (variable.values.back() - low) / grid;
    for (int k = 0; k <= grid; ++k) {
      at[variable.key] = low + k * width;
      if (!std::isfinite(value_at(at, sign))) return false;
    }
    return true;
  }

  // Through derived values, so that what two of them read alike has one value.
  void collect(const Expression& e) {
    if (e.node.valid() && (e.op == Op::name || e.op == Op::score)) {
      const Node& node = model_[e.node];
      if (e.op == Op::score)
        add({true, e.node}, {0, 100}, Unit::plain);
      else if (node.kind == NodeKind::derived) {
        if (seen_.insert(e.node).second) collect(node.derived().value);
      } else if (node.unit != Unit::date) {
        add({false, e.node}, reaches_.of(e), node.unit);
      }
    }
    for (const Expression& argument : e.arguments) collect(argument);
  }

  void add(std::pair<bool, NodeId> key, Reach reach, Unit unit) {
    if (std::isinf(reach.low) || std::isinf(reach.high)) return;
    const bool known = std::any_of(variables_.begin(), variables_.end(),
                                   [&](const Variable& v) { return v.key == key; });
    if (known) return;
    variables_.push_back({key, {reach.low, (reach.low + reach.high) / 2, reach.high}});
    variables_.back().continuous =
        unit != Unit::yes_no && unit != Unit::code && unit != Unit::level;
    if (unit == Unit::yes_no || unit == Unit::code)
      variables_.back().values = {reach.low, reach.high};
  }

  const Model& model_;
  Reaches reaches_;
  const Expression& expression_;
  const Expression* when_;
  std::vector<Variable> variables_;
  std::set<NodeId> seen_;
  std::vector<NodeId> fragile_;  // those of which has_result must hold
};

std::string point_words(const Model& model, const Point& point) {
  std::vector<std::string> words;
  for (const auto& [key, value] : point)
    words.push_back(
        fmt::format("{}{} {:.6g}", key.first ? "score of " : "", model[key.second].name, value));
  constexpr std::size_t most = 6;
  if (words.size() > most) words.resize(most), words.push_back("…");
  return fmt::format("so with {}", fmt::join(words, ", "));
}

// `what` can come to that: "'score'", "the floor of 'r' on 'score'".
void check_expression(Draft& draft, const Node& node, const Expression& expression,
                      const std::string& what, const Expression* when = nullptr) {
  if (expression.unit == Unit::none || expression.unit == Unit::yes_no || !node.low || !node.high ||
      *node.low >= *node.high)
    return;
  Search search(draft.model, expression, when);
  for (const double sign : {1.0, -1.0}) {
    const double limit = sign > 0 ? *node.high : *node.low;
    const auto found = search.furthest(limit, sign);
    if (!found) continue;
    draft.say(Code::W0205, expression.where,
              fmt::format("{} can come to {:.6g}, {} its {}, {:.6g} to {:.6g}, and is cut there",
                          what, found->first, sign > 0 ? "above" : "below",
                          node.is_factor() ? "scale" : "range", *node.low, *node.high),
              {},
              {point_words(draft.model, found->second),
               fmt::format("'clamp(…, {:.6g}, {:.6g})' says that the cut is meant", *node.low,
                           *node.high)});
  }
}

// What adds, scales or strengthens is made to push a value to its ends; a floor or cap is where it
// shall come to. A fixed one is E0272.
void check_rule(Draft& draft, const Rule& rule) {
  for (const Effect& effect : rule.effects) {
    const bool floor = effect.kind == EffectKind::at_least;
    if ((!floor && effect.kind != EffectKind::at_most) || !effect.target.valid()) continue;
    const Node& node = draft.model[effect.target];
    check_expression(
        draft, node, effect.amount,
        fmt::format("the {} of '{}' on '{}'", floor ? "floor" : "cap", rule.name, node.name),
        &rule.when);
  }
}

// The highest score that a member can have where the node takes it in.
double highest_score(const Model& model, const Member& member) {
  const auto& curve = model[member.node].curve;
  if (model[member.node].is_factor() || !curve ||
      (curve->kind != CurveKind::knots && curve->kind != CurveKind::steps))
    return 100;
  double low = 100, high = 0;
  for (const auto& [value, score] : curve->points)
    low = std::min(low, score.value), high = std::max(high, score.value);
  return member.flip ? 100 - low : high;
}

void check_sum(Draft& draft, const Node& node) {
  const Factor& factor = node.factor();
  if (factor.combination != Combination::sum || factor.weights.empty()) return;
  double most = 0;
  for (const auto& profile : factor.weights) {
    double sum = 0;
    for (std::size_t m = 0; m < std::min(profile.size(), factor.members.size()); ++m)
      if (factor.members[m].node.valid())
        sum += profile[m].value * highest_score(draft.model, factor.members[m]);
    most = std::max(most, sum);
  }
  if (beyond(most, 100))
    draft.say(
        Code::W0205, node.where,
        fmt::format(
            "the parts of '{}' can add up to {:.6g}, above its scale, 0 to 100, and are cut there",
            node.name, most),
        {}, {fmt::format("each times {:.4g} would keep the sum within it", 100 / most)});
}

}  // namespace

void check_beyond_scale(Draft& draft) {
  if (draft.partial() || draft.diagnostics.has_errors()) return;  // what is faulty may be the cause
  for (const Node& node : draft.model.nodes) {
    const std::string name = fmt::format("'{}'", node.name);
    if (node.kind == NodeKind::derived) check_expression(draft, node, node.derived().value, name);
    if (!node.is_factor()) continue;
    if (node.factor().expression) check_expression(draft, node, *node.factor().expression, name);
    check_sum(draft, node);
  }
  for (const Rule& rule : draft.model.rules) check_rule(draft, rule);
}

}  // namespace waystone::model
