#include "explain/causes.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace waystone::explain {
namespace {

using program::OpCode;
using program::Operation;

std::vector<Owner> owners(const program::Program& program) {
  std::vector<Owner> owners(program.operations.size());
  for (std::size_t n = 0; n < program.nodes.size(); ++n) {
    const program::NodeRegisters& node = program.nodes[n];
    for (const RegisterId reg : {node.score, node.before_override, node.base, node.value})
      if (reg.valid()) owners[reg.index].node = NodeId{n};
  }
  for (std::size_t r = 0; r < program.rules.size(); ++r) {
    owners[program.rules[r].truth.index].rule = RuleId{r};
    for (const RegisterId amount : program.rules[r].amounts) owners[amount.index].rule = RuleId{r};
  }
  return owners;
}

}  // namespace

Causes::Causes(const evaluate::Case& scenario_case, ViewpointId viewpoint,
               const std::string& country)
    : case_(scenario_case),
      program_(*scenario_case.program),
      viewpoint_(viewpoint),
      country_(country) {}

void Causes::trace() const {
  if (!values_.empty()) return;
  values_ = evaluate::trace(program_, evaluate::frame_of(case_, viewpoint_, country_), 0);
  owners_ = owners(program_);
}

std::vector<Cause> Causes::of(NodeId node) const {
  trace();
  Search search;
  const program::NodeRegisters& registers = program_[node];
  follow(registers.value, {node, {}}, search);
  if (registers.score.valid()) follow(registers.score, {node, {}}, search);
  return sorted(std::move(search));
}

std::vector<Cause> Causes::of(RuleId rule) const {
  trace();
  Search search;
  const program::RuleRegisters& registers = program_[rule];
  follow(registers.truth, {{}, rule}, search);
  for (const RegisterId amount : registers.amounts) follow(amount, {{}, rule}, search);
  return sorted(std::move(search));
}

bool Causes::unknown(RegisterId reg) const { return std::isnan(values_[reg.index]); }

// Depth first and each register once, so that what is shared costs nothing more.
void Causes::follow(RegisterId reg, Owner owner, Search& search) const {
  if (!unknown(reg) || !search.seen.insert(reg).second) return;
  const Operation& operation = program_.operations[reg.index];
  if (owners_[reg.index].valid()) owner = owners_[reg.index];
  if (operation.code == OpCode::input) {
    search.found.push_back({CauseKind::fact, operation.node, {}, nullptr, {}});
    return;
  }
  if (operation.code == OpCode::dated) {
    search.found.push_back({CauseKind::parameter, operation.node, {}, nullptr, {}});
    return;
  }
  const std::vector<RegisterId> awaited = this->awaited(operation);
  for (const RegisterId in : awaited) follow(in, owner, search);
  if (!awaited.empty()) return;
  Cause cause{CauseKind::calculation, owner.node, owner.rule, &operation, {}};
  for (const RegisterId in : operation.in) cause.operands.push_back(operand(in));
  search.found.push_back(std::move(cause));
}

// Of what an operation reads, the unknown that keep it from having a value.
std::vector<RegisterId> Causes::awaited(const Operation& operation) const {
  using program::Valued;
  const Valued valued = program::row_of(operation.code).valued;
  std::vector<RegisterId> read = operation.in;
  if (valued == Valued::first_operand) read.resize(1);
  if (valued == Valued::moving_amounts) read = moved_by(operation);
  if (valued == Valued::branch && !unknown(read[0]))
    read = {values_[read[0].index] != 0 ? read[1] : read[2]};
  std::erase_if(read, [&](RegisterId in) { return !unknown(in); });
  return read;
}

// Of what acts on a target: the value, and the amounts of rules that hold and add to it or scale
// it. Caps and floors without an amount are left out, as rules without a truth are.
std::vector<RegisterId> Causes::moved_by(const Operation& effects) const {
  std::vector<RegisterId> read{effects.in[0]};
  for (std::size_t e = 0; e < effects.effects.size(); ++e) {
    const bool moves = effects.effects[e] == model::EffectKind::add ||
                       effects.effects[e] == model::EffectKind::scale;
    if (moves && values_[effects.in[1 + 2 * e].index] > 0) read.push_back(effects.in[2 + 2 * e]);
  }
  return read;
}

Operand Causes::operand(RegisterId reg) const {
  const NodeId node = owners_[reg.index].node;
  const Operation& made = program_.operations[reg.index];
  return {values_[reg.index], node, node.valid() ? Span{} : made.where, made.code == OpCode::slot};
}

std::vector<Cause> Causes::sorted(Search search) {
  const auto place = [](const Cause& cause) {
    return std::tuple(cause.kind, cause.kind == CauseKind::calculation ? cause.operation->out.index
                                                                       : cause.node.index);
  };
  std::sort(search.found.begin(), search.found.end(),
            [&](const Cause& a, const Cause& b) { return place(a) < place(b); });
  return std::move(search.found);
}

bool only_facts(const std::vector<Cause>& causes) {
  return std::all_of(causes.begin(), causes.end(),
                     [](const Cause& cause) { return cause.kind == CauseKind::fact; });
}

}  // namespace waystone::explain
