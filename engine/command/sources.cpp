#include "ask/sources.hpp"
#include "command/verbs.hpp"

namespace waystone::command {

int sources(const CountriesOptions& options, const Console& console) {
  if (options.all && !options.only.empty())
    throw Stop{wrong_use, "--country or --all: the figures of some countries, or of every one"};
  Session session(console, options);
  const auto situation = session.open_scenario(options.scenario, options);
  const ask::Sources answer = session.take(
      ask::sources(situation, {words_of(options.only), options.all, options.output, tool_name()}));
  if (options.json)
    session.deliver(options, report::text_of(report::sources_json(answer.report)));
  else if (options.csv)
    session.deliver(options,
                    [&](const report::Put& put) { report::put_sources_csv(answer.report, put); });
  else
    session.deliver(options, session.written(options, report::sources_text(answer.report)));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
