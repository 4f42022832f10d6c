#include "scenario/wide_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "scenario/faults.hpp"
#include "scenario/row_countries.hpp"
#include "scenario/table_yield.hpp"
#include "scenario/wide_columns.hpp"

namespace waystone::scenario {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::optional<double> if_any(double number) {
  return std::isnan(number) ? std::nullopt : std::optional(number);
}

// The rows of one file.
class WideReader {
 public:
  WideReader(CsvReader& csv, const WideBlock& block, const FigureTarget& target,
             const Reading& reading)
      : csv_(csv),
        block_(block),
        lag_(block.prototype.evidence ? lag_of(block.prototype.evidence->source, reading.model)
                                      : TimeSpan{}),
        target_(target),
        reading_(reading),
        cell_reading_(reading.into(wrong_)),
        countries_(csv, target, block.form, reading) {}

  /// `sound`: whether the block is; what is read of one that isn't is checked, but not kept.
  void read(bool sound) {
    const std::size_t errors = reading_.diagnostics.errors();
    const Span file = block_.file->where;
    country_column_ = find_column(csv_, block_.country_name(),
                                  block_.country ? block_.country->where : file, reading_);
    if (block_.valid_name)
      valid_column_ =
          find_column(csv_, block_.valid_name->value, block_.valid_name->where, reading_);
    RowFilter filter(block_.form.where, csv_, reading_);
    columns_ = block_.columns ? listed_columns(*block_.columns, csv_, reading_)
                              : columns_by_name(csv_, used_columns(), file, reading_);
    if (!filter.good() || !country_column_ || (block_.valid_name && !valid_column_)) return;
    sound = sound && reading_.diagnostics.errors() == errors;
    read_rows(filter);
    if (!sound) return;
    for (const Rows& rows : rows_)
      if (rows.facts) store(rows);
    const bool whole = reading_.diagnostics.errors() == errors;
    if (whole &&
        !report_yield(yield_, filter, block_.form, csv_.file_start().file, file, target_, reading_))
      report_empty_columns();
  }

 private:
  // Data are large; cells wait in a small form until their number is known.
  struct Cell {
    double value = none, low = none, high = none;
    Date valid;
    std::uint32_t begin, end, column;  // column: index in columns_
  };
  struct Rows {
    Facts* facts = nullptr;   // null: its only rows were left out
    std::vector<Cell> cells;  // row by row
  };

  std::vector<std::size_t> used_columns() const {
    std::vector<std::size_t> used;
    if (country_column_) used.push_back(*country_column_);
    if (valid_column_) used.push_back(*valid_column_);
    return used;
  }

  void read_rows(RowFilter& filter) {
    countries_.set_column(*country_column_);
    read_selected(csv_, filter, countries_, yield_, [this] { read_row(); });
    problems_.finish(reading_.diagnostics);
  }

  Rows& rows_of(const RowCountries::Country& country) {
    if (rows_.size() <= country.index) rows_.resize(country.index + 1);
    Rows& rows = rows_[country.index];
    if (!rows.facts) rows.cells.reserve(columns_.size());
    rows.facts = country.facts;
    return rows;
  }

  void read_row() {
    const CsvCell& code = csv_.row()[*country_column_];
    const auto* country = countries_.of_row();
    if (!country) return;
    if (country->asked) ++yield_.scored;
    Rows& rows = rows_of(*country);
    const auto valid = valid_of_row(code.text, country->asked);
    if (!valid) return;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      read_cell(i, *valid, code.text, country->asked, rows.cells);
  }

  // A row without figures needs no date.
  std::optional<Date> valid_of_row(std::string_view code, bool asked) {
    if (!valid_column_) return block_.prototype.valid;
    const CsvCell& cell = csv_.row()[*valid_column_];
    const auto date = row_date(cell.text);
    if (date) return date;
    const auto figures =
        std::count_if(columns_.begin(), columns_.end(),
                      [&](const WideColumn& column) { return figure(column.value) != nullptr; });
    if (figures == 0) return std::nullopt;
    Diagnostics found;
    found.add(no_date(cell.text, csv_.span(cell), code));
    problems_.add(found, asked);
    return std::nullopt;
  }

  const CsvCell* figure(std::optional<std::size_t> column) const {
    return column && block_.form.has_value(csv_.row()[*column].text) ? &csv_.row()[*column]
                                                                     : nullptr;
  }

