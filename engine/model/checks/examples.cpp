// Names in examples and groups stand for something. Those of the assertions are resolved before.
#include <fmt/format.h>

#include "model/checks/checks.hpp"

namespace waystone::model {

void check_examples(Draft& draft) {
  for (const syntax::Example* tree : draft.examples)
    if (tree->viewpoint) resolve(draft, Wanted::viewpoint, *tree->viewpoint);
  for (const syntax::Group* tree : draft.groups.rows)
    for (const syntax::Group::Value& value : tree->values) {
      const NodeId id = resolve_node(draft, value.indicator);
      if (id.valid() && draft.model[id].kind != NodeKind::indicator)
        draft.say(Code::E0203, value.indicator.where,
                  fmt::format("a group lists indicators, but '{}' is {}", value.indicator.text,
                              kind_text(draft.model[id].kind)));
    }
}

}  // namespace waystone::model
