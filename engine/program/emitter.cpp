#include "program/emitter.hpp"

#include <cassert>

namespace waystone::program {
namespace {

using model::Expression;
using model::Op;

OpCode code_of(Op op) {
  switch (op) {
    case Op::add: return OpCode::add;
    case Op::subtract: return OpCode::subtract;
    case Op::multiply: return OpCode::multiply;
    case Op::divide: return OpCode::divide;
    case Op::power: return OpCode::power;
    case Op::negate: return OpCode::negate;
    case Op::logical_and: return OpCode::logical_and;
    case Op::logical_or: return OpCode::logical_or;
    case Op::logical_not: return OpCode::logical_not;
    case Op::less: return OpCode::less;
    case Op::less_equal: return OpCode::less_equal;
    case Op::greater: return OpCode::greater;
    case Op::greater_equal: return OpCode::greater_equal;
    case Op::equal: return OpCode::equal;
    case Op::not_equal: return OpCode::not_equal;
    case Op::between: return OpCode::between;
    case Op::minimum: return OpCode::minimum;
    case Op::maximum: return OpCode::maximum;
    case Op::clamp: return OpCode::clamp;
    case Op::absolute: return OpCode::absolute;
    case Op::log10: return OpCode::log10;
    case Op::ln: return OpCode::ln;
    case Op::exp: return OpCode::exp;
    case Op::sqrt: return OpCode::sqrt;
    case Op::round_half_up: return OpCode::round_half_up;
    case Op::round_half_even: return OpCode::round_half_even;
    case Op::choose: return OpCode::choose;
    case Op::months_since: return OpCode::months_since;
    case Op::years_since: return OpCode::years_since;
    case Op::days_since: return OpCode::days_since;
    case Op::known: return OpCode::known;
    case Op::number:
    case Op::name:
    case Op::score:
    case Op::holds:
    case Op::as_of:
    case Op::horizon:
    case Op::operand: break;  // registers of their own
  }
  return OpCode::copy;
}

bool reads_as_of(Op op) {
  return op == Op::months_since || op == Op::years_since || op == Op::days_since;
}

}  // namespace

RegisterId Emitter::emit(Operation operation) {
  operation.out = RegisterId{program_.operations.size()};
  assert(row_of(operation.code).operands.allows(operation.in.size()));
  program_.operations.push_back(std::move(operation));
  return program_.operations.back().out;
}

RegisterId Emitter::emit(OpCode code, std::vector<RegisterId> in, Span where, NodeId node) {
  Operation operation;
  operation.code = code;
  operation.in = std::move(in);
  operation.where = where;
  operation.node = node;
  return emit(std::move(operation));
}

SlotId Emitter::slot(const model::Numeral& numeral, std::string what) {
  program_.slots.push_back({numeral.value, numeral.where, std::move(what)});
  return SlotId{program_.slots.size() - 1};
}

RegisterId Emitter::emit_slot(const model::Numeral& numeral, const std::string& what, Span where) {
  Operation operation;
  operation.code = OpCode::slot;
  operation.slots = {slot(numeral, what)};
  operation.where = where;
  return emit(std::move(operation));
}

RegisterId Emitter::emit_input(InputId input, Span where, NodeId node) {
  Operation operation;
  operation.code = OpCode::input;
  operation.input = input;
  operation.where = where;
  operation.node = node;
  return emit(std::move(operation));
}

RegisterId Emitter::emit_expression(const Expression& e, const Leaf& leaf,
                                    const std::string& owner) {
  if (e.op == Op::number) return emit_slot(e.number, "number in " + owner, e.where);
  if (e.op == Op::as_of) return as_of_;
  if (e.op == Op::horizon) return horizon_;
  const bool is_leaf = code_of(e.op) == OpCode::copy;
  if (is_leaf) return leaf(e);
  std::vector<RegisterId> in;
  if (e.op == Op::known) in.push_back(leaf(e));
  if (reads_as_of(e.op)) in.push_back(as_of_);
  for (const Expression& argument : e.arguments)
    in.push_back(emit_expression(argument, leaf, owner));
  return emit(code_of(e.op), std::move(in), e.where);
}

void Emitter::declare_times() {
  program_.inputs = {{InputKind::as_of, {}}, {InputKind::horizon, {}}};
}

}  // namespace waystone::program
