#include "emit/test_rows.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/random.hpp"

namespace waystone::emit {
namespace {

using data::Chosen;
using evaluate::Case;
using model::Model;
using model::Node;

constexpr std::size_t drawn_lanes = 10;
constexpr int steps_to_edge = 14;  // each narrows by `between` lanes
constexpr std::size_t between = 32;

// Facts of one lane after another.
class Drawing {
 public:
  Drawing(const Model& model, Date as_of) : model_(model), as_of_(as_of) {}

  std::vector<Chosen> lane(std::size_t number) {
    std::vector<Chosen> facts;
    for (const NodeId indicator : data::indicators(model_))
      facts.push_back(fact(model_[indicator], number));
    return facts;
  }

 private:
  // Nothing is unknown in the first lanes, everything in the third.
  Chosen fact(const Node& node, std::size_t lane) {
    const double kind = lane < 2 ? 1 : lane == 2 ? 0 : random_.uniform();
    Chosen chosen;
    const auto [low, high] = range(node);
    const double one = value(node, low, high), other = value(node, low, high);
    if (kind < 0.15) {  // unknown
      chosen.low = node.low.value_or(-std::numeric_limits<double>::infinity());
      chosen.high = node.high.value_or(std::numeric_limits<double>::infinity());
    } else if (kind < 0.25) {  // between two
      chosen.low = std::min(one, other);
      chosen.high = std::max(one, other);
      if (chosen.low == chosen.high) chosen.value = chosen.low;
    } else {
      chosen.value = chosen.low = chosen.high = one;
      if (kind < 0.4) (one < other ? chosen.high : chosen.low) = other;
    }
    chosen.known = chosen.value.has_value() && random_.uniform() < 0.9;
    const scenario::Grade stands_in = scenario::Grade::assumed;
    chosen.grade = !chosen.known && chosen.value ? stands_in
                   : random_.uniform() < 0.2     ? scenario::Grade::judged
                                                 : scenario::Grade::observed;
    return chosen;
  }

  std::pair<double, double> range(const Node& node) const {
    if (node.low && node.high) return {*node.low, *node.high};
    if (node.unit == model::Unit::date) return {as_of_.days - 9000.0, double(as_of_.days)};
    return {node.low.value_or(-50), node.high.value_or(100)};
  }

  // Every fifth lies where a curve bends, so that what is compared there ties.
  double value(const Node& node, double low, double high) {
    const double at = random_.uniform();
    if (node.curve && !node.curve->points.empty() && random_.uniform() < 0.2) {
      const auto& points = node.curve->points;
      const double knot = points[random_.below(points.size())].first.value;
      if (std::isfinite(knot)) return std::clamp(knot, low, high);
    }
    const double step = node.indicator().half_steps ? 0.5 : is_stepped(node) ? 1 : 0;
    if (step > 0) return low + step * std::floor(at * ((high - low) / step + 1));
    return std::clamp(rounded(low + at * (high - low), high - low), low, high);
  }

  static bool is_stepped(const Node& node) {
    using model::Unit;
    return node.unit == Unit::yes_no || node.unit == Unit::code || node.unit == Unit::date ||
           node.unit == Unit::level;
  }

  // With few digits, as figures are written.
  static double rounded(double value, double width) {
    const int digits = width > 1000 ? 0 : width > 10 ? 2 : 4;
    return in_units(value, digits) / std::pow(10.0, digits);
  }

