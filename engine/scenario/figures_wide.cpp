// CSV figures with a column an indicator, one row a country and date. Everything but date and value
// is settled once a file, not once a cell.
#include <cmath>

#include <fmt/format.h>

#include "scenario/table_map.hpp"
#include "scenario/wide_rows.hpp"
#include "source/paths.hpp"

namespace waystone::scenario {
namespace {

// Advice on a key that a block doesn't have.
std::string meant_in_block(const Entry& entry) {
  if (entry.key == "years") return "years as columns: columns = { indicator = \"{year}\" }";
  if (entry.key == "indicator_by" || entry.key == "indicator" || entry.key == "indicators")
    return "the column that says what a row is about: series = \"Indicator Code\"";
  if (entry.key == "scale" || entry.key == "values" || entry.key == "unit")
    return fmt::format(
        "'{}' is said of one column: columns = {{ x = {{ column = \"…\", {} = … }} }}", entry.key,
        entry.key);
  return "";
}

// { column = "session", plus = 1945 }
void read_counted_years(const Value& table, WideBlock& block, const Reading& reading) {
  Keys keys(table, "'valid'", reading);
  keys.need("column");
  keys.need("plus");
  block.valid_name = keys.text("column");
  const auto plus = keys.number("plus");
  constexpr double most = 9999;
  if (plus && (plus->value != std::floor(plus->value) || std::abs(plus->value) > most))
    reading.error(Code::E0304, plus->where, "'plus' wants a whole number of years");
  else if (plus)
    block.plus = int(plus->value);
  keys.finish();
  if (!block.valid_name) block.valid = Said<Date>{Date{}, table.where};  // told already
}

// `valid` is a date for the whole file, or the name of a column.
void read_valid(Keys& keys, WideBlock& block, const Reading& reading) {
  const Entry* entry = keys.take("valid");
  if (!entry) return;
  if (entry->value.kind == Value::Kind::date)
    block.valid = Said<Date>{entry->value.date, entry->value.where};
  else if (entry->value.kind == Value::Kind::text)
    block.valid_name = Said<std::string>{entry->value.text, entry->value.where};
  else if (entry->value.kind == Value::Kind::table)
    read_counted_years(entry->value, block, reading);
  else {
    wrong_kind(reading, "valid", entry->value, "a date or the name of a column");
    block.valid = Said<Date>{Date{}, entry->where};
  }
}

// What the columns are called; E0352 where these keys don't go together.
void read_asked_columns(Keys& keys, const Value& table, WideBlock& block, const Reading& reading) {
  ColumnsAsked& asked = block.asked;
  asked.columns = keys.table("columns");
  asked.series = keys.text("series");
  asked.value = keys.text("value");
  asked.low = keys.text("low");
  asked.high = keys.text("high");
  asked.sd = keys.text("sd");
  asked.combine = keys.text("combine");
  if (asked.series && !asked.columns)
    reading.error(Code::E0303, asked.series->where, "a table with 'series' needs 'columns'",
                  {"columns = { indicator = \"text of the series\" } says which are wanted"});
  for (const auto* part : {&asked.value, &asked.low, &asked.high, &asked.sd})
    if (*part && !asked.series)
      reading.error(
          Code::E0352, (*part)->where,
          "'value', 'low', 'high' and 'sd' of a whole table need 'series'",
          {"without it each column names its own: growth = { column = \"…\", sd = \"…\" }"});
  if (asked.combine && !asked.columns)
    reading.error(Code::E0352, asked.combine->where, "'combine' needs 'columns'");
  const Entry* valid = table.find("valid");
  if (valid && have_years(asked))
    reading.error(
        Code::E0352, valid->value.where,
        "the columns are years, so that 'valid' has nothing to say",
        {asked.series && !asked.value ? "if the figures stand in one column, name it: value = \"…\""
                                      : "leave out 'valid', or name columns without {year}"});
}

// The rows that count: those of `where`, and of the series that are asked for.
void settle_filter(WideBlock& block) {
  const auto series = filter_of_series(block.asked);
  if (!series || (block.form.where && block.form.where->find(series->key))) return;
  block.series_alone = !block.form.where;
  if (block.form.where) block.filter = *block.form.where;
  block.filter.kind = Value::Kind::table;
  if (!block.form.where) block.filter.where = series->value.where;
  block.filter.entries.push_back(*series);
  block.form.where = &block.filter;
}

// What the figures of a block share. With a date for each row, when it was known is worked out a
// row at a time, too.
void settle_prototype(const Value& table, Attributes own, const Attributes& defaults,
                      const Reading& reading, WideBlock& block) {
  own.valid = block.valid;
  const bool by_row = block.dated_by_row();
  if (have_years(block.asked) && !block.valid_name && defaults.valid)
    block.beside_years = defaults.valid->value;
  if (by_row) own.valid = Said<Date>{Date{}, table.where};  // a stand-in: each row has its own
  Attributes attributes = completed(own, defaults);
  if (by_row) {
    if (attributes.known) block.known = attributes.known->value;
    attributes.known.reset();
  }
  settle(attributes, table.where, "[[wide]]", reading, block.prototype);
  block.prototype.distance = 1;
}

}  // namespace

void read_wide(const Value& said, const FigureTarget& target, const Reading& reading) {
  const std::size_t errors = reading.diagnostics.errors();
  const auto mapped = with_map(said, target, reading);
  if (!mapped) return;
  const Value& table = *mapped;
  Keys keys(table, "[[wide]]", reading);
  WideBlock block;
  block.mapped = said.find("map") != nullptr;
  block.file = keys.need("file") ? keys.text("file") : std::nullopt;
  block.country = keys.text("country");
  read_valid(keys, block, reading);
  block.form = read_form(keys, target.countries, reading);
  read_asked_columns(keys, table, block, reading);
  Attributes own = read_dateless_attributes(keys, reading);
  own.misnamed = !keys.finish(meant_in_block);
  settle_prototype(table, std::move(own), target.defaults, reading, block);
  settle_filter(block);
  if (!block.file) return;
  const Said<std::string>& file = *block.file;
  const auto id = open_table(path_from(target.scenario_path, file.value), block.form, file.where,
                             target.files, reading);
  if (!id || !reading.knows_model) return;
  if (block.form.broken || (block.asked.series && !block.asked.columns)) return;
  if (header_is_elsewhere(*id, block.form, block.names(), file.where, reading)) return;
  CsvReader csv(reading.sources, *id, reading.diagnostics, block.form.skip,
                block.form.semicolons());
  const bool sound = reading.diagnostics.errors() == errors;
  if (csv.good()) read_wide_rows(csv, block, sound, target, reading);
}

}  // namespace waystone::scenario
