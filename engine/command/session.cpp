#include "command/session.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "command/dates.hpp"
#include "command/kinds.hpp"
#include "command/out.hpp"
#include "evaluate/digits.hpp"
#include "report/checked.hpp"
#include "report/words.hpp"
#include "scenario/crosswalk.hpp"
#include "source/visible.hpp"

namespace waystone::command {
namespace {

using Replaced = report::Replaced;

// Settings of the command line that replace what the file says, each remembered where it says
// otherwise.
void apply_dates(scenario::Scenario& scenario, const std::optional<Date>& as_of,
                 const std::optional<Date>& known_by, std::vector<Replaced>& replaced) {
  const Date own = scenario.as_of, own_known_by = scenario.known_by;
  if (as_of) scenario.as_of = scenario.known_by = *as_of;  // what became known later is hindsight
  if (known_by) scenario.known_by = *known_by;
  if (scenario.as_of != own)
    replaced.push_back(
        {Replaced::Kind::as_of, "--as-of", to_string(scenario.as_of), to_string(own)});
  const bool by_option = known_by && scenario.known_by != own_known_by;
  const bool with_date =
      !known_by && own_known_by != own &&
      scenario.known_by != own_known_by;  // the scenario looks back; what is asked for does not
  if (by_option || with_date)
    replaced.push_back({Replaced::Kind::known_by, by_option ? "--known-by" : "--as-of",
                        to_string(scenario.known_by), to_string(own_known_by)});
}

void apply_rules(const scenario::Scenario& scenario, const std::string& rules,
                 std::vector<Replaced>& replaced) {
  const auto tidy = [](const std::string& path) {
    return std::filesystem::path(path).lexically_normal();
  };
  if (rules.empty() || tidy(rules) == tidy(scenario.model_path)) return;
  replaced.push_back({Replaced::Kind::rules, "--rules", rules, scenario.model_path});
}

void apply_viewpoint(scenario::Scenario& scenario, const model::Model& model,
                     const std::string& name, std::vector<Replaced>& replaced) {
  if (name.empty()) return;
  std::vector<std::string> names, own;
  for (const model::Viewpoint& viewpoint : model.viewpoints) names.push_back(viewpoint.name);
  for (const ViewpointId viewpoint : scenario.viewpoints)
    own.push_back(model.viewpoints[viewpoint.index].name);
  if (const auto viewpoint = model.find_viewpoint(name)) {
    scenario.viewpoints = {*viewpoint};
    if (own != std::vector{name})
      replaced.push_back({Replaced::Kind::viewpoint, "--viewpoint", name, report::joined(own)});
    return;
  }
  std::string message = fmt::format("the model has no viewpoint '{}'", name);
  if (names.empty())
    message += "; it has none at all";
  else if (const auto near = nearest(name, names))
    message += fmt::format("; did you mean '{}'?", *near);
  else
    message += "; it has " + report::joined(names);
  throw Stop{wrong_use, message};
}

// What stands behind 'waystone check' so that it reads the same files.
std::string words_for_check(const std::string& path, const std::string& rules) {
  return rules.empty() ? path : fmt::format("{} --rules {}", path, rules);
}

}  // namespace

std::string tool_name() { return "waystone " WAYSTONE_VERSION; }

const program::Program& LoadedModel::separate() const {
  if (!separate_)
    separate_ =
        std::make_unique<program::Program>(program::compile(model, program::Sharing::separate));
  return *separate_;
}

report::Scored LoadedScenario::scored(const SourceMap& sources, NodeId asked) const {
  std::vector<const evaluate::Assessment*> printed{&assessment};
  if (before) printed.push_back(&assessment_before);
  return {&sources,
          tool_name(),
          {model->path, model->hash},
          path,
          hash,
          settings,
          now.get(),
          &assessment,
          before.get(),
          before ? &assessment_before : nullptr,
          branches,
          own_date,
          replaced,
          evaluate::digits_of(model->model, printed, asked)};
}

Session::Session(const Console& console, const Options& options)
    : console_(console), json_(options.json) {
  const std::pair<bool, const char*> forms[] = {
      {options.json, "--json"}, {options.csv, "--csv"}, {options.markdown, "--markdown"}};
  const char* first = nullptr;
  for (const auto& [asked, name] : forms) {
    if (asked && first)
      throw Stop{wrong_use, fmt::format("{} and {} exclude each other", first, name)};
    if (asked) first = name;
  }
  sources_.withhold([this](const std::string& path) { return files_.withholds(path); });
  if (!options.within.empty()) files_.confine(options.within);
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
  return reads_as_scenario(files_.read(path).value.value_or(""));
}

std::string Session::hash_of(const std::vector<FileId>& files) const {
  const auto [known, fresh] = hashes_.try_emplace(files);
  if (!fresh) return known->second;
  std::vector<std::string_view> texts;
  std::vector<std::string> seen;  // a file read twice counts once
  for (const FileId file : files) {
    if (std::find(seen.begin(), seen.end(), sources_[file].path()) != seen.end()) continue;
    seen.push_back(sources_[file].path());
    texts.push_back(sources_[file].text());
  }
  return known->second = hash_of_texts(texts);
}

const LoadedModel* Session::try_model(const std::string& path, Diagnostics& diagnostics) {
  for (const LoadedModel& loaded : models_)
    if (loaded.path == path) return &loaded;
  if (const auto known = faulty_.find(path); known != faulty_.end()) {
    diagnostics.append(known->second);
    return nullptr;
  }
  auto outcome = model::read_model(path, files_.reader(), sources_);
  diagnostics.append(outcome.diagnostics);
  if (!outcome) {
    faulty_.emplace(path, std::move(outcome.diagnostics));
    return nullptr;
  }
  LoadedModel& loaded = models_.emplace_back();
  loaded.path = path;
  loaded.model = std::move(*outcome.value);
  loaded.hash = hash_of(loaded.model.files);
  loaded.program = program::compile(loaded.model);
  return &loaded;
}

const LoadedModel* Session::try_model_of(const std::string& path, const std::string& rules,
                                         Diagnostics& diagnostics) {
  if (!rules.empty()) return try_model(rules, diagnostics);
  const std::string named = scenario::model_path_of(path, files_.reader());
  if (!named.empty() && files_.read(named)) return try_model(named, diagnostics);
  // Without a model only what is wrong with the text itself can be told.
  auto outcome = scenario::read_scenario(path, model::Model{}, files_.reader(), sources_);
  Diagnostics text_only;
  for (const Diagnostic& diagnostic : outcome.diagnostics.list())
    if (diagnostic.code == Code::E0301 || name_of(diagnostic.code).starts_with("E00") ||
        (diagnostic.code == Code::E0304 && diagnostic.message.starts_with("'model' ")) ||
        (diagnostic.code == Code::E0302 &&
         diagnostic.message.find("' stands within ") != std::string::npos))
      text_only.add(diagnostic);
  if (!text_only.empty()) {
    diagnostics.append(text_only);
    return nullptr;
  }
  const FileId file = sources_.add(path, files_.read(path).value.value_or(""));
  const std::string_view text = sources_[file].text();
  const std::size_t at = text.find("model");
  const Span where = named.empty() || at == std::string_view::npos
                         ? Span{file, 0, 0}
                         : Span{file, std::uint32_t(at), std::uint32_t(at + 5)};
  if (named.empty())
    diagnostics.add(Code::E0303, where, "the scenario names no model", {},
                    {"add model = \"…\" with the path of a rule file, or give --rules FILE"});
  else
    diagnostics.add(
        Code::E0001, where,
        fmt::format("the model '{}' can't be read: {}", named,
                    files_.read(named).diagnostics.list().front().message),
        {}, {"paths are relative to the scenario's folder; --rules FILE names another model"});
  return nullptr;
}

std::optional<scenario::Scenario> Session::try_scenario(const std::string& path,
                                                        const LoadedModel& model,
                                                        Diagnostics& diagnostics) {
  auto outcome = scenario::read_scenario(path, model.model, files_.reader(), sources_);
  diagnostics.append(outcome.diagnostics);
  return std::move(outcome.value);
}

std::optional<evaluate::Case> Session::try_case(const std::string& path, const LoadedModel& model,
                                                Diagnostics& diagnostics) {
  auto scenario = try_scenario(path, model, diagnostics);
  if (!scenario) return std::nullopt;
  auto bound = evaluate::bind(model.model, model.program, std::move(*scenario));
  diagnostics.append(bound.diagnostics);
  return std::move(bound.value);
}

void Session::fail_on_errors(Diagnostics& diagnostics, const std::string& path) {
  if (!diagnostics.has_errors()) return;
  diagnostics.sort();
  if (json_) {
    const std::vector<report::CheckedFile> files{
        report::CheckedFile{path, is_scenario(path), diagnostics, {}, {}, {}}};
    console_.out_raw(report::text_of(report::checked_json(
        files, diagnostics.errors(), diagnostics.warnings(), sources_, tool_name())));
  } else {
    console_.diagnostics(diagnostics, sources_);
  }
  throw Stop{faulty_file, report::counted(diagnostics.errors(), "error", "errors")};
}

const LoadedModel& Session::open_model(const std::string& path) {
  require_named(path);
  Diagnostics diagnostics;
  const LoadedModel* loaded = try_model(path, diagnostics);
  fail_on_errors(diagnostics, path);
  if (!loaded) throw Stop{faulty_file, fmt::format("'{}' can't be used", path)};
  keep_warnings(diagnostics, path);
  return *loaded;
}

std::unique_ptr<evaluate::Case> Session::bind(const LoadedModel& model, scenario::Scenario scenario,
                                              Diagnostics* warnings) {
  const std::string path = scenario.path;
  auto outcome = evaluate::bind(model.model, model.program, std::move(scenario));
  fail_on_errors(outcome.diagnostics, path);
  if (warnings) warnings->append(outcome.diagnostics);
  return std::make_unique<evaluate::Case>(std::move(*outcome.value));
}

std::optional<evaluate::Assessment> Session::previous_of(const LoadedModel& model,
                                                         const scenario::Scenario& scenario) {
  if (scenario.previous.empty()) return std::nullopt;
  Diagnostics diagnostics;
  auto previous = try_scenario(scenario.previous, model, diagnostics);
  fail_on_errors(diagnostics, scenario.previous);
  previous->viewpoints = scenario.viewpoints;
  return evaluate::assess(*bind(model, std::move(*previous)));
}

std::vector<scenario::Branch::Setting> Session::read_settings(const Options& options,
                                                              const scenario::Scenario& scenario,
                                                              const model::Model& model) {
  Diagnostics diagnostics;
  auto settings = scenario::read_settings(options.settings, scenario, model, diagnostics);
  if (!diagnostics.has_errors()) return settings;
  std::string message;
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    message += (message.empty() ? "--set: " : "\nwaystone: --set: ") + diagnostic.message;
    for (const std::string& note : diagnostic.notes) message += "; " + note;
  }
  throw Stop{wrong_use, message};
}

