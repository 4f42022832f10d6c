#include <algorithm>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "model/dependencies.hpp"
#include "program/conditions.hpp"
#include "program/emitter.hpp"

namespace waystone::program {
namespace {

using model::Combination;
using model::CurveKind;
using model::Expression;
using model::Factor;
using model::Model;
using model::Node;
using model::NodeKind;
using model::Numeral;
using model::Op;

// Where an expression finds the values of names: the nodes' own registers, or an occurrence's.
struct Reading {
  RegisterId value, score;
};

// A fact takes only whole steps where its unit does.
Input fact_of(NodeId id, const model::Node& node) {
  Input input{InputKind::fact, id};
  switch (node.unit) {
    case model::Unit::yes_no:
    case model::Unit::code:
    case model::Unit::date: input.step = 1; break;
    case model::Unit::level:
      input.step = node.indicator().half_steps ? 0.5 : 1;
      input.from = node.low.value_or(0);
      break;
    default: break;
  }
  return input;
}

class Compiler : Emitter {
 public:
  Compiler(const Model& model, Sharing sharing) : model_(model), sharing_(sharing) {}

  Program run() {
    program_.nodes.resize(model_.nodes.size());
    program_.rules.resize(model_.rules.size());
    program_.weights.resize(model_.nodes.size());
    program_.profiles.resize(model_.viewpoints.size());
    count_occurrences();
    declare_inputs();
    for (const model::Step& step : model_.order) std::visit([&](auto id) { compile(id); }, step);
    for (const model::Tripwire& tripwire : model_.tripwires)
      program_.tripwires.push_back(emit_expression(tripwire.when, {}, "tripwire " + tripwire.name));
    std::sort(program_.occurrences.begin(), program_.occurrences.end(),
              [](const auto& a, const auto& b) {
                return std::tie(a.reader, a.leaf) < std::tie(b.reader, b.leaf);
              });
    program_.rereading = rereading_conditions(program_);
    return std::move(program_);
  }

 private:
  // ---- inputs and occurrences

  void declare_inputs() {
    declare_times();
    for (std::size_t i = 0; i < model_.nodes.size(); ++i)
      if (model_.nodes[i].kind == NodeKind::indicator)
        program_.inputs.push_back(fact_of(NodeId{i}, model_.nodes[i]));
    for (std::size_t i = 0; i < model_.nodes.size(); ++i)
      if (model_.nodes[i].is_factor())
        program_.inputs.push_back({InputKind::override_points, NodeId{i}});
    as_of_ = emit_input(InputId{Program::as_of_input}, {});
    horizon_ = emit_input(InputId{Program::horizon_input}, {});
  }

  static bool is_leaf(const Node& node) { return !node.is_factor(); }

  // Leaves that a written combination reads, each once, in order of id.
  std::vector<NodeId> leaves_of(const Expression& expression) const {
    std::vector<NodeId> found = model::nodes_in(expression);
    std::erase_if(found, [this](NodeId node) { return !is_leaf(model_[node]); });
    std::sort(found.begin(), found.end());
    return found;
  }

  void count_occurrences() {
    readers_.assign(model_.nodes.size(), 0);
    for (const Node& node : model_.nodes) {
      if (!node.is_factor()) continue;
      const Factor& factor = node.factor();
      for (const model::Member& member : factor.members)
        if (is_leaf(model_[member.node])) ++readers_[member.node.index];
      for (const model::Strength& strength : factor.strengths) ++readers_[strength.node.index];
      if (factor.expression)
        for (const NodeId leaf : leaves_of(*factor.expression)) ++readers_[leaf.index];
    }
  }

