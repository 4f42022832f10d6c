#include "ask/data.hpp"
#include "command/verbs.hpp"

namespace waystone::command {

int data(const DataOptions& options, const Console& console) {
  if (options.missing && options.sources)
    throw Stop{wrong_use, "--missing or --sources: each prints one part alone"};
  if (options.all && !options.countries.empty())
    throw Stop{wrong_use, "countries or --all: all of them are told one by one"};
  if (options.sources && options.all)
    throw Stop{wrong_use, "--sources or --all: sources are of all countries, or of those named"};
  Session session(console, options);
  const auto situation = session.open_scenario(options.scenario, options);
  using Part = report::Held::Part;
  const Part part = options.missing ? Part::missing : options.sources ? Part::sources : Part::all;
  const ask::Data answer = session.take(
      ask::data(situation, {options.countries, options.all, options.output, part, tool_name()}));
  const report::Held& held = answer.report;
  if (options.json)
    session.deliver(options, report::text_of(report::data_json(held)));
  else if (options.csv)
    session.deliver(options, [&](const report::Put& put) { report::put_data_csv(held, put); });
  else
    session.deliver(options, session.written(options, report::data_text(held)));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