std::pair<const LoadedModel*, scenario::Scenario> Session::read_asked(const std::string& path,
                                                                      const Options& options) {
  require_named(path);
  if (!options.rules.empty()) require_named(options.rules);
  Diagnostics diagnostics;
  const LoadedModel* model = try_model_of(path, options.rules, diagnostics);
  fail_on_errors(diagnostics, options.rules.empty() ? path : options.rules);
  std::optional<scenario::Scenario> scenario = try_scenario(path, *model, diagnostics);
  fail_on_errors(diagnostics, path);
  keep_warnings(diagnostics, words_for_check(path, options.rules));
  return {model, std::move(*scenario)};
}

std::unique_ptr<LoadedScenario> Session::load(const LoadedModel& model, scenario::Scenario scenario,
                                              const std::optional<Date>& as_of,
                                              const Options& options, bool with_branches) {
  auto loaded = std::make_unique<LoadedScenario>();
  loaded->model = &model;
  loaded->path = scenario.path;
  loaded->hash = hash_of(scenario.files);
  loaded->settings = options.settings;
  loaded->own_date = scenario.as_of;
  apply_dates(scenario, as_of, date_of(options.known_by, "--known-by"), loaded->replaced);
  apply_rules(scenario, options.rules, loaded->replaced);
  apply_viewpoint(scenario, model.model, options.viewpoint, loaded->replaced);
  for (const std::string& setting : options.settings)
    loaded->replaced.push_back({Replaced::Kind::fact, "--set", setting, ""});

  const auto settings = read_settings(options, scenario, model.model);
  const auto previous = previous_of(model, scenario);
  const evaluate::Assessment* last = previous ? &*previous : nullptr;
  if (!settings.empty()) {
    loaded->before = bind(model, scenario);
    loaded->assessment_before = evaluate::assess(*loaded->before, last);
    scenario = scenario::with(scenario, settings);
  }
  Diagnostics of_data;
  loaded->now = bind(model, std::move(scenario), &of_data);
  keep_warnings(of_data, words_for_check(loaded->path, options.rules));
  loaded->assessment = evaluate::assess(*loaded->now, last);
  if (with_branches)
    for (const scenario::Branch& branch : loaded->now->scenario.branches)
      loaded->branches.push_back(
          {&branch,
           evaluate::assess(*bind(model, scenario::with(loaded->now->scenario, branch.settings)),
                            last)});
  return loaded;
}