  const Model& model_;
  const Date as_of_;
  Random random_{20260101};
};

Date day_of(const Model& model) {
  Date day = *make_date(2024, 12, 31);
  for (const Node& node : model.nodes)
    if (node.kind == model::NodeKind::parameter)
      for (const auto& entry : node.parameter().entries) day = std::max(day, entry.from);
  return day;
}

void add_lane(Case& lanes, std::vector<Chosen> facts) {
  const std::string name = fmt::format("{:03}", lanes.countries.size());
  lanes.countries.push_back(name);
  lanes.chosen.emplace(name, std::move(facts));
}

void fill_frame(Case& lanes) {
  lanes.frame = evaluate::empty_frame(*lanes.program, lanes.countries.size());
  const auto indicators = data::indicators(*lanes.model);
  evaluate::Frame& frame = lanes.frame;
  for (std::size_t lane = 0; lane < lanes.countries.size(); ++lane) {
    const auto set = [&](std::size_t input, double value, double low, double high) {
      frame.value(lane, input) = value;
      frame.low(lane, input) = low;
      frame.high(lane, input) = high;
    };
    const double day = lanes.scenario.as_of.days, years = lanes.horizon_years;
    set(program::Program::as_of_input, day, day, day);
    set(program::Program::horizon_input, years, years, years);
    const std::vector<Chosen>& facts = lanes.chosen.at(lanes.countries[lane]);
    for (std::size_t k = 0; k < facts.size(); ++k)
      set(lanes.program->fact(indicators[k]).index,
          facts[k].value.value_or(evaluate::unknown_value), facts[k].low, facts[k].high);
  }
  frame.all_known = false;
}

// Lane 0 moved towards lane 1, the stepped facts staying where they are.
std::vector<Chosen> mixed(const Case& lanes, double part) {
  std::vector<Chosen> facts = lanes.chosen.at(lanes.countries[0]);
  const std::vector<Chosen>& other = lanes.chosen.at(lanes.countries[1]);
  const auto indicators = data::indicators(*lanes.model);
  for (std::size_t k = 0; k < facts.size(); ++k) {
    const Node& node = (*lanes.model)[indicators[k]];
    const bool whole = node.unit == model::Unit::yes_no || node.unit == model::Unit::code ||
                       node.unit == model::Unit::date || node.unit == model::Unit::level;
    if (whole || !facts[k].value || !other[k].value) continue;
    const double value = *facts[k].value + part * (*other[k].value - *facts[k].value);
    facts[k].value = facts[k].low = facts[k].high = value;
  }
  return facts;
}

std::vector<double> scores_between(const Case& lanes, NodeId node, double from, double to) {
  Case some;
  some.model = lanes.model;
  some.program = lanes.program;
  some.scenario = lanes.scenario;
  some.horizon_years = lanes.horizon_years;
  for (std::size_t n = 0; n <= between; ++n)
    add_lane(some, mixed(lanes, from + (to - from) * double(n) / between));
  fill_frame(some);
  const RegisterId wanted[] = {(*lanes.program)[node].value};
  const auto view =
      lanes.scenario.viewpoints.empty() ? ViewpointId{} : lanes.scenario.viewpoints.front();
  const arma::mat values =
      evaluate::evaluate(evaluate::Plan(*lanes.program, wanted), evaluate::frame_of(some, view));
  return {values.begin(), values.end()};
}

// Both sides of the place where a score passes an edge on the way from lane 0 to lane 1.
void add_edges(Case& lanes, NodeId node) {
  if (!(*lanes.model)[node].bands) return;
  const std::vector<double> way = scores_between(lanes, node, 0, 1);
  std::vector<std::vector<Chosen>> found;
  for (const double edge : (*lanes.model)[node].bands->edges) {
    const auto passes = [edge](const std::vector<double>& scores) {
      std::size_t n = 0;
      while (n < between && (scores[n] < edge) == (scores[n + 1] < edge)) ++n;
      return n;
    };
    double from = 0, to = 1;
    std::vector<double> scores = way;
    for (int step = 0; step < steps_to_edge && passes(scores) < between; ++step) {
      const double width = (to - from) / between, start = from;
      from = start + width * double(passes(scores));
      to = start + width * double(passes(scores) + 1);
      scores = scores_between(lanes, node, from, to);
    }
    if (from == 0 && to == 1) continue;
    found.push_back(mixed(lanes, from));
    found.push_back(mixed(lanes, to));
  }
  for (auto& facts : found) add_lane(lanes, std::move(facts));
}

}  // namespace

TestRows test_rows(const Model& model, const program::Program& program) {
  TestRows rows;
  Case& lanes = rows.lanes;
  lanes.model = &model;
  lanes.program = &program;
  lanes.horizon_years = model.horizon_years;
  lanes.scenario.as_of = lanes.scenario.known_by = day_of(model);
  for (std::size_t v = 0; v < model.viewpoints.size(); ++v)
    lanes.scenario.viewpoints.push_back(ViewpointId{v});
  Drawing drawing(model, lanes.scenario.as_of);
  for (std::size_t lane = 0; lane < drawn_lanes; ++lane) add_lane(lanes, drawing.lane(lane));
  add_edges(lanes, model.main);
  fill_frame(lanes);
  rows.expected = evaluate::assess(lanes);
  return rows;
}

}  // namespace waystone::emit
