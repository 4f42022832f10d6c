#include "ask/portfolio.hpp"

#include "command/dates.hpp"
#include "command/verbs.hpp"
#include "scenario/exposures.hpp"

namespace waystone::command {
namespace {

// The table of --exposure, against the scenario that scores its countries.
void read_table(const PortfolioOptions& options, const ask::Situation& situation, Session& session,
                ask::PortfolioAsking& asking) {
  session.require_named(options.exposure);
  scenario::Scenario scenario = situation.now->scenario;
  auto outcome = scenario::read_exposures(options.exposure, situation.rules->model,
                                          session.texts().read, *session.texts().sources, scenario);
  session.fail_on_errors(outcome.diagnostics, options.exposure);
  asking.path = options.exposure;
  asking.exposures = std::move(*outcome.value);
}

void refuse_two_changes(const PortfolioOptions& options) {
  const int changes =
      int(!options.settings.empty()) + int(!options.against.empty()) + int(!options.since.empty());
  if (changes > 1)
    throw Stop{wrong_use, "--set, --against and --since are each a change of their own: give one"};
}

}  // namespace

int portfolio(const PortfolioOptions& options, const Console& console) {
  refuse_two_changes(options);
  Session session(console, options);
  if (!options.against.empty()) session.name_files();
  const auto situation = session.open_scenario(options.scenario, options);
  ask::PortfolioAsking asking;
  asking.output = options.output;
  asking.tool = tool_name();
  if (!options.exposure.empty()) read_table(options, *situation, session, asking);
  if (!options.against.empty()) {
    PortfolioOptions other = options;
    other.as_of.clear();
    asking.against = session.open_scenario(options.against, other);
  }
  if (const auto since = date_of(options.since, "--since")) {
    if (*since >= situation->now->scenario.as_of)
      throw Stop{wrong_use, "--since is not before the date of the scenario"};
    PortfolioOptions earlier = options;
    earlier.as_of = {to_string(*since)};
    asking.against = session.open_scenario(options.scenario, earlier);
    asking.earlier = true;
  }
  const ask::Portfolio answer = session.take(ask::portfolio(situation, std::move(asking)));
  if (options.json)
    session.deliver(options, report::text_of(report::portfolio_json(answer.report)));
  else if (options.csv)
    session.deliver(options,
                    [&](const report::Put& put) { report::put_portfolio_csv(answer.report, put); });
  else
    session.deliver(options, session.written(options, report::portfolio_text(answer.report)));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