  // The registers through which `reader` takes in `leaf`; recorded as an occurrence.
  Reading occurrence(NodeId reader, NodeId leaf, bool takes_score) {
    const Node& node = model_[leaf];
    const NodeRegisters& own = program_[leaf];
    Reading reading{own.value, own.score};
    RegisterId pin = node.kind == NodeKind::indicator ? own.base : own.value;
    if (sharing_ == Sharing::separate && readers_[leaf.index] > 1) {
      pin = node.kind == NodeKind::indicator ? emit_input(program_.fact(leaf), node.where, leaf)
                                             : emit(OpCode::copy, {own.value}, node.where, leaf);
      reading.value = node.kind == NodeKind::indicator ? emit_effects(leaf, pin) : pin;
      if (node.curve) reading.score = emit_curve(*node.curve, reading.value, leaf);
    }
    program_.occurrences.push_back({reader, leaf, pin, takes_score ? reading.score : RegisterId{}});
    return reading;
  }

  // ---- nodes

  void compile(NodeId id) {
    const Node& node = model_[id];
    NodeRegisters& registers = program_.nodes[id.index];
    switch (node.kind) {
      case NodeKind::indicator:
        registers.base = emit_input(program_.fact(id), node.where, id);
        program_.nodes[id.index].value = emit_effects(id, registers.base);
        break;
      case NodeKind::parameter: registers.base = registers.value = emit_parameter(id); break;
      case NodeKind::derived: {
        const bool limited = node.low && node.high;
        RegisterId value = limited ? emit_expression(node.derived().value, {}, node.name)
                                   : emit_own(node.derived().value, node.name, node.where, id);
        if (limited) value = emit_limit(value, *node.low, *node.high, id);
        program_.nodes[id.index].base = program_.nodes[id.index].value = value;
        break;
      }
      case NodeKind::factor:
      case NodeKind::output: compile_factor(id); return;
    }
    if (node.curve) {
      const RegisterId score = emit_curve(*node.curve, program_.nodes[id.index].value, id);
      program_.nodes[id.index].score = score;
    }
  }

  void compile_factor(NodeId id) {
    const Factor& factor = model_[id].factor();
    NodeRegisters registers;
    registers.base = factor.expression ? emit_written(id) : emit_combination(id);
    RegisterId value = registers.base;
    for (const model::Strength& strength : factor.strengths)
      value = emit_strength(id, strength, value);
    registers.before_override = emit_effects(id, value);
    const RegisterId points = emit_input(program_.override_points(id), model_[id].where, id);
    registers.value = registers.score =
        emit(OpCode::adjust, {registers.before_override, points}, model_[id].where, id);
    program_.nodes[id.index] = registers;
  }

  RegisterId emit_written(NodeId id) {
    const Expression& expression = *model_[id].factor().expression;
    std::map<NodeId, Reading> readings;
    for (const NodeId leaf : leaves_of(expression)) readings[leaf] = occurrence(id, leaf, false);
    return emit_limit(emit_expression(expression, readings, model_[id].name), 0, 100, id);
  }

  RegisterId emit_limit(RegisterId value, double low, double high, NodeId id) {
    Operation operation;
    operation.code = OpCode::limit;
    operation.in = {value};
    operation.low = low;
    operation.high = high;
    operation.where = model_[id].where;
    operation.node = id;
    return emit(std::move(operation));
  }

  RegisterId emit_parameter(NodeId id) {
    const Node& node = model_[id];
    Operation operation;
    operation.code = OpCode::dated;
    operation.in = {as_of_};
    operation.where = node.where;
    operation.node = id;
    for (const auto& entry : node.parameter().entries) {
      operation.dates.push_back(entry.from.days);
      operation.last_days.push_back(entry.until ? entry.until->days
                                                : std::numeric_limits<double>::infinity());
      operation.slots.push_back(
          slot(entry.value, fmt::format("{} from {}", node.name, to_string(entry.from))));
    }
    return emit(std::move(operation));
  }

