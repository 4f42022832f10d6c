// A rule says when, then and because; a tripwire says when and whose it is; an example says where
// and what.
#include <fmt/format.h>

#include "model/checks/checks.hpp"

namespace waystone::model {

void check_rules(Draft& draft) {
  const auto lacks = [&](const syntax::Name& name, std::string_view kind, std::string_view what,
                         std::string_view hint) {
    draft.say(Code::E0270, name.where, fmt::format("{} '{}' has no '{}'", kind, name.text, what),
              {}, {std::string(hint)});
  };
  for (const syntax::Rule* tree : draft.rules.rows) {
    if (!tree->when) lacks(tree->name, "rule", "when", "add 'when CONDITION'");
    if (tree->effects.empty()) lacks(tree->name, "rule", "then", "add 'then EFFECT'");
    for (const syntax::Effect& effect : tree->effects)
      if (effect.flag && is_blank(effect.flag->text))
        draft.say(Code::E0270, effect.flag->where,
                  fmt::format("a flag of rule '{}' says nothing", tree->name.text), {},
                  {"write what a reader is to know"});
    if (!tree->because || is_blank(tree->because->text))
      lacks(tree->name, "rule", "because",
            "add 'because \"…\"': the reason a reader is to be convinced by");
  }
  for (const syntax::Tripwire* tree : draft.tripwires.rows) {
    if (!tree->when) lacks(tree->name, "tripwire", "when", "add 'when CONDITION'");
    if (!tree->owner || is_blank(tree->owner->text))
      lacks(tree->name, "tripwire", "owner", "add 'owner \"…\"': who is to act where it fires");
    if (!tree->review)
      lacks(tree->name, "tripwire", "review",
            "add 'review DATE': the day on which its owner looks at it again");
    if (!tree->because || is_blank(tree->because->text))
      lacks(tree->name, "tripwire", "because", "add 'because \"…\"': what it is to warn of");
  }
  for (const syntax::Example* tree : draft.examples) {
    if (!tree->scenario)
      draft.say(Code::E0270, tree->title.where, "this example names no scenario", {},
                {"add 'in \"FILE.toml\"'"});
    if (tree->expectations.empty())
      draft.say(Code::E0270, tree->title.where, "this example expects nothing", {},
                {"add 'expect risk(UKR) at least 60'"});
  }
}

}  // namespace waystone::model
