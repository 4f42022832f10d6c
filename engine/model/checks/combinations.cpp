// What stands beside a combination: floor, order, known share, strengths, scale.
#include <cmath>

#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/checks/lists.hpp"

namespace waystone::model {
namespace {

void check_floor(Draft& draft, const syntax::Combine& tree) {
  const bool mean = tree.kind == Combination::geometric || tree.kind == Combination::harmonic ||
                    tree.kind == Combination::power_mean;
  const bool needed = tree.kind == Combination::geometric || tree.kind == Combination::harmonic ||
                      (tree.kind == Combination::power_mean && tree.order && tree.order->value < 0);
  if (tree.floor && !mean)
    draft.say(Code::E0225, tree.floor->where,
              "'no part below' is for geometric, harmonic and power means");
  else if (tree.floor && (tree.floor->value <= 0 || tree.floor->value >= 100))
    draft.say(Code::E0220, tree.floor->where,
              fmt::format("'no part below' lies between 0 and 100, both left out; this is {}",
                          tree.floor->value));
  else if (!tree.floor && needed)
    draft.say(Code::E0220, tree.where,
              "this mean says below what no part may fall, for one zero would decide all", {},
              {"add ', no part below 5'"});
}

constexpr double largest_order =
    100;  // beyond, a mean can't be told from its greatest member, or its least

void check_one(Draft& draft, const syntax::Factor& tree) {
  if (tree.combine) {
    const syntax::Combine& combine = *tree.combine;
    check_floor(draft, combine);
    if (combine.kind == Combination::power_mean && combine.order && combine.order->value == 0)
      draft.say(Code::E0221, combine.order->where, "a power mean of order 0 is the geometric mean",
                {}, {"write 'geometric, no part below 5'"});
    if (combine.kind == Combination::power_mean && combine.order &&
        std::fabs(combine.order->value) > largest_order)
      draft.say(
          Code::E0221, combine.order->where,
          fmt::format("a power mean of order {:g} is next to the {} member alone",
                      combine.order->value, combine.order->value > 0 ? "highest" : "lowest"),
          {},
          {fmt::format("an order from -{0:g} to {0:g} is meant; 'worst' and 'best' take one member",
                       largest_order)});
    if (combine.weights_from_viewpoint && !is_weighted(combine.kind))
      draft.say(Code::E0225, combine.where,
                "this combination takes no weights, so none from viewpoints either");
    if (combine.kind == Combination::expression && !tree.members.empty())
      draft.say(
          Code::E0225, tree.members.front().where,
          fmt::format("'{}' is a written expression and has no member lines", tree.name.text));
    if (combine.kind == Combination::expression && tree.reweight)
      draft.say(Code::E0222, tree.reweight_where,
                "a written expression has no weights to scale up");
  }
  if (tree.reweight) {
    const syntax::Number& known = *tree.reweight;
    const bool percent = known.unit == Unit::percent || known.unit == Unit::none;
    if (percent && (known.value < 1 || known.value > 100))
      draft.say(Code::E0222, known.where,
                fmt::format("the share that must be known lies between 1% and 100%, not at {}%",
                            known.value));
  }
  const bool higher_is_better = tree.scale && tree.scale->higher_is_better;
  for (const syntax::Strength& strength : tree.strengths) {
    if (higher_is_better)
      draft.say(
          Code::E0225, strength.where,
          fmt::format("a strength lowers, which is for the worse in '{}', where higher is better",
                      tree.name.text),
          {}, {"a strength stands in a factor in which higher is worse"});
    if (strength.points.value <= 0 || strength.points.value > 100)
      draft.say(Code::E0223, strength.points.where,
                fmt::format("a strength lowers by more than 0 and at most 100 points, not by {}",
                            strength.points.value));
  }
  if (tree.scale && (tree.scale->low.value != 0 || tree.scale->high.value != 100))
    draft.say(Code::E0226, tree.scale->where, "the scale of a factor or output is always 0 to 100");
}

void check_worse(Draft& draft, const syntax::Factor& tree) {
  if (!tree.worse) return;
  if (tree.scale && tree.scale->higher_is_better)
    draft.say(
        Code::E0225, tree.worse->where,
        fmt::format("'worse' says what a higher score is called, and in '{}' higher is better",
                    tree.name.text));
  const syntax::Worse& worse = *tree.worse;
  for (const syntax::Text* word :
       {&worse.more, worse.most ? &*worse.most : nullptr, worse.plain ? &*worse.plain : nullptr})
    if (word && is_blank(word->text))
      draft.say(Code::E0270, word->where, "this word for 'worse' says nothing", {},
                {"write 'worse \"riskier\"', or leave the line out"});
}

}  // namespace

void check_combinations(Draft& draft) {
  for (const NodeTree& tree : draft.nodes.rows) {
    const auto* factor = std::get_if<const syntax::Factor*>(&tree);
    if (!factor) continue;
    check_one(draft, **factor);
    check_worse(draft, **factor);
  }
}

}  // namespace waystone::model
