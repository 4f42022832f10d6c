/// \file
/// Waystone as a library: rules and dated facts in, scores with reasons out.
///
/// A program reads `Rules` once and makes a `Situation` of them for every scenario and date; from
/// a situation it takes scores and asks why, which of two, how firm. All of it is done in memory,
/// but for the files that a `ReadFile` gives. Objects are cheap to copy and never change once they
/// are made, so threads may share them as long as the `ReadFile` given can be called from each.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "waystone/files.hpp"
#include "waystone/numbers.hpp"
#include "waystone/result.hpp"
#include "waystone/version.hpp"

namespace waystone {

namespace inside {
struct Rules;
struct Situation;
struct Explanation;
struct Data;
struct Comparison;
struct Robustness;
struct Tuning;
struct Tests;
}  // namespace inside

/// Weights, and how they are found.
struct TuneAsking {
  std::string viewpoint;        ///< Whose weights; "" where the rules have one or none.
  std::string node;             ///< Whose members are weighed; "": the main output.
  std::string output;           ///< What effects are about; "": the main output.
  std::vector<std::string> on;  ///< Paths of scenarios on which to show the effect.
  int decimals = 1;             ///< Digits after the point of the new weights, 0 to 6.
};

/// A file with new contents, which nobody has written.
struct NewFile {
  std::string path;  ///< As it was read.
  std::string text;  ///< All of it.
};

/// Weights from judgements, beside today's.
class Tuning {
 public:
  /// Whether the judgements gave weights, or asked for none.
  bool succeeded() const;
  /// In the order of names.
  const std::vector<TunedWeight>& weights() const;
  /// The rule file with the new numerals, all else in it as it was; nothing where none changes.
  const std::optional<NewFile>& new_file() const;
  /// What `waystone tune` prints: at most 100 columns wide.
  std::string text() const;
  /// The same as Markdown, with tables as GitHub writes them.
  std::string markdown() const;
  /// Every digit, for programs: docs/schema/tune.md.
  std::string json() const;

 private:
  friend class Rules;
  explicit Tuning(std::shared_ptr<const inside::Tuning> in) : in_(std::move(in)) {}
  std::shared_ptr<const inside::Tuning> in_;
};

/// Expectations or examples, run.
class Tests {
 public:
  /// In the order of the file.
  const std::vector<Tested>& results() const;
  /// Whether every one passed; true of none.
  bool passed() const;
  /// What `waystone test` prints.
  std::string text() const;
  /// The same as Markdown, with tables as GitHub writes them.
  std::string markdown() const;
  /// Every digit, for programs: docs/schema/test.md.
  std::string json() const;

 private:
  friend class Rules;
  friend class Situation;
  explicit Tests(std::shared_ptr<const inside::Tests> in) : in_(std::move(in)) {}
  std::shared_ptr<const inside::Tests> in_;
};

/// A rule file with all that it includes: read, checked and compiled.
class Rules {
 public:
  /// Problems are those that `waystone check` lists, all of them.
  /// \param path Of a rule file (.risk).
  /// \param read Kept, for scenarios and judgements.
  static Result<Rules> read(const std::string& path, const ReadFile& read = disk());
  /// The rules that a scenario names.
  static Result<Rules> of_scenario(const std::string& path, const ReadFile& read = disk());

  std::string path() const;                     ///< As it was given, or as the scenario names it.
  std::string hash() const;                     ///< SHA-256 over all its files: 64 digits.
  std::string title() const;                    ///< Of the model.
  std::vector<std::string> outputs() const;     ///< Names, the main one first.
  std::vector<std::string> factors() const;     ///< Names, in alphabetical order.
  std::vector<std::string> indicators() const;  ///< The same.
  std::vector<std::string> viewpoints() const;  ///< The same; empty where the rules have none.

  /// Weights from the judgement file at `judgements`; with "" the weights of today beside their
  /// importance in the scenarios named.
  Result<Tuning> tune(const std::string& judgements, const TuneAsking& asking = {}) const;
  /// The examples of the rule files, each in its scenario.
  Result<Tests> test() const;

