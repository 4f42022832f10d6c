// The condition of an assertion as a program, so that the evaluator of models judges it.
#pragma once
#include <optional>

#include "program/program.hpp"

namespace waystone::program {

struct AssertionProgram {
  Program program;   // the assertion's operands are its facts, in order, after date and horizon
  RegisterId truth;  // 1, 0 or unknown
  static InputId input_of(std::size_t operand) { return InputId{operand + 2}; }
};

/// Of the forms that compare, Assertion::Condition and Assertion::Within; nothing of the others.
/// Gaps are written out: `a < b by 12` is `a < b and abs(a - b) >= 12`.
std::optional<AssertionProgram> compile(const model::Assertion& assertion);

}  // namespace waystone::program
