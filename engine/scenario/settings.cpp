#include "scenario/settings.hpp"
#include "scenario/slip_finder.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "base/decimal.hpp"

namespace waystone::scenario {

Attributes supposed(const Scenario& scenario, Grade grade, const std::string& by,
                    const std::string& because) {
  Attributes result;
  result.valid = Said<Date>{scenario.as_of, {}};
  result.known = Said<Date>{scenario.known_by, {}};
  result.grade = Said<Grade>{grade, {}};
  result.by = Said<std::string>{by, {}};
  result.because = Said<std::string>{because, {}};
  return result;
}

namespace {

const Branch::Setting* same_fact(const std::vector<Branch::Setting>& settings,
                                 const std::string& country, NodeId indicator) {
  const auto found =
      std::find_if(settings.begin(), settings.end(), [&](const Branch::Setting& other) {
        return other.country == country && other.indicator == indicator;
      });
  return found == settings.end() ? nullptr : &*found;
}

std::string set_twice(const std::string& country, const model::Node& node) {
  return fmt::format("'{}.{}' is set twice", country, node.name);
}

// ---- overrides

std::optional<NodeId> target_of(const Said<std::string>& name, const Reading& reading) {
  const auto id = reading.model.find(name.value);
  if (id && reading.model[*id].is_factor()) return id;
  if (!reading.knows_model) return std::nullopt;
  if (id)
    reading.error(Code::E0328, name.where,
                  fmt::format("'{}' is {}; an override acts on a factor or output", name.value,
                              kind_text(reading.model[*id].kind)));
  else
    reading.error(Code::E0328, name.where,
                  fmt::format("no factor or output is called '{}'", name.value),
                  reading.suggest(name.value, [&] { return target_names(reading.model); }));
  return std::nullopt;
}

bool same(const Override& a, const Override& b) {
  const auto key = [](const Override& o) {
    return std::tie(o.country, o.target, o.points, o.because, o.by, o.until);
  };
  return key(a) == key(b);
}

void read_override(const Value& table, const ScoredCountries& countries, const Reading& reading,
                   Scenario& scenario) {
  const std::size_t errors = reading.diagnostics.errors();
  Keys keys(table, "[[override]]", reading);
  for (const std::string_view key : {"country", "target", "points", "because", "by", "until"})
    keys.need(key);
  Override result;
  result.where = table.where;
  const auto country = keys.text("country"), target = keys.text("target"),
             because = keys.text("because"), by = keys.text("by");
  const auto points = keys.number("points");
  const auto until = keys.date("until");
  keys.finish();
  if (country && countries.check(country->value, country->where, reading))
    result.country = country->value;
  if (target) result.target = target_of(*target, reading).value_or(NodeId{});
  if (points && std::abs(points->value) > 100)
    reading.error(Code::E0316, points->where,
                  "scores lie between 0 and 100; more than 100 points make no sense");
  for (const auto* text : {&because, &by})
    if (*text && (*text)->value.empty())
      reading.error(Code::E0303, (*text)->where, "an override says who made it and why");
  if (reading.diagnostics.errors() > errors) return;
  result.points = points->value;
  result.because = because->value;
  result.by = by->value;
  result.until = until->value;
  if (scenario.as_of > result.until)
    reading.error(Code::W0303, until->where,
                  fmt::format("this override ended on {}, before the scenario's date {}",
                              to_string(result.until), to_string(scenario.as_of)));
  const auto twin = std::find_if(scenario.overrides.begin(), scenario.overrides.end(),
                                 [&](const Override& other) { return same(other, result); });
  if (twin != scenario.overrides.end())
    return reading.diagnostics.add(
        {Code::E0326,
         result.where,
         fmt::format("this override of '{}' stands twice", country->value),
         {},
         {{twin->where, "here first"}},
         {}});
  scenario.overrides.push_back(std::move(result));
}

// ---- branches

class BranchReader {
 public:
  BranchReader(const ScoredCountries& countries, const Reading& reading, Scenario& scenario)
      : countries_(countries), reading_(reading), scenario_(scenario) {}