 private:
  friend class Situation;
  explicit Rules(std::shared_ptr<const inside::Rules> in) : in_(std::move(in)) {}
  std::shared_ptr<const inside::Rules> in_;
};

/// What is put in place of what a scenario says: the options of the command line.
struct Asking {
  /// The day to score, as "2015-06-30"; "": the scenario's. Without `known_by` it also bounds what
  /// was known.
  std::string as_of;
  std::string known_by;               ///< Use only what was known by this day; "": as above.
  std::vector<std::string> settings;  ///< Facts, as "UKR.eu_access=6".
  std::string viewpoint;              ///< Only this one; "": those of the scenario.
  bool branches = false;              ///< Score the scenario's branches, too.
};

/// A fact given by the program.
struct Fact {
  std::string country;    ///< Code of ISO 3166-1 alpha-3.
  std::string indicator;  ///< Name in the rule file.
  /// A number in the indicator's unit, a yes or no, or a text: a code, a day ("2015-06-30",
  /// "never") or "unknown".
  std::variant<double, bool, std::string> value;
  std::optional<double> low;   ///< The least that the number may be; with `high` or not at all.
  std::optional<double> high;  ///< The most.
  std::string valid;           ///< The day on which it is true; "": the day scored.
  std::string known;           ///< The day by which it was known; "": by its source, or at once.
  std::string source;          ///< Name of a source of the rule file; "": signed instead.
  std::string by;              ///< Who signs it; "" and no source: the program.
  std::string because;         ///< Why; needed where `by` is given.
  std::string grade;  ///< "observed", "estimated", "judged" or "expected"; "": by evidence.
};

/// Why a country has its score.
class Explanation {
 public:
  /// One a viewpoint, in the situation's order.
  const std::vector<ExplainedView>& views() const;
  /// What `waystone explain` prints: sentences with sources, files and lines.
  std::string text() const;
  /// The same as Markdown, with tables as GitHub writes them.
  std::string markdown() const;
  /// The computation, operation by operation.
  std::string ledger() const;
  /// All of it for programs: docs/schema/explain.md.
  std::string json() const;

 private:
  friend class Situation;
  explicit Explanation(std::shared_ptr<const inside::Explanation> in) : in_(std::move(in)) {}
  std::shared_ptr<const inside::Explanation> in_;
};

/// How an explanation is told.
struct ExplainAsking {
  std::string output;          ///< Output, factor or derived value; "": the main output.
  int depth = 2;               ///< 1 factors, 2 facts and rules, 3 to 99 inner factors, too.
  bool deepest_first = false;  ///< The facts by influence first.
};

/// Which data a situation has, and whose they are.
class Data {
 public:
  /// Those that give figures, most weight first.
  const std::vector<SourceUse>& sources() const;
  /// Share of the output's weight that rests on known facts, 0 to 1, in the mean of the countries.
  double known_weight() const;
  /// What `waystone data` prints.
  std::string text() const;
  /// The same as Markdown, with tables as GitHub writes them.
  std::string markdown() const;
  /// One row an indicator, or a fact of the countries asked for, every digit.
  std::string csv() const;
  /// Every digit, for programs: docs/schema/data.md.
  std::string json() const;

 private:
  friend class Situation;
  explicit Data(std::shared_ptr<const inside::Data> in) : in_(std::move(in)) {}
  std::shared_ptr<const inside::Data> in_;
};

/// Whose data, and whose weight.
struct DataAsking {
  std::vector<std::string> countries;  ///< Codes to tell fact by fact; none: all, in sum.
  bool all = false;                    ///< Tell every country fact by fact.
  std::string output;                  ///< Output or factor; "": the main output.
};

/// Which of two countries, and why.
class Comparison {
 public:
  /// "agreed", "divided", "level" or "not_rated": the verdict over all viewpoints.
  std::string overall() const;
  /// One a viewpoint, in the situation's order.
  const std::vector<ComparedView>& views() const;
  /// What `waystone compare` prints.
  std::string text() const;
  /// The same as Markdown, with tables as GitHub writes them.
  std::string markdown() const;
  /// Every digit, for programs: docs/schema/compare.md.
  std::string json() const;

