// A scenario as read: typed, with its model's names resolved, nothing chosen by date yet.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/container/flat_map.hpp>

#include "base/date.hpp"
#include "diagnose/diagnostic.hpp"
#include "model/model.hpp"
#include "model/read_file.hpp"

namespace waystone::scenario {

enum class Grade {
  observed,
  estimated,
  judged,
  expected,
  assumed,
  typical
};  // the last two come from missing policies
std::string_view name_of(Grade grade);

/// What a datum rests on. The figures of a wide table share one.
struct Evidence {
  std::string source;  // key, "" where signed instead
  std::string by, because, note;
  std::optional<Date> review;
};

/// One dated value of one indicator of one country, in the indicator's unit. Dates are days since
/// 1970 (never: -infinity), yes/no 1/0, codes their index.
struct Datum {
  std::optional<double> value;      // none: "unknown"
  std::optional<double> low, high;  // range it may have
  Date valid, known;
  bool known_given = false;  // else valid date plus the source's publication lag
  Grade grade = Grade::observed;
  std::shared_ptr<const Evidence> evidence;  // never null in a scenario that was read
  int distance = 0;  // 0 this file, 1 its CSV, 2 the file it extends, 3 that one's CSV, …; nearer
                     // wins on one date
  int preference = 0;  // of its source among those preferred for the indicator: 0 the first, then
                       // one after another; all that are not named come last
  Span where;
};

/// Whose figure counts where several sources give one for the same date: the first of them that has
/// one that is known.
struct PreferredSource {
  std::string name;
  Span where;
};
struct Preference {
  std::vector<PreferredSource> sources;
  std::string because;
  bool range = false;  // the range of the figure covers what the other sources say
  Span where;
};

/// A figure of a table that can't be read. If it would count, that is an error; otherwise it counts
/// as absent, with a warning.
struct Fault {
  std::string country;
  NodeId indicator;
  Datum datum;            // its dates; it has no value
  std::string cause;      // shared by faults of one cause: a cell's text, or the indicator's name
  Diagnostic diagnostic;  // for this figure alone
};

/// Rows of a table, or facts of its own, that a scenario leaves out, for the countries they name.
struct LeftOut {
  enum class Reason {
    no_code,
    no_country,
    not_asked,
    facts_not_asked,  // facts that stand in the scenario itself; `rows` counts them
    filtered  // dropped by a filter: with all that is about the countries named, or rows of others
  };
  Reason reason = Reason::no_code;
  std::size_t rows = 0;
  std::vector<std::string> codes;  // each once, in order of the table; none where they have no code
  Span first;                      // in the first of the rows
  std::vector<std::string> partly;  // filtered: countries of which other rows or figures count
};

using Facts = boost::container::flat_map<NodeId, std::vector<Datum>>;  // of one country

/// The facts of every country. Copies share them until one is changed, so that the same scenario on
/// thirty dates has them once; a datum keeps its address while any copy lives.
class FactTable {
 public:
  using Map = std::map<std::string, Facts>;
  FactTable() = default;
  FactTable(const FactTable&) = default;  // and no other way to move: none is ever without a table
  FactTable& operator=(const FactTable&) = default;

  Map& own() {
    if (map_.use_count() > 1) map_ = std::make_shared<Map>(*map_);
    return *map_;
  }
  Map::const_iterator find(const std::string& country) const { return map_->find(country); }
  bool contains(const std::string& country) const { return map_->contains(country); }
  const Facts& at(const std::string& country) const { return map_->at(country); }
  Map::const_iterator begin() const { return map_->cbegin(); }
  Map::const_iterator end() const { return map_->cend(); }

