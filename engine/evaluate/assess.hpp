// A scenario evaluated: for every viewpoint and country, every node with its bounds and what it
// rests on, every rule and tripwire.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "data/choose.hpp"
#include "evaluate/evaluate.hpp"
#include "model/model.hpp"
#include "program/program.hpp"
#include "scenario/scenario.hpp"

namespace waystone::evaluate {

enum class Truth { no, yes, unknown };
Truth truth_of(double condition);
std::string_view word_of(Truth truth);  // "true", "false", "unknown"
/// By more than rounding, or one of them is unknown: what "binding" and "moved" mean.
bool differs(double a, double b);

/// What a scenario puts into the frame: one lane per country, in order of code.
struct Case {
  const model::Model* model = nullptr;
  const program::Program* program = nullptr;
  scenario::Scenario scenario;
  std::vector<std::string> countries;
  std::map<std::string, std::vector<data::Chosen>>
      chosen;  // by country, in order of data::indicators(model)
  double horizon_years = 5;
  Frame frame;                              // with overrides
  std::vector<scenario::Override> expired;  // overrides whose date has passed: not applied
  bool has_overrides = false;

  std::size_t lane_of(const std::string& country) const;  // countries.size() where there is none
  const data::Chosen& fact(const std::string& country, NodeId indicator) const;
};

/// Chooses the data by date and fills the frame. `model` and `program` must outlive the result.
/// E0320 where a fact may not be missing.
Outcome<Case> bind(const model::Model& model, const program::Program& program,
                   scenario::Scenario scenario);

/// What worked a value out, or acted on it: each is cut to the scale or range by itself.
enum class CutStep { combination, strength, scale, add, at_most, at_least, adjust };
std::string_view word_of(CutStep step);
struct Cut {
  CutStep step = CutStep::combination;
  double from = unknown_value, to = unknown_value;
};

struct NodeResult {
  double value =
      unknown_value;  // in the node's unit; of factors and outputs 0..100. NaN: unknown, not rated
  double low = unknown_value, high = unknown_value;
  bool may_stay_unknown = false;  // it may have no value even when every fact is known
  bool never_known = false;       // it surely has none, whatever becomes known
  double score = unknown_value, score_low = unknown_value,
         score_high = unknown_value;        // 0..100; NaN where the node has no curve
  double without_override = unknown_value;  // of value
  double base = unknown_value;              // before strengths, rules and overrides
  double uncut = unknown_value;  // what the last step that changed the value would have given,
                                 // where that was cut to the scale or range; NaN where it was not
  std::vector<Cut> cut_before;   // earlier steps that were cut and on which others acted, in order
  bool rests_on_cut = false;     // something that it is made of was cut, at whatever depth
  double coverage = 0;           // share of its weight that rests on known data, 0..1
  double judgement = 0;          // share that rests on data graded judged or assumed
  bool reweighted = false;       // members were missing and the others' weights scaled up
  bool rests_on_reweighted =
      false;                    // something that it is made of is reweighted, at whatever depth
  std::vector<double> counted;  // of the members, where reweighted: the shares of the weight they
                                // counted with, of a sum the multipliers
  bool was_cut() const { return uncut == uncut || !cut_before.empty(); }
};

struct EffectResult {
  double amount = unknown_value;  // in the target's unit; a factor for `scale`
  double without =
      unknown_value;  // target's final value without the whole rule; NaN where the rule is not true
  double amount_low = unknown_value, amount_high = unknown_value;  // over all unknowns and ranges
  bool left_out = false;  // a floor or cap that may have no amount even when every fact is known.
                          // One that scales or adds is not: it leaves its target without a value
  bool never_known = false;      // the amount surely has no value, whatever becomes known
  bool by_what_is_sure = false;  // a floor or cap whose amount isn't known: it acts by the least
                                 // that it surely comes to, and that is `amount`
};

using Points = boost::container::flat_map<NodeId, double>;  // mostly empty, so small

struct RuleResult {
  Truth truth = Truth::unknown;
  bool may_hold = false, must_hold = false;  // over all unknowns and ranges
  bool binding = false;  // a target's final value differs from what it would be without this rule's
                         // effects; of one that is not known, whatever its value is
  bool may_bind = false;              // it holds, and whether it binds hangs on what is not known
  std::vector<EffectResult> effects;  // as in model::Rule::effects
  Points moved;              // by output: its value minus its value without the rule; 0 is left out
  bool is_left_out() const;  // wholly or an effect of it, because something is unknown
  bool acts_by_what_is_sure() const;  // it holds, and so does an effect of it
  /// Of a rule left out, because something is unknown: the rated outputs that it would move if it
  /// held, with the value then minus the value; NaN where the amount is unknown, too. Of one that
  /// acts by what is sure: the outputs that it would move further if its amount were the furthest.
  Points would_move;
};

struct CountryResult {
  std::string code;
  std::vector<NodeResult> nodes;       // by NodeId
  std::vector<RuleResult> rules;       // by RuleId
  std::vector<Truth> tripwires;        // in model order
  std::map<NodeId, std::string> band;  // of outputs with bands; "" where not rated
  const NodeResult& operator[](NodeId id) const { return nodes[id.index]; }
  const RuleResult& operator[](RuleId id) const { return rules[id.index]; }
};

struct ViewResult {
  ViewpointId viewpoint;  // invalid where the model has no viewpoints
  std::string name;       // "" likewise
  std::vector<CountryResult> countries;
  const CountryResult* find(std::string_view code) const;
};

struct Assessment {
  std::vector<ViewResult> views;  // in the scenario's order
  const ViewResult* find(std::string_view viewpoint) const;
};

/// `previous`: ratings whose bands hold until the score has passed an edge by the margin; null for
/// plain edges.
Assessment assess(const Case& scenario_case, const Assessment* previous = nullptr);

/// The frame of one viewpoint.
Frame frame_of(const Case& scenario_case, ViewpointId viewpoint);
/// The same of one country, its only lane.
Frame frame_of(const Case& scenario_case, ViewpointId viewpoint, const std::string& country);
/// Name of the band of a score by plain edges; "" for NaN.
std::string band_of(const model::Bands& bands, double score);
/// The same, moving away from `previous` only beyond the edge by the margin.
std::string band_of(const model::Bands& bands, double score, const std::string& previous);

}  // namespace waystone::evaluate
