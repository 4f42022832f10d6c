#include "scenario/outcomes.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "scenario/figures.hpp"
#include "scenario/pointed_figures.hpp"
#include "scenario/row_filter.hpp"
#include "source/paths.hpp"

namespace waystone::scenario {
namespace {

constexpr int most_years = 50;  // of a horizon, or of quiet before an event

std::optional<int> year_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<double> plain_number(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

/// A table named by a key: its path, alone or with the keys of its form.
struct NamedTable {
  std::optional<Said<std::string>> file;
  TableForm form;
};

class TestedReader {
 public:
  TestedReader(const TestedFile& file, const Reading& reading) : file_(file), reading_(reading) {}

  void read_settings(const Value& table) {
    Keys keys(table, "[backtest]", reading_);
    if (keys.need("first")) made_.first = year(keys, "first").value_or(0);
    made_.last = year(keys, "last").value_or(year_of(file_.as_of));
    if (made_.first != 0 && made_.last < made_.first)
      reading_.error(
          Code::E0304, table.where,
          fmt::format("the last year, {}, is before the first, {}", made_.last, made_.first));
    read_horizons(keys);
    for (const auto& text : keys.texts("cases")) read_case(text);
    for (const auto& text : keys.texts("notes")) made_.notes.push_back(text.value);
    std::vector<NamedTable> events, covered;
    if (const Entry* entry = keys.need("events")) events = named_tables(*entry);
    if (const Entry* entry = keys.need("covered")) covered = named_tables(*entry);
    keys.finish();
    for (const NamedTable& named : covered) read_table(named, &TestedReader::covered_rows);
    for (const NamedTable& named : events) read_table(named, &TestedReader::event_rows);
    order_events();
  }

  void read_outcome(const Value& table) {
    Keys keys(table, "[[outcome]]", reading_);
    TestedOutcome outcome;
    outcome.where = table.where;
    if (const auto name = keys.need("name") ? keys.text("name") : std::nullopt) {
      outcome.name = name->value;
      outcome.where = name->where;
    }
    const auto label = keys.line("label");
    outcome.label = label ? label->value : outcome.name;
    if (const auto because = keys.line("because")) outcome.because = because->value;
    outcome.kinds = kinds(keys, "kinds", keys.need("kinds") != nullptr);
    outcome.quiet = kinds(keys, "quiet", false);
    if (outcome.quiet.empty()) outcome.quiet = outcome.kinds;
    outcome.quiet_years = years(keys, "quiet_years").value_or(0);
    if (const Entry* entry = keys.take("at_risk")) {
      if (entry->value.kind != Value::Kind::yes_no)
        wrong_kind(reading_, "at_risk", entry->value, "true or false");
      else
        outcome.at_risk = entry->value.yes;
      if (outcome.at_risk && outcome.quiet_years == 0)
        reading_.error(Code::E0304, entry->where,
                       "'at_risk' leaves out countries that were not quiet: say for how long",
                       {"quiet_years = 3"});
    }
    if (outcome.quiet_years == 0)
      if (const Entry* entry = keys.take("quiet"))
        reading_.error(Code::E0304, entry->where,
                       "'quiet' does nothing without 'quiet_years': say for how long",
                       {"quiet_years = 3"});
    if (const auto size = keys.number("at_least")) {
      outcome.at_least = size->value;
    }
    if (const auto goal = keys.number("goal")) {
      if (!(goal->value > 0 && goal->value <= 1))
        reading_.error(Code::E0304, goal->where, "a goal is an area between 0 and 1");
      outcome.goal = goal->value;
    }
    if (const auto judges = keys.text("judges")) read_judges(*judges, outcome);
    keys.finish();
    for (const TestedOutcome& other : made_.outcomes)
      if (!outcome.name.empty() && other.name == outcome.name)
        reading_.diagnostics.add({Code::E0413,
                                  outcome.where,
                                  fmt::format("two outcomes are called '{}'", outcome.name),
                                  {},
                                  {{other.where, "the other"}},
                                  {}});
    made_.outcomes.push_back(std::move(outcome));
  }

  Tested finished() && { return std::move(made_); }

 private:
  std::optional<int> year(Keys& keys, std::string_view key) {
    const auto number = keys.number(key);
    if (!number) return std::nullopt;
    if (number->value != std::floor(number->value) || number->value < 1 || number->value > 9999) {
      reading_.error(Code::E0304, number->where, fmt::format("'{}' wants a year", key));
      return std::nullopt;
    }
    return int(number->value);
  }

  std::optional<int> years(Keys& keys, std::string_view key) {
    const auto number = keys.number(key);
    if (!number) return std::nullopt;
    if (number->value == std::floor(number->value) && number->value >= 0 &&
        number->value <= most_years)
      return int(number->value);
    reading_.error(Code::E0304, number->where,
                   fmt::format("'{}' wants whole years, {} at most", key, most_years));
    return std::nullopt;
  }

  void read_horizons(Keys& keys) {
    const Entry* entry = keys.take("horizons");
    if (!entry) {
      made_.horizons = {1, 2, 5};
    } else {
      const std::vector<Value> one{entry->value};
      const auto& items = entry->value.kind == Value::Kind::array ? entry->value.items : one;
      for (const Value& item : items) {
        const bool good = item.kind == Value::Kind::number &&
                          item.number == std::floor(item.number) && item.number >= 1 &&
                          item.number <= most_years;
        if (good)
          made_.horizons.push_back(int(item.number));
        else
          reading_.error(
              Code::E0304, item.where,
              fmt::format("a horizon of a back-test is 1 to {} whole years", most_years));
      }
      if (items.empty())
        reading_.error(Code::E0304, entry->value.where, "the list of horizons is empty",
                       {"write horizons = [1, 2, 5], in years, or leave the key out"});
      std::sort(made_.horizons.begin(), made_.horizons.end());
      made_.horizons.erase(std::unique(made_.horizons.begin(), made_.horizons.end()),
                           made_.horizons.end());
    }
    const auto chosen = years(keys, "main_horizon");
    const auto has = [&](int h) {
      return std::find(made_.horizons.begin(), made_.horizons.end(), h) != made_.horizons.end();
    };
    if (!chosen && !made_.horizons.empty())
      made_.main_horizon = has(2) ? 2 : made_.horizons.front();
    if (!chosen) return;
    made_.main_horizon = *chosen;
    if (!has(*chosen) && !made_.horizons.empty())
      reading_.error(Code::E0304, keys.take("main_horizon")->where,
                     fmt::format("the main horizon, {}, is none of the horizons", *chosen));
  }

  void read_case(const Said<std::string>& text) {
    AskedCase asked;
    const std::size_t blank = text.value.find(' ');
    const auto year =
        blank == std::string::npos ? std::nullopt : year_number(text.value.substr(blank + 1));
    asked.country = text.value.substr(0, blank);
    if (!year || !file_.countries.allows(asked.country))
      return reading_.error(Code::E0419, text.where,
                            fmt::format("'{}' is no country and year", text.value),
                            {"write \"UKR 2014\""});
    asked.year = *year;
    made_.cases.push_back(std::move(asked));
  }

  std::vector<NamedTable> named_tables(const Entry& entry) {
    std::vector<NamedTable> found;
    const std::vector<Value> one{entry.value};
    for (const Value& value : entry.value.kind == Value::Kind::array ? entry.value.items : one) {
      NamedTable named;
      if (value.kind == Value::Kind::text) {
        named.file = Said<std::string>{value.text, value.where};
      } else if (value.kind == Value::Kind::table) {
        Keys keys(value, fmt::format("an entry of '{}'", entry.key), reading_);
        if (keys.need("file")) named.file = keys.text("file");
        named.form = read_form(keys, file_.countries, reading_);
        if (!keys.finish() || named.form.broken) named.file.reset();
      } else {
        wrong_kind(reading_, entry.key, value, "text");
      }
      if (named.file) found.push_back(std::move(named));
    }
    return found;
  }

  using Rows = void (TestedReader::*)(CsvReader&, RowFilter&, const NamedTable&);
  void read_table(const NamedTable& named, Rows rows) {
    const auto id = open_table(path_from(file_.path, named.file->value), named.form,
                               named.file->where, file_.files, reading_);
    if (!id) return;
    CsvReader csv(reading_.sources, *id, reading_.diagnostics, named.form.skip,
                  named.form.semicolons());
    if (!csv.good()) return;
    RowFilter filter(named.form.where, csv, reading_);
    if (filter.good()) (this->*rows)(csv, filter, named);
  }

  // "" where the row is about no country, which is said unless such rows are left out.
  std::string country_of_row(const CsvReader& csv, const CsvCell& cell, const TableForm& form) {
    const std::string_view code = country_in(cell.text, form, file_.countries);
    if (!code.empty() || form.skip_others || !strangers_.insert(std::string(cell.text)).second)
      return std::string(code);
    file_.countries.check(std::string(cell.text), csv.span(cell), reading_);
    return {};
  }

  void covered_rows(CsvReader& csv, RowFilter& filter, const NamedTable& named) {
    const auto column = [&](const char* name) {
      return find_column(csv, name, named.file->where, reading_);
    };
    const auto kind = column("kind"), country = column("country"), first = column("first"),
               last = column("last");
    if (!kind || !country || !first || !last) return;
    while (csv.next()) {
      const auto& row = csv.row();
      if (!filter.selects(row)) continue;
      const std::string code = country_of_row(csv, row[*country], named.form);
      if (code.empty()) continue;
      const auto from = year_number(row[*first].text), to = year_number(row[*last].text);
      if (!from || !to || *to < *from) {
        reading_.error(Code::E0417, csv.span(row[*first]),
                       "the years that a list covers are a first and a last one, as in 2000,2024");
        continue;
      }
      const auto [at, fresh] =
          made_.covered[std::string(row[*kind].text)].try_emplace(code, Covered{*from, *to});
      if (!fresh)
        reading_.error(
            Code::E0417, csv.span(row[*country]),
            fmt::format("what is covered of '{}' of {} stands twice", row[*kind].text, code));
    }
  }

  void event_rows(CsvReader& csv, RowFilter& filter, const NamedTable& named) {
    const auto column = [&](const char* name) {
      return find_column(csv, name, named.file->where, reading_);
    };
    const auto country = column("country"), date = column("date"), kind = column("kind");
    if (!country || !date || !kind) return;
    const auto size = csv.column("size"), source = csv.column("source");
    PointedFigures pointed;
    while (csv.next()) {
      const auto& row = csv.row();
      if (!filter.selects(row)) continue;
      Event event;
      event.country = country_of_row(csv, row[*country], named.form);
      if (event.country.empty()) continue;
      event.where = csv.span(row[*date]);
      event.kind = row[*kind].text;
      if (source) event.source = row[*source].text;
      const auto day = row_date(row[*date].text);
      if (!day) {
        reading_.error(Code::E0304, event.where, fmt::format("'{}' is no date", row[*date].text),
                       {"a day, a month, a quarter or a year: 2014-02-22, 2014-02, 2014"});
        continue;
      }
      event.date = *day;
      if (size && named.form.has_value(row[*size].text)) {
        pointed.add(0, row[*size].text, csv.span(row[*size]));
        event.size = plain_number(row[*size].text);
        if (!event.size) {
          reading_.error(Code::E0304, csv.span(row[*size]),
                         fmt::format("'{}' is no number", row[*size].text));
          continue;
        }
      }
      made_.events.push_back(std::move(event));
    }
    pointed.report(false, reading_);
  }

  void order_events() {
    const auto key = [](const Event& event) {
      return std::tie(event.country, event.date, event.kind, event.source, event.size);
    };
    std::stable_sort(made_.events.begin(), made_.events.end(),
                     [&](const Event& a, const Event& b) { return key(a) < key(b); });
    for (std::size_t i = 1; i < made_.events.size(); ++i) {
      const Event &event = made_.events[i], &before = made_.events[i - 1];
      if (std::tie(event.country, event.date, event.kind, event.source) ==
          std::tie(before.country, before.date, before.kind, before.source))
        reading_.diagnostics.add(
            {Code::E0416,
             event.where,
             fmt::format("the event '{}' of {} stands twice", event.kind, event.country),
             {},
             {{before.where, "here first"}},
             {}});
    }
    for (const Event& event : made_.events) check_covered(event);
  }

  // An event in a year of which its list is said to tell nothing: one of the two is wrong.
  void check_covered(const Event& event) {
    const auto kind = made_.covered.find(event.kind);
    if (kind == made_.covered.end()) return;  // of a kind that no outcome may ask for
    const auto span = kind->second.find(event.country);
    const int year = year_of(event.date);
    if (span != kind->second.end() && year >= span->second.first && year <= span->second.last)
      return;
    reading_.error(
        Code::E0418, event.where,
        fmt::format("'{}' of {} in {} lies outside what its kind covers", event.kind, event.country,
                    year),
        {span == kind->second.end()
             ? fmt::format("no years of {} are covered", event.country)
             : fmt::format("covered are {} to {}", span->second.first, span->second.last)});
  }

  std::vector<std::string> kinds(Keys& keys, std::string_view key, bool needed) {
    std::vector<std::string> names;
    for (const auto& name : keys.texts(key)) {
      const bool happened =
          std::any_of(made_.events.begin(), made_.events.end(),
                      [&](const Event& event) { return event.kind == name.value; });
      const auto known = [&] {
        std::set<std::string> all;
        for (const Event& event : made_.events) all.insert(event.kind);
        return std::vector<std::string>(all.begin(), all.end());
      };
      if (!happened && !made_.events.empty())
        reading_.error(Code::E0415, name.where,
                       fmt::format("no event is of the kind '{}'", name.value),
                       reading_.suggest(name.value, known));
      else if (!made_.covered.contains(name.value) && !made_.events.empty())
        reading_.error(
            Code::E0417, name.where,
            fmt::format("of which years events of '{}' are known is not said", name.value),
            {"give its countries and years in the table that 'covered' names"});
      names.push_back(name.value);
    }
    std::sort(names.begin(), names.end());
    if (needed && names.empty())
      if (const Entry* entry = keys.take(key); entry->value.kind == Value::Kind::array)
        reading_.error(Code::E0415, entry->where, "an outcome counts events of some kind");
    return names;
  }

  void read_judges(const Said<std::string>& name, TestedOutcome& outcome) {
    const auto node = reading_.model.find(name.value);
    if (node && reading_.model[*node].is_factor()) {
      outcome.judges = *node;
      return;
    }
    if (!reading_.knows_model) return;
    reading_.error(Code::E0414, name.where,
                   node ? fmt::format("'{}' is {}, and no factor or output", name.value,
                                      kind_text(reading_.model[*node].kind))
                        : fmt::format("no factor or output is called '{}'", name.value),
                   reading_.suggest(name.value, [&] { return target_names(reading_.model); }));
  }

  const TestedFile& file_;
  const Reading& reading_;
  Tested made_;
  std::set<std::string> strangers_;  // said to be no country
};

}  // namespace

void read_tested(Keys& keys, const TestedFile& file, const Reading& reading,
                 std::shared_ptr<const Tested>& tested) {
  const Value* settings = keys.table("backtest");
  const std::vector<const Value*> outcomes = keys.tables("outcome");
  if (!settings && outcomes.empty()) return;
  TestedReader reader(file, reading);
  if (settings)
    reader.read_settings(*settings);
  else if (!keys.take("backtest"))
    reading.error(Code::E0303, outcomes.front()->where,
                  "outcomes need the table [backtest], which names the tables of events");
  for (const Value* table : outcomes) reader.read_outcome(*table);
  tested = std::make_shared<const Tested>(std::move(reader).finished());
}

}  // namespace waystone::scenario
