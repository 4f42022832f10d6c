// Why something has no value: its root causes. If an operation has no value although everything it
// reads has one, the calculation itself has no result (a division by 0, a logarithm of 0).
#pragma once
#include <set>
#include <string>
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::explain {

enum class CauseKind { fact, parameter, calculation };

/// What a calculation was made with: a value, and where it comes from.
struct Operand {
  double value = 0;
  NodeId node;           // whose value it is; invalid where it is a part of an expression
  Span where;            // that part; invalid with `node`
  bool numeral = false;  // written so in the rule file
};

struct Cause {
  CauseKind kind = CauseKind::fact;
  NodeId node;  // fact: the indicator; parameter: the one not in force; calculation: whose value it
                // helps to compute
  RuleId rule;  // calculation: in whose condition or amount it is, if in no node's
  const program::Operation* operation = nullptr;  // calculation
  std::vector<Operand> operands;                  // calculation: in the order of Operation::in
};

/// Whose calculation something belongs to; both invalid if nobody's.
struct Owner {
  NodeId node;
  RuleId rule;
  bool valid() const { return node.valid() || rule.valid(); }
};

/// One country under one viewpoint; traced when first asked. Refers to the case, which must outlive
/// it.
class Causes {
 public:
  Causes(const evaluate::Case& scenario_case, ViewpointId viewpoint, const std::string& country);

  /// Each cause once: facts by name, then parameters, then calculations in order of computation.
  /// Empty where the node has a value.
  std::vector<Cause> of(NodeId node) const;
  /// Of a rule whose condition, or an amount, is unknown.
  std::vector<Cause> of(RuleId rule) const;
  const evaluate::Case& scenario_case() const { return case_; }

 private:
  struct Search {
    std::set<RegisterId> seen;
    std::vector<Cause> found;
  };
  void trace() const;
  bool unknown(RegisterId reg) const;
  void follow(RegisterId reg, Owner owner, Search& search) const;
  std::vector<RegisterId> awaited(const program::Operation& operation) const;
  std::vector<RegisterId> moved_by(const program::Operation& effects) const;
  Operand operand(RegisterId reg) const;
  static std::vector<Cause> sorted(Search search);

  const evaluate::Case& case_;
  const program::Program& program_;
  ViewpointId viewpoint_;
  std::string country_;
  mutable std::vector<double> values_;  // by register; empty until traced
  mutable std::vector<Owner>
      owners_;  // by register: whose value, base, score, condition or amount it is
};

/// Whether only facts are missing.
bool only_facts(const std::vector<Cause>& causes);

}  // namespace waystone::explain
