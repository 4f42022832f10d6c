// A name counts where its value is used. What stands in for a missing value is found by the
// conditions that asked `known`: a branch taken because something is unknown was put in its place.
#include "evaluate/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "evaluate/kernels.hpp"

namespace waystone::evaluate {
namespace {

using model::Model;
using model::Node;
using model::NodeKind;
using program::is_connective;
using program::OpCode;
using program::Operation;
using program::Program;

void add(std::set<NodeId>& to, const std::set<NodeId>& from) {
  to.insert(from.begin(), from.end());
}

// What a written expression would come to if some names were known of which it only asks that. A
// filled-in value stays as it is.
class Supposed {
 public:
  Supposed(const Program& program, const Registers& registers, const ValueOf& value,
           const std::set<NodeId>& known)
      : program_(program), registers_(registers), value_(value), known_(known) {}

  double of(RegisterId reg) {
    const Operation& op = program_.operations[reg.index];
    const bool written = program::row_of(op.code).family == program::Family::expression;
    if (!registers_.asks_known[reg.index] || !written) return value_(reg);
    const auto [at, fresh] = found_.try_emplace(reg, 0);
    if (fresh) at->second = worked_out(op);
    return found_.at(reg);
  }

 private:
  double worked_out(const Operation& op) {
    if (op.code == OpCode::known) {
      const auto& node = registers_.node[op.in[0].index];
      return node && known_.contains(*node) ? 1 : value_(op.out);
    }
    std::vector<double> operands;
    for (const RegisterId in : op.in) operands.push_back(of(in));
    std::vector<const double*> in;
    for (const double& operand : operands) in.push_back(&operand);
    double result = 0;
    run(op, {in.data(), nullptr, &result, 1});
    return result;
  }

  const Program& program_;
  const Registers& registers_;
  const ValueOf& value_;
  const std::set<NodeId>& known_;
  std::map<RegisterId, double> found_;
};

// What one expression reads in one lane. It goes by operations, not by the text: each condition has
// a register, so its truth is the evaluator's own.
class Reader {
 public:
  Reader(const Program& program, const Registers& registers, const ValueOf& value)
      : program_(program), registers_(registers), value_(value) {}

  /// Below a node's own register, where the walk begins.
  Read of_node(RegisterId reg) const { return below(program_.operations[reg.index]); }

 private:
  Read of(RegisterId reg) const {
    if (const auto& node = registers_.node[reg.index]) return {{*node}, {}};
    if (registers_.rule[reg.index]) return {{}, blamed(reg)};
    return below(program_.operations[reg.index]);
  }

  Read below(const Operation& op) const {
    if (op.code == OpCode::choose) return chosen(op);
    if (op.code == OpCode::known || is_connective(op.code))
      return {names_below(op), blamed(op.out)};
    Read read;
    for (const RegisterId in : op.in) add(read, of(in));
    return read;
  }

  static void add(Read& to, const Read& from) {
    evaluate::add(to.names, from.names);
    evaluate::add(to.filled, from.filled);
  }

  // The condition and the branch taken; where that is taken because something is unknown, what is
  // unknown counts as filled in, and of the rest what the other branch would have read as well.
  Read chosen(const Operation& op) const {
    const double truth = value_(op.in[0]);
    Read read{names_in(op.in[0]), {}};
    if (std::isnan(truth)) {
      add(read, of(op.in[1]));
      add(read, of(op.in[2]));
      return read;
    }
    const RegisterId taken = op.in[truth != 0 ? 1 : 2], other = op.in[truth != 0 ? 2 : 1];
    std::set<NodeId> missing = blamed(op.in[0]);
    if (missing.empty()) {
      add(read, of(taken));
      return read;
    }
    if (std::isnan(value_(taken))) {  // what took its place has no value either
      read = of(taken);
      evaluate::add(read.names, missing);
      return read;
    }
    const std::set<NodeId> used = values_in(taken), wanted = of(other).names;
    read = {{}, std::move(missing)};
    std::set_intersection(used.begin(), used.end(), wanted.begin(), wanted.end(),
                          std::inserter(read.names, read.names.end()));
    return read;
  }

  // All names, but not those of which only is asked whether they are known.
  std::set<NodeId> names_in(RegisterId reg) const {
    if (const auto& node = registers_.node[reg.index]) return {*node};
    if (registers_.rule[reg.index]) return {};
    return names_below(program_.operations[reg.index]);
  }

