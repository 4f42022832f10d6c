#include "ask/track.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "command/dates.hpp"
#include "command/verbs.hpp"

namespace waystone::command {
namespace {

int months_of(const std::string& every) {
  if (every.empty() || every == "year") return 12;
  if (every == "half") return 6;
  if (every == "quarter") return 3;
  if (every == "month") return 1;
  throw Stop{wrong_use, fmt::format("--every wants year, half, quarter or month, not '{}'", every)};
}

// Ours are printed everywhere else; here the heights of blocks are all that is said.
bool prints_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (!value || *value == '\0') continue;
    std::string locale(value);
    for (char& c : locale)
      if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return true;
}

ask::TrackAsking track_asked(const TrackOptions& options) {
  ask::TrackAsking asking;
  asking.country = options.country;
  asking.output = options.output;
  asking.only = words_of(options.only);
  asking.since = date_of(options.since, "--since");
  asking.top = options.top;
  asking.trimmed = options.as_of.empty() && options.from.empty();
  asking.tool = tool_name();
  return asking;
}

std::vector<Date> track_dates(const TrackOptions& options, const scenario::Scenario& scenario) {
  const bool range = !options.from.empty() || !options.to.empty() || !options.every.empty();
  if (range && !options.as_of.empty())
    throw Stop{wrong_use, "--as-of lists the dates; --from, --to and --every go without it"};
  if (!options.as_of.empty()) return dates_of(options.as_of, "--as-of");
  const int months = months_of(options.every);
  const Date last = date_of(options.to, "--to").value_or(scenario.as_of);
  const auto first = date_of(options.from, "--from");
  if (first && last < *first)
    throw Stop{wrong_use, fmt::format("--from {} is after the last date, {}", to_string(*first),
                                      to_string(last))};
  if (!first) return ask::dates_with_figures(scenario, last, months, most_dates);
  auto dates = ask::dates_between(*first, last, months, most_dates + 1);
  if (dates.size() > most_dates)
    throw Stop{wrong_use,
               fmt::format("--from {} asks for more than {} dates up to {}; a later --from or a "
                           "wider --every (quarter, half, year) asks for fewer",
                           to_string(*first), most_dates, to_string(last))};
  return dates;
}

}  // namespace

int track(const TrackOptions& options, const Console& console) {
  if (!options.country.empty() && !options.only.empty())
    throw Stop{wrong_use, "a country and --only exclude each other"};
  if (!options.country.empty() && (!options.since.empty() || options.top > 0))
    throw Stop{wrong_use,
               "of one country every step is told: --from says where they begin; --since and --top "
               "are for many countries"};
  Session session(console, options);
  const ask::TrackAsking asking = track_asked(options);
  auto days = session.open_dates(
      options.scenario, options,
      [&](const scenario::Scenario& scenario) { return track_dates(options, scenario); });
  const ask::Track track = session.take(ask::track(std::move(days), asking));
  if (options.json)
    session.deliver(options, [&](const report::Put& put) {
      report::put_track_json(track.report, tool_name(), put);
    });
  else if (options.csv)
    session.deliver(options,
                    [&](const report::Put& put) { report::put_track_csv(track.report, put); });
  else
    session.deliver(options,
                    session.written(options, report::track_text(track.report, {prints_utf8()})));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
