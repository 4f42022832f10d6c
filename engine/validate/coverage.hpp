// Which parts of a model's rule files some scenarios ever exercised: truths of conditions, levels,
// ranges of curves, weights. Counted over lanes; a lane is one country, seen from one viewpoint, in
// one scenario or branch of one. Every number counted is the evaluator's.
#pragma once
#include <cstddef>
#include <vector>

#include "evaluate/assess.hpp"
#include "validate/conditions.hpp"

namespace waystone::validate {

struct TruthCounts {
  std::size_t yes = 0, no = 0, unknown = 0;  // lanes
  std::size_t total() const { return yes + no + unknown; }
};

struct RuleCoverage {
  TruthCounts truth;
  std::size_t binding = 0;   // lanes in which a target's final value differs from what it would be
                             // without the rule's effects
  std::size_t may_bind = 0;  // lanes in which it may differ or not, by what is not known
  std::size_t moved = 0;     // lanes in which an output would differ if the rule did not hold
};

struct ConditionCoverage {
  Condition condition;
  TruthCounts truth;
};

/// The levels, codes or answers of one indicator, by the value that counts: after rules that act on
/// it.
struct LevelCoverage {
  struct Level {
    double value = 0;  // of a level; index of a code; no 0, yes 1
    Span where;        // of the level's digits; invalid where it has none of its own
    std::size_t lanes = 0;
  };
  NodeId indicator;
  std::vector<Level> levels;  // ascending
  std::size_t between = 0,
              unknown = 0;  // lanes at a value between two written levels, lanes without a value
};

/// Where on its curve a value was. Goalposts and knots: at or beyond the lowest, the ranges between
/// (from a knot to just under the next), at or beyond the highest. Steps: the steps.
struct CurveCoverage {
  struct Range {
    double from = 0, to = 0;  // in the node's unit; infinite at the ends
    std::size_t lanes = 0;
  };
  NodeId node;
  std::vector<Range> ranges;  // ascending
  bool has_ends = true;       // the first and the last range are those at which the score stays the
                              // same; not of steps
  std::size_t unknown = 0;    // lanes without a value
  std::size_t lanes() const;  // with a value
};

/// One weight of one member. It never mattered if doubling or halving its numeral, with all else as
/// it is, changes an output in no lane. Then every member scored alike, or the member was unknown
/// and the others carried its weight, or a floor, a cap or a range hid it, or nothing was rated.
/// "Changes" is evaluate::differs.
struct WeightCoverage {
  NodeId node;
  std::size_t member = 0;  // of Factor::members
  ViewpointId viewpoint;   // whose weight it is; invalid where all viewpoints have the same
  Span where;              // the digits
  bool alone = false;      // the only member of a mean, which can't matter
  std::size_t lanes = 0;
  std::size_t combination = 0;  // lanes in which the combination of the members changes
  std::size_t value =
      0;  // lanes in which the factor's final value changes, after strengths, rules and override
  std::size_t outputs = 0;  // lanes in which an output changes
};

struct Coverage {
  std::size_t lanes = 0;
  std::vector<RuleCoverage> rules;            // by RuleId
  std::vector<ConditionCoverage> conditions;  // as conditions_of lists them
  std::vector<LevelCoverage> levels;          // indicators with levels, codes or yes/no, by NodeId
  std::vector<CurveCoverage> curves;          // other indicators and values with a curve, by NodeId
  std::vector<WeightCoverage> weights;  // by NodeId, member and viewpoint (those that have lanes)
};

/// `cases`: of this model and program, which must be compiled with leaves shared. Without a case
/// every count is 0.
Coverage cover(const model::Model& model, const program::Program& program,
               const std::vector<const evaluate::Case*>& cases);

/// The lanes of all cases and their viewpoints in one frame; weights that differ by viewpoint are
/// slot columns.
struct Lanes {
  evaluate::Frame frame;
  std::vector<ViewpointId> viewpoints;  // by lane; invalid where the model has none
};
Lanes lanes_of(const model::Model& model, const program::Program& program,
               const std::vector<const evaluate::Case*>& cases);

std::vector<WeightCoverage> cover_weights(const model::Model& model,
                                          const program::Program& program, const Lanes& lanes);

}  // namespace waystone::validate