  static OpCode code_of(const Factor& factor) {
    // "worst" is the highest where higher is worse
    switch (factor.combination) {
      case Combination::arithmetic: return OpCode::arithmetic;
      case Combination::geometric: return OpCode::geometric;
      case Combination::harmonic: return OpCode::harmonic;
      case Combination::power_mean: return OpCode::power_mean;
      case Combination::sum: return OpCode::weighted_sum;
      case Combination::product: return OpCode::product;
      case Combination::worst: return factor.higher_is_better ? OpCode::lowest : OpCode::highest;
      case Combination::best: return factor.higher_is_better ? OpCode::highest : OpCode::lowest;
      case Combination::median: return OpCode::median;
      case Combination::expression: break;  // emit_written
    }
    return OpCode::copy;
  }

  RegisterId emit_combination(NodeId id) {
    const Node& node = model_[id];
    const Factor& factor = node.factor();
    Operation operation;
    operation.code = code_of(factor);
    operation.where = node.where;
    operation.node = id;
    for (const model::Member& member : factor.members) {
      const bool leaf = is_leaf(model_[member.node]);
      RegisterId score =
          leaf ? occurrence(id, member.node, true).score : program_[member.node].value;
      if (member.flip) score = emit(OpCode::flip, {score}, member.where, member.node);
      operation.in.push_back(score);
    }
    if (!factor.weights.empty()) operation.slots = emit_weights(id);
    if (factor.floor) {
      operation.has_floor = true;
      operation.slots.push_back(slot(*factor.floor, "least part of " + node.name));
    }
    if (factor.order)
      operation.slots.push_back(slot(*factor.order, "order of the power mean of " + node.name));
    if (factor.reweight) {
      operation.has_reweight = true;
      operation.slots.push_back(slot(*factor.reweight, "least known share of " + node.name));
    }
    return emit(std::move(operation));
  }

  std::vector<SlotId> emit_weights(NodeId id) {
    const Factor& factor = model_[id].factor();
    std::vector<SlotId> slots;
    for (std::size_t m = 0; m < factor.members.size(); ++m) {
      slots.push_back(slot(
          factor.weights[0][m],
          fmt::format("weight of {} in {}", model_[factor.members[m].node].name, model_[id].name)));
      if (!factor.weights_from_viewpoint) continue;
      for (std::size_t v = 0; v < model_.viewpoints.size(); ++v)
        program_.profiles[v].push_back(
            {slots.back(), factor.weights[v][m].value, factor.weights[v][m].where});
    }
    program_.weights[id.index] = slots;
    return slots;
  }

  // ---- what acts on a target

  RegisterId emit_strength(NodeId id, const model::Strength& strength, RegisterId value) {
    Operation operation;
    operation.code = OpCode::strength;
    operation.in = {value, occurrence(id, strength.node, true).score};
    for (const RuleId rule : strength.unless) operation.in.push_back(program_[rule].truth);
    operation.slots = {
        slot(strength.points,
             fmt::format("most that {} lowers {}", model_[strength.node].name, model_[id].name))};
    operation.where = strength.where;
    operation.node = id;
    return emit(std::move(operation));
  }

  // All rules on one target, as one operation; the value itself where no rule acts.
  RegisterId emit_effects(NodeId id, RegisterId value) {
    if (targets_.empty()) index_targets();
    const auto acting = targets_.find(id);
    if (acting == targets_.end()) return value;
    Operation operation;
    operation.code = OpCode::effects;
    operation.in = {value};
    operation.low = model_[id].low.value_or(-std::numeric_limits<double>::infinity());
    operation.high = model_[id].high.value_or(std::numeric_limits<double>::infinity());
    operation.where = model_[id].where;
    operation.node = id;
    for (const auto& [rule, effect] : acting->second) {
      operation.in.push_back(program_[rule].truth);
      operation.in.push_back(program_[rule].amounts[effect]);
      operation.effects.push_back(model_[rule].effects[effect].kind);
    }
    return emit(std::move(operation));
  }

  void index_targets() {
    for (std::size_t r = 0; r < model_.rules.size(); ++r)
      for (std::size_t e = 0; e < model_.rules[r].effects.size(); ++e)
        targets_[model_.rules[r].effects[e].target].push_back({RuleId{r}, e});
    if (targets_.empty()) targets_[NodeId{}] = {};  // indexed, nothing found
  }

