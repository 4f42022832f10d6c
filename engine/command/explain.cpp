#include "ask/explain.hpp"
#include "command/tested.hpp"
#include "command/verbs.hpp"
#include "report/record.hpp"

namespace waystone::command {
namespace {

const evaluate::CountryResult& told(const report::Explained& explained) {
  return *explained.views[explained.told].view->find(explained.country);
}

}  // namespace

int explain(const ExplainOptions& options, const Console& console) {
  if (options.ledger && !options.record.empty())
    throw Stop{wrong_use, "--ledger tells the computation alone; it goes without --record"};
  Session session(console, options);
  if (!options.record.empty()) session.name_files();
  const auto situation = session.open_scenario(options.scenario, options);
  const ask::Explanation explanation =
      session.take(ask::explain(situation, {options.country, options.output, options.depth,
                                            options.deepest_first, tool_name()}));
  const report::Explained& result = explanation.report;
  std::optional<ask::BackTest> record;
  if (!options.record.empty())
    record = record_beside(
        options.record, options,
        {options.scenario, result.scored.model.hash, result.scored.now->scenario.as_of}, session);
  if (options.json) {
    const report::Json record_json =
        record ? report::record_json(record->report, told(result)) : report::Json();
    session.deliver(options, [&](const report::Put& put) {
      report::put_explain_json(result, put, record_json);
    });
  } else if (options.ledger) {
    session.deliver(options, session.written(options, report::ledger_text(result)));
  } else {
    const report::Document record_text =
        record ? report::record_text(record->report, told(result)) : report::Document();
    session.deliver(options, session.written(options, report::explain_text(result, record_text)));
  }
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