 private:
  std::shared_ptr<Map> map_ = std::make_shared<Map>();
};

/// A row of a relation: a partner of a country, and with what weight (1 where the relation has
/// none).
struct Tie {
  std::string partner;
  Datum datum;
};
using Ties = std::map<std::string, std::vector<Tie>>;  // by country
using Relations = std::map<RelationId, Ties>;

struct Override {
  std::string country;
  NodeId target;
  double points = 0;
  std::string because, by;
  Date until;
  Span where;
};

struct Expectation {
  model::Assertion assertion;
  std::vector<std::string> viewpoints;  // empty: all of the scenario
  std::string because;
  std::optional<std::string> fails;  // reason why it does not hold
  Span where;
};

struct Branch {
  std::string name, group;
  double probability = 0;
  struct Setting {
    std::string country;
    NodeId indicator;
    Datum datum;
  };
  std::vector<Setting> settings;
  Span where;
};

/// Countries under one name: a region, the countries along a corridor, a list of one's own.
struct Group {
  std::string name;                  // small letters, digits and '_', a letter first
  std::string label;                 // as people read it
  std::string kind;                  // what its like share: "region"; "" of a list by itself
  std::string source;                // where the list comes from, in words; may be ""
  std::vector<std::string> members;  // codes in order; the scenario may not score all of them
  Span where;
};

struct Tested;  // scenario/outcomes.hpp

/// What is at stake in one country: a loan, a project, all of them together.
struct Exposure {
  std::string country, name;    // code; name: "" where the table has none
  std::string currency;         // ISO 4217
  double amount = 0;            // 0 to `largest_amount`, in units of the currency
  std::optional<double> limit;  // the most that it may be; 0: nothing may be at stake
  Span where;                   // the cell of the amount
};
inline constexpr double largest_amount = 1e15;

/// What one unit of a currency is worth in the currency that a portfolio is added up in.
struct Rate {
  std::string currency;
  double rate = 0;  // above 0
  Date on;
  std::string source;  // in words
  Span where;
};

/// The most that may be at stake in all countries of a band of the main output, or of a group.
struct ExposureLimit {
  std::string band, group;  // one of them, the other is ""
  double amount = 0;        // as in Exposure
  std::string currency, because;
  Span where;
};

/// What a scenario says of exposures. Not inherited.
struct Portfolio {
  std::string path;                   // of the table; "" without any
  std::vector<Exposure> exposures;    // in order of the table
  std::string currency;               // in which rates add them up; "" without rates
  std::vector<Rate> rates;            // in order of the file; none of `currency` itself
  std::vector<ExposureLimit> limits;  // in order of the file
};

struct Scenario {
  std::string path, title;
  Date as_of, known_by;
  std::optional<double> horizon_years;
  std::string model_path;  // resolved against the scenario's folder; "" where none is named
  std::vector<ViewpointId> viewpoints;       // asked for; all where none is named
  std::vector<std::string> countries;        // to score, in order of code
  FactTable facts;                           // by country
  std::map<NodeId, Preference> preferences;  // by indicator, its own and inherited
  std::shared_ptr<Relations> relations = std::make_shared<Relations>();  // not changed once read
  std::vector<Fault> faults;      // of figures that can't be read, in no order
  std::vector<LeftOut> left_out;  // table by table
  std::vector<Group> groups;      // in order of name
  /// What its scores are tested against; null where neither it nor what it extends says so.
  std::shared_ptr<const Tested> tested;
  std::vector<Override> overrides;
  std::vector<Expectation> expectations;
  std::vector<Branch> branches;
  Portfolio portfolio;
  std::string previous;       // path of the scenario whose bands are the previous rating, or ""
  Span previous_where;
  std::vector<FileId> files;  // scenario and data files read, for hashes
};

/// The path of the model that a scenario names ("" where it names none), read before the model
/// exists. Syntax errors are reported by `read_scenario`.
std::string model_path_of(const std::string& path, const model::ReadFile& read);

/// The paths of the tables from which a scenario takes figures, as far as its text can be read.
std::vector<std::string> tables_of(const std::string& path, const model::ReadFile& read);

/// Reads a scenario, what it extends and its data files against a model; all problems in one run.
Outcome<Scenario> read_scenario(const std::string& path, const model::Model& model,
                                const model::ReadFile& read, SourceMap& sources);

/// What can be told of a scenario whose model is missing or faulty: its text, keys, dates,
/// countries, kinds of values, files that can't be read.
struct WithoutModel {
  Diagnostics diagnostics;      // sorted
  Span named_at;                // the key `model`, or the begin of the file without one
  bool may_name_model = false;  // it has that key, be it somewhere else, or can't be read so far
};
WithoutModel read_without_model(const std::string& path, const model::ReadFile& read,
                                SourceMap& sources);

/// Facts as on the command line, `UKR.eu_access=6` (valid on as_of, graded judged, by "command
/// line"), and where they go; each fact once.
std::vector<Branch::Setting> read_settings(const std::vector<std::string>& texts,
                                           const Scenario& scenario, const model::Model& model,
                                           Diagnostics& diagnostics);

/// A scenario with settings in place of its own facts of its date and later.
Scenario with(const Scenario& scenario, const std::vector<Branch::Setting>& settings);

/// The group of that name; null where there is none.
const Group* find_group(const Scenario& scenario, std::string_view name);
/// The kinds of groups, in order.
std::vector<std::string> kinds_of_groups(const Scenario& scenario);
/// The groups of a kind that a country is in, in order of name.
std::vector<const Group*> groups_of(const Scenario& scenario, std::string_view kind,
                                    std::string_view country);

/// ISO 3166-1 alpha-3 codes in use (and XKX for Kosovo) with English short names.
bool is_country_code(std::string_view code);
std::string_view country_name(std::string_view code);  // the code itself where unknown
/// Whether the first of two countries comes before the other in a list by name.
bool named_before(std::string_view code, std::string_view other);

}  // namespace waystone::scenario
