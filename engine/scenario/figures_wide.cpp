// CSV figures with a column an indicator, one row a country and date. Everything but date and value
// is settled once a file, not once a cell.
#include "scenario/wide_rows.hpp"
#include "source/paths.hpp"

namespace waystone::scenario {
namespace {

// `valid` is a date for the whole file, or the name of a column.
void read_valid(Keys& keys, WideBlock& block, const Reading& reading) {
  const Entry* entry = keys.take("valid");
  if (!entry) return;
  if (entry->value.kind == Value::Kind::date)
    block.valid = Said<Date>{entry->value.date, entry->value.where};
  else if (entry->value.kind == Value::Kind::text)
    block.valid_name = Said<std::string>{entry->value.text, entry->value.where};
  else {
    wrong_kind(reading, "valid", entry->value, "a date or the name of a column");
    block.valid = Said<Date>{Date{}, entry->where};
  }
}

// What the figures of a block share. With a date for each row, when it was known is worked out a
// row at a time, too.
void settle_prototype(const Value& table, Attributes own, const Attributes& defaults,
                      const Reading& reading, WideBlock& block) {
  own.valid = block.valid;
  if (block.valid_name)
    own.valid = Said<Date>{Date{}, block.valid_name->where};  // a stand-in: each row has its own
  Attributes attributes = completed(own, defaults);
  if (block.valid_name) {
    if (attributes.known) block.known = attributes.known->value;
    attributes.known.reset();
  }
  settle(attributes, table.where, "[[wide]]", reading, block.prototype);
  block.prototype.distance = 1;
}

}  // namespace

void read_wide(const Value& table, const FigureTarget& target, const Reading& reading) {
  const std::size_t errors = reading.diagnostics.errors();
  Keys keys(table, "[[wide]]", reading);
  WideBlock block;
  block.file = keys.need("file") ? keys.text("file") : std::nullopt;
  block.country = keys.text("country");
  read_valid(keys, block, reading);
  block.form = read_form(keys, reading);
  block.columns = keys.table("columns");
  Attributes own = read_dateless_attributes(keys, reading);
  own.misnamed = !keys.finish();
  settle_prototype(table, std::move(own), target.defaults, reading, block);
  if (!block.file) return;
  const Said<std::string>& file = *block.file;
  const auto id = open_file(path_from(target.scenario_path, file.value), "a table", file.where,
                            largest_figures, reading.read, reading.sources, reading.diagnostics);
  if (!id) return;
  target.files.push_back(*id);
  if (block.form.broken || !reading.knows_model) return;
  if (header_is_elsewhere(*id, block.form, block.names(), file.where, reading)) return;
  CsvReader csv(reading.sources, *id, reading.diagnostics, block.form.skip);
  const bool sound = reading.diagnostics.errors() == errors;
  if (csv.good()) read_wide_rows(csv, block, sound, target, reading);
}

}  // namespace waystone::scenario
