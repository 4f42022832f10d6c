// Every condition that a rule file writes, part by part, with the register of the program that
// holds its truth.
#pragma once
#include <cstddef>
#include <vector>

#include "program/program.hpp"

namespace waystone::validate {

/// A condition or a part of one: `when` of a rule or tripwire, or the text between `if` and `then`
/// in a derived value, a written combination or a rule's amount. Below it come the parts of `and`,
/// `or` and `not`, down to comparisons and single names. `a and b and c` has three parts; the parts
/// of a comparison are numbers and not listed.
struct Condition {
  enum class Of { rule, tripwire, node };
  Of of = Of::rule;
  std::size_t index = 0;  // of RuleId, Model::tripwires or NodeId, by `of`
  bool choice = false;    // after `if`, or a part of such a condition; else in `when`
  std::size_t depth = 0;  // 0: the whole condition
  bool turned = false;    // what a `not` turns round: true where the one before it is false
  Span where;
  RegisterId reg;  // 1, 0 or unknown
};

/// In order of rules, tripwires and nodes by name; the parts of a condition follow it as they are
/// read. `program`: compiled from `model` with leaves shared.
std::vector<Condition> conditions_of(const model::Model& model, const program::Program& program);

}  // namespace waystone::validate
