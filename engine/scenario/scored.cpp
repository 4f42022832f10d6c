#include "scenario/scored.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "scenario/crosswalk.hpp"
#include "scenario/faults.hpp"
#include "scenario/table_form.hpp"

namespace waystone::scenario {

bool ScoredCountries::check(const std::string& code, Span where, const Reading& reading) const {
  if (std::binary_search(codes.begin(), codes.end(), code)) return true;
  if (!complete) return rule.check(code, where, reading);
  const auto meant = scored_country(code, codes);
  auto notes = meant ? std::vector{fmt::format("did you mean '{}'?", *meant)}
                     : reading.suggest(code, [&] { return codes; });
  if (notes.empty() && !codes.empty() && codes.size() <= 12)
    notes.push_back(fmt::format("this scenario scores {}", fmt::join(codes, ", ")));
  reading.error(Code::E0307, where, fmt::format("'{}' is none of this scenario's countries", code),
                std::move(notes));
  return false;
}

namespace {

constexpr int own_tables = 1;  // distance of their figures; what is inherited is farther

bool has_fact(const Facts& facts) {
  return std::any_of(facts.begin(), facts.end(),
                     [](const auto& entry) { return !entry.second.empty(); });
}

class ScoredReader {
 public:
  ScoredReader(const CountryRule& rule, const std::map<std::string, Span>& named,
               const Reading& reading, Scenario& scenario)
      : rule_(rule), named_(named), reading_(reading), scenario_(scenario) {}

  void read_list(Keys& keys, const Entry& list) {
    std::vector<std::string>& countries = scenario_.countries;
    if (list.value.kind == Value::Kind::array && list.value.items.empty())
      reading_.error(Code::E0303, list.value.where, "'countries' names no country",
                     {"without it every country is scored that has facts"});
    if (!is_list_of_codes(list)) return;
    for (const auto& code : keys.texts("countries")) {
      // a country inherited from a file with codes of its own is as good as one of ISO's
      if (!scenario_.facts.contains(code.value) && !rule_.check(code.value, code.where, reading_))
        continue;
      if (asked_at_.try_emplace(code.value, code.where).second)
        countries.push_back(code.value);
      else
        reading_.error(Code::E0326, code.where,
                       fmt::format("'{}' stands twice among the countries", code.value));
    }
    std::sort(countries.begin(), countries.end());
    leave_out_facts();
  }

  // `tables`: the tables [country.X], or null.
  void take_all(const Value* tables) {
    for (const auto& [code, facts] : scenario_.facts) {
      scenario_.countries.push_back(code);
      if (const Entry* table = tables ? tables->find(code) : nullptr)
        asked_at_.try_emplace(code, table->where);
    }
    warn_of_strays(tables);
  }

  void warn_without_facts() const {
    std::map<FileId, std::vector<std::string>> unknown;  // by the file that names them
    const std::vector<const Fault*> faults = faults_that_count(scenario_, reading_.model);
    const auto is_faulty = [&](const std::string& code) {
      return std::any_of(faults.begin(), faults.end(),
                         [&](const Fault* fault) { return fault->country == code; });
    };
    for (const std::string& code : scenario_.countries) {
      if (is_known(code) || is_faulty(code)) continue;
      if (const auto asked = asked_at_.find(code); asked != asked_at_.end())
        warn(code, asked->second);
      else if (const auto place = named_.find(code); place != named_.end())
        unknown[place->second.file].push_back(code);
    }
    for (auto& [file, codes] : unknown) warn_of_file(file, codes);
  }

 private:
  static bool is_inherited(const Facts& facts) {
    return std::any_of(facts.begin(), facts.end(), [](const auto& entry) {
      return std::any_of(entry.second.begin(), entry.second.end(),
                         [](const Datum& datum) { return datum.distance > own_tables; });
    });
  }

  // A file that has a table [country.X] for each of its countries, or inherits them, may not mean
  // the few that only rows of figures name. Where these are the more, the figures say who is
  // scored.
  void warn_of_strays(const Value* tables) const {
    std::vector<std::string> strays;
    std::size_t settled = 0;
    bool inherits = false;
    for (const auto& [code, facts] : scenario_.facts) {
      const bool has_table = tables && tables->find(code), inherited = is_inherited(facts);
      inherits = inherits || inherited;
      if (has_table || inherited)
        ++settled;
      else if (named_.contains(code) && has_fact(facts))
        strays.push_back(code);
    }
    if (strays.empty() || 2 * strays.size() > settled) return;
    std::sort(strays.begin(), strays.end(),
              [&](const auto& a, const auto& b) { return named_.at(a) < named_.at(b); });
    std::vector<std::string> names;
    for (const std::string& code : strays) {
      const Span& where = named_.at(code);
      const SourceFile& file = reading_.sources[where.file];
      names.push_back(
          fmt::format("{} ({}:{})", country_name(code), file.path(), file.place(where.begin).line));
    }
    const bool one = names.size() == 1;
    reading_.error(
        Code::W0321, named_.at(strays.front()),
        fmt::format("{} scored only because a row names {}: {}",
                    one ? "a country is" : "countries are", one ? "it" : "them", listed(names)),
        {fmt::format("the others {}; countries = [\"…\"] says which are scored, and leaves out "
                     "other rows",
                     !inherits ? "have tables [country.X]"
                     : tables  ? "have tables [country.X] or are inherited"
                               : "are inherited")});
  }

  // Whether what is typical of a group rests on the indicator of this member, too.
  bool is_typical_for_others(const std::string& code, NodeId id) const {
    const model::Node& node = reading_.model[id];
    if (node.kind != model::NodeKind::indicator || node.indicator().missing.its.empty())
      return false;
    const auto groups = groups_of(scenario_, node.indicator().missing.its, code);
    return std::any_of(groups.begin(), groups.end(), [&](const Group* group) {
      return std::any_of(group->members.begin(), group->members.end(), [&](const auto& member) {
        return std::binary_search(scenario_.countries.begin(), scenario_.countries.end(), member);
      });
    });
  }

