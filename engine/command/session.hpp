// What the verbs share: opens files once, prepares models and scenarios, and collects all
// diagnostics about them.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ask/situation.hpp"
#include "command/console.hpp"
#include "command/files.hpp"
#include "report/document.hpp"
#include "report/pieces.hpp"

namespace waystone::command {

std::string tool_name();  // "waystone 0.1.0"

/// The words of comma-separated lists.
std::vector<std::string> words_of(const std::vector<std::string>& lists);

/// Options that several verbs have.
struct Options {
  std::vector<std::string> files, settings, as_of;
  std::string rules, viewpoint, output, known_by, out, within;
  bool json = false, csv = false, markdown = false, html = false, all = false;
};

class Session {
 public:
  /// Prints what is wrong with a file as JSON on stdout (docs/schema/check.md) if `options.json`,
  /// otherwise as text on stderr.
  Session(const Console& console, const Options& options);

  /// Each throws Stop after saying what is wrong.
  ask::SharedRules open_model(const std::string& path);
  ask::SharedSituation open_scenario(const std::string& path, const Options& options);
  /// One for each date asked for, ascending; one where none is. With branches.
  std::vector<ask::SharedSituation> open_scenarios(const std::string& path, const Options& options);

  /// One for each date that `choose` names for the scenario, without branches.
  using ChooseDates = std::function<std::vector<Date>(const scenario::Scenario&)>;
  std::vector<ask::SharedSituation> open_dates(const std::string& path, const Options& options,
                                               const ChooseDates& choose);

  /// The scenario as it is asked for, last; before it, as it stood without what --set puts in
  /// place, those of the dates that `choose` names for it and its date for which the facts suffice.
  using ChoosePast = std::function<std::vector<Date>(const scenario::Scenario&, Date last)>;
  std::vector<ask::SharedSituation> open_with_past(const std::string& path, const Options& options,
                                                   const ChoosePast& choose);

  /// Without a word on stderr and without Stop, for verbs that report problems themselves. Rules
  /// are read once a run; null where they are faulty.
  ask::SharedRules try_model(const std::string& path, Diagnostics& diagnostics);
  /// Those that a scenario names, or `rules`. Says what is wrong with the scenario as far as it can
  /// be told.
  ask::SharedRules try_model_of(const std::string& scenario, const std::string& rules,
                                Diagnostics& diagnostics);
  /// The scenario, bound to its rules.
  std::optional<evaluate::Case> try_case(const std::string& path, const ask::Rules& rules,
                                         Diagnostics& diagnostics);

  /// The value of an answer; says why there is none, and throws Stop.
  template <class T>
  T take(ask::Answer<T> answer) {
    if (!answer) fail(answer.failure);
    return std::move(*answer.value);
  }
  /// From here on, what a scenario lacks is told with its name and that of its rules: the command
  /// line names several.
  void name_files() { names_files_ = true; }
  /// Says what is wrong and throws Stop{faulty_file} where something is. `path`: the file of the
  /// command line that it is about.
  void fail_on_errors(Diagnostics& diagnostics, const std::string& path);
  /// Stop{input_output} where a file can't be read.
  void require_readable(const std::string& path);
  /// The same for a path of the command line (`Files::name`).
  void require_named(const std::string& path);
  /// Whether a path of the command line is a scenario and not rules: by its ending if it is one of
  /// ours, else by its text.
  bool is_scenario(const std::string& path);
  /// Reports on stderr that there were warnings, and prints in full those about missing figures.
  void say_warnings() const;
  Files& files() { return files_; }
  const ask::Texts& texts() const { return texts_; }
  const SourceMap& sources() const { return *texts_.sources; }
  /// To --out or stdout. Stop{wrong_use} where --out is a file that scenarios or rules rest on,
  /// Stop{input_output} where it can't be written.
  void deliver(const Options& options, const std::string& text);
  /// The same, piece by piece as it is made.
  void deliver(const Options& options, const report::Pieces& pieces);
  /// As Markdown or HTML if the options ask for it, else as text, in colours on a terminal.
  std::string written(const Options& options, const report::Document& document) const;

 private:
  [[noreturn]] void fail(ask::Failure& failure);
  bool names_files_ = false;
  std::string whose_;  // "a.toml by b.risk: " of what fails, if files are named; else ""
  void keep_warnings(const Diagnostics& diagnostics, const std::string& path);
  std::pair<ask::SharedRules, scenario::Scenario> read_asked(const std::string& path,
                                                             const Options& options);
  ask::SharedSituation situation(const ask::SharedRules& rules, scenario::Scenario scenario,
                                 const std::optional<Date>& as_of, const Options& options,
                                 bool with_branches);

  const Console& console_;
  bool json_;
  Files files_;
  ask::Texts texts_;
  std::map<std::string, Outcome<ask::SharedRules>> rules_;  // by path
  Diagnostics warnings_;
  std::string warned_;  // what to say to `check` so that it lists them
};

}  // namespace waystone::command
