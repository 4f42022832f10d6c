#include "ask/explain.hpp"
#include "command/verbs.hpp"

namespace waystone::command {

int explain(const ExplainOptions& options, const Console& console) {
  Session session(console, options);
  const auto situation = session.open_scenario(options.scenario, options);
  const ask::Explanation explanation =
      session.take(ask::explain(situation, {options.country, options.output, options.depth,
                                            options.deepest_first, tool_name()}));
  const report::Explained& result = explanation.report;
  std::string text = options.json     ? report::text_of(report::explain_json(result))
                     : options.ledger ? session.written(options, report::ledger_text(result))
                                      : session.written(options, report::explain_text(result));
  session.deliver(options, text);
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
