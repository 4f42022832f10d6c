// A condition that is never or always true over the declared ranges decides nothing.
#include <algorithm>

#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/checks/reach.hpp"
#include "model/dependencies.hpp"

namespace waystone::model {
namespace {

// The smallest part that alone makes the whole never (or always) true.
const Expression& culprit(const Reaches& reaches, const Expression& condition, bool never) {
  const Expression* part = &condition;
  const Op joined = never ? Op::logical_and : Op::logical_or;
  for (bool deeper = true; deeper && part->op == joined;) {
    deeper = false;
    for (const Expression& argument : part->arguments) {
      const Truth truth = reaches.truth(argument);
      if (never ? truth.can_hold : truth.can_fail) continue;
      part = &argument;
      deeper = true;
      break;
    }
  }
  return *part;
}

// What only follows from the condition of another rule is said there.
bool rests_on_rule(const Reaches& reaches, const Expression& part) {
  return any_part(part, [&](const Expression& e) {
    if (e.op != Op::holds) return false;
    const Truth truth = reaches.truth(e);
    return !truth.can_hold || !truth.can_fail;
  });
}

void check_one(Draft& draft, const Reaches& reaches, const Expression& condition,
               std::string_view kind, const std::string& name) {
  if (condition.unit == Unit::none) return;
  const Truth truth = reaches.truth(condition);
  if (truth.can_hold && truth.can_fail) return;
  const bool never = !truth.can_hold;
  const Expression& part = culprit(reaches, condition, never);
  if (rests_on_rule(reaches, part)) return;
  draft.say(never ? Code::E0275 : Code::E0276, part.where,
            fmt::format("the condition of {} '{}' is {} true over the declared ranges", kind, name,
                        never ? "never" : "always"),
            fmt::format("{} true", never ? "never" : "always"));
}

}  // namespace

void check_conditions(Draft& draft) {
  const Reaches reaches(draft.model);
  for (const Rule& rule : draft.model.rules)
    check_one(draft, reaches, rule.when, "rule", rule.name);
  for (const Tripwire& tripwire : draft.model.tripwires)
    check_one(draft, reaches, tripwire.when, "tripwire", tripwire.name);
}

}  // namespace waystone::model