  void read(const Value& table) {
    Keys keys(table, "[[branch]]", reading_);
    for (const std::string_view key : {"name", "probability", "set"}) keys.need(key);
    Branch branch;
    branch.where = table.where;
    const auto name = keys.line("name"), group = keys.line("group");
    if (name) branch.name = name->value;
    if (group) branch.group = group->value;
    const auto probability = keys.number("probability");
    const Value* set = keys.table("set");
    keys.finish();
    if (name) check_name(branch, name->where);
    take_probability(branch, probability);
    if (set) read_settings(*set, branch);
    scenario_.branches.push_back(std::move(branch));
  }

  void check_sums() const {
    for (const auto& [name, group] : groups_) {
      double total = 0;
      std::vector<Decimal> exact;
      for (const Part& part : group.parts) {
        total += part.value;
        if (const auto decimal = parse_decimal(part.numeral)) exact.push_back(*decimal);
      }
      constexpr double slack =
          1e-9 * (1 + 1e-6);  // thirds written with nine digits miss 1 by 1e-9, and a rounding
      if (group.broken || std::abs(total - 1) <= slack) continue;
      const auto written = exact.size() == group.parts.size() ? sum(exact) : std::nullopt;
      Diagnostic diagnostic{Code::E0330, group.parts.back().where, "", {}, {}, {}};
      diagnostic.message =
          fmt::format("the probabilities of {} add up to {}, not to 1",
                      name.empty() ? "the branches" : fmt::format("the group '{}'", name),
                      written ? written->text() : fmt::format("{}", total));
      for (std::size_t i = 0; i + 1 < group.parts.size(); ++i)
        diagnostic.others.push_back({group.parts[i].where, ""});
      reading_.diagnostics.add(std::move(diagnostic));
    }
  }

 private:
  struct Part {
    double value;
    std::string numeral;
    Span where;
  };
  struct Group {
    std::vector<Part> parts;
    bool broken = false;  // one has no probability: no sum can be told
  };

  void check_name(const Branch& branch, Span where) {
    const auto same = [&](const Branch& other) {
      return other.name == branch.name && other.group == branch.group;
    };
    const auto found = std::find_if(scenario_.branches.begin(), scenario_.branches.end(), same);
    if (found != scenario_.branches.end())
      reading_.diagnostics.add({Code::E0334,
                                where,
                                fmt::format("two branches are called '{}'", branch.name),
                                {},
                                {{found->where, "the other"}},
                                {}});
  }

  void take_probability(Branch& branch, const std::optional<Said<double>>& said) {
    Group& group = groups_[branch.group];
    const bool good = said && said->value > 0 && said->value <= 1;
    if (!good) group.broken = true;
    if (said && !good)
      reading_.error(
          Code::E0331, said->where,
          fmt::format("a probability lies above 0 and at most at 1, this is {}", said->value),
          said->value > 1 ? std::vector<std::string>{fmt::format("{} percent is {}", said->value,
                                                                 said->value / 100)}
                          : std::vector<std::string>{});
    if (!good) return;
    branch.probability = said->value;
    group.parts.push_back(
        {said->value, std::string(reading_.sources.text(said->where)), said->where});
  }

  // `"UKR.eu_access" = 4`; without the quotes TOML makes a table UKR of it, which is meant just so.
  void read_settings(const Value& set, Branch& branch) {
    for (const Entry& entry : set.entries) {
      const std::size_t dot = entry.key.find('.');
      const bool country = dot == std::string::npos && entry.value.kind == Value::Kind::table;
      if (country) {
        for (const Entry& inner : entry.value.entries)
          read_setting(entry.key, inner.key, inner, branch);
      } else if (dot == std::string::npos) {
        reading_.error(Code::E0333, entry.where,
                       fmt::format("'{}' does not name a fact", entry.key),
                       {"write \"COUNTRY.indicator\" = value"});
      } else {
        read_setting(entry.key.substr(0, dot), entry.key.substr(dot + 1), entry, branch);
      }
    }
  }

  void read_setting(const std::string& country, const std::string& indicator, const Entry& entry,
                    Branch& branch) {
    const bool good = countries_.check(country, entry.where, reading_);
    const auto id = indicator_of(indicator, entry.where, reading_);
    if (!id && reading_.knows_model) return;
    const Attributes defaults =
        supposed(scenario_, Grade::expected, fmt::format("branch '{}'", branch.name),
                 "supposed by the branch");
    auto datum = read_fact(entry.value, fmt::format("{}.{}", country, indicator),
                           id ? &reading_.model[*id] : nullptr, defaults, reading_);
    if (!good || !datum) return;
    if (const Branch::Setting* other = same_fact(branch.settings, country, *id))
      reading_.diagnostics.add({Code::E0333,
                                entry.where,
                                set_twice(country, reading_.model[*id]),
                                {},
                                {{other->datum.where, "the other"}},
                                {}});
    branch.settings.push_back({country, *id, std::move(*datum)});
  }

