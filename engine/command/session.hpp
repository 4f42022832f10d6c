// What the verbs share: files opened once, models and scenarios made ready, everything said about
// them collected.
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "command/console.hpp"
#include "command/files.hpp"
#include "evaluate/assess.hpp"
#include "model/check.hpp"
#include "program/program.hpp"
#include "report/document.hpp"
#include "report/pieces.hpp"
#include "report/results.hpp"

namespace waystone::command {

std::string tool_name();  // "waystone 0.1.0"

/// Options that several verbs have.
struct Options {
  std::vector<std::string> files, settings, as_of;
  std::string rules, viewpoint, output, known_by, out, within;
  bool json = false, csv = false, markdown = false, all = false;
};

struct LoadedModel {
  std::string path, hash;
  model::Model model;
  program::Program program;
  /// The program whose leaves stand apart, for attributions; compiled when first wanted.
  const program::Program& separate() const;

 private:
  mutable std::unique_ptr<program::Program> separate_;
};

/// A scenario bound and assessed. Addresses of its members stay the same while it lives.
struct LoadedScenario {
  const LoadedModel* model = nullptr;
  std::string path, hash;
  std::vector<std::string> settings;
  std::unique_ptr<evaluate::Case> now,
      before;  // before: without the settings; null where there is none
  evaluate::Assessment assessment, assessment_before;
  std::vector<report::BranchResult> branches;
  Date own_date;                           // the scenario's, whatever was asked for
  std::vector<report::Replaced> replaced;  // by options
  /// For reports; refers to this. `asked`: the factor or output that they are about.
  report::Scored scored(const SourceMap& sources, NodeId asked = {}) const;
};

class Session {
 public:
  /// What is wrong with a file is printed as JSON on stdout (docs/schema/check.md) where
  /// `options.json`, as text on stderr elsewhere.
  Session(const Console& console, const Options& options);

  /// Each throws Stop after saying what is wrong.
  const LoadedModel& open_model(const std::string& path);
  std::unique_ptr<LoadedScenario> open_scenario(const std::string& path, const Options& options);
  /// One for each date asked for, ascending; one where none is. With branches.
  std::vector<std::unique_ptr<LoadedScenario>> open_scenarios(const std::string& path,
                                                              const Options& options);

  /// Without a word on stderr and without Stop: for verbs that report problems themselves.
  const LoadedModel* try_model(const std::string& path, Diagnostics& diagnostics);
  /// The model that a scenario names, or `rules`; null where it has none or a faulty one. Says what
  /// is wrong with the scenario as far as it can be told.
  const LoadedModel* try_model_of(const std::string& scenario, const std::string& rules,
                                  Diagnostics& diagnostics);
  std::optional<scenario::Scenario> try_scenario(const std::string& path, const LoadedModel& model,
                                                 Diagnostics& diagnostics);
  /// The same, bound to its model.
  std::optional<evaluate::Case> try_case(const std::string& path, const LoadedModel& model,
                                         Diagnostics& diagnostics);

  /// Says what is wrong and throws Stop{faulty_file} where something is. `path`: the file of the
  /// command line that it is about.
  void fail_on_errors(Diagnostics& diagnostics, const std::string& path);
  /// Stop{input_output} where a file can't be read.
  void require_readable(const std::string& path);
  /// The same for a path of the command line (`Files::name`).
  void require_named(const std::string& path);
  /// Whether a path of the command line is a scenario rather than rules: by its ending, where it
  /// has one of ours, else by its text.
  bool is_scenario(const std::string& path);
  /// Says on stderr that there were warnings, and those about figures that did not come in full.
  void say_warnings() const;
  Files& files() { return files_; }
  const SourceMap& sources() const { return sources_; }
  SourceMap& sources() { return sources_; }
  std::string hash_of(const std::vector<FileId>& files) const;
  /// To --out or stdout. Stop{wrong_use} where --out is a file that scenarios or rules rest on,
  /// Stop{input_output} where it can't be written.
  void deliver(const Options& options, const std::string& text);
  /// The same, written as it is made.
  void deliver(const Options& options, const report::Pieces& pieces);
  /// As Markdown where the options ask for it, else as text, in colours where it goes to a
  /// terminal.
  std::string written(const Options& options, const report::Document& document) const;

 private:
  /// `warnings`: where those about the choice of data go, if anywhere.
  std::unique_ptr<evaluate::Case> bind(const LoadedModel& model, scenario::Scenario scenario,
                                       Diagnostics* warnings = nullptr);
  void keep_warnings(const Diagnostics& diagnostics, const std::string& path);
  /// A scenario as it was read, with what the options ask for; `as_of`: nothing for its own date.
  std::unique_ptr<LoadedScenario> load(const LoadedModel& model, scenario::Scenario scenario,
                                       const std::optional<Date>& as_of, const Options& options,
                                       bool with_branches);
  std::pair<const LoadedModel*, scenario::Scenario> read_asked(const std::string& path,
                                                               const Options& options);
  std::optional<evaluate::Assessment> previous_of(const LoadedModel& model,
                                                  const scenario::Scenario& scenario);
  std::vector<scenario::Branch::Setting> read_settings(const Options& options,
                                                       const scenario::Scenario& scenario,
                                                       const model::Model& model);

  const Console& console_;
  bool json_;
  Files files_;
  SourceMap sources_;
  std::deque<LoadedModel> models_;
  std::map<std::string, Diagnostics> faulty_;  // by path: rule files that give no model, read once
  mutable std::map<std::vector<FileId>, std::string> hashes_;  // of files of one text each
  Diagnostics warnings_;
  std::string warned_;  // what to say to `check` so that it lists them
};

/// The output or factor asked for, the main output where none is. Stop{wrong_use} with the nearest
/// name, or with those there are.
NodeId find_output(const model::Model& model, const std::string& name);
/// The same where a derived value will do, too.
NodeId find_explained(const model::Model& model, const std::string& name);
/// Stop{wrong_use} where the scenario does not score the country.
void require_country(const evaluate::Case& scenario_case, const std::string& code);

}  // namespace waystone::command
