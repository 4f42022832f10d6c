#include <algorithm>
#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

#include "command/judged.hpp"
#include "command/replacement.hpp"
#include "command/verbs.hpp"
#include "evaluate/digits.hpp"
#include "fit/direct.hpp"
#include "report/tuned.hpp"
#include "report/words.hpp"
#include "source/visible.hpp"
#include "syntax/edit.hpp"

namespace waystone::command {
namespace {

using fit::Tuned;

std::vector<std::string> names_of_viewpoints(const model::Model& model) {
  std::vector<std::string> names;
  for (const model::Viewpoint& viewpoint : model.viewpoints) names.push_back(viewpoint.name);
  return names;
}

NodeId find_node(const model::Model& model, const std::string& name) {
  const auto weighted = weights::weighted_nodes(model);
  std::vector<std::string> names;
  for (const NodeId id : weighted) names.push_back(model[id].name);
  if (names.empty()) throw Stop{wrong_use, "the model has no weights to tune"};
  const NodeId node = name.empty() ? model.main : find_output(model, name);
  if (std::find(weighted.begin(), weighted.end(), node) != weighted.end()) return node;
  throw Stop{wrong_use, fmt::format("'{}' has no weights; --node takes {}", model[node].name,
                                    report::joined_up_to(names, 12, "'waystone list' has all"))};
}

// Under which examples are scored, and whose weights are tuned where the node takes them from
// viewpoints.
ViewpointId find_viewpoint(const model::Model& model, const std::string& name, bool needed) {
  const auto names = names_of_viewpoints(model);
  if (name.empty()) {
    if (names.empty()) return {};
    if (needed && names.size() > 1)
      throw Stop{wrong_use,
                 fmt::format("whose weights? --viewpoint takes {}", report::joined(names, " or "))};
    return ViewpointId{0};
  }
  if (const auto viewpoint = model.find_viewpoint(name)) return *viewpoint;
  const auto near = nearest(name, names);
  throw Stop{wrong_use, fmt::format("the model has no viewpoint '{}'{}", name,
                                    near            ? fmt::format("; did you mean '{}'?", *near)
                                    : names.empty() ? ""
                                                    : "; it has " + report::joined(names))};
}

// Today, or the day that SOURCE_DATE_EPOCH names, for builds that must give the same bytes.
std::string today() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  const std::int64_t seconds =
      epoch ? std::atoll(epoch)
            : std::int64_t(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
  return to_string(Date{int(seconds / 86400)});
}

std::vector<std::string> numerals_of(const weights::Group& group, const SourceMap& sources) {
  std::vector<std::string> numerals;
  for (const Span& where : group.numerals) numerals.emplace_back(sources.text(where));
  return numerals;
}

std::vector<weights::Subject> subjects_of(const evaluate::Case& scenario_case, NodeId output) {
  std::vector<weights::Subject> subjects;
  for (const std::string& country : scenario_case.countries)
    subjects.push_back({&scenario_case, country, output});
  return subjects;
}

report::TuneEffect effect_on(const evaluate::Case& scenario_case, const weights::Group& group,
                             ViewpointId viewpoint, NodeId output, const arma::vec& then) {
  const weights::Scores scores(group, viewpoint, subjects_of(scenario_case, output));
  const arma::mat values = scores.at(arma::join_rows(group.now, then));
  report::TuneEffect effect{scenario_case.scenario.path, scenario_case.scenario.title, {}};
  const auto& bands = (*scenario_case.model)[output].bands;
  const auto band = [&](double score) {
    return bands ? evaluate::band_of(*bands, score) : std::string();
  };
  for (std::size_t c = 0; c < scenario_case.countries.size(); ++c)
    effect.countries.push_back({scenario_case.countries[c], values(c, 0), values(c, 1),
                                band(values(c, 0)), band(values(c, 1))});
  std::sort(effect.countries.begin(), effect.countries.end(), [](const auto& a, const auto& b) {
    if (std::isnan(a.after) != std::isnan(b.after)) return std::isnan(b.after);
    if (!std::isnan(a.after) && a.after != b.after) return a.after > b.after;
    return scenario::named_before(a.code, b.code);
  });
  return effect;
}

// What the rule file would be with the new numerals.
struct NewText {
  FileId file;
  std::string text;
  std::vector<std::string> changed;
};

NewText with_numerals(const LoadedModel& model, const weights::Group& group, const Tuned& tuned,
                      const std::vector<std::string>& now, const std::string& reason,
                      const SourceMap& sources) {
  NewText result;
  result.file = group.numerals.front().file;
  std::vector<syntax::Edit> edits;
  for (std::size_t m = 0; m < group.size(); ++m)
    if (tuned.written->numerals[m] != now[m])
      edits.push_back({group.numerals[m], tuned.written->numerals[m]});
  std::sort(edits.begin(), edits.end(),
            [](const syntax::Edit& a, const syntax::Edit& b) { return a.where < b.where; });
  for (const syntax::Edit& edit : edits) {
    const std::string place = sources.where(edit.where);
    result.changed.push_back(place.substr(0, place.rfind(':')));
  }
  if (!edits.empty() && !reason.empty()) {
    const Span declaration = group.viewpoint.valid()
                                 ? model.model.viewpoints[group.viewpoint.index].where
                                 : model.model[group.node].where;
    edits.push_back(syntax::comment_on_line(sources, declaration,
                                            fmt::format("{} weights tuned: {}", today(), reason)));
  }
  result.text = syntax::edited(sources, result.file, edits);
  return result;
}

// Reads the new text before anything is written: a model must come out whose weights are those
// meant.
void check_new_text(const LoadedModel& model, const weights::Group& group, const Tuned& tuned,
                    const NewText& text, Session& session) {
  SourceMap fresh;
  const model::ReadFile read = [&](const std::string& path) {
    if (path != session.sources()[text.file].path()) return session.files().read(path);
    return Outcome<std::string>{text.text, {}};
  };
  const auto outcome = model::read_model(model.path, read, fresh);
  const auto read_again = outcome
                              ? weights::group_of(*outcome.value, program::compile(*outcome.value),
                                                  group.node, group.viewpoint)
                              : std::nullopt;
  if (!read_again || arma::abs(read_again->now - tuned.written->shares).max() > 1e-12)
    throw std::logic_error(
        "the new weights don't read back from the rule file as meant; nothing was written");
}

void check_reason(const TuneOptions& options) {
  if (options.reason.empty()) return;
  if (!options.write)
    throw Stop{wrong_use,
               "--reason is a comment beside what --write changes; it does nothing without it"};
  if (options.reason.find_first_of("\r\n") != std::string::npos)
    throw Stop{wrong_use, "--reason is one line"};
  if (visible(options.reason) != options.reason)
    throw Stop{wrong_use,
               "--reason is text without control characters: it is written into the rule file"};
}

void check_use(const TuneOptions& options) {
  if (options.from.empty() && options.on.empty())
    throw Stop{wrong_use,
               "tune wants --from JUDGEMENTS.toml; or --on SCENARIO alone, to see weights beside "
               "importance"};
  if (options.from.empty() && options.write)
    throw Stop{wrong_use,
               "--write wants --from JUDGEMENTS.toml: without judgements there are no new weights"};
  check_reason(options);
}

// Everything that the verb works on.
struct Work {
  const LoadedModel* model = nullptr;
  weights::Group group;
  ViewpointId viewpoint;
  NodeId output;
  std::vector<std::string> now;
  Judged judged;
};

Tuned tuned(const TuneOptions& options, Session& session, Cases& cases, Work& work,
            const Console& console, report::TuneReport& report) {
  work.judged = read_judged(options.from, *work.model, work.group, session);
  console.diagnostics(work.judged.warnings, session.sources());
  fit::Question question;
  static_cast<fit::Context&>(question) =
      context_of(work.judged, *work.model, work.group, work.viewpoint, cases, session);
  question.output = work.output;
  question.now = work.now;
  question.decimals = options.decimals;
  report.judgements = options.from;
  report.title = work.judged.judgements.title;
  report.hash = work.judged.hash;
  Tuned result = fit::tune(question);
  console.diagnostics(fit::remarks(result.proposals, work.group), session.sources());
  return result;
}

Work work_for(const TuneOptions& options, Session& session) {
  Work work;
  work.model = &session.open_model(options.rules);
  const model::Model& model = work.model->model;
  const NodeId node = find_node(model, options.node);
  work.viewpoint =
      find_viewpoint(model, options.viewpoint, model[node].factor().weights_from_viewpoint);
  work.group = *weights::group_of(model, work.model->program, node, work.viewpoint);
  work.output = find_output(model, options.output);
  work.now = numerals_of(work.group, session.sources());
  return work;
}

report::TuneReport report_on(const Work& work, const Session& session) {
  report::TuneReport report;
  report.sources = &session.sources();
  report.tool = tool_name();
  report.model = {work.model->path, work.model->hash};
  report.rules = &work.model->model;
  report.group = &work.group;
  report.viewpoint =
      work.group.viewpoint.valid() ? work.model->model.viewpoints[work.viewpoint.index].name : "";
  report.output = work.output;
  report.now = work.now;
  return report;
}

// A list a scenario before, and one after.
std::vector<std::vector<double>> scores_in(const std::vector<report::TuneEffect>& effects) {
  std::vector<std::vector<double>> lists;
  for (const report::TuneEffect& effect : effects) {
    std::vector<double> before, after;
    for (const report::TuneEffect::Country& country : effect.countries) {
      before.push_back(country.before);
      after.push_back(country.after);
    }
    lists.push_back(std::move(before));
    lists.push_back(std::move(after));
  }
  return lists;
}

// What the weights do in the scenarios named, and to the importance of members there.
void add_scenarios(const TuneOptions& options, Cases& cases, const Work& work,
                   const arma::vec& then, report::TuneReport& report) {
  std::vector<std::string> paths = options.on;
  for (const std::string& path : paths) cases.name(path);
  if (work.judged.judgements.importance)
    for (const fit::Path& path : work.judged.judgements.importance->sample)
      paths.push_back(path.path);
  std::vector<weights::Subject> sample;
  for (std::size_t k = 0; k < paths.size(); ++k) {
    const evaluate::Case* scenario_case = cases.open(paths[k]);
    if (report.tuned && k < options.on.size())
      report.effects.push_back(
          effect_on(*scenario_case, work.group, work.viewpoint, work.output, then));
    for (const weights::Subject& subject : subjects_of(*scenario_case, work.output))
      sample.push_back(subject);
  }
  report.digits = evaluate::digits_for(work.model->model, work.output, scores_in(report.effects));
  if (!sample.empty())
    report.importance = fit::importance_report(work.group, work.viewpoint, sample, then);
}

// The new text of the rule file, where it is to be written.
std::optional<NewText> text_to_write(const TuneOptions& options, const Work& work,
                                     const Tuned& result, Session& session,
                                     report::TuneReport& report) {
  NewText text =
      with_numerals(*work.model, work.group, result, work.now, options.reason, session.sources());
  check_new_text(*work.model, work.group, result, text, session);
  report.changed = text.changed;
  if (!options.write || text.changed.empty()) return std::nullopt;
  report.written = true;
  return text;
}

// With a new rule file at hand it is put in place last, and only where the report has been
// delivered and the old one is still as read.
void deliver(const TuneOptions& options, const std::string& report,
             const std::optional<NewText>& text, Session& session) {
  if (!text) return session.deliver(options, report);
  const std::string path = session.sources()[text->file].path();
  Replacement replacement(path, [&](const report::Put& put) { put(text->text); });
  replacement.require_unchanged(*session.files().read(path).value);
  try {
    session.deliver(options, report);
  } catch (const Stop& stop) {
    if (stop.code != done) throw;
    throw Stop{input_output,
               fmt::format("nobody read the report to its end, so '{}' stays as it was", path)};
  }
  replacement.commit();
}

}  // namespace

int tune(const TuneOptions& options, const Console& console) {
  check_use(options);
  Session session(console, options);
  Work work = work_for(options, session);
  Cases cases(session, *work.model);
  report::TuneReport report = report_on(work, session);
  std::optional<Tuned> result;
  if (!options.from.empty()) result = tuned(options, session, cases, work, console, report);
  report.tuned = result ? &*result : nullptr;
  add_scenarios(options, cases, work,
                !result           ? work.group.now
                : result->written ? result->written->shares
                                  : result->shares,
                report);
  const auto text = result && result->written
                        ? text_to_write(options, work, *result, session, report)
                        : std::nullopt;
  deliver(options,
          options.json ? report::text_of(report::tuned_json(report))
                       : session.written(options, report::tuned_text(report)),
          text, session);
  session.say_warnings();
  return !result || result->status == fit::Status::tuned ||
                 result->status == fit::Status::nothing_asked
             ? done
             : findings;
}

}  // namespace waystone::command
