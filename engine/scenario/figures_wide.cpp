// CSV figures with a column an indicator, one row a country and date. Everything but date and value is settled once a file, not once a cell.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "scenario/csv.hpp"
#include "scenario/figures.hpp"

namespace waystone::scenario {

std::optional<Date> row_date(std::string_view text, Span where, const Reading& reading) {
  if (const auto date = parse_date(text)) return date;
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (text.size() == 4 && error == std::errc{} && end == text.data() + text.size())
    if (const auto date = make_date(year, 12, 31)) return date;
  reading.error(Code::E0304, where, fmt::format("'{}' is neither a date such as 2015-06-30 nor a year", text));
  return std::nullopt;
}

namespace {

class WideReader {
 public:
  WideReader(const Value& table, const FigureTarget& target, const Reading& reading)
      : table_(table), keys_(table, "[[wide]]", reading), target_(target), reading_(reading) {}

  void read() {
    const std::size_t errors = reading_.diagnostics.errors();
    const auto file = keys_.need("file") ? keys_.text("file") : std::nullopt;
    country_ = keys_.text("country");
    take_valid();
    where_ = keys_.table("where");
    wanted_ = keys_.table("columns");
    Attributes own = read_dateless_attributes(keys_, reading_);
    own.misnamed = !keys_.finish();
    settle_prototype(std::move(own));
    if (!file) return;
    const auto id =
        open_file(resolve(target_.scenario_path, file->value), file->where, largest_figures, reading_.read, reading_.sources, reading_.diagnostics);
    if (!id) return;
    target_.files.push_back(*id);
    CsvReader csv(reading_.sources, *id, reading_.diagnostics);
    if (!csv.good()) return;
    csv_ = &csv;
    country_column_ = find(country_ ? country_->value : "country", country_ ? country_->where : file->where);
    if (valid_name_) valid_column_ = find(valid_name_->value, valid_name_->where);
    const bool rows_known = find_conditions() && country_column_ && (valid_column_ || !valid_name_);
    if (wanted_) find_columns();
    else find_columns_by_name(file->where);
    if (!rows_known) return;
    const bool sound = reading_.diagnostics.errors() == errors;
    while (csv.next()) read_row();
    if (!sound) return;  // what could be read is checked all the same
    for (const auto& [code, country] : countries_)
      if (country.facts) store(country);
  }

 private:
  struct Condition {
    std::size_t column;
    std::string text;
  };
  struct Column {
    NodeId indicator;
    std::size_t index = 0;
    std::optional<Said<std::string_view>> unit;
  };
  // Data are large; cells wait in a small form until their number is known.
  struct Cell {
    std::optional<double> value;
    Date valid;
    std::uint32_t begin, end, column;  // column: index in columns_
  };
  struct Country {
    Facts* facts = nullptr;   // null: no such country
    std::vector<Cell> cells;  // row by row
  };

  // `valid` is a date for the whole file, or the name of a column.
  void take_valid() {
    const Entry* entry = keys_.take("valid");
    if (!entry) return;
    if (entry->value.kind == Value::Kind::date) valid_ = Said<Date>{entry->value.date, entry->value.where};
    else if (entry->value.kind == Value::Kind::text) valid_name_ = Said<std::string>{entry->value.text, entry->value.where};
    else {
      wrong_kind(reading_, "valid", entry->value, "a date or the name of a column");
      valid_ = Said<Date>{Date{}, entry->where};
    }
  }

  void settle_prototype(Attributes own) {
    own.valid = valid_;
    if (valid_name_) own.valid = Said<Date>{Date{}, valid_name_->where};  // a stand-in: each row has its own
    Attributes attributes = completed(own, target_.defaults);
    if (valid_name_ && attributes.known) known_ = attributes.known->value;
    if (valid_name_) attributes.known.reset();
    // with a date for each row, when it was known is worked out a row at a time, too
    settle(attributes, table_.where, "[[wide]]", reading_, prototype_);
    prototype_.distance = 1;
    lag_ = prototype_.known.days - prototype_.valid.days;
  }

  std::optional<std::size_t> find(const std::string& name, Span asked) {
    const auto column = csv_->column(name);
    if (column) return column;
    const auto names = [&] {
      std::vector<std::string> all;
      for (const CsvCell& cell : csv_->header()) all.emplace_back(cell.text);
      return all;
    };
    auto notes = reading_.suggest(name, names);
    if (notes.empty() && csv_->header().size() <= 12) notes.push_back(fmt::format("its columns are {}", fmt::join(names(), ", ")));
    reading_.error(Code::E0325, asked, fmt::format("'{}' has no column '{}'", reading_.sources[csv_->file_start().file].path(), name),
                   std::move(notes));
    return std::nullopt;
  }

  // False where rows can't be chosen.
  bool find_conditions() {
    if (!where_) return true;
    const std::size_t errors = reading_.diagnostics.errors();
    for (const Entry& entry : where_->entries) {
      const auto column = find(entry.key, entry.where);
      const bool number = entry.value.kind == Value::Kind::number;
      if (!number && entry.value.kind != Value::Kind::text) wrong_kind(reading_, entry.key, entry.value, "text");
      else if (column) conditions_.push_back({*column, number ? std::string(reading_.sources.text(entry.value.where)) : entry.value.text});
    }
    return reading_.diagnostics.errors() == errors;
  }

