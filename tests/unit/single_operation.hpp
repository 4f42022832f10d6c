// Programs of one operation.
#pragma once
#include <utility>
#include <vector>

#include "program/program.hpp"

namespace waystone::tests {

inline program::Operation operation(program::OpCode code) {
  program::Operation op;
  op.code = code;
  return op;
}

inline program::Operation mean(program::OpCode code, bool floor, bool reweight) {
  program::Operation op = operation(code);
  op.has_floor = floor;
  op.has_reweight = reweight;
  return op;
}

inline program::Operation effects_of(std::vector<model::EffectKind> kinds) {
  program::Operation op = operation(program::OpCode::effects);
  op.effects = std::move(kinds);
  return op;
}

/// Inputs, one operation over them, which is the last, and its numerals.
inline program::Program program_of(program::Operation op, const std::vector<double>& slots,
                                   std::size_t operands) {
  program::Program program;
  for (std::size_t k = 0; k < operands; ++k) {
    program.inputs.push_back({program::InputKind::fact, NodeId{k}});
    program::Operation input = operation(program::OpCode::input);
    input.input = InputId{k};
    input.out = RegisterId{k};
    program.operations.push_back(input);
    op.in.push_back(RegisterId{k});
  }
  for (const double numeral : slots) {
    op.slots.push_back(SlotId{program.slots.size()});
    program.slots.push_back({numeral, {}, ""});
  }
  op.out = RegisterId{operands};
  program.operations.push_back(op);
  return program;
}

}  // namespace waystone::tests
