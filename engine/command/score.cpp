#include "report/score.hpp"
#include "command/verbs.hpp"
#include "report/score_json.hpp"

namespace waystone::command {

int score(const Options& options, const Console& console) {
  Session session(console, options);
  std::vector<ask::SharedSituation> situations;      // what reports point into
  std::vector<std::vector<report::Scored>> by_file;  // one a date
  for (const std::string& path : options.files) {
    by_file.emplace_back();
    for (auto& one : session.open_scenarios(path, options)) {
      situations.push_back(std::move(one));
      by_file.back().push_back(situations.back()->scored(tool_name()));
    }
  }
  std::vector<report::Scored> scored;
  if (options.json || options.csv)
    for (const auto& days : by_file) scored.insert(scored.end(), days.begin(), days.end());
  if (options.json) {
    session.deliver(
        options, [&](const report::Put& put) { report::put_score_json(scored, tool_name(), put); });
  } else if (options.csv) {
    session.deliver(options, [&](const report::Put& put) { report::put_score_csv(scored, put); });
  } else {
    std::string text;
    const report::ScoreOptions how{options.all};
    for (const auto& days : by_file)
      text += (text.empty() ? "" : "\n\n") +
              session.written(options, days.size() > 1 ? report::dates_text(days)
                                                       : report::score_text(days.front(), how));
    session.deliver(options, text);
  }
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
