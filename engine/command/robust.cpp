#include "ask/robust.hpp"
#include "command/verbs.hpp"

namespace waystone::command {

int robust(const RobustOptions& options, const Console& console) {
  Session session(console, options);
  const auto situation = session.open_scenario(options.scenario, options);
  if (!options.from.empty()) session.files().name(options.from);
  auto answer = ask::robust(situation,
                            {options.first, options.second, options.output, options.node,
                             options.from, options.samples, options.seed, tool_name()},
                            session.texts());
  console.diagnostics(answer.warnings, session.sources());
  const ask::Robustness robustness = session.take(std::move(answer));
  session.deliver(options, options.json
                               ? report::text_of(report::robust_json(robustness.report))
                               : session.written(options, report::robust_text(robustness.report)));
  session.say_warnings();
  return robustness.contradictory() ? findings : done;
}

}  // namespace waystone::command
