// The program: what a model computes, as a flat list of typed operations over registers. Compiled
// from the rule files alone; countries, dates, weights and everything else that varies is filled in
// by a frame (evaluate/frame.hpp).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "model/model.hpp"
#include "source/source.hpp"

namespace waystone::program {

// Unknown is NaN in every register; conditions are 1, 0 or unknown. See docs/decisions/0002.
enum class OpCode : std::uint8_t {
  // leaves
  input,  // a column of the frame
  slot,   // a numeral of the rule files
  dated,  // parameter: the value of the last date on or before as_of, unknown once it has ended in:
          // as_of
  copy,   // a place that can be pinned: the truth of a rule, an occurrence of a leaf
  // written expressions
  add,
  subtract,
  multiply,
  divide,
  power,
  negate,
  absolute,
  log10,
  ln,
  exp,
  sqrt,
  round_half_up,
  round_half_even,
  minimum,
  maximum,
  clamp,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  between,
  logical_and,
  logical_or,
  logical_not,
  known,
  choose,
  months_since,
  years_since,
  days_since,  // in: as_of, date
  limit,       // clamp to the declared range [low, high]
  // value to score
  linear,
  logarithmic,
  logistic,
  knots,
  steps,
  flip,
  // members to factor: slots are the weights, then floor, order and least known share where the
  // operation has them
  arithmetic,
  geometric,
  harmonic,
  power_mean,
  weighted_sum,
  product,
  highest,
  lowest,
  median,
  // what acts on a target
  strength,  // in: value, score, truth of each `unless`; slot: points
  effects,   // in: value, then truth and amount of each effect
  adjust,    // override. in: value, points
};
std::string_view name_of(OpCode code);

struct Operation {
  OpCode code = OpCode::copy;
  RegisterId out;
  std::vector<RegisterId> in;
  std::vector<SlotId> slots;
  InputId input;                                 // input
  bool has_floor = false, has_reweight = false;  // means
  bool from_one_plus = false;                    // logarithmic
  double low = 0,
         high = 100;  // limit, weighted_sum and what acts on a target: the range of the result
  std::vector<double> dates;      // dated: days since 1970, ascending; one slot each
  std::vector<double> last_days;  // dated: until when each is in force; infinite where nothing but
                                  // the next one ends it
  std::vector<model::EffectKind> effects;  // one per pair of `in` after the first
  Span where;                              // what it was compiled from
  NodeId node;                             // whose value it helps to compute, if one's
};

struct Slot {
  double value = 0;
  Span where;        // the digits in the rule file; invalid where the language supplied the number
  std::string what;  // "weight of security in risk"
};

enum class InputKind { as_of, horizon, fact, override_points };
struct Input {
  InputKind kind = InputKind::fact;
  NodeId node;      // fact, override_points; none for the others
  double step = 0;  // of a fact that takes only `from` and whole steps on from it; 0: any value
  double from = 0;
};

struct NodeRegisters {
  RegisterId base;  // the datum; the combination of the members; the parameter or derived value
  RegisterId before_override;  // after strengths and rules (factors and outputs)
  RegisterId value;            // final, in the node's unit
  RegisterId score;  // 0..100; invalid where the node has no curve. Of a factor: its value
};

struct RuleRegisters {
  RegisterId truth;
  std::vector<RegisterId> amounts;  // one per effect of the rule
};

/// One place where a factor or output takes in an indicator, parameter or derived value: a player
/// of attributions.
struct Occurrence {
  NodeId reader, leaf;
  RegisterId pin;    // what is exchanged: the datum (indicator) or the value
  RegisterId score;  // what the reader takes in; invalid where an expression reads the raw value
};

struct ProfileValue {
  SlotId slot;
  double value = 0;
  Span where;
};

struct Program {
  std::vector<Operation>
      operations;  // every operation after those it reads; operation i writes register i
  std::vector<Slot> slots;
  std::vector<Input>
      inputs;  // as_of and horizon first, then facts in NodeId order, then override points
  std::vector<NodeRegisters> nodes;          // by NodeId
  std::vector<RuleRegisters> rules;          // by RuleId
  std::vector<RegisterId> tripwires;         // conditions, in model order
  std::vector<Occurrence> occurrences;       // in order of reader, leaf
  std::vector<std::vector<SlotId>> weights;  // by NodeId: one per member; empty where unweighted
  std::vector<std::vector<ProfileValue>> profiles;  // by viewpoint: the weights it gives
  std::vector<std::uint32_t> rereading;  // operations that join conditions which read a value in
                                         // several places (program/conditions.hpp)

  const NodeRegisters& operator[](NodeId id) const { return nodes[id.index]; }
  const RuleRegisters& operator[](RuleId id) const { return rules[id.index]; }
  InputId fact(NodeId indicator) const;
  InputId override_points(NodeId target) const;
  static constexpr std::size_t as_of_input = 0, horizon_input = 1;
};

enum class Sharing {
  shared,   // a leaf read in several places is computed once
  separate  // each occurrence of a leaf has registers of its own, so that attributions can exchange
            // one at a time
};

/// Never fails on a checked model.
Program compile(const model::Model& model, Sharing sharing = Sharing::shared);

}  // namespace waystone::program
