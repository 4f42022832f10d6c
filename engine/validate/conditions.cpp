#include "validate/conditions.hpp"

#include <set>

namespace waystone::validate {
namespace {

using model::Expression;
using model::Op;

// An expression and the registers it was compiled to, walked side by side: an operation reads its
// arguments in their order, after the day where it counts from a date.
class Walk {
 public:
  Walk(const program::Program& program, std::vector<Condition>& found)
      : program_(program), found_(found) {}

  void start(Condition::Of of, std::size_t index) {
    of_ = of;
    index_ = index;
    choices_.clear();
  }

  void condition(const Expression& e, RegisterId reg, bool choice, std::size_t depth,
                 bool turned = false) {
    found_.push_back({of_, index_, choice, depth, turned, e.where, reg});
    switch (e.op) {
      case Op::logical_and:
      case Op::logical_or: return parts(e, e.op, reg, choice, depth + 1);
      case Op::logical_not:
        return condition(e.arguments[0], argument(e, reg, 0), choice, depth + 1, true);
      default: return value(e, reg);
    }
  }

  // Conditions inside what is itself no condition.
  void value(const Expression& e, RegisterId reg) {
    for (std::size_t k = 0; k < e.arguments.size(); ++k) {
      // the start of a decay stands twice in what it was written out to
      if (e.op != Op::choose || k != 0)
        value(e.arguments[k], argument(e, reg, k));
      else if (choices_.insert(e.arguments[0].where).second)
        condition(e.arguments[0], argument(e, reg, 0), true, 0);
    }
  }

 private:
  RegisterId argument(const Expression& e, RegisterId reg, std::size_t k) const {
    const bool counts_from_date =
        e.op == Op::months_since || e.op == Op::years_since || e.op == Op::days_since;
    return program_.operations[reg.index].in[k + (counts_from_date ? 1 : 0)];
  }

  // A chain is read from the left: ((a and b) and c).
  void parts(const Expression& e, Op chain, RegisterId reg, bool choice, std::size_t depth) {
    for (std::size_t k = 0; k < e.arguments.size(); ++k) {
      const Expression& part = e.arguments[k];
      if (k == 0 && part.op == chain)
        parts(part, chain, argument(e, reg, k), choice, depth);
      else
        condition(part, argument(e, reg, k), choice, depth);
    }
  }

  const program::Program& program_;
  std::vector<Condition>& found_;
  Condition::Of of_ = Condition::Of::rule;
  std::size_t index_ = 0;
  std::set<Span> choices_;
};

// The register of a written value before it is clamped to its range.
RegisterId unclamped(const program::Program& program, RegisterId base, bool clamped) {
  return clamped ? program.operations[base.index].in[0] : base;
}

}  // namespace

std::vector<Condition> conditions_of(const model::Model& model, const program::Program& program) {
  std::vector<Condition> found;
  Walk walk(program, found);
  for (std::size_t r = 0; r < model.rules.size(); ++r) {
    walk.start(Condition::Of::rule, r);
    walk.condition(model.rules[r].when, program.rules[r].truth, false, 0);
    for (std::size_t e = 0; e < model.rules[r].effects.size(); ++e)
      walk.value(model.rules[r].effects[e].amount, program.rules[r].amounts[e]);
  }
  for (std::size_t t = 0; t < model.tripwires.size(); ++t) {
    walk.start(Condition::Of::tripwire, t);
    walk.condition(model.tripwires[t].when, program.tripwires[t], false, 0);
  }
  for (std::size_t n = 0; n < model.nodes.size(); ++n) {
    const model::Node& node = model.nodes[n];
    walk.start(Condition::Of::node, n);
    if (node.kind == model::NodeKind::derived)
      walk.value(node.derived().value,
                 unclamped(program, program.nodes[n].base, node.low && node.high));
    else if (node.is_factor() && node.factor().expression)
      walk.value(*node.factor().expression, unclamped(program, program.nodes[n].base, true));
  }
  return found;
}

}  // namespace waystone::validate
