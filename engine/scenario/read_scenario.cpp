// One scenario file after another: what it extends first, then its own facts and settings.
#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "scenario/exposures.hpp"
#include "scenario/faults.hpp"
#include "scenario/figures.hpp"
#include "scenario/groups.hpp"
#include "scenario/outcomes.hpp"
#include "scenario/precedence.hpp"
#include "scenario/preferences.hpp"
#include "scenario/relations.hpp"
#include "scenario/scored.hpp"
#include "scenario/settings.hpp"
#include "source/paths.hpp"
#include "syntax/parse.hpp"

namespace waystone::scenario {
namespace {

constexpr std::size_t longest_chain = 16;  // scenarios extending each other
constexpr int generation = 2;  // distance of a file's facts from those of the file that extends it

// What was meant by a key that a scenario doesn't have.
std::string meant_at_top(const Entry& entry) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 23> others{
      {{"expectation", "expect"},  {"outcomes", "outcome"},   {"back_test", "backtest"},
       {"expectations", "expect"}, {"default", "defaults"},   {"branches", "branch"},
       {"overrides", "override"},  {"date", "as_of"},         {"rules", "model"},
       {"rule_file", "model"},     {"name", "title"},         {"preference", "prefer"},
       {"preferences", "prefer"},  {"prefers", "prefer"},     {"base", "extends"},
       {"files", "data"},          {"file", "data"},          {"region", "group"},
       {"regions", "groups"},      {"exposures", "exposure"}, {"portfolio", "exposure"},
       {"rate", "rates"},          {"limits", "limit"}}};
  const bool table = entry.value.kind == Value::Kind::table;
  if (table && is_country_code(entry.key))
    return fmt::format("write [country.{}.facts]", entry.key);
  if (table && (entry.key == "facts" || entry.key == "fact"))
    return "facts stand under their country: [country.POL.facts]";
  const auto found = std::find_if(others.begin(), others.end(),
                                  [&](const auto& other) { return other.first == entry.key; });
  return found == others.end() ? "" : fmt::format("did you mean '{}'?", found->second);
}

// Whether a key is that of the model misspelt, or another program's.
bool means_model(const Entry& entry) {
  return nearest(entry.key, {"model"}) || meant_at_top(entry) == "did you mean 'model'?";
}

/// What one file hands on to the file that extends it.
struct Inheritance {
  Attributes defaults;
  FactTable facts;
  std::shared_ptr<Relations> relations;
  Preferences preferences;
  std::vector<FileId> files;
  std::vector<Fault> faults;
  std::vector<LeftOut> left_out;
  std::map<std::string, Span> named;
  std::vector<Group> groups;
  std::shared_ptr<const Tested> tested;
};

class FileReader {
 public:
  /// `asked`: the list of countries of the file that extends this one.
  FileReader(std::string path, const Reading& reading, std::vector<std::string> chain, Asked asked)
      : reading_(reading), chain_(std::move(chain)), asked_(std::move(asked)) {
    scenario_.path = std::move(path);
  }

  /// Reads the file; `asked` is where it was named. Nothing where it is no scenario at all.
  bool read(Span asked) {
    const auto file = open_file(scenario_.path, "a scenario", asked, largest_scenario,
                                reading_.read, reading_.sources, reading_.diagnostics);
    if (!file) return false;
    scenario_.files.push_back(*file);
    model_named_at_ = Span{*file, 0, 0};
    const auto document = read_document(reading_.sources, *file, reading_.diagnostics,
                                        [this](std::string_view key) { return unit_of(key); });
    if (!document) return false;
    Keys keys(*document, "a scenario", reading_);
    read_head(keys, *document, Span{*file, 0, 0});
    read_asked(keys);
    read_extended(keys);
    read_facts(keys, *document);
    read_groups(keys,
                {scenario_.path, countries_, scenario_.files, scenario_.left_out, group_tables_},
                reading_, scenario_.groups);
    read_tested(keys,
                {scenario_.path, countries_, scenario_.files, scenario_.as_of, scenario_.known_by},
                reading_, scenario_.tested);
    read_portfolio(keys, countries_, reading_, scenario_);
    // Where facts could not be read, a country without any may only seem to have none.
    const bool sure =
        reading_.knows_model && !reading_.diagnostics.has_errors() && !defaults_.misnamed;
    read_settings(
        keys, read_scored(keys, countries_, named_, sure, asked_.narrowed, reading_, scenario_));
    keys.finish(meant_at_top);
    order_facts(scenario_.facts.own(), scenario_.faults, reading_);
    return true;
  }

