#include "command/verbs.hpp"
#include "report/score.hpp"
#include "report/score_json.hpp"

namespace waystone::command {

int score(const Options& options, const Console& console) {
  if (options.json && options.csv) throw Stop{wrong_use, "--json and --csv exclude each other"};
  Session session(console, options.json);
  std::vector<std::unique_ptr<LoadedScenario>> loaded;
  std::vector<report::Scored> scored;
  for (const std::string& path : options.files) {
    loaded.push_back(session.open_scenario(path, options, true));
    scored.push_back(loaded.back()->scored(session.sources()));
  }
  std::string text;
  if (options.json) {
    text = report::text_of(report::score_json(scored, tool_name()));
  } else if (options.csv) {
    text = report::score_csv(scored);
  } else {
    const report::Style style = options.out.empty() ? console.style() : report::Style{};
    for (const report::Scored& one : scored) text += (text.empty() ? "" : "\n\n") + report::score_text(one, {options.all, style});
  }
  session.deliver(options, text);
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
