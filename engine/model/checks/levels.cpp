// Levels ascend, are two or more, and their scores run the way that is said.
#include <cmath>

#include <fmt/format.h>

#include "model/checks/checks.hpp"

namespace waystone::model {
namespace {

void check_one(Draft& draft, const syntax::Indicator& tree, const Node& node) {
  if (tree.half_steps && node.unit != Unit::level) {
    draft.say(Code::E0251, tree.name.where,
              fmt::format("'half steps' is for levels; '{}' has none", node.name));
    return;
  }
  if (!tree.levels || (node.unit != Unit::level && node.unit != Unit::code)) return;
  for (const syntax::Level& level : tree.levels->levels)
    if (level.score && (level.score->value < 0 || level.score->value > 100))
      draft.say(Code::E0246, level.score->where,
                fmt::format("a score lies between 0 and 100, not at {}", level.score->value));
  for (const syntax::Level& level : tree.levels->levels)
    if (is_blank(level.anchor.text))
      draft.say(Code::E0270, level.anchor.where,
                fmt::format("a level of '{}' has no anchor", node.name), {},
                {"say what is seen where it applies"});
  if (node.unit == Unit::code) return;
  const auto& levels = tree.levels->levels;
  if (levels.size() < 2)
    return draft.say(Code::E0249, tree.levels->where, "two levels or more are needed");
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (!levels[i].value)
      return draft.say(Code::E0249, levels[i].where,
                       "a level is a number; codes need 'unit code(…)'");
    if (std::floor(levels[i].value->value) != levels[i].value->value)
      return draft.say(Code::E0249, levels[i].value->where, "levels are whole numbers", {},
                       {"'half steps' lets facts lie halfway"});
    if (i > 0 && levels[i - 1].value && levels[i].value->value <= levels[i - 1].value->value)
      return draft.say(Code::E0249, levels[i].value->where,
                       "levels ascend; this one is not above the one before");
  }
  const auto& points = node.curve->points;
  const double first = points.front().second.value, last = points.back().second.value;
  if (tree.levels->best_last ? first < last : first > last)
    draft.say(Code::E0250, tree.levels->where,
              fmt::format("the scores run from {} to {}, against 'levels{}'", first, last,
                          tree.levels->best_last ? " best last" : ""),
              {},
              {tree.levels->best_last
                   ? "the first level is the worst here, so its score is the highest"
                   : "the last level is the worst, unless it says 'levels best last'"});
}

}  // namespace

void check_levels(Draft& draft) {
  for (std::size_t i = 0; i < draft.nodes.rows.size(); ++i)
    if (const auto* tree = std::get_if<const syntax::Indicator*>(&draft.nodes.rows[i]);
        tree && draft.model.nodes[i].unit != Unit::none)
      check_one(draft, **tree, draft.model.nodes[i]);
}

}  // namespace waystone::model