  /// With all that is inherited: only the scenario that is asked for says whose figures count.
  void prefer() {
    prefer_sources(scenario_.preferences, scenario_.facts.own(), scenario_.faults, reading_);
  }

  /// Warnings about the scenario that is asked for; for what it extends they would be about another
  /// date.
  void warn() const {
    for (const auto& [country, indicators] : scenario_.facts)
      for (const auto& [id, data] : indicators) warn_of_review(country, id, data);
    warn_of_idle_sources(scenario_.preferences, scenario_.facts, scenario_.faults, reading_);
    warn_of_groups(scenario_, group_tables_, reading_);
    warn_of_relations(scenario_, reading_);
  }

  Scenario& scenario() { return scenario_; }
  /// Where the scenario names its model, or its begin.
  Span model_named_at() const { return model_named_at_; }
  bool may_name_model() const { return may_name_model_; }
  Inheritance inheritance() && {
    // What its own list leaves out concerns this file alone.
    if (lists_countries_) scenario_.left_out.clear();
    return {std::move(defaults_),          std::exchange(scenario_.facts, {}),
            scenario_.relations,           std::move(scenario_.preferences),
            std::move(scenario_.files),    std::move(scenario_.faults),
            std::move(scenario_.left_out), std::move(named_),
            std::move(scenario_.groups),   std::move(scenario_.tested)};
  }

 private:
  std::string unit_of(std::string_view key) const {
    const auto id = reading_.model.find(std::string(key));
    if (!id || !reading_.model[*id].is_given()) return {};
    return in_unit(reading_.model[*id]);
  }

  void read_head(Keys& keys, const Value& document, Span start) {
    const auto title = keys.line("title");
    scenario_.title = title ? title->value : std::filesystem::path(scenario_.path).stem().string();
    if (const auto as_of = keys.date("as_of"))
      scenario_.as_of = as_of->value;
    else if (!keys.take("as_of") && !stands_within(document, "as_of"))
      keys.lacks("as_of", start, "the scenario has no date",
                 {"as_of = 2015-06-30 says for which day it is scored"});
    const auto known_by = keys.date("known_by");
    scenario_.known_by = known_by ? known_by->value : scenario_.as_of;
    if (const Entry* model = keys.take("model")) model_named_at_ = model->where;
    may_name_model_ = keys.take("model") || stands_within(document, "model") ||
                      std::any_of(document.entries.begin(), document.entries.end(), means_model);
    if (const auto model = keys.text("model"))
      scenario_.model_path = path_from(scenario_.path, model->value);
    if (const Entry* list = keys.take("viewpoints");
        list && list->value.kind == Value::Kind::array && list->value.items.empty())
      reading_.error(Code::E0303, list->value.where, "'viewpoints' names no viewpoint",
                     {"without it every viewpoint of the rules is scored"});
    for (const auto& name : keys.texts("viewpoints"))
      if (known_viewpoint(name.value, name.where, reading_))
        scenario_.viewpoints.push_back(*reading_.model.find_viewpoint(name.value));
    std::sort(scenario_.viewpoints.begin(), scenario_.viewpoints.end());
    scenario_.viewpoints.erase(
        std::unique(scenario_.viewpoints.begin(), scenario_.viewpoints.end()),
        scenario_.viewpoints.end());
    if (scenario_.viewpoints.empty())
      for (std::size_t i = 0; i < reading_.model.viewpoints.size(); ++i)
        scenario_.viewpoints.emplace_back(i);
    read_horizon(keys);
    if (const auto codes = keys.text("codes")) read_codes(*codes);
    if (const auto previous = keys.text("previous")) {
      scenario_.previous = path_from(scenario_.path, previous->value);
      scenario_.previous_where = previous->where;
      check_readable(scenario_.previous, previous->where, reading_);
    }
  }

  // Before the figures are read, since rows about other countries may be left out.
  void read_asked(Keys& keys) {
    const Entry* list = keys.take("countries");
    lists_countries_ = list != nullptr;
    if (!list) return;
    asked_ = {true, {}, false};
    for (const Value& item : list->value.items)
      if (item.kind == Value::Kind::text) asked_.codes.push_back(item.text);
    if (list->value.kind == Value::Kind::text) asked_.codes.push_back(list->value.text);
    std::sort(asked_.codes.begin(), asked_.codes.end());
  }

