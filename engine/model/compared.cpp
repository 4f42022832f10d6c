// The numbers that values are compared with: beside one of them a value is printed with the digits
// that tell the two apart.
#include <algorithm>

#include "model/dependencies.hpp"
#include "model/draft.hpp"

namespace waystone::model {
namespace {

bool compares(Op op) {
  return op == Op::less || op == Op::less_equal || op == Op::greater || op == Op::greater_equal ||
         op == Op::equal || op == Op::not_equal || op == Op::between;
}

// The constants of a comparison: a numeral, or what a parameter has been.
void add_constants(const Model& model, const Expression& side, std::vector<double>& found) {
  if (side.op == Op::number) found.push_back(side.number.value);
  if (side.op != Op::name || !side.node.valid() || model[side.node].kind != NodeKind::parameter)
    return;
  for (const Parameter::Entry& entry : model[side.node].parameter().entries)
    found.push_back(entry.value.value);
}

void settle(Model& model, const Expression& whole) {
  for_each_part(whole, [&](const Expression& part) {
    if (!compares(part.op)) return;
    std::vector<double> constants;
    for (const Expression& side : part.arguments) add_constants(model, side, constants);
    for (const Expression& side : part.arguments) {
      if (side.op != Op::name || !side.node.valid()) continue;
      std::vector<double>& known = model.nodes[side.node.index].compared;
      known.insert(known.end(), constants.begin(), constants.end());
    }
  });
}

}  // namespace

void settle_compared(Model& model) {
  for (const Rule& rule : model.rules) settle(model, rule.when);
  for (std::size_t n = 0; n < model.nodes.size(); ++n) {
    if (model.nodes[n].kind == NodeKind::derived)
      settle(model, model.nodes[n].derived().value);
    else if (model.nodes[n].is_factor() && model.nodes[n].factor().expression)
      settle(model, *model.nodes[n].factor().expression);
  }
  for (Node& node : model.nodes) {
    std::sort(node.compared.begin(), node.compared.end());
    node.compared.erase(std::unique(node.compared.begin(), node.compared.end()),
                        node.compared.end());
  }
}

}  // namespace waystone::model
