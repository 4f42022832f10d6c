#include "program/assertion.hpp"

#include "program/conditions.hpp"
#include "program/emitter.hpp"

namespace waystone::program {
namespace {

using model::Assertion;
using model::Expression;
using model::Op;

bool sets_apart(Op op) {
  return op == Op::less || op == Op::less_equal || op == Op::greater || op == Op::greater_equal ||
         op == Op::equal || op == Op::not_equal;
}

class AssertionCompiler : Emitter {
 public:
  explicit AssertionCompiler(const Assertion& assertion) {
    declare_times();
    for (const Assertion::Operand& operand : assertion.operands) {
      const InputId input{program_.inputs.size()};
      program_.inputs.push_back({InputKind::fact, operand.node});
      operands_.push_back(emit_input(input, assertion.where, operand.node));
    }
  }

  AssertionProgram run(const Assertion::Condition& form) {
    const RegisterId by = form.by ? emitted(*form.by) : RegisterId{};
    return finish(condition(form.condition, by));
  }

  AssertionProgram run(const Assertion::Within& form) {
    const RegisterId a = emitted(form.a), b = emitted(form.b);
    return finish(emit(OpCode::less_equal, {gap(a, b), emitted(form.by)}, form.by.where));
  }

 private:
  AssertionProgram finish(RegisterId truth) {
    program_.rereading = rereading_conditions(program_);
    return {std::move(program_), truth};
  }

  RegisterId emitted(const Expression& e) {
    const Leaf leaf = [this](const Expression& read) { return operands_[read.operand]; };
    return emit_expression(e, leaf, "an expectation");
  }

  RegisterId gap(RegisterId a, RegisterId b) {
    return emit(OpCode::absolute, {emit(OpCode::subtract, {a, b}, {})}, {});
  }

  // `by`, where valid, is the least gap of every comparison that `and` joins.
  RegisterId condition(const Expression& e, RegisterId by) {
    if (by.valid() && e.op == Op::logical_and) {
      const RegisterId first = condition(e.arguments[0], by);
      return emit(OpCode::logical_and, {first, condition(e.arguments[1], by)}, e.where);
    }
    const RegisterId plain = emitted(e);
    if (!by.valid() || !sets_apart(e.op)) return plain;
    const std::vector<RegisterId> sides = program_.operations[plain.index].in;
    const RegisterId far = emit(OpCode::greater_equal, {gap(sides[0], sides[1]), by}, e.where);
    return emit(OpCode::logical_and, {plain, far}, e.where);
  }

  std::vector<RegisterId> operands_;
};

}  // namespace

std::optional<AssertionProgram> compile(const Assertion& assertion) {
  AssertionCompiler compiler(assertion);
  if (const auto* condition = std::get_if<Assertion::Condition>(&assertion.form))
    return compiler.run(*condition);
  if (const auto* within = std::get_if<Assertion::Within>(&assertion.form))
    return compiler.run(*within);
  return std::nullopt;
}

}  // namespace waystone::program
