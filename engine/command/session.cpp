#include "command/session.hpp"

#include <fmt/format.h>

#include "ask/test.hpp"
#include "command/dates.hpp"
#include "command/kinds.hpp"
#include "command/out.hpp"
#include "report/checked.hpp"
#include "report/words.hpp"
#include "source/visible.hpp"
#include "waystone/version.hpp"

namespace waystone::command {
namespace {

// What follows 'waystone check' so that it reads the same files.
std::string words_for_check(const std::string& path, const std::string& rules) {
  return rules.empty() ? path : fmt::format("{} --rules {}", path, rules);
}

std::optional<Date> one_date(const Options& options) {
  const std::vector<Date> dates = dates_of(options.as_of, "--as-of");
  if (dates.size() > 1)
    throw Stop{
        wrong_use,
        fmt::format("--as-of asks for {} dates; 'score' and 'track' take several, 'compare' two",
                    dates.size())};
  return dates.empty() ? std::nullopt : std::optional(dates.front());
}

}  // namespace

std::vector<std::string> words_of(const std::vector<std::string>& lists) {
  std::vector<std::string> words;
  for (const std::string& list : lists)
    for (std::size_t at = 0; at <= list.size();) {
      const std::size_t comma = std::min(list.find(',', at), list.size());
      if (comma > at) words.push_back(list.substr(at, comma - at));
      at = comma + 1;
    }
  return words;
}

std::string tool_name() { return "waystone " WAYSTONE_VERSION; }

Session::Session(const Console& console, const Options& options)
    : console_(console), json_(options.json), texts_{files_.reader()} {
  const std::pair<bool, const char*> forms[] = {{options.json, "--json"},
                                                {options.csv, "--csv"},
                                                {options.markdown, "--markdown"},
                                                {options.html, "--html"}};
  const char* first = nullptr;
  for (const auto& [asked, name] : forms) {
    if (asked && first)
      throw Stop{wrong_use, fmt::format("{} and {} exclude each other", first, name)};
    if (asked) first = name;
  }
  texts_.sources->withhold([this](const std::string& path) { return files_.withholds(path); });
  if (!options.within.empty()) files_.confine(options.within);
  if (console.shows_progress())
    files_.tell_progress([this](const Progress& progress) { console_.progress(progress); });
}

void Session::require_readable(const std::string& path) {
  const auto outcome = files_.read(path);
  if (!outcome)
    throw Stop{input_output, fmt::format("can't read '{}': {}", path,
                                         outcome.diagnostics.list().front().message)};
}

void Session::require_named(const std::string& path) {
  files_.name(path);
  require_readable(path);
}

bool Session::is_scenario(const std::string& path) {
  if (path.ends_with(".toml") || is_rules(path)) return path.ends_with(".toml");
  return reads_as_scenario(files_.read(path).value.value_or(Bytes()));
}

// Warnings come with every reading; those of faulty rules are all that is known of them.
ask::SharedRules Session::try_model(const std::string& path, Diagnostics& diagnostics) {
  const auto known = rules_.find(path);
  if (known != rules_.end()) {
    if (!known->second) diagnostics.append(known->second.diagnostics);
    return known->second.value.value_or(nullptr);
  }
  const auto& read = rules_.emplace(path, ask::read_rules(path, texts_)).first->second;
  diagnostics.append(read.diagnostics);
  return read.value.value_or(nullptr);
}

ask::SharedRules Session::try_model_of(const std::string& path, const std::string& rules,
                                       Diagnostics& diagnostics) {
  std::string model = rules;
  if (model.empty()) {
    const auto named = ask::rules_named_by(path, texts_);
    diagnostics.append(named.diagnostics);
    if (!named) return nullptr;
    model = *named.value;
  }
  ask::SharedRules read = try_model(model, diagnostics);
  if (!read)
    diagnostics.append(
        scenario::read_without_model(path, texts_.read, *texts_.sources).diagnostics);
  return read;
}

std::optional<evaluate::Case> Session::try_case(const std::string& path, const ask::Rules& rules,
                                                Diagnostics& diagnostics) {
  auto outcome = ask::read_case(path, rules, texts_);
  diagnostics.append(outcome.diagnostics);
  return std::move(outcome.value);
}

void Session::fail(ask::Failure& failure) {
  using Kind = ask::Failure::Kind;
  if (failure.kind == Kind::files) fail_on_errors(failure.diagnostics, failure.path);
  if (failure.kind == Kind::unreadable) throw Stop{input_output, failure.message};
  std::string message = failure.message;
  for (const Diagnostic& diagnostic : failure.diagnostics.list()) {
    message += (message.empty() ? "--set: " : "\nwaystone: --set: ") + diagnostic.message;
    for (const std::string& note : diagnostic.notes) message += "; " + note;
  }
  throw Stop{wrong_use, whose_ + message};
}

void Session::fail_on_errors(Diagnostics& diagnostics, const std::string& path) {
  if (!diagnostics.has_errors()) return;
  diagnostics.sort();
  if (json_) {
    const std::vector<report::CheckedFile> files{
        report::CheckedFile{path, is_scenario(path), diagnostics, {}, {}, {}}};
    console_.out_raw(report::text_of(report::checked_json(
        files, diagnostics.errors(), diagnostics.warnings(), sources(), tool_name())));
  } else {
    console_.diagnostics(diagnostics, sources());
  }
  throw Stop{faulty_file, report::counted(diagnostics.errors(), "error", "errors")};
}

ask::SharedRules Session::open_model(const std::string& path) {
  require_named(path);
  Diagnostics diagnostics;
  ask::SharedRules rules = try_model(path, diagnostics);
  fail_on_errors(diagnostics, path);
  if (!rules) throw Stop{faulty_file, fmt::format("'{}' can't be used", path)};
  keep_warnings(diagnostics, path);
  return rules;
}

std::pair<ask::SharedRules, scenario::Scenario> Session::read_asked(const std::string& path,
                                                                    const Options& options) {
  require_named(path);
  if (!options.rules.empty()) require_named(options.rules);
  Diagnostics diagnostics;
  ask::SharedRules rules = try_model_of(path, options.rules, diagnostics);
  fail_on_errors(diagnostics, options.rules.empty() ? path : options.rules);
  auto outcome = scenario::read_scenario(path, rules->model, texts_.read, *texts_.sources);
  diagnostics.append(outcome.diagnostics);
  fail_on_errors(diagnostics, path);
  keep_warnings(diagnostics, words_for_check(path, options.rules));
  return {std::move(rules), std::move(*outcome.value)};
}

ask::SharedSituation Session::situation(const ask::SharedRules& rules, scenario::Scenario scenario,
                                        const std::optional<Date>& as_of, const Options& options,
                                        bool with_branches) {
  const std::string path = scenario.path;
  const ask::Asking asking{as_of,
                           date_of(options.known_by, "--known-by"),
                           options.settings,
                           options.viewpoint,
                           options.rules,
                           with_branches};
  auto answer = ask::situation(rules, std::move(scenario), asking, texts_);
  keep_warnings(answer.warnings, words_for_check(path, options.rules));
  if (names_files_ && !answer) whose_ = fmt::format("{} by {}: ", path, rules->path);
  return take(std::move(answer));
}

ask::SharedSituation Session::open_scenario(const std::string& path, const Options& options) {
  const std::optional<Date> date = one_date(options);
  auto [rules, scenario] = read_asked(path, options);
  return situation(rules, std::move(scenario), date, options, false);
}

std::vector<ask::SharedSituation> Session::open_scenarios(const std::string& path,
                                                          const Options& options) {
  const std::vector<Date> dates = dates_of(options.as_of, "--as-of");
  const auto [rules, scenario] = read_asked(path, options);
  std::vector<ask::SharedSituation> result;
  if (dates.empty()) result.push_back(situation(rules, scenario, std::nullopt, options, true));
  for (const Date date : dates) result.push_back(situation(rules, scenario, date, options, true));
  return result;
}

std::vector<ask::SharedSituation> Session::open_dates(const std::string& path,
                                                      const Options& options,
                                                      const ChooseDates& choose) {
  const auto [rules, scenario] = read_asked(path, options);
  std::vector<ask::SharedSituation> result;
  for (const Date date : choose(scenario))
    result.push_back(situation(rules, scenario, date, options, false));
  return result;
}

std::vector<ask::SharedSituation> Session::open_with_past(const std::string& path,
                                                          const Options& options,
                                                          const ChoosePast& choose) {
  const std::optional<Date> asked = one_date(options);
  const auto [rules, scenario] = read_asked(path, options);
  const Date last = asked.value_or(scenario.as_of);
  std::vector<ask::SharedSituation> result;
  for (const Date date : choose(scenario, last)) {
    if (date >= last) continue;
    ask::Asking asking;
    asking.as_of = date;
    asking.viewpoint = options.viewpoint;
    asking.rules = options.rules;
    auto answer = ask::situation(rules, scenario, asking, texts_);
    if (answer) result.push_back(std::move(*answer.value));
  }
  result.push_back(situation(rules, scenario, asked, options, false));
  return result;
}

void Session::keep_warnings(const Diagnostics& diagnostics, const std::string& path) {
  if (diagnostics.empty()) return;
  warnings_.append(diagnostics);
  warned_ = path;
}

void Session::say_warnings() const {
  constexpr std::size_t said_in_full = 6;
  if (warnings_.empty()) return;
  std::size_t said = 0;
  for (const Diagnostic& diagnostic : warnings_.list()) {
    // Figures that were asked for and didn't come change the scores beside which this stands.
    const bool absent = diagnostic.code == Code::W0305 || diagnostic.code == Code::W0306;
    if (absent && said++ < said_in_full)
      console_.say(fmt::format("{}: {}", sources().where(diagnostic.where), diagnostic.message));
  }
  // What came through a pipe is read already.
  const bool again = warned_.find("/dev/") == std::string::npos;
  console_.say(fmt::format("waystone: {}; {} lists {}",
                           report::counted(warnings_.warnings(), "warning", "warnings"),
                           again ? fmt::format("'waystone check {}'", warned_)
                                 : std::string("'waystone check' of the same files"),
                           warnings_.warnings() == 1 ? "it" : "them"));
}

std::string Session::written(const Options& options, const report::Document& document) const {
  if (options.markdown) return report::to_markdown(document);
  if (options.html) return report::to_html(document, sources());
  return report::to_text(document, options.out.empty() ? console_.style() : report::Style{});
}

void Session::deliver(const Options& options, const std::string& text) {
  deliver(options, [&](const report::Put& put) { put(text); });
}

void Session::deliver(const Options& options, const report::Pieces& pieces) {
  files_.require_unchanged();
  if (!options.out.empty()) {
    refuse_over_inputs(options.out, files_);
    write_out(
        options.out,
        [&](const report::Put& put) {
          put_gathered(pieces,
                       [&](const std::string& text) { put(options.json ? text : visible(text)); });
        },
        console_);
  } else {
    put_gathered(pieces, [&](const std::string& text) {
      options.json ? console_.out_raw(text) : console_.out(text);
    });
  }
}

}  // namespace waystone::command
