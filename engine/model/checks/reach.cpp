#include "model/checks/reach.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/ties.hpp"

namespace waystone::model {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Reach anything{-infinity, infinity};

// Lowest and highest of some corners; where one has no value, anything.
Reach hull(std::initializer_list<double> corners) {
  Reach result{infinity, -infinity};
  for (const double corner : corners) {
    if (std::isnan(corner)) return anything;
    result = {std::min(result.low, corner), std::max(result.high, corner)};
  }
  return result;
}

Reach join(Reach a, Reach b) { return {std::min(a.low, b.low), std::max(a.high, b.high)}; }

template <class Function>
Reach rising(Reach a, Function f) {
  return hull({f(a.low), f(a.high)});
}

Reach quotient(Reach a, Reach b) {
  if (b.low <= 0 && b.high >= 0) return anything;
  return hull({a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high});
}

Reach power(Reach base, Reach exponent) {
  if (base.low < 0) return anything;
  return hull({std::pow(base.low, exponent.low), std::pow(base.low, exponent.high),
               std::pow(base.high, exponent.low), std::pow(base.high, exponent.high)});
}

Reach logarithm(Reach a, double (*f)(double)) {
  if (a.high <= 0) return anything;  // never known
  return {a.low <= 0 ? -infinity : f(a.low), f(a.high)};
}

// Comparisons see decimals, so where the ends of two ranges tie both are there.
Reach in_decimals(Reach a) { return {decimal(a.low), decimal(a.high)}; }

// Ties may go either way.
Reach rounded(Reach a, Reach digits) {
  if (!digits.is_point() || std::isinf(a.low) || std::isinf(a.high)) return anything;
  const double scale = std::pow(10, digits.low);
  return {std::ceil(decimal(a.low * scale) - 0.5) / scale,
          std::floor(decimal(a.high * scale) + 0.5) / scale};
}

// The comparison that holds where `op` fails, and the one with sides exchanged.
Op opposite(Op op) {
  switch (op) {
    case Op::less: return Op::greater_equal;
    case Op::less_equal: return Op::greater;
    case Op::greater: return Op::less_equal;
    case Op::greater_equal: return Op::less;
    case Op::equal: return Op::not_equal;
    default: return Op::equal;
  }
}

Op mirrored(Op op) {
  switch (op) {
    case Op::less: return Op::greater;
    case Op::less_equal: return Op::greater_equal;
    case Op::greater: return Op::less;
    case Op::greater_equal: return Op::less_equal;
    default: return op;
  }
}

bool is_comparison(Op op) { return op >= Op::less && op <= Op::not_equal; }

Truth compare_reaches(Op op, Reach a, Reach b) {
  a = in_decimals(a);
  b = in_decimals(b);
  switch (op) {
    case Op::less: return {a.low < b.high, a.high >= b.low};
    case Op::less_equal: return {a.low <= b.high, a.high > b.low};
    case Op::greater: return {a.high > b.low, a.low <= b.high};
    case Op::greater_equal: return {a.high >= b.low, a.low < b.high};
    case Op::equal:
      return {a.low <= b.high && b.low <= a.high,
              !(a.is_point() && b.is_point() && a.low == b.low)};
    default:
      return {!(a.is_point() && b.is_point() && a.low == b.low),
              a.low <= b.high && b.low <= a.high};
  }
}

// What a chain of `and` (or of `or`) joins: a chain is judged once as a whole, not once at each
// link.
std::vector<const Expression*> parts(const Expression& chain) {
  std::vector<const Expression*> found, left{&chain};
  while (!left.empty()) {
    const Expression* e = left.back();
    left.pop_back();
    if (e->op != chain.op) {
      found.push_back(e);
      continue;
    }
    for (const Expression& argument : e->arguments) left.push_back(&argument);
  }
  return found;
}

}  // namespace

bool Demands::Interval::within(const Interval& outer) const {
  const bool low_in = low > outer.low || (low == outer.low && (low_open || !outer.low_open));
  const bool high_in = high < outer.high || (high == outer.high && (high_open || !outer.high_open));
  return low_in && high_in;
}

