// Values of a parameter follow each other and are plausible.
#include <algorithm>

#include <fmt/format.h>

#include "model/checks/checks.hpp"

namespace waystone::model {
namespace {

void check_dates(Draft& draft, const syntax::Parameter& tree) {
  if (tree.entries.empty())
    return draft.say(Code::E0256, tree.name.where, fmt::format("parameter '{}' has no value", tree.name.text), {},
                     {"add 'always N' or 'from DATE: N'"});
  const bool always = std::any_of(tree.entries.begin(), tree.entries.end(), [](const auto& entry) { return !entry.from; });
  if (always && tree.entries.size() > 1) return draft.say(Code::E0256, tree.entries[1].where, "'always' stands alone");
  for (std::size_t i = 1; i < tree.entries.size(); ++i) {
    const Date before = tree.entries[i - 1].from->date, now = tree.entries[i].from->date;
    if (now > before) continue;
    draft.say(Code::E0256, tree.entries[i].from->where,
              now == before ? fmt::format("{} stands twice", to_string(now))
                            : fmt::format("dates ascend; {} comes after {}", to_string(now), to_string(before)));
  }
}

void check_plausible(Draft& draft, const syntax::Parameter& tree, const Parameter& parameter) {
  if (!parameter.plausible || parameter.plausible->first >= parameter.plausible->second) return;
  const auto [low, high] = *parameter.plausible;
  for (const Parameter::Entry& entry : parameter.entries)
    if (entry.value.value < low || entry.value.value > high)
      draft.say(Code::E0257, entry.value.where,
                fmt::format("{} lies outside what '{}' calls plausible, {} to {}", entry.value.value, tree.name.text, low, high));
}

}  // namespace

void check_parameters(Draft& draft) {
  for (std::size_t i = 0; i < draft.nodes.rows.size(); ++i) {
    const auto* tree = std::get_if<const syntax::Parameter*>(&draft.nodes.rows[i]);
    if (!tree) continue;
    check_dates(draft, **tree);
    if (draft.model.nodes[i].unit != Unit::none) check_plausible(draft, **tree, draft.model.nodes[i].parameter());
  }
}

}  // namespace waystone::model