  std::set<NodeId> names_below(const Operation& op) const {
    std::set<NodeId> names;
    if (op.code == OpCode::known) return names;
    for (const RegisterId in : op.in) evaluate::add(names, names_in(in));
    return names;
  }

  // Names whose value goes into the result: not those that only choose a branch.
  std::set<NodeId> values_in(RegisterId reg) const {
    if (const auto& node = registers_.node[reg.index]) return {*node};
    const Operation& op = program_.operations[reg.index];
    std::set<NodeId> names;
    if (op.code == OpCode::known || registers_.rule[reg.index]) return names;
    const double truth = op.code == OpCode::choose ? value_(op.in[0]) : 0;
    for (std::size_t k = 0; k < op.in.size(); ++k) {
      const bool left_out =
          op.code == OpCode::choose && (k == 0 || (truth == 0 && k == 1) || (truth == 1 && k == 2));
      if (!left_out) evaluate::add(names, values_in(op.in[k]));
    }
    return names;
  }

  // ---- what a condition's truth is owed to

  // The unknown names without whose being unknown the condition might be other than it is; none
  // where it would be as it is anyhow. Looks through derived values and rules.
  std::set<NodeId> blamed(RegisterId reg) const {
    if (!registers_.asks_known[reg.index]) return {};
    const auto [at, fresh] = blamed_.try_emplace(reg);
    if (fresh) at->second = blamed(program_.operations[reg.index]);
    return at->second;
  }

  std::set<NodeId> blamed(const Operation& op) const {
    using program::Logic;
    switch (program::row_of(op.code).logic) {
      case Logic::asks_known: return missing(op);
      case Logic::both: return blamed_by_parts(op, 0);
      case Logic::either: return blamed_by_parts(op, 1);
      case Logic::chooses: return blamed_in_choice(op);
      case Logic::negates:
      case Logic::passes: return blamed(op.in[0]);
      case Logic::compares:
      case Logic::number: break;
    }
    std::set<NodeId> names;
    for (const RegisterId in : op.in) evaluate::add(names, blamed_in_count(in));
    return names.empty() ? names : deciding_among(op, {names.begin(), names.end()});
  }

  // What is asked for in vain. A parameter that is not in force is no gap in what is known.
  std::set<NodeId> missing(const Operation& op) const {
    const bool parameter = program_.operations[op.in[0].index].code == OpCode::dated;
    return value_(op.out) == 0 && !parameter ? names_in(op.in[0]) : std::set<NodeId>{};
  }

  // Of the unknown names that a comparison counts, those that decide it: with some of the others
  // known it would turn if this one became known, too.
  std::set<NodeId> deciding_among(const Operation& op, const std::vector<NodeId>& names) const {
    constexpr std::size_t most = 8;  // names of which all sets are tried
    if (names.size() > most) return any_decides(op, names);
    std::vector<double> truths;  // by the set of those supposed known, as bits
    for (std::size_t set = 0; set < std::size_t{1} << names.size(); ++set) {
      std::set<NodeId> known;
      for (std::size_t k = 0; k < names.size(); ++k)
        if (set >> k & 1) known.insert(names[k]);
      truths.push_back(Supposed(program_, registers_, value_, known).of(op.out));
    }
    std::set<NodeId> found;
    for (std::size_t set = 0; set < truths.size(); ++set)
      for (std::size_t k = 0; k < names.size(); ++k)
        if (std::fabs(truths[set] - truths[set | std::size_t{1} << k]) > 0.5)
          found.insert(names[k]);
    return found;
  }

  // Of many: all of them where one alone, or the first few together, would turn it.
  std::set<NodeId> any_decides(const Operation& op, const std::vector<NodeId>& names) const {
    const auto turns = [&](const std::set<NodeId>& known) {
      const double truth = Supposed(program_, registers_, value_, known).of(op.out);
      return std::fabs(truth - value_(op.out)) > 0.5;
    };
    std::set<NodeId> first;
    for (const NodeId name : names) {
      first.insert(name);
      if (turns(first) || turns({name})) return {names.begin(), names.end()};
    }
    return {};
  }

  // `settled`: the truth of one part that settles the whole.
  std::set<NodeId> blamed_by_parts(const Operation& op, double settled) const {
    std::set<NodeId> names;
    const double truth = value_(op.out);
    if (std::isnan(truth)) return names;
    for (const RegisterId in : op.in) {
      if (value_(in) != truth) continue;
      const std::set<NodeId> part = blamed(in);
      if (truth == settled && part.empty()) return {};  // settles it, whatever becomes known
      evaluate::add(names, part);
    }
    return names;
  }

