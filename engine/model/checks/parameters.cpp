// Values of a parameter follow each other and are plausible.
#include <algorithm>

#include <fmt/format.h>

#include "model/checks/checks.hpp"

namespace waystone::model {
namespace {

struct Line {
  syntax::DateText date;
  bool ends = false;  // `until`, else `from`
};

// In the order of the text. Not of a parameter that is `always` so.
std::vector<Line> lines_of(const syntax::Parameter& tree) {
  std::vector<Line> lines;
  for (const auto& entry : tree.entries) lines.push_back({*entry.from, false});
  for (const syntax::DateText& end : tree.ends) lines.push_back({end, true});
  std::sort(lines.begin(), lines.end(),
            [](const Line& a, const Line& b) { return a.date.where.begin < b.date.where.begin; });
  return lines;
}

void follows(Draft& draft, const Line& before, const Line& now) {
  const Date first = before.date.date, second = now.date.date;
  if (before.ends && now.ends)
    return draft.say(Code::E0256, now.date.where,
                     fmt::format("it has ended on {} already", to_string(first)), {},
                     {"between two ends there is a 'from DATE: N'"});
  if (second > first || (second == first && now.ends)) return;  // in force for one day
  draft.say(
      Code::E0256, now.date.where,
      second == first
          ? before.ends
                ? fmt::format("{} is still the last day of the value before", to_string(second))
                : fmt::format("{} stands twice", to_string(second))
          : fmt::format("dates ascend; {} comes after {}", to_string(second), to_string(first)));
}

void check_dates(Draft& draft, const syntax::Parameter& tree) {
  if (tree.entries.empty())
    return draft.say(Code::E0256, tree.name.where,
                     fmt::format("parameter '{}' has no value", tree.name.text), {},
                     {"add 'always N' or 'from DATE: N'"});
  const bool always = std::any_of(tree.entries.begin(), tree.entries.end(),
                                  [](const auto& entry) { return !entry.from; });
  if (always && tree.entries.size() > 1)
    return draft.say(Code::E0256, tree.entries[1].where, "'always' stands alone");
  if (always && !tree.ends.empty())
    return draft.say(Code::E0256, tree.ends[0].where, "what is 'always' so has no end", {},
                     {"begin it with 'from DATE: N'"});
  const std::vector<Line> lines = lines_of(tree);
  if (lines[0].ends)
    return draft.say(
        Code::E0256, lines[0].date.where,
        fmt::format("nothing is in force yet that could end on {}", to_string(lines[0].date.date)),
        {}, {"'until DATE' stands after the 'from DATE: N' that it ends"});
  for (std::size_t i = 1; i < lines.size(); ++i) follows(draft, lines[i - 1], lines[i]);
}

void check_plausible(Draft& draft, const syntax::Parameter& tree, const Parameter& parameter) {
  if (!parameter.plausible || parameter.plausible->first >= parameter.plausible->second) return;
  const auto [low, high] = *parameter.plausible;
  for (const Parameter::Entry& entry : parameter.entries)
    if (entry.value.value < low || entry.value.value > high)
      draft.say(Code::E0257, entry.value.where,
                fmt::format("{} lies outside what '{}' calls plausible, {} to {}",
                            entry.value.value, tree.name.text, low, high));
}

}  // namespace

void check_parameters(Draft& draft) {
  for (std::size_t i = 0; i < draft.nodes.rows.size(); ++i) {
    const auto* tree = std::get_if<const syntax::Parameter*>(&draft.nodes.rows[i]);
    if (!tree) continue;
    check_dates(draft, **tree);
    if (draft.model.nodes[i].unit != Unit::none)
      check_plausible(draft, **tree, draft.model.nodes[i].parameter());
  }
}

}  // namespace waystone::model
