#include "validate/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/ties.hpp"

namespace waystone::validate {
namespace {

using evaluate::Truth;
using model::Model;
using program::Program;

void count(TruthCounts& counts, Truth truth) {
  ++(truth == Truth::unknown ? counts.unknown : truth == Truth::yes ? counts.yes : counts.no);
}

std::vector<RuleCoverage> cover_rules(const Model& model,
                                      const std::vector<const evaluate::Case*>& cases) {
  std::vector<RuleCoverage> rules(model.rules.size());
  for (const evaluate::Case* scenario_case : cases)
    for (const evaluate::ViewResult& view : evaluate::assess(*scenario_case).views)
      for (const evaluate::CountryResult& country : view.countries)
        for (std::size_t r = 0; r < rules.size(); ++r) {
          count(rules[r].truth, country.rules[r].truth);
          rules[r].binding += country.rules[r].binding;
          rules[r].may_bind += country.rules[r].may_bind;
          rules[r].moved += !country.rules[r].moved.empty();
        }
  return rules;
}

std::vector<ConditionCoverage> cover_conditions(const Model& model, const Program& program,
                                                const evaluate::Frame& frame) {
  std::vector<ConditionCoverage> covered;
  std::vector<RegisterId> wanted;
  for (const Condition& condition : conditions_of(model, program)) {
    covered.push_back({condition, {}});
    wanted.push_back(condition.reg);
  }
  const arma::mat truths = evaluate::evaluate(evaluate::Plan(program, wanted), frame);
  for (std::size_t c = 0; c < covered.size(); ++c)
    for (std::size_t lane = 0; lane < frame.lanes(); ++lane)
      count(covered[c].truth, evaluate::truth_of(truths(lane, c)));
  return covered;
}

// Levels, codes and answers are told one by one; other curves by ranges.
bool has_levels(const model::Node& node) {
  return node.is_given() && (!node.indicator().levels.empty() || node.unit == model::Unit::yes_no);
}

LevelCoverage levels_of(const Model& model, NodeId id) {
  const model::Node& node = model[id];
  LevelCoverage covered{id, {}, 0, 0};
  if (node.unit == model::Unit::yes_no) {
    covered.levels = {{0, {}, 0}, {1, {}, 0}};
    return covered;
  }
  for (const model::Level& level : node.indicator().levels)
    covered.levels.push_back({level.value, {}, 0});
  std::sort(covered.levels.begin(), covered.levels.end(),
            [](const auto& a, const auto& b) { return a.value < b.value; });
  if (node.unit == model::Unit::level && node.curve)
    for (LevelCoverage::Level& level : covered.levels)
      for (const auto& [value, score] : node.curve->points)
        if (value.value == level.value) level.where = value.where;
  return covered;
}

void count(LevelCoverage& covered, double value) {
  if (std::isnan(value)) {
    ++covered.unknown;
    return;
  }
  const auto at = std::find_if(covered.levels.begin(), covered.levels.end(),
                               [&](const auto& level) { return tie(level.value, value); });
  ++(at == covered.levels.end() ? covered.between : at->lanes);
}

CurveCoverage ranges_of(const Model& model, NodeId id) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const model::Curve& curve = *model[id].curve;
  std::vector<double> edges{-infinity};
  for (const auto& [value, score] : curve.points)
    if (std::isfinite(value.value)) edges.push_back(value.value);
  if (curve.points.empty()) {
    edges.push_back(std::min(curve.best.value, curve.worst.value));
    edges.push_back(std::max(curve.best.value, curve.worst.value));
  }
  edges.push_back(infinity);
  CurveCoverage covered{id, {}, curve.kind != model::CurveKind::steps, 0};
  for (std::size_t k = 0; k + 1 < edges.size(); ++k)
    covered.ranges.push_back({edges[k], edges[k + 1], 0});
  return covered;
}

void count(CurveCoverage& covered, double value) {
  if (std::isnan(value)) {
    ++covered.unknown;
    return;
  }
  auto range = covered.ranges.begin();
  if (!covered.has_ends || below(range->to, value))
    while (!below(value, range->to) && std::next(range) != covered.ranges.end()) ++range;
  ++range->lanes;
}

template <class Covered>
void count_values(std::vector<Covered>& covered, const arma::mat& values, std::size_t first) {
  for (std::size_t k = 0; k < covered.size(); ++k)
    for (std::size_t lane = 0; lane < values.n_rows; ++lane)
      count(covered[k], values(lane, first + k));
}

void cover_values(Coverage& coverage, const Model& model, const Program& program,
                  const evaluate::Frame& frame) {
  for (std::size_t n = 0; n < model.nodes.size(); ++n) {
    if (has_levels(model.nodes[n]))
      coverage.levels.push_back(levels_of(model, NodeId{n}));
    else if (model.nodes[n].curve)
      coverage.curves.push_back(ranges_of(model, NodeId{n}));
  }
  std::vector<RegisterId> wanted;
  for (const LevelCoverage& covered : coverage.levels)
    wanted.push_back(program[covered.indicator].value);
  for (const CurveCoverage& covered : coverage.curves)
    wanted.push_back(program[covered.node].value);
  const arma::mat values = evaluate::evaluate(evaluate::Plan(program, wanted), frame);
  count_values(coverage.levels, values, 0);
  count_values(coverage.curves, values, coverage.levels.size());
}

}  // namespace

std::size_t CurveCoverage::lanes() const {
  return std::accumulate(ranges.begin(), ranges.end(), std::size_t(0),
                         [](std::size_t sum, const Range& range) { return sum + range.lanes; });
}

Lanes lanes_of(const Model& model, const Program& program,
               const std::vector<const evaluate::Case*>& cases) {
  Lanes result;
  std::vector<evaluate::Frame> frames;
  for (const evaluate::Case* scenario_case : cases) {
    const std::vector<ViewpointId> viewpoints =
        model.viewpoints.empty() ? std::vector{ViewpointId{}} : scenario_case->scenario.viewpoints;
    for (const ViewpointId viewpoint : viewpoints) {
      frames.push_back(evaluate::frame_of(*scenario_case, viewpoint));
      result.viewpoints.insert(result.viewpoints.end(), frames.back().lanes(), viewpoint);
    }
  }
  result.frame = evaluate::empty_frame(program, result.viewpoints.size());
  if (!program.profiles.empty())
    for (const program::ProfileValue& weight : program.profiles[0])
      result.frame.slot_columns.push_back({weight.slot, arma::vec(result.frame.lanes())});
  std::size_t first = 0;
  for (const evaluate::Frame& frame : frames) {
    if (frame.lanes() == 0) continue;
    const std::size_t last = first + frame.lanes() - 1;
    result.frame.value.rows(first, last) = frame.value;
    result.frame.low.rows(first, last) = frame.low;
    result.frame.high.rows(first, last) = frame.high;
    for (evaluate::SlotColumn& column : result.frame.slot_columns)
      column.values.subvec(first, last).fill(frame.slots[column.slot.index]);
    first = last + 1;
  }
  return result;
}

Coverage cover(const Model& model, const Program& program,
               const std::vector<const evaluate::Case*>& cases) {
  Coverage coverage;
  const Lanes lanes = lanes_of(model, program, cases);
  coverage.lanes = lanes.frame.lanes();
  coverage.rules = cover_rules(model, cases);
  coverage.conditions = cover_conditions(model, program, lanes.frame);
  cover_values(coverage, model, program, lanes.frame);
  coverage.weights = cover_weights(model, program, lanes);
  return coverage;
}

}  // namespace waystone::validate
