#include "ask/compare.hpp"

#include <fmt/format.h>

#include "ask/difference.hpp"
#include "command/dates.hpp"
#include "command/verbs.hpp"

namespace waystone::command {
namespace {

using What = report::Differing::What;

int compare_countries(const CompareOptions& options, Session& session) {
  const auto situation = session.open_scenario(options.scenario, options);
  const ask::Comparison comparison = session.take(
      ask::compare(situation, {options.first, options.second, options.output, tool_name()}));
  session.deliver(options, options.json
                               ? report::text_of(report::compare_json(comparison.report))
                               : session.written(options, report::compare_text(comparison.report)));
  session.say_warnings();
  return done;
}

ask::Sides on_two_dates(const CompareOptions& options, Session& session) {
  auto days = session.open_dates(options.scenario, options, [&](const scenario::Scenario&) {
    return dates_of(options.as_of, "--as-of");
  });
  return {days[0], days[1], nullptr, nullptr};
}

Options by_rules(const Options& options, const std::string& rules) {
  Options changed = options;
  changed.rules = rules;
  return changed;
}

ask::Sides by_two_rule_files(const CompareOptions& options, Session& session) {
  const auto from = session.open_scenario(options.scenario, by_rules(options, options.against));
  const auto to = session.open_scenario(options.scenario, options);
  return {from, to, to, from};
}

// Two scenarios by the same rules, or each by its own.
ask::Sides of_two_scenarios(const CompareOptions& options, Session& session) {
  ask::Sides sides{session.open_scenario(options.against, options),
                   session.open_scenario(options.scenario, options), nullptr, nullptr};
  const ask::Rules &first = *sides.from->rules, &second = *sides.to->rules;
  if (first.hash == second.hash) return sides;
  sides.from_by_second = session.open_scenario(options.against, by_rules(options, second.path));
  sides.to_by_first = session.open_scenario(options.scenario, by_rules(options, first.path));
  return sides;
}

int compare_sides(const CompareOptions& options, Session& session) {
  const bool dated = options.against.empty();
  ask::DifferenceAsking asking;
  if (!dated) session.require_named(options.against);
  if (!dated) session.name_files();
  asking.what = dated                                  ? What::dates
                : session.is_scenario(options.against) ? What::scenarios
                                                       : What::rules;
  asking.country = options.first;
  asking.output = options.output;
  asking.only = words_of(options.only);
  asking.top = options.top;
  asking.tool = tool_name();
  ask::Sides sides = asking.what == What::dates       ? on_two_dates(options, session)
                     : asking.what == What::scenarios ? of_two_scenarios(options, session)
                                                      : by_two_rule_files(options, session);
  const ask::Difference difference = session.take(ask::difference(std::move(sides), asking));
  const report::Differing& report = difference.report;
  if (options.json)
    session.deliver(options, report::text_of(report::difference_json(report, tool_name())));
  else if (options.csv)
    session.deliver(options,
                    [&](const report::Put& put) { report::put_difference_csv(report, put); });
  else
    session.deliver(options, session.written(options, report::difference_text(report)));
  session.say_warnings();
  return done;
}

void refuse_sides(const CompareOptions& options, std::size_t dates) {
  if (!options.against.empty() && dates > 1)
    throw Stop{wrong_use,
               "--against and several dates exclude each other; --as-of takes one date with it"};
  if (options.against.empty() && dates != 2)
    throw Stop{wrong_use,
               dates > 2
                   ? fmt::format(
                         "compare takes two dates, and --as-of names {}; 'track' takes many", dates)
                   : std::string("compare wants two countries, two dates (--as-of 2019,2023), or "
                                 "another scenario or rule file (--against FILE)")};
  if (!options.first.empty() && !options.only.empty())
    throw Stop{wrong_use, "a country and --only exclude each other"};
  if (!options.first.empty() && options.top > 0)
    throw Stop{wrong_use, "--top is for many countries; of one every part is told"};
}

void refuse_countries(const CompareOptions& options, std::size_t dates) {
  const std::pair<bool, const char*> given[] = {{!options.against.empty(), "--against"},
                                                {dates > 1, "several dates"},
                                                {!options.only.empty(), "--only"},
                                                {options.top > 0, "--top"},
                                                {options.csv, "--csv"}};
  for (const auto& [asked, name] : given)
    if (asked)
      throw Stop{wrong_use,
                 fmt::format("{} and a second country exclude each other: two countries are "
                             "compared in one scenario on one date",
                             name)};
}

}  // namespace

int compare(const CompareOptions& options, const Console& console) {
  Session session(console, options);
  const std::size_t dates = dates_of(options.as_of, "--as-of").size();
  if (!options.second.empty()) {
    refuse_countries(options, dates);
    return compare_countries(options, session);
  }
  refuse_sides(options, dates);
  return compare_sides(options, session);
}

}  // namespace waystone::command