  void read_horizon(Keys& keys) {
    const Entry* entry = keys.take("horizon");
    if (entry && entry->value.kind == Value::Kind::number)
      return reading_.error(Code::E0304, entry->value.where,
                            "'horizon' wants text, this is a number",
                            {fmt::format("write horizon = \"{} years\"", entry->value.number)});
    const auto text = keys.text("horizon");
    if (!text) return;
    const auto number = syntax::parse_quantity(reading_.sources, keys.take("horizon")->value.inside,
                                               reading_.diagnostics);
    if (!number) return;
    const double days = number->unit == syntax::Unit::years    ? days_per_year
                        : number->unit == syntax::Unit::months ? days_per_month
                        : number->unit == syntax::Unit::days   ? 1
                                                               : 0;
    if (days == 0)
      return reading_.error(Code::E0318, text->where, "a horizon is in years, months or days",
                            {"write horizon = \"5 years\""});
    if (!(number->value > 0))
      return reading_.error(Code::E0316, text->where, "a horizon is longer than nothing");
    scenario_.horizon_years = number->unit == syntax::Unit::months
                                  ? number->value / 12
                                  : number->value * days / days_per_year;
  }

  void read_codes(const Said<std::string>& codes) {
    countries_.own = codes.value == "own";
    if (!countries_.own && codes.value != "iso3166")
      reading_.error(Code::E0314, codes.where,
                     fmt::format("codes are \"iso3166\" or \"own\", not '{}'", codes.value),
                     country_by_of(codes.value)
                         ? std::vector<std::string>{fmt::format(
                               "a table with such codes says: country_by = \"{}\"", codes.value)}
                         : std::vector<std::string>{});
  }

  void read_extended(Keys& keys) {
    const auto extends = keys.text("extends");
    if (!extends) return;
    const std::string path = path_from(scenario_.path, extends->value);
    chain_.push_back(tidy_path(scenario_.path));
    if (std::find(chain_.begin(), chain_.end(), path) != chain_.end())
      return reading_.error(
          Code::E0305, extends->where,
          fmt::format("this scenario extends itself: {} → {}", fmt::join(chain_, " → "), path));
    if (chain_.size() >= longest_chain)
      return reading_.error(Code::E0306, extends->where,
                            fmt::format("more than {} scenarios extend each other", longest_chain));
    Asked asked = asked_;
    asked.narrowed = asked.listed;
    FileReader base(path, reading_, chain_, std::move(asked));
    if (!base.read(extends->where)) return;
    Inheritance inherited = std::move(base).inheritance();
    defaults_ = std::move(inherited.defaults);
    scenario_.facts = std::move(inherited.facts);
    scenario_.relations = std::move(inherited.relations);
    for (auto& [relation, ties] : *scenario_.relations)
      for (auto& [country, rows] : ties)
        for (Tie& tie : rows) tie.datum.distance += generation;
    scenario_.preferences = std::move(inherited.preferences);
    scenario_.files.insert(scenario_.files.end(), inherited.files.begin(), inherited.files.end());
    for (auto& [country, indicators] : scenario_.facts.own())
      for (auto& [id, data] : indicators)
        for (Datum& datum : data) datum.distance += generation;
    scenario_.faults = std::move(inherited.faults);
    for (Fault& fault : scenario_.faults) fault.datum.distance += generation;
    scenario_.left_out = std::move(inherited.left_out);
    named_ = std::move(inherited.named);
    scenario_.groups = std::move(inherited.groups);
    scenario_.tested = std::move(inherited.tested);
  }

  void read_defaults(Keys& keys, const Value& document) {
    const bool given = keys.take("defaults") != nullptr;
    Attributes own;
    if (const Value* table = keys.table("defaults")) {
      Keys inner(*table, "[defaults]", reading_);
      own = read_attributes(inner, reading_);
      own.misnamed = !inner.finish();
    } else {
      const auto slip = [](const Entry& entry) {
        return entry.value.kind == Value::Kind::table && nearest(entry.key, {"defaults"});
      };
      own.misnamed = given || std::any_of(document.entries.begin(), document.entries.end(), slip);
    }
    defaults_ = completed(own, defaults_);
  }

  // An entry of `data`: a path, or a table that says how the file is laid out, too.
  void read_data_entry(const Value& entry, std::set<std::string>& read,
                       const FigureTarget& target) {
    std::optional<Said<std::string>> file;
    TableForm form;
    if (entry.kind == Value::Kind::text) {
      file = Said<std::string>{entry.text, entry.where};
    } else if (entry.kind == Value::Kind::table) {
      Keys keys(entry, "an entry of 'data'", reading_);
      if (keys.need("file")) file = keys.text("file");
      form = read_form(keys, countries_, reading_);
      if (!keys.finish() || form.broken) return;
    } else {
      wrong_kind(reading_, "data", entry, "text");
    }
    if (!file) return;
    if (read.insert(path_from(scenario_.path, file->value)).second)
      read_long(*file, form, target, reading_);
    else
      reading_.error(Code::E0326, file->where,
                     fmt::format("the file '{}' is listed twice", file->value));
  }

