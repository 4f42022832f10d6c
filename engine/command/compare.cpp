#include "ask/compare.hpp"
#include "command/verbs.hpp"

namespace waystone::command {

int compare(const CompareOptions& options, const Console& console) {
  Session session(console, options);
  const auto situation = session.open_scenario(options.scenario, options);
  const ask::Comparison comparison = session.take(
      ask::compare(situation, {options.first, options.second, options.output, tool_name()}));
  session.deliver(options, options.json
                               ? report::text_of(report::compare_json(comparison.report))
                               : session.written(options, report::compare_text(comparison.report)));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