  void compile(RuleId id) {
    const model::Rule& rule = model_[id];
    RuleRegisters registers;
    registers.truth = emit_own(rule.when, "rule " + rule.name, rule.when.where);
    for (const model::Effect& effect : rule.effects)
      registers.amounts.push_back(emit_own(effect.amount, "rule " + rule.name, effect.where));
    program_.rules[id.index] = registers;
  }

  // ---- curves

  RegisterId emit_curve(const model::Curve& curve, RegisterId value, NodeId id) {
    const std::string& name = model_[id].name;
    Operation operation;
    operation.in = {value};
    operation.where = curve.where.valid() ? curve.where : model_[id].where;
    operation.node = id;
    operation.from_one_plus = curve.from_one_plus;
    const auto add = [&](const Numeral& numeral, std::string_view what) {
      operation.slots.push_back(slot(numeral, fmt::format("{} of {}", what, name)));
    };
    switch (curve.kind) {
      case CurveKind::linear: operation.code = OpCode::linear; break;
      case CurveKind::logarithmic: operation.code = OpCode::logarithmic; break;
      case CurveKind::logistic: operation.code = OpCode::logistic; break;
      case CurveKind::knots: operation.code = OpCode::knots; break;
      case CurveKind::steps: operation.code = OpCode::steps; break;
    }
    if (curve.kind == CurveKind::knots || curve.kind == CurveKind::steps) {
      for (const auto& [at, score] : curve.points) {
        add(at, "knot");
        add(score, "score at a knot");
      }
    } else {
      add(curve.best, "best goalpost");
      add(curve.worst, "worst goalpost");
      if (curve.kind == CurveKind::logistic) add(curve.steepness, "steepness");
    }
    return emit(std::move(operation));
  }

  // ---- expressions

  Reading reading_of(NodeId id, const std::map<NodeId, Reading>& readings) const {
    if (const auto found = readings.find(id); found != readings.end()) return found->second;
    return {program_[id].value, program_[id].score};
  }

  // An expression in a register of its own, so that pinning it touches nothing it was computed
  // from.
  RegisterId emit_own(const Expression& e, const std::string& owner, Span where, NodeId node = {}) {
    const std::size_t before = program_.operations.size();
    const RegisterId value = emit_expression(e, {}, owner);
    if (value.index < before) return emit(OpCode::copy, {value}, where, node);
    program_.operations[value.index].node = node;
    return value;
  }

  RegisterId emit_expression(const Expression& e, const std::map<NodeId, Reading>& readings,
                             const std::string& owner) {
    const Leaf leaf = [&](const Expression& read) {
      if (read.op == Op::holds) return program_[read.rule].truth;
      const Reading reading = reading_of(read.node, readings);
      return read.op == Op::score ? reading.score : reading.value;
    };
    return Emitter::emit_expression(e, leaf, owner);
  }

  const Model& model_;
  Sharing sharing_;
  std::vector<int> readers_;  // by NodeId: in how many places a factor takes the leaf in
  std::map<NodeId, std::vector<std::pair<RuleId, std::size_t>>> targets_;
};

// Inputs stand in order of kind, then node.
InputId find_input(const std::vector<Input>& inputs, InputKind kind, NodeId node) {
  const auto before = [](const Input& a, const Input& b) {
    return std::pair(a.kind, a.node) < std::pair(b.kind, b.node);
  };
  const auto found = std::lower_bound(inputs.begin(), inputs.end(), Input{kind, node}, before);
  return found != inputs.end() && found->kind == kind && found->node == node
             ? InputId{std::size_t(found - inputs.begin())}
             : InputId{};
}

}  // namespace

InputId Program::fact(NodeId indicator) const {
  return find_input(inputs, InputKind::fact, indicator);
}
InputId Program::override_points(NodeId target) const {
  return find_input(inputs, InputKind::override_points, target);
}

Program compile(const model::Model& model, Sharing sharing) {
  return Compiler(model, sharing).run();
}

}  // namespace waystone::program