  void read_cell(std::size_t index, Date valid, std::string_view code, bool asked,
                 std::vector<Cell>& cells) {
    WideColumn& column = columns_[index];
    const CsvCell* cell = figure(column.value);
    if (!cell) return refuse_lone_range(column, valid, code);
    if (asked) {
      ++yield_.figures;
      ++column.figures;
    }
    const model::Node& node = reading_.model[column.indicator];
    const auto part = [&](std::optional<std::size_t> at, model::Unit unit) {
      const CsvCell* found = figure(at);
      return found ? std::optional(written(found->text, unit, csv_.span(*found))) : std::nullopt;
    };
    Quantity quantity;
    quantity.value = written(cell->text, node.unit, csv_.span(*cell));
    quantity.low = part(column.low, node.unit);
    quantity.high = part(column.high, node.unit);
    quantity.sd = part(column.sd, model::Unit::plain);
    quantity.unit = column.unit;
    Datum datum;
    if (quantify(quantity, node, cell_reading_, datum)) {
      cells.push_back({datum.value.value_or(none), datum.low.value_or(none),
                       datum.high.value_or(none), valid, cell->begin, cell->end,
                       std::uint32_t(index)});
      return;
    }
    target_.faults.push_back(fault_of(std::string(code), node, column.indicator,
                                      dated(valid, csv_.span(*cell)), cell->text, wrong_));
    wrong_ = {};
  }

  void refuse_lone_range(const WideColumn& column, Date valid, std::string_view code) {
    const CsvCell* end = figure(column.low) ? figure(column.low) : figure(column.high);
    if (!end) return;
    Diagnostics found;
    found.add(range_without_value(csv_.span(*end), reading_.model[column.indicator].name));
    target_.faults.push_back(fault_of(std::string(code), reading_.model[column.indicator],
                                      column.indicator, dated(valid, csv_.span(*end)), end->text,
                                      found));
  }

  Datum dated(Date valid, Span where) const {
    Datum datum = block_.prototype;
    datum.where = where;
    if (!valid_column_) return datum;
    datum.valid = valid;
    datum.known = block_.known.value_or(day_when_over(valid, lag_));
    datum.known_given = block_.known.has_value();
    return datum;
  }

  void store(const Rows& rows) const {
    std::vector<std::size_t> counts(columns_.size());
    for (const Cell& cell : rows.cells) ++counts[cell.column];
    rows.facts->reserve(rows.facts->size() + columns_.size());
    for (const WideColumn& column : columns_) rows.facts->try_emplace(column.indicator);
    std::vector<std::vector<Datum>*> data;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      data.push_back(&(*rows.facts)[columns_[i].indicator]);
      data[i]->reserve(data[i]->size() + counts[i]);
    }
    for (const Cell& cell : rows.cells) {
      Datum& datum = data[cell.column]->emplace_back(
          dated(cell.valid, {csv_.file_start().file, cell.begin, cell.end}));
      datum.value = if_any(cell.value);
      datum.low = if_any(cell.low);
      datum.high = if_any(cell.high);
    }
  }

  void report_empty_columns() const {
    for (const WideColumn& column : columns_) {
      if (column.figures > 0 || is_read_of_partners(reading_.model, column.indicator)) continue;
      reading_.error(Code::W0306, column.where,
                     fmt::format("the column '{}' of {} has no figure in {} {}{}",
                                 csv_.header()[column.value].text,
                                 reading_.sources[csv_.file_start().file].path(), yield_.scored,
                                 yield_.scored == 1 ? "row" : "rows",
                                 target_.asked.listed ? " about countries that are scored" : ""));
    }
  }

  CsvReader& csv_;
  const WideBlock& block_;
  TimeSpan lag_;  // of the source
  const FigureTarget& target_;
  const Reading& reading_;
  Diagnostics wrong_;  // with one cell
  Reading cell_reading_;
  RowCountries countries_;
  RowProblems problems_;
  TableYield yield_;
  std::optional<std::size_t> country_column_, valid_column_;
  std::vector<WideColumn> columns_;
  std::vector<Rows> rows_;
};

}  // namespace

std::vector<std::string> WideBlock::names() const {
  std::vector<std::string> names{country_name()};
  if (valid_name) names.push_back(valid_name->value);
  if (form.where)
    for (const Entry& entry : form.where->entries) names.push_back(entry.key);
  if (columns) {
    const auto more = names_of_columns(*columns);
    names.insert(names.end(), more.begin(), more.end());
  }
  return names;
}

void read_wide_rows(CsvReader& csv, const WideBlock& block, bool sound, const FigureTarget& target,
                    const Reading& reading) {
  WideReader(csv, block, target, reading).read(sound);
}

}  // namespace waystone::scenario
