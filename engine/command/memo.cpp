#include "ask/memo.hpp"

#include "ask/track.hpp"
#include "command/tested.hpp"
#include "command/verbs.hpp"
#include "report/record.hpp"

namespace waystone::command {

int memo(const MemoOptions& options, const Console& console) {
  constexpr std::size_t most_years = 12;  // that a memo looks back on
  if (options.text && options.html) throw Stop{wrong_use, "--text and --html exclude each other"};
  Session session(console, options);
  if (!options.record.empty()) session.name_files();
  auto days = session.open_with_past(
      options.scenario, options, [](const scenario::Scenario& scenario, Date last) {
        return ask::dates_with_figures(scenario, last, 12, most_years);
      });
  const ask::Memo answer = session.take(
      ask::memo(std::move(days), {options.first, options.second, options.output, tool_name()}));
  Options written = options;
  written.markdown = !options.text && !options.html;
  report::Document record;
  if (!options.record.empty())
    record =
        report::record_of_score(record_beside(options.record, options,
                                              {options.scenario, answer.report.scored.model.hash,
                                               answer.report.scored.now->scenario.as_of},
                                              session)
                                    .report,
                                answer.report.briefs.front().output);
  session.deliver(options, session.written(written, report::memo_text(answer.report, record)));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