  std::set<NodeId> blamed_in_choice(const Operation& op) const {
    const double truth = value_(op.in[0]);
    if (std::isnan(truth)) return {};
    std::set<NodeId> names = blamed(op.in[0]);
    return names.empty() ? blamed(op.in[truth != 0 ? 1 : 2]) : names;
  }

  // Of a number that is compared: where it counts what is known (`if known(x) then 1 else 0`).
  // A filled-in value is compared as any value is, and so is a score.
  std::set<NodeId> blamed_in_count(RegisterId reg) const {
    const Operation& op = program_.operations[reg.index];
    const bool written = program::row_of(op.code).family == program::Family::expression;
    if (!registers_.asks_known[reg.index] || !written) return {};
    const auto [at, fresh] = blamed_in_count_.try_emplace(reg);
    if (fresh) at->second = blamed_in_count(op);
    return at->second;
  }

  std::set<NodeId> blamed_in_count(const Operation& op) const {
    if (op.code == OpCode::known || is_connective(op.code)) return blamed(op.out);
    std::set<NodeId> names;
    if (op.code == OpCode::choose) {
      const bool counts = names_in(op.in[1]).empty() && names_in(op.in[2]).empty();
      return counts ? blamed(op.in[0]) : names;
    }
    for (const RegisterId in : op.in) evaluate::add(names, blamed_in_count(in));
    return names;
  }

