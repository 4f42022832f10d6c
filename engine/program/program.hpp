// The program: what a model computes, as a flat list of typed operations over registers. It comes
// from the rule files alone. A frame (evaluate/frame.hpp) fills in countries, dates, weights and
// everything else that varies.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "model/model.hpp"
#include "program/operations.hpp"
#include "source/source.hpp"

namespace waystone::program {

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

/// One place where a factor or output reads an indicator, parameter or derived value: a player of
/// attributions.
struct Occurrence {
  NodeId reader, leaf;
  RegisterId pin;    // what is exchanged: the datum (indicator) or the value
  RegisterId score;  // what the reader counts; invalid where an expression reads the raw value
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