 private:
  friend class Situation;
  explicit Comparison(std::shared_ptr<const inside::Comparison> in) : in_(std::move(in)) {}
  std::shared_ptr<const inside::Comparison> in_;
};

/// How firm an order is when weights move.
class Robustness {
 public:
  /// One a viewpoint; one in all where the output is the same from each.
  const std::vector<RobustView>& views() const;
  /// What `waystone robust` prints.
  std::string text() const;
  /// The same as Markdown, with tables as GitHub writes them.
  std::string markdown() const;
  /// Every digit, for programs: docs/schema/robust.md.
  std::string json() const;

 private:
  friend class Situation;
  explicit Robustness(std::shared_ptr<const inside::Robustness> in) : in_(std::move(in)) {}
  std::shared_ptr<const inside::Robustness> in_;
};

/// Whose order, and which weights move.
struct RobustAsking {
  std::string first;            ///< Code; "": the whole ranking.
  std::string second;           ///< Code; "" with `first`.
  std::string output;           ///< Output or factor whose order it is; "": the main output.
  std::string node;             ///< Whose weights move; "": the node that viewpoints weigh.
  std::string judgements;       ///< Path of a judgement file that narrows the weights, or "".
  std::size_t samples = 10000;  ///< Weights drawn, from 100.
  std::uint64_t seed = 1;       ///< Of the draws: the same gives the same.
};

/// Rules and facts on a date: everything scored.
class Situation {
 public:
  /// Reads a scenario (.toml) and the tables that it names, and scores it.
  static Result<Situation> read(const Rules& rules, const std::string& path,
                                const Asking& asking = {});
  /// Scores facts in memory on a day ("2015-06-30"): no file is read. Problems are placed in the
  /// text of a scenario that is made of the facts, called "facts.toml".
  static Result<Situation> from_facts(const Rules& rules, const std::string& as_of,
                                      const std::vector<Fact>& facts, const Asking& asking = {});

  std::string title() const;                          ///< Of the scenario.
  std::string as_of() const;                          ///< The day scored: "2015-06-30".
  std::string hash() const;                           ///< SHA-256 over its files: 64 digits.
  const std::vector<std::string>& countries() const;  ///< Codes, in alphabetical order.
  std::vector<std::string> viewpoints() const;  ///< Those scored; one "" where the rules have none.

  /// Of every output, by viewpoint, then country; the main output first.
  const std::vector<Score>& scores() const;
  /// Of one node of one country. Fails where there is no such country, node or viewpoint.
  /// \param country Code.
  /// \param node Name; "": the main output.
  /// \param viewpoint Name; "": the first.
  Result<Score> score(const std::string& country, const std::string& node = {},
                      const std::string& viewpoint = {}) const;
  /// Every rule for one country. Fails where there is no such country or viewpoint.
  /// \param country Code.
  /// \param viewpoint Name; "": the first.
  Result<std::vector<RuleState>> rules(const std::string& country,
                                       const std::string& viewpoint = {}) const;
  /// The same as `scores` without the settings asked for; empty where none were.
  const std::vector<Score>& before() const;
  /// In the scenario's order; empty unless they were asked for.
  const std::vector<Branch>& branches() const;

  /// Why a country has its score.
  Result<Explanation> explain(const std::string& country, const ExplainAsking& asking = {}) const;
  /// Which data there are: of when, from whom, what is missing. By the first viewpoint's weights.
  Result<Data> data(const DataAsking& asking = {}) const;
  /// Which of two countries, by an output or factor; "": the main output.
  Result<Comparison> compare(const std::string& first, const std::string& second,
                             const std::string& output = {}) const;
  /// How far weights may move before an order turns. Takes seconds.
  Result<Robustness> robust(const RobustAsking& asking = {}) const;
  /// The scenario's expectations. Those of a situation asked for otherwise than its file says may
  /// well fail.
  Result<Tests> test() const;

  /// What `waystone score` prints; `all`: inner factors, and factors of any number of countries.
  std::string text(bool all = false) const;
  /// The same as Markdown, with tables as GitHub writes them.
  std::string markdown(bool all = false) const;
  /// Every digit, for programs: docs/schema/score.md.
  std::string json() const;
  /// One row a viewpoint, country and node, every digit.
  std::string csv() const;

 private:
  explicit Situation(std::shared_ptr<const inside::Situation> in) : in_(std::move(in)) {}
  std::shared_ptr<const inside::Situation> in_;
};

}  // namespace waystone