  const Program& program_;
  const Registers& registers_;
  const ValueOf& value_;
  mutable std::map<RegisterId, std::set<NodeId>> blamed_, blamed_in_count_;
};

KnownShare of_fact(const data::Chosen& fact) {
  using scenario::Grade;
  const bool filled_in =
      fact.value && !fact.known && (fact.grade == Grade::assumed || fact.grade == Grade::typical);
  const bool judged = (fact.known && fact.grade == Grade::judged) || filled_in;
  return {fact.known ? 1.0 : 0.0, judged ? 1.0 : 0.0};
}

// Every name an expression reads counts the same, once.
KnownShare of_read(const Read& read, const std::vector<KnownShare>& nodes) {
  std::set<NodeId> all = read.names;
  add(all, read.filled);
  if (all.empty()) return {1, 0};
  KnownShare sum{0, double(read.filled.size())};
  for (const NodeId name : read.names) {
    if (read.filled.contains(name)) continue;
    sum.known += nodes[name.index].known;
    sum.judged += nodes[name.index].judged;
  }
  return {sum.known / double(all.size()), sum.judged / double(all.size())};
}

double weight_of(const model::Factor& factor, std::size_t member, std::size_t profile) {
  if (factor.weights.empty()) return 1;
  return factor.weights[factor.weights_from_viewpoint ? profile : 0][member].value;
}

KnownShare of_factor(const model::Factor& factor, std::size_t profile,
                     const std::vector<KnownShare>& nodes) {
  KnownShare sum;
  double total = 0;
  for (std::size_t m = 0; m < factor.members.size(); ++m) {
    const KnownShare& member = nodes[factor.members[m].node.index];
    const double weight = weight_of(factor, m, profile);
    sum.known += weight * member.known;
    sum.judged += weight * member.judged;
    total += weight;
  }
  return {sum.known / total, sum.judged / total};
}

// The share of a factor handed on to its members.
void hand_on(const model::Factor& factor, std::size_t profile, double share,
             std::vector<double>& shares) {
  double total = 0;
  for (std::size_t m = 0; m < factor.members.size(); ++m) total += weight_of(factor, m, profile);
  for (std::size_t m = 0; m < factor.members.size(); ++m)
    shares[factor.members[m].node.index] += share * weight_of(factor, m, profile) / total;
}

// That of an expression, to the names it reads. What was filled in keeps its part: it is not known,
// whatever it is made of.
void hand_on(const Read& read, double share, std::vector<double>& shares,
             std::vector<double>& kept) {
  std::set<NodeId> all = read.names;
  add(all, read.filled);
  for (const NodeId name : all)
    (read.filled.contains(name) ? kept : shares)[name.index] += share / double(all.size());
}

bool is_written(const Node& node) {
  return node.kind == NodeKind::derived || (node.is_factor() && node.factor().expression);
}

// Whether what is read hangs on the country: a choice, or a condition that may have been filled in.
bool varies(const Program& program, const Registers& registers, RegisterId reg, bool top) {
  if (!top && registers.node[reg.index]) return false;
  if (registers.rule[reg.index]) return true;
  const Operation& op = program.operations[reg.index];
  if (op.code == OpCode::choose || op.code == OpCode::known || is_connective(op.code)) return true;
  return std::any_of(op.in.begin(), op.in.end(),
                     [&](RegisterId in) { return varies(program, registers, in, false); });
}

}  // namespace

Registers::Registers(const Program& program)
    : node(program.operations.size()),
      rule(program.operations.size()),
      asks_known(program.operations.size()) {
  for (std::size_t n = 0; n < program.nodes.size(); ++n) {
    node[program.nodes[n].value.index] = NodeId{n};
    if (program.nodes[n].score.valid()) node[program.nodes[n].score.index] = NodeId{n};
  }
  for (const program::RuleRegisters& registers : program.rules) rule[registers.truth.index] = true;
  for (const Operation& op : program.operations)
    asks_known[op.out.index] = op.code == OpCode::known ||
                               std::any_of(op.in.begin(), op.in.end(),
                                           [&](RegisterId in) { return asks_known[in.index]; });
}

std::vector<RegisterId> deciding(const Program& program) {
  const Registers registers(program);
  std::set<RegisterId> found;
  for (const Operation& op : program.operations) {
    if (op.code == OpCode::choose) {
      found.insert(op.in[0]);
      if (registers.asks_known[op.in[0].index]) found.insert({op.in[1], op.in[2]});
    }
    if (!registers.asks_known[op.out.index] ||
        program::row_of(op.code).family != program::Family::expression)
      continue;
    found.insert(op.out);
    found.insert(op.in.begin(), op.in.end());
  }
  return {found.begin(), found.end()};
}

Shares::Shares(const Model& model, const Program& program, ViewpointId viewpoint)
    : model_(&model),
      program_(&program),
      indicators_(data::indicators(model)),
      registers_(program),
      fixed_(model.nodes.size()),
      profile_(viewpoint.valid() ? viewpoint.index : 0) {
  const ValueOf none = [](RegisterId) { return std::nan(""); };
  for (std::size_t n = 0; n < model.nodes.size(); ++n)
    if (is_written(model.nodes[n]) && !varies(program, registers_, program.nodes[n].base, true))
      fixed_[n] = Reader(program, registers_, none).of_node(program.nodes[n].base);
}

Read Shares::read_by(NodeId node, const ValueOf& value) const {
  if (fixed_[node.index]) return *fixed_[node.index];
  return Reader(*program_, registers_, value).of_node((*program_)[node].base);
}

std::vector<KnownShare> Shares::of(const std::vector<data::Chosen>& facts,
                                   const ValueOf& value) const {
  std::vector<KnownShare> nodes(model_->nodes.size());
  for (std::size_t k = 0; k < indicators_.size(); ++k)
    nodes[indicators_[k].index] = of_fact(facts[k]);
  for (const model::Step& step : model_->order) {
    const NodeId* id = std::get_if<NodeId>(&step);
    if (!id) continue;
    const Node& node = (*model_)[*id];
    if (node.kind == NodeKind::parameter)
      nodes[id->index] = {1, 0};
    else if (is_written(node))
      nodes[id->index] = of_read(read_by(*id, value), nodes);
    else if (node.is_factor())
      nodes[id->index] = of_factor(node.factor(), profile_, nodes);
  }
  return nodes;
}

std::vector<double> Shares::weights_in(NodeId output, const ValueOf& value) const {
  std::vector<double> shares(model_->nodes.size()), kept(model_->nodes.size());
  shares[output.index] = 1;
  for (auto step = model_->order.rbegin(); step != model_->order.rend(); ++step) {
    const NodeId* id = std::get_if<NodeId>(&*step);
    if (!id || shares[id->index] == 0) continue;
    const Node& node = (*model_)[*id];
    if (is_written(node))
      hand_on(read_by(*id, value), shares[id->index], shares, kept);
    else if (node.is_factor())
      hand_on(node.factor(), profile_, shares[id->index], shares);
  }
  for (std::size_t n = 0; n < shares.size(); ++n) shares[n] += kept[n];
  return shares;
}

}  // namespace waystone::evaluate
