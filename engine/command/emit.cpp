#include <fmt/format.h>

#include "command/verbs.hpp"
#include "emit/javascript.hpp"

namespace waystone::command {

int emit(const EmitOptions& options, const Console& console) {
  if (!options.js) throw Stop{wrong_use, "emit wants a language: add --js"};
  Session session(console, options);
  session.require_named(options.rules);
  if (session.is_scenario(options.rules))
    throw Stop{wrong_use, fmt::format("emit wants a rule file; '{}' is a scenario", options.rules)};
  const ask::SharedRules rules = session.open_model(options.rules);
  const emit::Emitted emitted{&rules->model, &rules->program, &session.sources(),
                              rules->path,   rules->hash,     tool_name()};
  auto text = emit::javascript(emitted, options.script ? emit::Form::script : emit::Form::module);
  session.fail_on_errors(text.diagnostics, options.rules);
  session.deliver(options, *text.value);
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
