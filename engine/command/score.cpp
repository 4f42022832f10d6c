#include "report/score.hpp"
#include "ask/ranking.hpp"
#include "command/session.hpp"
#include "command/verbs.hpp"
#include "report/score_json.hpp"

namespace waystone::command {
namespace {

ask::RankAsking ranking_asked(const ScoreOptions& options) {
  return {options.by,      words_of(options.only), options.top, words_of(options.columns),
          options.factors, options.by_group,       tool_name()};
}

bool chooses(const ScoreOptions& options) {
  return !options.by.empty() || !options.only.empty() || options.top > 0 || options.factors ||
         !options.columns.empty() || !options.by_group.empty();
}

// Options of which one would be passed over in silence.
void refuse_together(const ScoreOptions& options) {
  if (options.long_rows && !options.csv)
    throw Stop{wrong_use, "--long goes with --csv: one row a country and node"};
  if (options.long_rows && chooses(options))
    throw Stop{wrong_use,
               "--csv --long has every country and node; --by, --only, --top, --factors, --columns "
               "and --by-group go without --long"};
  if (!options.by_group.empty() &&
      (!options.only.empty() || options.top > 0 || options.factors || !options.columns.empty()))
    throw Stop{wrong_use,
               "--by-group sums whole groups up; --only, --top, --factors and --columns go without "
               "it"};
}

// A table by date has a column a date, and no room for others.
void refuse_by_date(const ScoreOptions& options) {
  if (options.csv || options.json) return;
  if (!options.by_group.empty() || options.factors || !options.columns.empty())
    throw Stop{wrong_use,
               "a table by date has no groups, factors or columns: ask for one date, or --csv"};
}

std::vector<report::Scored> scored_of(const std::vector<report::RankedScored>& all) {
  std::vector<report::Scored> scored;
  for (const report::RankedScored& one : all) scored.push_back(one.scored);
  return scored;
}

report::Document document_of(const std::vector<report::RankedScored>& days,
                             const ScoreOptions& options) {
  if (days.size() > 1) return report::dates_text(days);
  const auto& [scored, ranking] = days.front();
  return report::score_text(scored, ranking, {options.all});
}

// One text a file, or one page of all.
std::string text_of(const std::vector<std::vector<report::RankedScored>>& files,
                    const ScoreOptions& options, const Session& session) {
  if (options.html) {
    report::Document all;
    for (const auto& days : files) all += document_of(days, options);
    return session.written(options, all);
  }
  std::string text;
  for (const auto& days : files)
    text += (text.empty() ? "" : "\n\n") + session.written(options, document_of(days, options));
  return text;
}

}  // namespace

int score(const ScoreOptions& options, const Console& console) {
  refuse_together(options);
  Session session(console, options);
  const ask::RankAsking asking = ranking_asked(options);
  std::vector<ask::SharedSituation> situations;            // what reports point into
  std::vector<std::vector<report::RankedScored>> by_file;  // one a date
  for (const std::string& path : options.files) {
    by_file.emplace_back();
    for (auto& one : session.open_scenarios(path, options)) {
      situations.push_back(std::move(one));
      by_file.back().push_back(session.take(ask::rank(situations.back(), asking)).report);
    }
    if (by_file.back().size() > 1) refuse_by_date(options);
  }
  std::vector<report::RankedScored> all;
  if (options.json || options.csv)
    for (const auto& days : by_file) all.insert(all.end(), days.begin(), days.end());
  if (options.json) {
    session.deliver(options,
                    [&](const report::Put& put) { report::put_score_json(all, tool_name(), put); });
  } else if (options.csv) {
    session.deliver(options, [&](const report::Put& put) {
      options.long_rows ? report::put_score_csv(scored_of(all), put)
                        : report::put_ranking_csv(all, put);
    });
  } else {
    session.deliver(options, text_of(by_file, options, session));
  }
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
