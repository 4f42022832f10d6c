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
  if (options.json)
    session.deliver(options,
                    [&](const report::Put& put) { report::put_explain_json(result, put); });
  else
    session.deliver(options,
                    session.written(options, options.ledger ? report::ledger_text(result)
                                                            : report::explain_text(result)));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
