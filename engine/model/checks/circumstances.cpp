// There is something to compute, and the model's defaults are within reason.
#include <fmt/format.h>

#include "model/checks/checks.hpp"

namespace waystone::model {

void check_circumstances(Draft& draft) {
  if (!draft.model.main.valid() && !draft.partial()) {
    const Span where = draft.files.empty() ? Span{} : Span{draft.files.front().file, 0, 0};
    draft.say(Code::E0282, where, "the model has no output, so there is nothing to score", {},
              {"add 'output risk { … }'"});
  }
  if (!draft.defaults) return;
  const syntax::ModelDefaults& tree = *draft.defaults;
  if (tree.horizon && tree.horizon->value > 0 && draft.model.horizon_years > 100)
    draft.say(Code::E0283, tree.horizon->where,
              fmt::format("a horizon of {} years is beyond 100", draft.model.horizon_years));
  if (tree.level_margin && (tree.level_margin->value < 0 || tree.level_margin->value > 100))
    draft.say(Code::E0284, tree.level_margin->where,
              fmt::format(
                  "the margin under which a gap is level lies between 0 and 100 points, not at {}",
                  tree.level_margin->value));
}

}  // namespace waystone::model
