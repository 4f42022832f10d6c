// Operations, one after another: what the programs of models and of assertions are written with.
// Private to this room.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "program/program.hpp"

namespace waystone::program {

class Emitter {
 protected:
  /// The register of what an expression reads: a name, a score, a rule, an operand of an assertion.
  /// Of `known`: that of the value which may be unknown.
  using Leaf = std::function<RegisterId(const model::Expression&)>;

  RegisterId emit(Operation operation);
  RegisterId emit(OpCode code, std::vector<RegisterId> in, Span where, NodeId node = {});
  RegisterId emit_slot(const model::Numeral& numeral, const std::string& what, Span where);
  RegisterId emit_input(InputId input, Span where, NodeId node = {});
  /// `owner`: what it is in, for the names of its numerals.
  RegisterId emit_expression(const model::Expression& e, const Leaf& leaf,
                             const std::string& owner);
  SlotId slot(const model::Numeral& numeral, std::string what);
  /// Inputs of a date and a horizon, which every program begins with.
  void declare_times();

  Program program_;
  RegisterId as_of_, horizon_;
};

}  // namespace waystone::program