  void read_data(Keys& keys, const FigureTarget& target) {
    const Entry* data = keys.take("data");
    if (!data) return;
    std::set<std::string> read;
    if (data->value.kind != Value::Kind::array) return read_data_entry(data->value, read, target);
    for (const Value& entry : data->value.items) read_data_entry(entry, read, target);
  }

  // The tables of facts; the list of codes has a name that differs by a letter.
  const Value* country_tables(Keys& keys) const {
    const Entry* entry = keys.take("country");
    if (!entry || entry->value.kind == Value::Kind::table) return entry ? &entry->value : nullptr;
    reading_.error(Code::E0304, entry->where,
                   "'country' holds the tables of facts; 'countries' is a list of codes",
                   {"write countries = [\"POL\"] for a list, [country.POL.facts] for facts"});
    return nullptr;
  }

  void read_facts(Keys& keys, const Value& document) {
    read_defaults(keys, document);
    if (const Value* table = country_tables(keys))
      read_inline_facts(*table, countries_, defaults_, reading_, scenario_.facts.own());
    const FigureTarget target{scenario_.path,
                              countries_,
                              asked_,
                              defaults_,
                              scenario_.facts.own(),
                              scenario_.files,
                              scenario_.faults,
                              scenario_.left_out,
                              named_};
    read_preferences(keys.tables("prefer"), reading_, scenario_.preferences);
    read_data(keys, target);
    for (const Value* table : keys.tables("wide")) read_wide(*table, target, reading_);
    read_relations(keys.tables("relation"), target, reading_, *scenario_.relations);
  }

  void read_settings(Keys& keys, const ScoredCountries& countries) {
    read_overrides(keys.tables("override"), countries, reading_, scenario_);
    read_expectations(keys.tables("expect"), countries, reading_, scenario_);
    read_branches(keys.tables("branch"), countries, reading_, scenario_);
  }

  // Only of the datum that counts on the scenario's date.
  void warn_of_review(const std::string& country, NodeId id, const std::vector<Datum>& data) const {
    const Datum* last = latest(data, scenario_.as_of, scenario_.known_by);
    if (!last || !last->evidence->review || *last->evidence->review >= scenario_.as_of) return;
    reading_.error(Code::W0302, last->where,
                   fmt::format("'{}' of {} was to be reviewed on {}, before the scenario's date {}",
                               reading_.model[id].name, country, to_string(*last->evidence->review),
                               to_string(scenario_.as_of)));
  }

  const Reading& reading_;
  std::vector<std::string> chain_;  // files that led here
  Asked asked_;
  bool lists_countries_ = false;
  Span model_named_at_;
  bool may_name_model_ = true;         // as long as the text isn't read
  std::map<std::string, Span> named_;  // where tables first name a country
  std::vector<FileId> group_tables_;   // of this file alone
  Scenario scenario_;
  CountryRule countries_;
  Attributes defaults_;
};

}  // namespace

Outcome<Scenario> read_scenario(const std::string& path, const model::Model& model,
                                const model::ReadFile& read, SourceMap& sources) {
  Outcome<Scenario> outcome;
  const Reading reading{model, read, sources, outcome.diagnostics};
  FileReader reader(path, reading, {}, {});
  const bool good = reader.read({});
  if (good) reader.prefer();
  if (good) reader.warn();
  // In a sound scenario faults are told when data are chosen: the date may be another by then.
  if (good && outcome.diagnostics.has_errors())
    report_faults(reader.scenario(), model, faults_that_count(reader.scenario(), model),
                  outcome.diagnostics);
  if (good && !outcome.diagnostics.has_errors()) outcome.value = std::move(reader.scenario());
  outcome.diagnostics.sort();
  return outcome;
}

WithoutModel read_without_model(const std::string& path, const model::ReadFile& read,
                                SourceMap& sources) {
  WithoutModel seen;
  const model::Model none;
  Reading reading{none, read, sources, seen.diagnostics};
  reading.knows_model = false;
  FileReader reader(path, reading, {}, {});
  reader.read({});
  seen.named_at = reader.model_named_at();
  seen.may_name_model = reader.may_name_model();
  seen.diagnostics.sort();
  return seen;
}

}  // namespace waystone::scenario
