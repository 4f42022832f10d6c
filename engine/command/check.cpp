#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ask/situation.hpp"
#include "ask/test.hpp"
#include "command/asked_files.hpp"
#include "command/problems.hpp"
#include "command/verbs.hpp"
#include "report/causes.hpp"
#include "report/checked.hpp"
#include "report/replaced.hpp"
#include "report/rules.hpp"
#include "report/table.hpp"
#include "report/words.hpp"
#include "scenario/reading.hpp"
#include "source/paths.hpp"

namespace waystone::command {
namespace {

using report::CheckedFile;

std::vector<std::pair<std::string, std::size_t>> counts_of(const model::Model& model) {
  const auto nodes = [&](model::NodeKind kind) {
    return std::size_t(std::count_if(model.nodes.begin(), model.nodes.end(),
                                     [&](const model::Node& node) { return node.kind == kind; }));
  };
  const auto given = std::count_if(model.nodes.begin(), model.nodes.end(),
                                   [](const model::Node& node) { return node.is_given(); });
  return {{"indicators", std::size_t(given)},
          {"parameters", nodes(model::NodeKind::parameter)},
          {"derived values", nodes(model::NodeKind::derived)},
          {"factors", nodes(model::NodeKind::factor)},
          {"outputs", nodes(model::NodeKind::output)},
          {"rules", model.rules.size()},
          {"viewpoints", model.viewpoints.size()},
          {"tripwires", model.tripwires.size()},
          {"examples", model.examples.size()},
          {"sources", model.sources.size()},
          {"files", model.files.size()}};
}

constexpr const char* later_facts = "facts after its date";
constexpr const char* late_facts = "facts not yet known on its date";

std::vector<std::pair<std::string, std::size_t>> counts_of(const scenario::Scenario& scenario) {
  std::size_t facts = 0, later = 0,
              late = 0;  // what is both waits for its date: known earlier it would not count
  for (const auto& [country, indicators] : scenario.facts) {
    // Those of other countries count where a relation may read them.
    const bool scored =
        std::binary_search(scenario.countries.begin(), scenario.countries.end(), country);
    if (!scored && scenario.relations->empty()) continue;
    for (const auto& [indicator, data] : indicators) {
      facts += data.size();
      for (const scenario::Datum& datum : data) {
        later += datum.valid > scenario.as_of;
        late += datum.valid <= scenario.as_of && datum.known > scenario.known_by;
      }
    }
  }
  return {{"countries", scenario.countries.size()},
          {"facts", facts},
          {later_facts, later},
          {late_facts, late},
          {"expectations", scenario.expectations.size()},
          {"overrides", scenario.overrides.size()},
          {"branches", scenario.branches.size()},
          {"files", scenario.files.size()}};
}

// Scenarios that `score` and `test` would open besides: the previous one, and those that
// expectations look at.
std::set<std::string> others_named(const scenario::Scenario& scenario) {
  std::set<std::string> paths;
  for (const scenario::Expectation& expectation : scenario.expectations)
    for (const model::OtherScenario& other : model::others_of(expectation.assertion))
      paths.insert(other.path);
  if (!scenario.previous.empty()) paths.insert(scenario.previous);
  paths.erase(scenario.path);
  return paths;
}

std::vector<report::ParameterGap> not_in_force(const model::Model& model, Date as_of) {
  std::vector<report::ParameterGap> gaps;
  for (const model::Node& node : model.nodes) {
    if (node.kind != model::NodeKind::parameter || node.parameter().in_force(as_of)) continue;
    const report::NotInForce gap = report::not_in_force(node.parameter(), as_of);
    gaps.push_back({node.name, gap.when, gap.where});
  }
  return gaps;
}

void check_scenario(Session& session, const CheckOptions& options, CheckedFile& file) {
  const auto rules = session.try_model_of(file.path, options.rules, file.diagnostics);
  if (!rules) return;
  const ask::Texts& texts = session.texts();
  auto outcome = scenario::read_scenario(file.path, rules->model, texts.read, *texts.sources);
  file.diagnostics.append(outcome.diagnostics);
  if (!outcome) return;
  scenario::Scenario& scenario = *outcome.value;
  const auto counts = counts_of(scenario);
  const auto left_out = scenario.left_out;
  for (const std::string& named : others_named(scenario)) {
    const auto other = session.try_case(named, *rules, file.diagnostics);
    if (other && named == scenario.previous)
      ask::warn_of_later_rating(scenario.previous_where, scenario.as_of, other->scenario.as_of,
                                file.diagnostics);
  }
  auto gaps = not_in_force(rules->model, scenario.as_of);
  const auto bound = ask::bind(*rules, std::move(scenario));
  file.diagnostics.append(bound.diagnostics);
  if (!bound) return;
  file.counts = counts;
  file.left_out = left_out;
  file.not_in_force = std::move(gaps);
}

CheckedFile check_file(Session& session, const CheckOptions& options, const AskedFile& asked) {
  CheckedFile file;
  file.path = asked.path;
  file.scenario = asked.scenario;
  if (file.scenario)
    check_scenario(session, options, file);
  else if (const auto rules = session.try_model(file.path, file.diagnostics))
    file.counts = counts_of(rules->model);
  file.diagnostics.sort();
  return file;
}

// Of a folder: its rule files but those that are part of another, and its scenarios. Judgement
// files are about a node that only `tune` and `robust` are told.
std::vector<AskedFile> files_to_check(const CheckOptions& options, Session& session) {
  auto files = asked_files(options, session);
  const auto parts = parts_of(files, session);
  std::erase_if(files, [&](const AskedFile& file) {
    return file.found &&
           (file.scenario ? !worth_opening(file, "as_of", session) : parts.contains(file.path));
  });
  return files;
}

std::string singular(const std::string& word) {
  return word == "countries"  ? "country"
         : word == "branches" ? "branch"
                              : word.substr(0, word.size() - 1);
}

// What one line has room for; JSON has all.
bool worth_a_word(const std::string& what) {
  return what == "indicators" || what == "factors" || what == "rules" || what == "viewpoints" ||
         what == "countries" || what == "facts" || what == "expectations" || what == "overrides" ||
         what == "branches";
}

std::string left_out_lines(const CheckedFile& file, const SourceMap& sources) {
  std::vector<std::string> lines;  // each once: a scenario may read one file as several tables
  for (const scenario::LeftOut& rows : file.left_out) {
    std::string line = report::wrapped("left out: " + report::left_out_text(rows, sources), 2, 4);
    if (std::find(lines.begin(), lines.end(), line) == lines.end())
      lines.push_back(std::move(line));
  }
  return fmt::format("{}", fmt::join(lines, ""));
}

// "(2 from after its date, 1 not yet known on it)": what the line before counts, but no score of
// that date.
std::string unused_words(const CheckedFile& file) {
  std::vector<std::string> parts;
  for (const auto& [what, number] : file.counts) {
    if (number > 0 && what == later_facts)
      parts.push_back(fmt::format("{} from after its date", number));
    if (number > 0 && what == late_facts)
      parts.push_back(fmt::format("{} not yet known on its date", number));
  }
  return parts.empty() ? "" : fmt::format(" ({})", report::joined(parts, ", "));
}

std::string gap_words(const CheckedFile& file, const SourceMap& sources) {
  std::vector<std::string> gaps;
  for (const report::ParameterGap& gap : file.not_in_force)
    gaps.push_back(
        fmt::format("{} ({}, {})", gap.parameter, gap.when, report::line_of(gap.where, sources)));
  return gaps.empty() ? "" : fmt::format(" Not in force on its date: {}.", report::joined(gaps));
}

// What the files before have said (of a model that several scenarios share) is not said again.
std::string text_of(const CheckedFile& file, Problems& problems, const SourceMap& sources,
                    const TextStyle& style) {
  const Diagnostics fresh = problems.fresh(file.diagnostics);
  const std::string text = render_text(fresh, sources, style);
  if (file.diagnostics.has_errors())
    return fresh.has_errors()
               ? text
               : text + fmt::format("{}: not sound, for the reasons given above\n", file.path);
  std::vector<std::string> parts;
  for (const auto& [what, number] : file.counts)
    if (number > 0 && worth_a_word(what))
      parts.push_back(report::counted(number, singular(what), what) +
                      (what == "facts" ? unused_words(file) : ""));
  return text +
         report::wrapped(
             fmt::format("{}: {}. {}.{}", file.path,
                         file.diagnostics.warnings() > 0 ? "sound, with warnings" : "sound",
                         parts.empty() ? "Nothing is declared" : report::joined(parts),
                         gap_words(file, sources)),
             0, 2) +
         left_out_lines(file, sources);
}

}  // namespace

int check(const CheckOptions& options, const Console& console) {
  Session session(console, options);
  const auto asked = files_to_check(options, session);
  std::vector<CheckedFile> files;
  Problems problems(session.sources());
  for (const AskedFile& one : asked) {
    files.push_back(check_file(session, options, one));
    problems.add(one.path, files.back().diagnostics);
  }
  const std::size_t errors = problems.errors(), warnings = problems.warnings();
  const bool scenarios =
      std::any_of(options.files.begin(), options.files.end(),
                  [](const std::string& path) { return path.ends_with(".toml"); });
  std::string text =
      scenarios ? report::to_text(report::rules_line(options.rules), {}) : std::string();
  if (options.json)
    text = report::text_of(report::checked_json(files, errors, warnings, session.sources(),
                                                tool_name(), options.rules));
  else
    for (const CheckedFile& file : files)
      text += text_of(file, problems, session.sources(), console.diagnostic_style_out());
  session.deliver(options, text);
  if (asked.empty()) console.say("waystone: no rule file or scenario found");
  if (errors + warnings > 0)
    console.say(fmt::format("{}, {}", report::counted(errors, "error", "errors"),
                            report::counted(warnings, "warning", "warnings")));
  if (errors > 0) return faulty_file;
  if (asked.empty()) return findings;
  return warnings > 0 && options.warnings_as_errors ? findings : done;
}

}  // namespace waystone::command
