#include "ask/explain.hpp"
#include "command/tested.hpp"
#include "command/verbs.hpp"
#include "report/record.hpp"

namespace waystone::command {
namespace {

// How the factors and rules of an explanation did, by the events of another scenario.
ask::BackTest record_for(const report::Explained& explained, const ExplainOptions& options,
                         Session& session) {
  Options plain;  // dates and facts put in place are the explanation's alone
  plain.rules = options.rules;
  plain.viewpoint = options.viewpoint;
  plain.within = options.within;
  ask::BackTestAsking asking;
  asking.draws = 0;  // no intervals are told
  asking.tool = tool_name();
  const std::string path = tested_scenario(options.record, session);
  ask::BackTest record =
      session.take(ask::back_test(tested_days(session, path, plain, asking), asking));
  if (record.report.last.model.hash != explained.scored.model.hash)
    throw Stop{wrong_use,
               "--record: '" + path + "' rests on other rules than '" + options.scenario + "'"};
  return record;
}

}  // namespace

int explain(const ExplainOptions& options, const Console& console) {
  if (options.ledger && !options.record.empty())
    throw Stop{wrong_use, "--ledger tells the computation alone; it goes without --record"};
  Session session(console, options);
  const auto situation = session.open_scenario(options.scenario, options);
  const ask::Explanation explanation =
      session.take(ask::explain(situation, {options.country, options.output, options.depth,
                                            options.deepest_first, tool_name()}));
  const report::Explained& result = explanation.report;
  std::optional<ask::BackTest> record;
  if (!options.record.empty()) record = record_for(result, options, session);
  const evaluate::CountryResult& country = *result.views[result.told].view->find(result.country);
  if (options.json)
    session.deliver(options, [&](const report::Put& put) {
      report::put_explain_json(
          result, put, record ? report::record_json(record->report, country) : report::Json());
    });
  else
    session.deliver(
        options,
        session.written(options, options.ledger ? report::ledger_text(result)
                                                : report::explain_text(
                                                      result, record ? report::record_text(
                                                                           record->report, country)
                                                                     : report::Document())));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