  const ScoredCountries& countries_;
  const Reading& reading_;
  Scenario& scenario_;
  std::map<std::string, Group> groups_;
};

}  // namespace

void read_overrides(const std::vector<const Value*>& tables, const ScoredCountries& countries,
                    const Reading& reading, Scenario& scenario) {
  for (const Value* table : tables) read_override(*table, countries, reading, scenario);
}

void read_branches(const std::vector<const Value*>& tables, const ScoredCountries& countries,
                   const Reading& reading, Scenario& scenario) {
  BranchReader reader(countries, reading, scenario);
  for (const Value* table : tables) reader.read(*table);
  reader.check_sums();
}

// ---- the command line

namespace {

std::optional<Branch::Setting> read_setting(const std::string& text, const Scenario& scenario,
                                            const Reading& reading) {
  const std::size_t equals = text.find('='), dot = text.find('.');
  if (equals == std::string::npos || dot == std::string::npos || dot > equals || dot == 0 ||
      equals + 1 == text.size()) {
    reading.error(Code::E0333, {}, fmt::format("'{}' is no setting", text),
                  {"write COUNTRY.indicator=value, for example UKR.eu_access=6"});
    return std::nullopt;
  }
  const std::string_view whole = text;
  const std::string country(without_blanks(whole.substr(0, dot))),
      indicator(without_blanks(whole.substr(dot + 1, equals - dot - 1)));
  const bool good = ScoredCountries{{}, scenario.countries, true}.check(country, {}, reading);
  const auto id = indicator_of(indicator, {}, reading);
  if (!id) return std::nullopt;
  const model::Node& node = reading.model[*id];
  Datum datum;
  Quantity quantity;
  quantity.value = written(without_blanks(whole.substr(equals + 1)), node.unit, {});
  settle(supposed(scenario, Grade::judged, "command line", "set on the command line"), {},
         fmt::format("{}.{}", country, indicator), reading, datum);
  if (!quantify(quantity, node, reading, datum) || !good) return std::nullopt;
  return Branch::Setting{country, *id, std::move(datum)};
}

}  // namespace

std::vector<Branch::Setting> read_settings(const std::vector<std::string>& texts,
                                           const Scenario& scenario, const model::Model& model,
                                           Diagnostics& diagnostics) {
  // Nothing here can read a file or add one; both are only needed to complete what all readers
  // share.
  const model::ReadFile no_file = [](const std::string&) { return Outcome<Bytes>{}; };
  SourceMap no_sources;
  const Reading reading{model, no_file, no_sources, diagnostics};
  std::vector<Branch::Setting> settings;
  for (const std::string& text : texts) {
    auto setting = read_setting(text, scenario, reading);
    if (!setting) continue;
    if (same_fact(settings, setting->country, setting->indicator))
      reading.error(Code::E0333, {}, set_twice(setting->country, model[setting->indicator]));
    settings.push_back(std::move(*setting));
  }
  return settings;
}

Scenario with(const Scenario& scenario, const std::vector<Branch::Setting>& settings) {
  Scenario result = scenario;
  for (const Branch::Setting& setting : settings) {
    Datum datum = setting.datum;
    datum.valid = scenario.as_of;  // supposed of the scenario's date, which may have been set since
                                   // a branch was read
    datum.known = scenario.known_by;
    // What was true before stays: windows look back on it.
    std::vector<Datum>& data = result.facts.own()[setting.country][setting.indicator];
    std::erase_if(data, [&](const Datum& other) { return other.valid >= scenario.as_of; });
    data.push_back(std::move(datum));
    std::erase_if(result.faults, [&](const Fault& fault) {
      return fault.country == setting.country && fault.indicator == setting.indicator &&
             fault.datum.valid >= scenario.as_of;
    });
  }
  return result;
}

}  // namespace waystone::scenario
