#include "scenario/wide_columns.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "base/period.hpp"
#include "scenario/year_columns.hpp"

namespace waystone::scenario {
namespace {

// A column as the scenario describes it, before the header is searched for it.
struct NamedColumn {
  Said<std::string> value;
  std::optional<Said<std::string>> low, high, sd;
  std::string_view series;
  WideColumn form;  // unit, scale, values, combine
};

using Name = std::optional<Said<std::string>>;

Combine combine_of(const Said<std::string>& word, const Reading& reading) {
  constexpr std::array<std::string_view, 5> words{"", "sum", "max", "min", "count"};
  for (std::size_t i = 1; i < words.size(); ++i)
    if (words[i] == word.value) return Combine(i);
  reading.error(Code::E0314, word.where,
                fmt::format("'combine' is sum, max, min or count, not '{}'", word.value));
  return Combine::none;
}

double read_scale(Keys& keys, const Reading& reading) {
  const auto scale = keys.number("scale");
  if (!scale) return 1;
  if (scale->value != 0) return scale->value;
  reading.error(Code::E0314, scale->where, "'scale' can't be 0: it would make every figure 0");
  return 1;
}

// Advice on a key that a column doesn't have.
std::string meant_in_column(const Entry& entry) {
  if (entry.key == "sign") return "scale = -1 turns the sign of every figure";
  if (entry.key == "factor" || entry.key == "multiply") return "did you mean 'scale'?";
  return "";
}

// { column = "gdp_growth", unit = "percent", low = "…", high = "…", sd = "…", scale = 0.01 }
std::optional<NamedColumn> described_column(const Entry& entry, const Reading& reading) {
  const std::size_t errors = reading.diagnostics.errors();
  Keys keys(entry.value, fmt::format("the column of '{}'", entry.key), reading);
  const Entry* given = keys.need("column");
  const auto value = keys.text("column");
  NamedColumn result;
  if (const auto unit = keys.text("unit"))
    result.form.unit = Said<std::string_view>{entry.value.find("unit")->value.text, unit->where};
  result.low = keys.text("low");
  result.high = keys.text("high");
  result.sd = keys.text("sd");
  result.form.scale = read_scale(keys, reading);
  result.form.values = keys.table("values");
  if (const auto word = keys.text("combine")) result.form.combine = combine_of(*word, reading);
  keys.finish(meant_in_column);
  if (!value || reading.diagnostics.errors() > errors) return std::nullopt;
  result.value = *value;
  result.series = given->value.text;
  return result;
}

// As the entry says; with a column of series its name is a text of that, and the figures stand
// where the block says.
std::optional<NamedColumn> named_column(const Entry& entry, const ColumnsAsked& asked,
                                        const Reading& reading) {
  std::optional<NamedColumn> result;
  if (entry.value.kind == Value::Kind::table) {
    result = described_column(entry, reading);
  } else if (entry.value.kind == Value::Kind::text) {
    result.emplace();
    result->value = {entry.value.text, entry.value.where};
    result->series = entry.value.text;
  } else {
    wrong_kind(reading, entry.key, entry.value, "the name of a column");
  }
  if (!result) return std::nullopt;
  if (asked.combine && result->form.combine == Combine::none)
    result->form.combine = combine_of(*asked.combine, reading);
  if (!asked.series) {
    result->series = {};
    return result;
  }
  result->value =
      asked.value ? *asked.value : Said<std::string>{std::string(year_mark), asked.series->where};
  if (!result->low) result->low = asked.low;
  if (!result->high) result->high = asked.high;
  if (!result->sd) result->sd = asked.sd;
  return result;
}

// What can't be said together of one column: E0352.
bool goes_together(const NamedColumn& column, const model::Node& node, Span where,
                   const Reading& reading) {
  const auto refuse = [&](std::string message, std::vector<std::string> notes = {}) {
    reading.error(Code::E0352, where, std::move(message), std::move(notes));
    return false;
  };
  using model::Unit;
  const bool number =
      node.unit != Unit::yes_no && node.unit != Unit::date && node.unit != Unit::code;
  const Combine combine = column.form.combine;
  if (column.form.values && column.form.scale != 1)
    return refuse("'values' gives what each text stands for, so that nothing is left to 'scale'");
  if (column.form.scale != 1 && !number)
    return refuse(fmt::format("{}: there is nothing to 'scale'", in_unit(node)));
  for (const Name& other : {column.low, column.high, column.sd})
    if (other && has_year(other->value) != has_year(column.value.value))
      return refuse("a value and its range are both of one year, or both of the row's date",
                    {"give {year} in the names of both, or of neither"});
  if (combine == Combine::none) return true;
  if (!number) return refuse(fmt::format("{}: its rows can't be put together", in_unit(node)));
  if (column.sd)
    return refuse("rows put together have no standard deviation", {"give 'low' and 'high'"});
  if (column.form.values) return refuse("'values' and 'combine' can't stand together");
  if (combine == Combine::count && (column.low || column.form.scale != 1 || column.form.unit))
    return refuse("a count of rows has no range, no scale and no unit but its own");
  return true;
}

// Each value of the list as one that the indicator may have.
bool values_fit(const WideColumn& column, const model::Node& node, const Reading& reading) {
  if (!column.values) return true;
  const std::size_t errors = reading.diagnostics.errors();
  if (column.values->entries.empty())
    reading.error(Code::E0303, column.values->where, "'values' lists no text");
  for (const Entry& entry : column.values->entries) {
    Quantity quantity;
    quantity.value = value_for(entry.value, node.unit, entry.value.where);
    quantity.unit = column.unit;
    Datum ignored;
    quantify(quantity, node, reading, ignored);
  }
  return reading.diagnostics.errors() == errors;
}

std::optional<std::size_t> find_named(const Name& name, const std::optional<int>& year,
                                      const CsvReader& csv, const Reading& reading) {
  if (!name) return std::nullopt;
  if (!year) return find_column(csv, name->value, name->where, reading);
  return csv.column(name_in_year(name->value, *year));  // a range may begin later than the values
}

std::vector<WideColumn> years_of(const NamedColumn& named, const CsvReader& csv,
                                 const Reading& reading) {
  std::vector<WideColumn> columns;
  const std::string& path = reading.sources[csv.file_start().file].path();
  for (const Name& name : {Name(named.value), named.low, named.high, named.sd}) {
    if (!name || !years_in(csv, name->value).empty()) continue;
    reading.error(Code::E0325, name->where,
                  fmt::format("'{}' has no column '{}' for any year", path, name->value),
                  {fmt::format("its columns are {}", listed(column_names(csv), 8))});
    return columns;
  }
  for (const int year : years_in(csv, named.value.value)) {
    const auto value = csv.column(name_in_year(named.value.value, year));
    WideColumn& column = columns.emplace_back(named.form);
    column.value = *value;
    column.low = find_named(named.low, year, csv, reading);
    column.high = find_named(named.high, year, csv, reading);
    column.sd = find_named(named.sd, year, csv, reading);
    column.date = parse_period(fmt::format("{:04}", year))->last;
  }
  return columns;
}

std::vector<WideColumn> columns_of(const NamedColumn& named, const CsvReader& csv,
                                   const Reading& reading) {
  if (has_year(named.value.value)) return years_of(named, csv, reading);
  const std::size_t errors = reading.diagnostics.errors();
  WideColumn column = named.form;
  const auto value = find_column(csv, named.value.value, named.value.where, reading);
  column.low = find_named(named.low, {}, csv, reading);
  column.high = find_named(named.high, {}, csv, reading);
  column.sd = find_named(named.sd, {}, csv, reading);
  if (!value || reading.diagnostics.errors() > errors) return {};
  column.value = *value;
  return {column};
}

// The newest year counts most, and nothing behind it shows that it is lost: "2023.0", "X2023".
void warn_of_later_years(const std::string& pattern, Span where, const std::vector<int>& years,
                         const CsvReader& csv, const Reading& reading) {
  constexpr int told = 3;  // years after the last
  if (years.empty()) return;
  for (int year = years.back() + 1; year <= years.back() + told; ++year) {
    const std::string name = name_in_year(pattern, year);
    for (const std::string& header : column_names(csv))
      if (header.find(name) != std::string::npos)
        return reading.error(
            Code::W0311, where,
            fmt::format("the column '{}' of '{}' is not '{}', so {} is not read", header,
                        reading.sources[csv.file_start().file].path(), name, year),
            {"programs that keep tables write the names of years in their own way; rename it"});
  }
}

// Once for each pattern: a file from which a year was lost would be scored by an older one.
void warn_of_missing_years(const std::map<std::string, Span>& patterns, const CsvReader& csv,
                           const Reading& reading) {
  for (const auto& [pattern, where] : patterns) {
    const std::vector<int> years = years_in(csv, pattern);
    warn_of_later_years(pattern, where, years, csv, reading);
    std::vector<std::string> gaps;
    for (const int year : gaps_in(years)) gaps.push_back(fmt::format("{}", year));
    if (!gaps.empty())
      reading.error(
          Code::W0311, where,
          fmt::format("'{}' has no column '{}' for {}",
                      reading.sources[csv.file_start().file].path(), pattern, listed(gaps)));
  }
}

}  // namespace

std::optional<Written> value_for(const Value& value, model::Unit unit, Span where) {
  Written result =
      value.kind == Value::Kind::text ? written(value.text, unit, where) : written(value);
  result.where = where;
  return result;
}

std::vector<WideColumn> listed_columns(const ColumnsAsked& asked, const CsvReader& csv,
                                       const Reading& reading) {
  std::vector<WideColumn> columns;
  std::map<std::string, Span> patterns;
  for (const Entry& entry : asked.columns->entries) {
    const auto named = named_column(entry, asked, reading);
    const auto id = indicator_of(entry.key, entry.where, reading);
    if (!named || !id || !goes_together(*named, reading.model[*id], entry.value.where, reading))
      continue;
    if (named->form.unit && !unit_fits(*named->form.unit, reading.model[*id], reading)) continue;
    if (!values_fit(named->form, reading.model[*id], reading)) continue;
    if (has_year(named->value.value)) patterns.try_emplace(named->value.value, named->value.where);
    for (WideColumn& column : columns_of(*named, csv, reading)) {
      column.indicator = *id;
      column.where = entry.value.where;
      column.series = named->series;
      columns.push_back(std::move(column));
    }
  }
  warn_of_missing_years(patterns, csv, reading);
  return columns;
}

// Public panels have many columns beside those of the model; only one that looks like a slip is
// worth a word.
std::vector<WideColumn> columns_by_name(const CsvReader& csv, const std::vector<std::size_t>& used,
                                        Span asked, const Reading& reading) {
  std::vector<WideColumn> columns;
  const std::vector<std::string> names = indicator_names(reading.model);
  for (std::size_t i = 0; i < csv.header().size(); ++i) {
    const Span where = csv.span(csv.header()[i]);
    const std::string name(csv.header()[i].text);
    const auto id = reading.model.find(name);
    if (id && reading.model[*id].is_given()) {
      if (csv.column(name) != i) continue;
      WideColumn& column = columns.emplace_back();
      column.indicator = *id;
      column.value = i;
      column.where = where;
      continue;
    }
    if (name.empty() || std::find(used.begin(), used.end(), i) != used.end()) continue;
    if (const auto near = reading.near(name, [&] { return names; }); near && !csv.column(*near))
      reading.error(Code::W0304, where,
                    fmt::format("the column '{}' is not used: no indicator has this name", name),
                    {fmt::format("did you mean '{}'?", *near)});
  }
  if (columns.empty())
    reading.error(Code::E0325, asked, "no column of this file has the name of an indicator",
                  {fmt::format("say which column is which: columns = {{ indicator = \"{}\" }}",
                               pattern_of_years(csv).value_or("column")),
                   columns_advice(csv)});
  return columns;
}

namespace {

// The names in one entry of `columns`, without the text that says what a row is about.
std::vector<std::string> names_in(const Entry& entry, bool series) {
  std::vector<std::string> names;
  if (entry.value.kind == Value::Kind::text && !series) names.push_back(entry.value.text);
  for (const Entry& part : entry.value.entries) {
    const bool column = part.key == "column" && !series;
    const bool range = part.key == "low" || part.key == "high" || part.key == "sd";
    if ((column || range) && part.value.kind == Value::Kind::text) names.push_back(part.value.text);
  }
  return names;
}

}  // namespace

std::vector<std::string> names_of_columns(const ColumnsAsked& asked) {
  std::vector<std::string> names;
  for (const Name& name : {asked.series, asked.value, asked.low, asked.high, asked.sd})
    if (name) names.push_back(name->value);
  if (asked.columns)
    for (const Entry& entry : asked.columns->entries)
      for (std::string& name : names_in(entry, asked.series.has_value()))
        names.push_back(std::move(name));
  std::erase_if(names, [](const std::string& name) { return has_year(name); });
  return names;
}

bool have_years(const ColumnsAsked& asked) {
  if (asked.series) return !asked.value || has_year(asked.value->value);
  if (!asked.columns) return false;
  return std::any_of(asked.columns->entries.begin(), asked.columns->entries.end(),
                     [](const Entry& entry) {
                       const auto names = names_in(entry, false);
                       return std::any_of(names.begin(), names.end(),
                                          [](const std::string& name) { return has_year(name); });
                     });
}

std::optional<Entry> filter_of_series(const ColumnsAsked& asked) {
  if (!asked.series || !asked.columns) return std::nullopt;
  Entry filter;
  filter.key = asked.series->value;
  filter.where = asked.series->where;
  filter.value.kind = Value::Kind::array;
  filter.value.where = asked.columns->where;
  for (const Entry& entry : asked.columns->entries) {
    const Entry* column =
        entry.value.kind == Value::Kind::table ? entry.value.find("column") : nullptr;
    const Value& named = column ? column->value : entry.value;
    if (named.kind == Value::Kind::text) filter.value.items.push_back(named);
  }
  return filter;
}

}  // namespace waystone::scenario
