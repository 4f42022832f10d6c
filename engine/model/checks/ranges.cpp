// What a number can be at all.
#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/units.hpp"

namespace waystone::model {
namespace {

void check_order(Draft& draft, const syntax::Range& range, double low, double high) {
  if (low >= high)
    draft.say(Code::E0242, range.where,
              fmt::format("the range is empty: {} is not below {}", low, high));
}

void check_indicator(Draft& draft, const syntax::Indicator& tree, const Node& node) {
  if (node.unit == Unit::none) return;
  const bool wants = is_number(node.unit) && node.unit != Unit::level;
  if (wants && !tree.range) {
    draft.say(Code::E0242, node.where, fmt::format("indicator '{}' has no range", node.name), {},
              {"add 'range LOW to HIGH': what it can be at all"});
  } else if (!wants && tree.range) {
    draft.say(Code::E0242, tree.range->where,
              node.unit == Unit::level
                  ? "the range of levels is from the first to the last"
                  : fmt::format("an indicator that is {} has no range", in_words(node.unit)));
  } else if (tree.range) {
    check_order(draft, *tree.range, *node.low, *node.high);
  }
}

void check_derived(Draft& draft, const syntax::Derived& tree, const Node& node) {
  if (node.unit == Unit::none) return;
  if (tree.curve && !tree.range)
    draft.say(Code::E0242, node.where,
              fmt::format("derived value '{}' has a curve but no range", node.name), {},
              {"add 'range LOW to HIGH'; it clamps the value"});
  if (!tree.range) return;
  if (is_number(node.unit))
    check_order(draft, *tree.range, *node.low, *node.high);
  else
    draft.say(Code::E0242, tree.range->where,
              fmt::format("a value that is {} has no range", in_words(node.unit)));
}

}  // namespace

void check_ranges(Draft& draft) {
  for (std::size_t i = 0; i < draft.nodes.rows.size(); ++i) {
    const Node& node = draft.model.nodes[i];
    if (const auto* indicator = std::get_if<const syntax::Indicator*>(&draft.nodes.rows[i]))
      check_indicator(draft, **indicator, node);
    if (const auto* derived = std::get_if<const syntax::Derived*>(&draft.nodes.rows[i]))
      check_derived(draft, **derived, node);
    if (const auto* parameter = std::get_if<const syntax::Parameter*>(&draft.nodes.rows[i]))
      if ((*parameter)->plausible)
        check_order(draft, *(*parameter)->plausible, node.parameter().plausible->first,
                    node.parameter().plausible->second);
  }
}

}  // namespace waystone::model
