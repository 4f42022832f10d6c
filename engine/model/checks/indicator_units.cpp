// The unit of an indicator or parameter: there is one, and levels and codes agree with it.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/units.hpp"

namespace waystone::model {
namespace {

void check_codes(Draft& draft, const syntax::Indicator& tree) {
  std::set<std::string_view> codes;
  for (const syntax::Name& code : tree.unit->codes)
    if (!codes.insert(code.text).second)
      draft.say(Code::E0258, code.where, fmt::format("the code '{}' stands twice", code.text));
  if (!tree.levels) return;
  std::set<std::string_view> described;
  const std::vector<std::string> known(codes.begin(), codes.end());
  bool scored = false, unscored = false, faulty = false;
  for (const syntax::Level& level : tree.levels->levels) {
    if (!level.code) {
      draft.say(Code::E0240, level.where, "this indicator holds codes, so its levels name codes");
      return;
    }
    const bool unknown = !codes.contains(level.code->text),
               twice = !unknown && !described.insert(level.code->text).second;
    faulty = faulty || unknown || twice;
    if (unknown)
      draft.say(Code::E0258, level.code->where,
                fmt::format("'{}' is not among the codes of this indicator", level.code->text), {},
                suggestion(level.code->text, known));
    if (twice)
      draft.say(Code::E0258, level.code->where,
                fmt::format("the code '{}' is described twice", level.code->text));
    (level.score ? scored : unscored) = true;
  }
  if (scored && !faulty && (unscored || described.size() < codes.size()))
    draft.say(Code::E0258, tree.levels->where, "some codes have a score and others have none", {},
              {"give every code a score, or none"});
}

void check_one(Draft& draft, const syntax::Indicator& tree) {
  const bool code_levels =
      tree.levels && std::any_of(tree.levels->levels.begin(), tree.levels->levels.end(),
                                 [](const auto& level) { return level.code.has_value(); });
  if (!tree.unit && (!tree.levels || code_levels)) {
    draft.say(Code::E0240, tree.name.where,
              fmt::format("indicator '{}' has no unit", tree.name.text), {},
              {code_levels ? "add 'unit code(…)' with all its codes"
                           : "add 'unit percent', 'unit yes/no' or another; levels need none"});
    return;
  }
  if (!tree.unit) return;
  if (tree.unit->unit == Unit::code) return check_codes(draft, tree);
  if (tree.unit->unit == Unit::level && !tree.levels)
    draft.say(Code::E0240, tree.unit->where, "an indicator with unit level needs its levels", {},
              {"add 'levels { 0 \"…\" … }'"});
  if (tree.levels && tree.unit->unit != Unit::level)
    draft.say(Code::E0240, tree.unit->where,
              fmt::format("levels don't go with unit {}", in_words(tree.unit->unit)));
}

void check_one(Draft& draft, const syntax::Parameter& tree) {
  if (!tree.unit)
    draft.say(Code::E0240, tree.name.where,
              fmt::format("parameter '{}' has no unit", tree.name.text), {},
              {"add 'unit percent' or another; 'unit plain' for a bare number"});
  else if (!is_number(tree.unit->unit))
    draft.say(Code::E0240, tree.unit->where,
              fmt::format("a parameter is a number, not {}", in_words(tree.unit->unit)));
}

}  // namespace

void check_indicator_units(Draft& draft) {
  for (const NodeTree& tree : draft.nodes.rows) {
    if (const auto* indicator = std::get_if<const syntax::Indicator*>(&tree))
      check_one(draft, **indicator);
    if (const auto* parameter = std::get_if<const syntax::Parameter*>(&tree))
      check_one(draft, **parameter);
  }
}

}  // namespace waystone::model
