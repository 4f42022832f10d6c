#include <fmt/format.h>

#include "command/verbs.hpp"
#include "report/asked.hpp"
#include "report/program_json.hpp"

namespace waystone::command {

int list(const ListOptions& options, const Console& console) {
  if (options.files.size() > 2)
    throw Stop{wrong_use, "list wants a rule file, a scenario, or one of each"};
  if (options.program && !options.json)
    throw Stop{wrong_use, "--program is printed as JSON only: add --json"};
  Session session(console, options);
  std::string rules = options.rules, scenario;
  for (const std::string& file : options.files) {
    session.files().name(file);
    std::string& slot = session.is_scenario(file) ? scenario : rules;
    if (!slot.empty()) throw Stop{wrong_use, "list wants a rule file, a scenario, or one of each"};
    slot = file;
  }
  if (scenario.empty() && !(options.settings.empty() && options.as_of.empty() &&
                            options.known_by.empty() && options.viewpoint.empty()))
    throw Stop{wrong_use,
               "--set, --as-of, --known-by and --viewpoint are about a scenario: name one"};
  if (!scenario.empty() && !options.program)
    throw Stop{wrong_use,
               fmt::format("list is about rule files; 'waystone data {}' has what the scenario has",
                           scenario)};
  ask::SharedSituation loaded;
  ask::SharedRules asked_rules;
  if (scenario.empty()) {
    asked_rules = session.open_model(rules);
  } else {
    Options with_rules = options;
    with_rules.rules = rules;
    loaded = session.open_scenario(scenario, with_rules);
    asked_rules = loaded->rules;
  }
  if (options.program) {
    session.deliver(options,
                    report::text_of(report::program_json(asked_rules->model, asked_rules->program,
                                                         loaded ? loaded->now.get() : nullptr,
                                                         session.sources(), tool_name())));
    return done;
  }
  const report::Asked asked{
      &session.sources(), tool_name(), {asked_rules->path, asked_rules->hash}, &asked_rules->model};
  session.deliver(options, options.json ? report::text_of(report::asked_json(asked))
                                        : session.written(options, report::asked_text(asked)));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