  // Facts about countries that the file does not list: its own, and what it inherits, by the file
  // that they stand in. Those of its own tables are counted by their rows.
  void leave_out_facts() const {
    std::map<FileId, LeftOut> left_out;
    for (const auto& [code, facts] : scenario_.facts) {
      if (std::binary_search(scenario_.countries.begin(), scenario_.countries.end(), code))
        continue;
      for (const auto& [id, data] : facts)
        for (const Datum& datum : data) {
          if (datum.distance == own_tables || is_typical_for_others(code, id)) continue;
          LeftOut& out = left_out[datum.where.file];
          out.reason = LeftOut::Reason::facts_not_asked;
          if (out.rows++ == 0 || datum.where < out.first) out.first = datum.where;
          if (out.codes.empty() || out.codes.back() != code) out.codes.push_back(code);
        }
    }
    for (auto& [file, out] : left_out) scenario_.left_out.push_back(std::move(out));
  }

  // False where a table stands in its place, whose name differs by a letter.
  bool is_list_of_codes(const Entry& list) const {
    if (list.value.kind != Value::Kind::table) return true;
    const auto& entries = list.value.entries;
    reading_.error(Code::E0304, list.where,
                   fmt::format("the table is [country.{}.facts]; 'countries' is a list of codes",
                               entries.empty() ? "POL" : entries.front().key));
    return false;
  }

  // By a fact, or by partners, whose facts then are asked for.
  bool is_known(const std::string& code) const {
    const auto found = scenario_.facts.find(code);
    if (found != scenario_.facts.end() && has_fact(found->second)) return true;
    return std::any_of(scenario_.relations->begin(), scenario_.relations->end(),
                       [&](const auto& relation) { return relation.second.contains(code); });
  }

  void warn(const std::string& code, Span where) const {
    Diagnostic diagnostic{Code::W0305, where, {}, {}, {}, {"everything about it is unknown"}};
    diagnostic.message = fmt::format("no fact about '{}' is given", code);
    if (const auto place = named_.find(code); place != named_.end())
      diagnostic.others.push_back({place->second, "its rows have no figure"});
    reading_.diagnostics.add(std::move(diagnostic));
  }

  // Publishers leave the rows of some countries empty.
  void warn_of_file(FileId id, std::vector<std::string>& codes) const {
    const SourceFile& file = reading_.sources[id];
    std::sort(codes.begin(), codes.end(),
              [&](const auto& a, const auto& b) { return named_.at(a) < named_.at(b); });
    std::vector<std::string> names;
    for (const std::string& code : codes)
      names.push_back(
          fmt::format("{} (line {})", country_name(code), file.place(named_.at(code).begin).line));
    const bool one = names.size() == 1;
    reading_.error(
        Code::W0305, named_.at(codes.front()),
        fmt::format("{} {} of {} {} no figure: {}", names.size(), one ? "country" : "countries",
                    file.path(), one ? "has" : "have", listed(names)),
        {one ? "everything about it is unknown" : "everything about them is unknown"});
  }

  const CountryRule& rule_;
  const std::map<std::string, Span>& named_;
  const Reading& reading_;
  Scenario& scenario_;
  std::map<std::string, Span> asked_at_;  // in `countries`, or a table [country.X]
};

bool contains(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// A country that a filter dropped from one table may stand in another. What is left is told of each
// table together, countries that are dropped whole and rows of others; a file may be read as
// several tables.
void settle_filtered(Scenario& scenario) {
  std::vector<LeftOut> settled;
  for (LeftOut& rows : scenario.left_out) {
    const bool filtered = rows.reason == LeftOut::Reason::filtered;
    if (filtered && !rows.codes.empty() &&
        std::binary_search(scenario.countries.begin(), scenario.countries.end(),
                           rows.codes.front()))
      rows.partly = std::exchange(rows.codes, {});
    const auto same = std::find_if(settled.begin(), settled.end(), [&](const LeftOut& one) {
      return one.reason == rows.reason && one.first.file == rows.first.file &&
             one.codes.empty() == rows.codes.empty() &&
             (rows.codes.empty() || !contains(one.codes, rows.codes.front()));
    });
    if (!filtered || same == settled.end()) {
      settled.push_back(std::move(rows));
      continue;
    }
    same->rows += rows.rows;
    if (rows.first < same->first) same->first = rows.first;
    same->codes.insert(same->codes.end(), rows.codes.begin(), rows.codes.end());
    same->partly.insert(same->partly.end(), rows.partly.begin(), rows.partly.end());
  }
  scenario.left_out = std::move(settled);
}

// What is wrong with another kind of value has been told with the facts.
const Value* country_tables(const Entry* country) {
  return country && country->value.kind == Value::Kind::table ? &country->value : nullptr;
}

}  // namespace

ScoredCountries read_scored(Keys& keys, const CountryRule& rule,
                            const std::map<std::string, Span>& named, bool sure, bool narrowed,
                            const Reading& reading, Scenario& scenario) {
  ScoredReader reader(rule, named, reading, scenario);
  const Entry* list = keys.take("countries");
  if (list)
    reader.read_list(keys, *list);
  else
    reader.take_all(country_tables(keys.take("country")));
  settle_filtered(scenario);
  // Of what another file extends, that one says which countries count, and has facts of its own.
  if (sure && !narrowed) reader.warn_without_facts();
  return {rule, scenario.countries, sure && !reading.diagnostics.has_errors()};
}

}  // namespace waystone::scenario