std::unique_ptr<LoadedScenario> Session::open_scenario(const std::string& path,
                                                       const Options& options) {
  const std::vector<Date> dates = dates_of(options.as_of, "--as-of");
  if (dates.size() > 1)
    throw Stop{
        wrong_use,
        fmt::format("--as-of asks for {} dates; only 'score' takes several, for a table by date",
                    dates.size())};
  auto [model, scenario] = read_asked(path, options);
  return load(*model, std::move(scenario),
              dates.empty() ? std::nullopt : std::optional(dates.front()), options, false);
}

std::vector<std::unique_ptr<LoadedScenario>> Session::open_scenarios(const std::string& path,
                                                                     const Options& options) {
  const std::vector<Date> dates = dates_of(options.as_of, "--as-of");
  const auto [model, scenario] = read_asked(path, options);
  std::vector<std::unique_ptr<LoadedScenario>> loaded;
  if (dates.empty()) loaded.push_back(load(*model, scenario, std::nullopt, options, true));
  for (const Date date : dates) loaded.push_back(load(*model, scenario, date, options, true));
  return loaded;
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
      console_.say(fmt::format("{}: {}", sources_.where(diagnostic.where), diagnostic.message));
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
  return report::to_text(document, options.out.empty() ? console_.style() : report::Style{});
}

