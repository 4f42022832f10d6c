// How many digits after the point rounding leaves a value: a published index is `round(…, 3)`, and
// what adds such values up keeps them.
#include <algorithm>
#include <cmath>

#include "base/digits.hpp"
#include "model/draft.hpp"

namespace waystone::model {
namespace {

using Digits = std::optional<int>;  // nothing: the value may have any number of digits

// Reads the nodes that an expression names, so those come before it.
class Rounding {
 public:
  explicit Rounding(const Model& model) : model_(model) {}

  /// Nothing, too, where nothing rounds: `if a then 1 else 0.5` is printed as any other value.
  Digits left_by(const Expression& e) const { return rounds(e) ? of(e) : std::nullopt; }

 private:
  Digits of(const Expression& e) const {
    switch (e.op) {
      case Op::number: return decimals_in(e.number.value);
      case Op::name: return e.node.valid() ? model_[e.node].rounding : std::nullopt;
      case Op::round_half_up:
      case Op::round_half_even: return rounded(e);
      case Op::negate:
      case Op::absolute: return of(e.arguments[0]);
      case Op::choose: return most(e, 1);  // the condition has no digits
      case Op::add:
      case Op::subtract:
      case Op::minimum:
      case Op::maximum:
      case Op::clamp: return most(e, 0);
      default: return std::nullopt;
    }
  }

  bool rounds(const Expression& e) const {
    if (e.op == Op::round_half_up || e.op == Op::round_half_even) return true;
    if (e.op == Op::name && e.node.valid() && model_[e.node].rounding) return true;
    return std::any_of(e.arguments.begin(), e.arguments.end(),
                       [&](const Expression& argument) { return rounds(argument); });
  }

  static Digits rounded(const Expression& e) {
    const Expression& digits = e.arguments.back();
    if (e.arguments.size() < 2 || digits.op != Op::number) return std::nullopt;
    return std::clamp(int(digits.number.value), 0, 9);
  }

  Digits most(const Expression& e, std::size_t from) const {
    int found = 0;
    for (std::size_t k = from; k < e.arguments.size(); ++k) {
      const Digits digits = of(e.arguments[k]);
      if (!digits) return std::nullopt;
      found = std::max(found, *digits);
    }
    return found;
  }

  const Model& model_;
};

}  // namespace

void settle_rounding(Model& model) {
  const Rounding rounding(model);
  for (const Step& step : model.order) {
    const auto* id = std::get_if<NodeId>(&step);
    if (!id) continue;
    Node& node = model.nodes[id->index];
    if (node.kind == NodeKind::derived)
      node.rounding = rounding.left_by(node.derived().value);
    else if (node.is_factor() && node.factor().expression)
      node.rounding = rounding.left_by(*node.factor().expression);
  }
}

}  // namespace waystone::model
