// Bands cover 0 to 100 without gap or overlap.
#include <set>

#include <fmt/format.h>

#include "model/checks/checks.hpp"

namespace waystone::model {
namespace {

void check_one(Draft& draft, const syntax::Bands& tree) {
  std::set<std::string_view> names{tree.lowest.text};
  double before = 0, narrowest = 100;
  bool good = true;
  for (const syntax::Bands::Edge& edge : tree.edges) {
    if (!names.insert(edge.name.text).second)
      draft.say(Code::E0280, edge.name.where,
                fmt::format("two bands are called '{}'", edge.name.text));
    const double from = edge.from.value;
    if (from <= 0 || from >= 100) {
      draft.say(Code::E0280, edge.from.where,
                fmt::format("a band begins between 0 and 100, not at {}", from));
      good = false;
    } else if (from <= before) {
      draft.say(Code::E0280, edge.from.where,
                fmt::format("bands ascend; '{}' begins at {}, not above {}", edge.name.text, from,
                            before));
      good = false;
    }
    narrowest = std::min(narrowest, from - before);
    before = from;
  }
  narrowest = std::min(narrowest, 100 - before);
  if (tree.margin && good && (tree.margin->value < 0 || tree.margin->value * 2 > narrowest))
    draft.say(Code::E0281, tree.margin->where,
              fmt::format("the margin {} is negative, or more than half of the narrowest band, {}",
                          tree.margin->value, narrowest));
}

}  // namespace

void check_bands(Draft& draft) {
  for (const NodeTree& tree : draft.nodes.rows)
    if (const auto* factor = std::get_if<const syntax::Factor*>(&tree); factor && (*factor)->bands)
      check_one(draft, *(*factor)->bands);
}

}  // namespace waystone::model
