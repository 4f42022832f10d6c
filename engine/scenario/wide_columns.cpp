#include "scenario/wide_columns.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace waystone::scenario {
namespace {

// { column = "gdp_growth", unit = "percent", low = "…", high = "…", sd = "…" }
std::optional<WideColumn> described_column(const Entry& entry, const CsvReader& csv,
                                           const Reading& reading) {
  const std::size_t errors = reading.diagnostics.errors();
  Keys keys(entry.value, fmt::format("the column of '{}'", entry.key), reading);
  const auto column = [&](std::string_view key) {
    const auto name = keys.text(key);
    return name ? find_column(csv, name->value, name->where, reading) : std::nullopt;
  };
  keys.need("column");
  WideColumn result;
  const auto value = column("column");
  if (const auto unit = keys.text("unit"))
    result.unit = Said<std::string_view>{entry.value.find("unit")->value.text, unit->where};
  result.low = column("low");
  result.high = column("high");
  result.sd = column("sd");
  keys.finish();
  if (!value || reading.diagnostics.errors() > errors) return std::nullopt;
  result.value = *value;
  return result;
}

std::optional<WideColumn> listed_column(const Entry& entry, const CsvReader& csv,
                                        const Reading& reading) {
  if (entry.value.kind == Value::Kind::table) return described_column(entry, csv, reading);
  if (entry.value.kind != Value::Kind::text) {
    wrong_kind(reading, entry.key, entry.value, "the name of a column");
    return std::nullopt;
  }
  const auto value = find_column(csv, entry.value.text, entry.value.where, reading);
  if (!value) return std::nullopt;
  WideColumn result;
  result.value = *value;
  return result;
}

}  // namespace

std::vector<WideColumn> listed_columns(const Value& wanted, const CsvReader& csv,
                                       const Reading& reading) {
  std::vector<WideColumn> columns;
  for (const Entry& entry : wanted.entries) {
    auto column = listed_column(entry, csv, reading);
    const auto id = indicator_of(entry.key, entry.where, reading);
    if (!column || !id) continue;
    column->indicator = *id;
    column->where = entry.value.where;
    if (!column->unit || unit_fits(*column->unit, reading.model[*id], reading))
      columns.push_back(std::move(*column));
  }
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
      if (csv.column(name) == i) columns.push_back({*id, i, {}, {}, {}, {}, where, 0});
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
                  {"say which column is which: columns = { indicator = \"column\" }"});
  return columns;
}

std::vector<std::string> names_of_columns(const Value& wanted) {
  std::vector<std::string> names;
  const auto add = [&](const Value& value) {
    if (value.kind == Value::Kind::text) names.push_back(value.text);
  };
  for (const Entry& entry : wanted.entries) {
    add(entry.value);
    for (const Entry& part : entry.value.entries)
      if (part.key != "unit") add(part.value);
  }
  return names;
}

}  // namespace waystone::scenario