  void find_columns() {
    for (const Entry& entry : wanted_->entries) {
      std::optional<Said<std::string_view>> unit;
      std::optional<Said<std::string>> name;
      if (entry.value.kind == Value::Kind::table) {
        Keys keys(entry.value, fmt::format("the column of '{}'", entry.key), reading_);
        name = keys.need("column") ? keys.text("column") : std::nullopt;
        if (const auto in_unit = keys.text("unit")) unit = Said<std::string_view>{entry.value.find("unit")->value.text, in_unit->where};
        keys.finish();
      } else if (entry.value.kind == Value::Kind::text) {
        name = Said<std::string>{entry.value.text, entry.value.where};
      } else {
        wrong_kind(reading_, entry.key, entry.value, "the name of a column");
      }
      const auto id = indicator_of(entry.key, entry.where, reading_);
      const auto index = name ? find(name->value, name->where) : std::nullopt;
      if (id && index) columns_.push_back({*id, *index, unit});
    }
  }

  // Public panels have many columns beside those of the model; only one that looks like a slip is worth a word.
  void find_columns_by_name(Span asked) {
    const std::vector<std::string> names = indicator_names(reading_.model);
    for (std::size_t i = 0; i < csv_->header().size(); ++i) {
      const std::string name(csv_->header()[i].text);
      const auto id = reading_.model.find(name);
      const bool used = i == country_column_ || i == valid_column_;
      if (id && reading_.model[*id].kind == model::NodeKind::indicator) columns_.push_back({*id, i, {}});
      else if (const auto near = used ? std::nullopt : reading_.near(name, [&] { return names; }); near && !csv_->column(*near))
        reading_.error(Code::W0304, csv_->span(csv_->header()[i]), fmt::format("the column '{}' is not used: no indicator has this name", name),
                       {fmt::format("did you mean '{}'?", *near)});
    }
    if (columns_.empty())
      reading_.error(Code::E0325, asked, "no column of this file has the name of an indicator",
                     {"say which column is which: columns = { indicator = \"column\" }"});
  }

  bool selected() const {
    return std::all_of(conditions_.begin(), conditions_.end(),
                       [&](const Condition& condition) { return csv_->row()[condition.column].text == condition.text; });
  }

  Country& country_of(const CsvCell& cell) {
    const auto [found, fresh] = countries_.try_emplace(cell.text);
    if (fresh && target_.countries.check(std::string(cell.text), csv_->span(cell), reading_)) {
      found->second.facts = &target_.facts[std::string(cell.text)];
      found->second.cells.reserve(columns_.size());
    }
    return found->second;
  }

  void read_row() {
    if (!selected()) return;
    const CsvCell& code = csv_->row()[*country_column_];
    if (code.text.empty()) return reading_.error(Code::E0303, csv_->span(csv_->row().front()), "this row has no country");
    Country& country = country_of(code);
    Date valid = prototype_.valid;
    if (valid_column_) {
      const CsvCell& cell = csv_->row()[*valid_column_];
      const auto date = row_date(cell.text, csv_->span(cell), reading_);
      if (!date) return;
      valid = *date;
    }
    if (!country.facts) return;
    for (std::size_t i = 0; i < columns_.size(); ++i) read_cell(i, valid, country.cells);
  }

  void read_cell(std::size_t index, Date valid, std::vector<Cell>& cells) {
    const Column& column = columns_[index];
    const CsvCell& cell = csv_->row()[column.index];
    if (cell.text.empty()) return;
    const model::Node& node = reading_.model[column.indicator];
    Quantity quantity;
    quantity.value = written(cell.text, node.unit, csv_->span(cell));
    quantity.unit = column.unit;
    Datum datum;
    if (quantify(quantity, node, reading_, datum)) cells.push_back({datum.value, valid, cell.begin, cell.end, std::uint32_t(index)});
  }

  void store(const Country& country) const {
    std::vector<std::size_t> counts(columns_.size());
    for (const Cell& cell : country.cells) ++counts[cell.column];
    country.facts->reserve(country.facts->size() + columns_.size());
    for (const Column& column : columns_) country.facts->try_emplace(column.indicator);
    std::vector<std::vector<Datum>*> data;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      data.push_back(&(*country.facts)[columns_[i].indicator]);
      data[i]->reserve(data[i]->size() + counts[i]);
    }
    for (const Cell& cell : country.cells) {
      Datum& datum = data[cell.column]->emplace_back(prototype_);
      datum.value = cell.value;
      datum.where = {csv_->file_start().file, cell.begin, cell.end};
      if (!valid_column_) continue;
      datum.valid = cell.valid;
      datum.known = known_.value_or(Date{cell.valid.days + lag_});
      datum.known_given = known_.has_value();
    }
  }

  const Value& table_;
  Keys keys_;
  const FigureTarget& target_;
  const Reading& reading_;
  CsvReader* csv_ = nullptr;
  std::optional<Said<std::string>> country_, valid_name_;
  std::optional<Said<Date>> valid_;
  const Value *where_ = nullptr, *wanted_ = nullptr;
  Datum prototype_;            // all but date, value and place
  std::int32_t lag_ = 0;       // days from valid to known
  std::optional<Date> known_;  // where one date is given for all rows
  std::optional<std::size_t> country_column_, valid_column_;
  std::vector<Condition> conditions_;
  std::vector<Column> columns_;
  std::unordered_map<std::string_view, Country> countries_;
};

}  // namespace

void read_wide(const Value& table, const FigureTarget& target, const Reading& reading) { WideReader(table, target, reading).read(); }

}  // namespace waystone::scenario