void Session::deliver(const Options& options, const std::string& text) {
  deliver(options, [&](const report::Put& put) { put(text); });
}

void Session::deliver(const Options& options, const report::Pieces& pieces) {
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

namespace {

std::string_view article_and_kind(model::NodeKind kind) {
  switch (kind) {
    case model::NodeKind::indicator: return "an indicator";
    case model::NodeKind::parameter: return "a parameter";
    case model::NodeKind::derived: return "a derived value";
    case model::NodeKind::factor: return "a factor";
    case model::NodeKind::output: return "an output";
  }
  return "";
}

// `kinds`: what would do, in words.
template <class Allowed>
NodeId find_node(const model::Model& model, const std::string& name, std::string_view kinds,
                 Allowed allowed) {
  if (name.empty()) return model.main;
  const auto node = model.find(name);
  if (node && allowed(model[*node])) return *node;
  std::vector<std::string> names;
  for (const NodeId output : model.outputs()) names.push_back(model[output].name);
  for (const model::Node& candidate : model.nodes)
    if (allowed(candidate) && candidate.kind != model::NodeKind::output)
      names.push_back(candidate.name);
  std::string message =
      node ? fmt::format("'{}' is {}, not an {}", name, article_and_kind(model[*node].kind), kinds)
           : fmt::format("the model has no {} '{}'", kinds, name);
  if (const auto near = nearest(name, names); near && !node)
    message += fmt::format("; did you mean '{}'?", *near);
  else
    message +=
        fmt::format("; {} has {}", node ? "the model" : "it", report::joined_up_to(names, 12));
  throw Stop{wrong_use, message};
}

}  // namespace

NodeId find_output(const model::Model& model, const std::string& name) {
  return find_node(model, name, "output or factor",
                   [](const model::Node& node) { return node.is_factor(); });
}

NodeId find_explained(const model::Model& model, const std::string& name) {
  return find_node(model, name, "output, factor or derived value", [](const model::Node& node) {
    return node.is_factor() || node.kind == model::NodeKind::derived;
  });
}

void require_country(const evaluate::Case& scenario_case, const std::string& code) {
  const auto& countries = scenario_case.countries;
  if (std::find(countries.begin(), countries.end(), code) != countries.end()) return;
  std::string message = fmt::format("the scenario does not score '{}'", code);
  const auto meant = scenario::scored_country(code, countries);
  if (const auto near = meant ? meant : nearest(code, countries))
    message += fmt::format("; did you mean '{}'?", *near);
  else if (!countries.empty())
    message += "; it has " + report::joined_up_to(countries, 12, "'waystone list' has all");
  throw Stop{wrong_use, message};
}

}  // namespace waystone::command
