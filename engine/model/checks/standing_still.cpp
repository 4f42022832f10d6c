// A length of time that runs on is not a figure to be carried forward: carried, it stands still.
#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "syntax/parse.hpp"

namespace waystone::model {

void check_standing_still(Draft& draft) {
  for (const Node& node : draft.model.nodes) {
    if (node.kind != NodeKind::indicator ||
        (node.unit != Unit::years && node.unit != Unit::months && node.unit != Unit::days))
      continue;
    const Indicator& indicator = node.indicator();
    if (indicator.missing.kind != MissingKind::carry_forward || indicator.stale) continue;
    const std::string_view unit = syntax::name_of(node.unit);
    draft.say(Code::W0206, indicator.missing.where,
              fmt::format("'{}' is in {} and carried forward: it stands still while time goes on",
                          node.name, unit),
              {},
              {fmt::format("of what runs with time, like time in office, give the date it began, "
                           "and write '{} since DATE'",
                           unit),
               "of what doesn't, like a life expectancy, say 'stale after …': then its age is "
               "marked and this is not said"});
  }
}

}  // namespace waystone::model
