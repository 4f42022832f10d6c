#include "ask/backtest.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "command/asked_files.hpp"
#include "command/dates.hpp"
#include "command/folders.hpp"
#include "command/out.hpp"
#include "command/tested.hpp"
#include "command/verbs.hpp"
#include "report/words.hpp"

namespace waystone::command {
namespace {

// Scores are tested at the ends of years. Another day would be taken for one after it.
std::optional<Date> year_end_of(const std::string& text, const std::string& option) {
  const auto date = date_of(text, option);
  if (date && !to_string(*date).ends_with("-12-31"))
    throw Stop{
        wrong_use,
        fmt::format("{}: scores are tested at the ends of years; '{}' is none. Write a year, "
                    "as {}",
                    option, text, year_of(*date) - (option == "--to" ? 1 : 0))};
  return date;
}

ask::BackTestAsking backtest_asked(const BackTestOptions& options) {
  ask::BackTestAsking asking;
  asking.outcomes = words_of(options.outcomes);
  asking.horizons = options.horizons;
  std::sort(asking.horizons.begin(), asking.horizons.end());
  asking.horizons.erase(std::unique(asking.horizons.begin(), asking.horizons.end()),
                        asking.horizons.end());
  asking.from = year_end_of(options.from, "--from");
  asking.to = year_end_of(options.to, "--to");
  asking.draws = options.draws;
  asking.seed = options.seed;
  asking.tool = tool_name();
  return asking;
}

// The only clock: when something was written down.
Date day_of_clock() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return Date{std::int32_t(now.time_since_epoch().count())};
}

void refuse_both(const BackTestOptions& options) {
  if (!options.register_to.empty() && !options.registered.empty())
    throw Stop{wrong_use, "--register writes, --registered reads: one at a time"};
  const bool other = !options.register_to.empty() || !options.registered.empty();
  if (other && (options.csv || options.all))
    throw Stop{wrong_use, "--csv and --all are for the back-test itself"};
  if (!options.register_to.empty() &&
      (options.json || options.markdown || options.html || !options.out.empty()))
    throw Stop{wrong_use,
               "--register writes a file of its own form; it goes without --json, "
               "--markdown, --html and --out"};
  if (other && !options.settings.empty())
    throw Stop{wrong_use, "what is registered is the scenario's own; it goes without --set"};
  const bool drawn = options.draws != BackTestOptions{}.draws || options.seed != 1;
  if (other && drawn)
    throw Stop{wrong_use, "--draws and --seed are for the intervals of the back-test itself"};
  if (!options.registered.empty() &&
      !(options.outcomes.empty() && options.horizons.empty() && options.from.empty() &&
        options.to.empty() && options.viewpoint.empty() && options.as_of.empty() &&
        options.known_by.empty()))
    throw Stop{wrong_use,
               "what was registered has outcomes, horizons, dates and a viewpoint of its own; it "
               "goes without --outcome, --horizon, --from, --to, --as-of, --known-by and "
               "--viewpoint"};
  if (!options.dated.empty() && options.register_to.empty())
    throw Stop{wrong_use, "--dated is the date of what --register writes"};
  if (options.csv && (options.json || options.markdown || options.html))
    throw Stop{wrong_use, "--csv goes without --json, --markdown and --html"};
}

int write_register(Session& session, const std::string& path, const BackTestOptions& options,
                   const ask::BackTestAsking& asking, const Console& console) {
  if (is_there(options.register_to))
    throw Stop{wrong_use, fmt::format("'{}' is there already; what was registered is never written "
                                      "over",
                                      options.register_to)};
  Options now = options;
  BackTestOptions before = options;
  before.as_of.clear();
  const auto days = tested_days(session, path, before, asking);
  const auto newest = session.open_scenario(path, now);
  const report::Register made = session.take(ask::register_of(
      days, newest, asking, date_of(options.dated, "--dated").value_or(day_of_clock())));
  const std::string text = report::register_text(made);
  write_out(
      options.register_to, [&](const report::Put& put) { put(text); }, console);
  console.out(fmt::format("{} scores of {} written to {}.\n", made.rows.size(),
                          report::long_date(made.as_of), options.register_to));
  session.say_warnings();
  return done;
}

int judge_registered(Session& session, const std::string& path, const BackTestOptions& options) {
  session.require_named(options.registered);
  const auto text = session.files().read(options.registered);
  report::ReadRegister read = report::read_register(text.value.value_or(""));
  if (!read.wrong.empty())
    throw Stop{faulty_file,
               fmt::format("'{}' can't be judged: {}", options.registered, read.wrong)};
  const auto now = session.open_scenario(path, options);
  const report::Judged judged = session.take(ask::judge_register(std::move(read.registered), now));
  if (options.json)
    session.deliver(options, report::text_of(report::judged_json(judged, tool_name())));
  else
    session.deliver(options, session.written(options, report::judged_text(judged)));
  session.say_warnings();
  return done;
}

}  // namespace

ask::BackTest record_beside(const std::string& path, const Options& options, const Beside& beside,
                            Session& session) {
  Options plain;
  plain.rules = options.rules;
  plain.viewpoint = options.viewpoint;
  plain.within = options.within;
  ask::BackTestAsking asking;
  asking.draws = beside.draws;
  asking.over_by = beside.as_of;
  asking.tool = tool_name();
  const std::string tested = tested_scenario(path, session);
  ask::BackTest record =
      session.take(ask::back_test(tested_days(session, tested, plain, asking), asking));
  if (record.report.last.model.hash != beside.rules_hash)
    throw Stop{wrong_use,
               "--record: '" + tested + "' rests on other rules than '" + beside.scenario + "'"};
  return record;
}

std::string tested_scenario(const std::string& path, Session& session) {
  if (!is_folder(path)) return path;
  Options folder;
  folder.files = {path};
  std::vector<std::string> found;
  for (const AskedFile& file : asked_files(folder, session))
    if (file.scenario && worth_opening(file, "[backtest]", session)) found.push_back(file.path);
  if (found.size() == 1) return found.front();
  throw Stop{wrong_use,
             found.empty()
                 ? fmt::format("no scenario in '{}' has a [backtest] (docs/scenarios.md)", path)
                 : fmt::format("several scenarios in '{}' have a [backtest]; name one: {}", path,
                               report::joined_up_to(found, 6))};
}

std::vector<ask::SharedSituation> tested_days(Session& session, const std::string& path,
                                              const Options& options,
                                              const ask::BackTestAsking& asking) {
  return session.open_dates(path, options, [&](const scenario::Scenario& scenario) {
    return session.take(ask::year_ends(scenario, asking));
  });
}

int backtest(const BackTestOptions& options, const Console& console) {
  refuse_both(options);
  if (!options.as_of.empty() && options.register_to.empty())
    throw Stop{wrong_use, "a back-test has dates of its own; --from and --to narrow them"};
  Session session(console, options);
  const std::string path = tested_scenario(options.scenario, session);
  const ask::BackTestAsking asking = backtest_asked(options);
  if (!options.registered.empty()) return judge_registered(session, path, options);
  if (!options.register_to.empty()) return write_register(session, path, options, asking, console);
  const ask::BackTest made =
      session.take(ask::back_test(tested_days(session, path, options, asking), asking));
  if (options.json)
    session.deliver(options, report::text_of(report::backtest_json(made.report, tool_name())));
  else if (options.csv)
    session.deliver(options,
                    [&](const report::Put& put) { report::put_backtest_csv(made.report, put); });
  else
    session.deliver(options,
                    session.written(options, report::backtest_text(made.report, {options.all})));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