bool Demands::impossible() const {
  return std::any_of(terms.begin(), terms.end(),
                     [](const auto& term) { return term.second.empty(); });
}

std::string text_of(const Expression& e) {
  std::string text = std::to_string(int(e.op));
  if (e.op == Op::number) text += fmt::format("#{}", e.number.value);
  if (e.node.valid()) text += fmt::format("n{}", e.node.index);
  if (e.rule.valid()) text += fmt::format("r{}", e.rule.index);
  if (e.arguments.empty()) return text;
  text += '(';
  for (const Expression& argument : e.arguments) text += text_of(argument) + ',';
  return text + ')';
}

Reaches::Reaches(const Model& model)
    : model_(model),
      derived_(model.nodes.size(), anything),
      derived_truth_(model.nodes.size()),
      rules_(model.rules.size()) {
  for (const Step& step : model.order) {
    if (const auto* id = std::get_if<NodeId>(&step)) {
      if (model[*id].kind != NodeKind::derived) continue;
      derived_[id->index] = of(model[*id].derived().value);
      derived_truth_[id->index] = truth(model[*id].derived().value);
    } else {
      const RuleId rule = std::get<RuleId>(step);
      rules_[rule.index] = truth(model[rule].when);
    }
  }
}

void Reaches::at(const Point* point) {
  point_ = point;
  derived_at_point_.clear();
}

std::optional<double> Reaches::at_point(bool score, NodeId id) const {
  if (!point_) return std::nullopt;
  const auto found = point_->find({score, id});
  return found == point_->end() ? std::nullopt : std::optional(found->second);
}

// Of a derived value at a point: from what it reads, within its range.
Reach Reaches::of_derived(NodeId id) const {
  const auto [at, fresh] =
      derived_at_point_.try_emplace(id, anything);  // in a circle it can be anything
  if (!fresh) return at->second;
  const Node& node = model_[id];
  const Reach reach = of(node.derived().value);
  const double low = node.low.value_or(-infinity), high = node.high.value_or(infinity);
  const auto within = [&](double x) { return std::min(std::max(x, low), high); };
  return derived_at_point_[id] = {within(reach.low), within(reach.high)};
}

Reach Reaches::of_node(NodeId id) const {
  if (!id.valid()) return anything;
  const Node& node = model_[id];
  if (const auto value = at_point(false, id)) return {*value, *value};
  if (point_ && node.kind == NodeKind::derived) return of_derived(id);
  if (node.kind == NodeKind::parameter) {
    Reach result{infinity, -infinity};
    for (const Parameter::Entry& entry : node.parameter().entries)
      result = join(result, {entry.value.value, entry.value.value});
    const auto& plausible = node.parameter().plausible;
    if (plausible && plausible->first >= plausible->second)
      return anything;  // an empty range, which is said
    if (plausible) result = join(result, {plausible->first, plausible->second});
    return result.low <= result.high ? result : anything;
  }
  const bool empty = node.low && node.high && node.unit != Unit::code &&
                     *node.low >= *node.high;  // said; of codes there may be one
  if (node.low && node.high && !empty) return {*node.low, *node.high};
  return node.kind == NodeKind::derived ? derived_[id.index] : anything;
}

Reach Reaches::of(const Expression& e) const {
  if (e.unit == Unit::none) return anything;
  const auto argument = [&](std::size_t i) { return of(e.arguments[i]); };
  switch (e.op) {
    case Op::number: return {e.number.value, e.number.value};
    case Op::name: return of_node(e.node);
    case Op::score: {
      const auto score = at_point(true, e.node);
      return score ? Reach{*score, *score} : Reach{0, 100};
    }
    case Op::horizon: return {0, 100};
    case Op::add: {
      const Reach a = argument(0), b = argument(1);
      return hull({a.low + b.low, a.high + b.high});
    }
    case Op::subtract: {
      const Reach a = argument(0), b = argument(1);
      return hull({a.low - b.high, a.high - b.low});
    }
    case Op::multiply: {
      const Reach a = argument(0), b = argument(1);
      return hull({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
    }
    case Op::divide: return quotient(argument(0), argument(1));
    case Op::power: return power(argument(0), argument(1));
    case Op::negate: {
      const Reach a = argument(0);
      return {-a.high, -a.low};
    }
    case Op::absolute: {
      const Reach a = argument(0);
      return {a.low <= 0 && a.high >= 0 ? 0 : std::min(std::abs(a.low), std::abs(a.high)),
              std::max(std::abs(a.low), std::abs(a.high))};
    }
    case Op::ln: return logarithm(argument(0), std::log);
    case Op::log10: return logarithm(argument(0), std::log10);
    case Op::exp: return rising(argument(0), [](double x) { return std::exp(x); });
    case Op::sqrt: {
      const Reach a = argument(0);
      return a.high < 0 ? anything : Reach{std::sqrt(std::max(a.low, 0.0)), std::sqrt(a.high)};
    }
    case Op::minimum: {
      Reach result = argument(0);
      for (std::size_t i = 1; i < e.arguments.size(); ++i) {
        const Reach b = argument(i);
        result = {std::min(result.low, b.low), std::min(result.high, b.high)};
      }
      return result;
    }
    case Op::maximum: {
      Reach result = argument(0);
      for (std::size_t i = 1; i < e.arguments.size(); ++i) {
        const Reach b = argument(i);
        result = {std::max(result.low, b.low), std::max(result.high, b.high)};
      }
      return result;
    }
    case Op::clamp: {
      const Reach x = argument(0), low = argument(1), high = argument(2);
      if (low.high > high.low) return join(join(x, low), high);  // ends that may cross
      return {std::min(std::max(x.low, low.low), high.low),
              std::min(std::max(x.high, low.high), high.high)};
    }
    case Op::choose: {
      const Truth when = truth(e.arguments[0]);
      if (!when.can_fail) return argument(1);
      if (!when.can_hold) return argument(2);
      return join(argument(1), argument(2));
    }
    case Op::round_half_up:
    case Op::round_half_even:
      return rounded(argument(0), e.arguments.size() > 1 ? argument(1) : Reach{0, 0});
    case Op::operand:  // in assertions alone
    case Op::as_of:    // dates, differences of dates
    case Op::months_since:
    case Op::years_since:
    case Op::days_since:
    case Op::known:  // conditions: see truth
    case Op::holds:
    case Op::logical_and:
    case Op::logical_or:
    case Op::logical_not:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::equal:
    case Op::not_equal:
    case Op::between: break;
  }
  return anything;
}

Truth Reaches::truth(const Expression& e) const {
  if (e.unit != Unit::yes_no) return {};
  const auto argument = [&](std::size_t i) { return truth(e.arguments[i]); };
  if (is_comparison(e.op)) {
    if (e.arguments[0].unit == Unit::yes_no) return {};
    Truth result = compare_reaches(e.op, of(e.arguments[0]), of(e.arguments[1]));
    return result;
  }
  switch (e.op) {
    case Op::number: return {e.number.value != 0, e.number.value == 0};
    case Op::name:
      return e.node.valid() && model_[e.node].kind == NodeKind::derived
                 ? derived_truth_[e.node.index]
                 : Truth{};
    case Op::holds: return e.rule.valid() ? rules_[e.rule.index] : Truth{};
    case Op::logical_not: {
      const Truth a = argument(0);
      return {a.can_fail, a.can_hold};
    }
    case Op::logical_and: {
      Truth result{!demands(e).impossible(), false};
      for (const Expression* part : parts(e)) {
        const Truth truth_of_part = truth(*part);
        result = {result.can_hold && truth_of_part.can_hold,
                  result.can_fail || truth_of_part.can_fail};
      }
      return result;
    }
    case Op::logical_or: {
      Truth result{false, !demands(e, false).impossible()};
      for (const Expression* part : parts(e)) {
        const Truth truth_of_part = truth(*part);
        result = {result.can_hold || truth_of_part.can_hold,
                  result.can_fail && truth_of_part.can_fail};
      }
      return result;
    }
    case Op::between: {
      const Reach x = in_decimals(of(e.arguments[0])), low = in_decimals(of(e.arguments[1])),
                  high = in_decimals(of(e.arguments[2]));
      return {x.high >= low.low && x.low <= high.high && low.low <= high.high,
              x.low < low.high || x.high > high.low};
    }
    default: return {};
  }
}

void Reaches::narrow(const Expression& term, Op op, const Reach& by, Demands& demands) const {
  if (term.op == Op::number || term.unit == Unit::none) return;
  const Reach whole = in_decimals(of(term)), bound = in_decimals(by);
  auto& interval =
      demands.terms.try_emplace(text_of(term), Demands::Interval{whole.low, whole.high})
          .first->second;
  const auto below = [&](double high, bool open) {
    if (high < interval.high || (high == interval.high && open))
      interval.high = high, interval.high_open = open;
  };
  const auto above = [&](double low, bool open) {
    if (low > interval.low || (low == interval.low && open))
      interval.low = low, interval.low_open = open;
  };
  if (op == Op::less || op == Op::less_equal) below(bound.high, op == Op::less);
  if (op == Op::greater || op == Op::greater_equal) above(bound.low, op == Op::greater);
  if (op == Op::equal) below(bound.high, false), above(bound.low, false);
  if (op == Op::not_equal && bound.is_point() && interval.low == interval.high &&
      interval.low == bound.low)
    interval.low_open = true;
}

void Reaches::compare(const Expression& e, bool holds, Demands& demands) const {
  const Op op = holds ? e.op : opposite(e.op);
  narrow(e.arguments[0], op, of(e.arguments[1]), demands);
  narrow(e.arguments[1], mirrored(op), of(e.arguments[0]), demands);
}

void Reaches::demand(const Expression& e, bool holds, Demands& demands) const {
  if (e.unit != Unit::yes_no) return;
  if (e.op == Op::logical_not) return demand(e.arguments[0], !holds, demands);
  if (e.op == (holds ? Op::logical_and : Op::logical_or)) {
    for (const Expression& argument : e.arguments) demand(argument, holds, demands);
  } else if (is_comparison(e.op) && e.arguments[0].unit != Unit::yes_no) {
    compare(e, holds, demands);
    const bool fixed = of(e.arguments[1]).is_point() || of(e.arguments[0]).is_point();
    if (!fixed || e.op == Op::not_equal || (e.op == Op::equal && !holds))
      demands.others.insert((holds ? "" : "!") + text_of(e));
  } else if (e.op == Op::between && holds) {
    narrow(e.arguments[0], Op::greater_equal, of(e.arguments[1]), demands);
    narrow(e.arguments[0], Op::less_equal, of(e.arguments[2]), demands);
    if (!of(e.arguments[1]).is_point() || !of(e.arguments[2]).is_point())
      demands.others.insert(text_of(e));
  } else if (e.op == Op::name) {  // yes is 1, no is 0
    auto& interval = demands.terms.try_emplace(text_of(e), Demands::Interval{0, 1}).first->second;
    if (holds)
      interval.low = std::max(interval.low, 1.0);
    else
      interval.high = std::min(interval.high, 0.0);
  } else {
    demands.others.insert((holds ? "" : "!") + text_of(e));
  }
}

Demands Reaches::demands(const Expression& condition, bool holds) const {
  Demands result;
  demand(condition, holds, result);
  return result;
}

bool Reaches::implies(const Demands& a, const Demands& b) const {
  for (const auto& [term, wanted] : b.terms) {
    const auto found = a.terms.find(term);
    if (found == a.terms.end() || !found->second.within(wanted)) return false;
  }
  return std::includes(a.others.begin(), a.others.end(), b.others.begin(), b.others.end());
}

}  // namespace waystone::model
