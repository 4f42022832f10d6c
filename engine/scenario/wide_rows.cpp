#include "scenario/wide_rows.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "scenario/country_names.hpp"
#include "scenario/date_forms.hpp"
#include "scenario/faults.hpp"
#include "scenario/row_countries.hpp"
#include "scenario/row_sums.hpp"
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
        countries_(csv, target, block.form, reading),
        marks_(block.form.marks, reading) {}

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
    if (block_.asked.series)
      series_column_ =
          find_column(csv_, block_.asked.series->value, block_.asked.series->where, reading_);
    columns_ = block_.asked.columns ? listed_columns(block_.asked, block_.mapped, csv_, reading_)
                                    : columns_by_name(csv_, used_columns(), file, reading_);
    date_columns();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      by_series_[columns_[i].series].push_back(i);
      combines_ = combines_ || columns_[i].combine != Combine::none;
    }
    if (!filter.good() || !country_column_ || (block_.valid_name && !valid_column_) ||
        (block_.asked.series && !series_column_))
      return;
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
    if (series_column_) used.push_back(*series_column_);
    return used;
  }

  // A column without a year beside columns with one has no date of its own.
  void date_columns() {
    if (!have_years(block_.asked) || block_.valid_name) return;
    for (WideColumn& column : columns_) {
      if (column.date) continue;
      column.date = block_.beside_years;
      if (column.date) continue;
      reading_.error(
          Code::E0310, column.where,
          fmt::format("'{}' does not say when it was true", reading_.model[column.indicator].name),
          {"the other columns have a year in their names; put 'valid' into [defaults], or this "
           "column into a [[wide]] of its own"});
      column.date = Date{};
    }
  }

  void read_rows(RowFilter& filter) {
    countries_.set_column(*country_column_);
    if (block_.series_alone) countries_.drop_in_silence();
    read_selected(csv_, filter, countries_, yield_, [this] { read_row(); });
    put_together();
    problems_.finish(reading_.diagnostics);
    marks_.finish(block_.mapped);
    report_open_end(csv_, block_.mapped, reading_);
    warn_of_lost();
    if (valid_column_)
      dates_.report(csv_.header()[*valid_column_].text, combines_, block_.mapped, reading_);
  }

  Rows& rows_of(const RowCountries::Country& country) {
    if (rows_.size() <= country.index) rows_.resize(country.index + 1);
    Rows& rows = rows_[country.index];
    if (!rows.facts) rows.cells.reserve(columns_.size());
    rows.facts = country.facts;
    return rows;
  }

  // The columns that a row has figures for, by what it is about.
  const std::vector<std::size_t>& columns_of_row() const {
    static const std::vector<std::size_t> none_of_them;
    const auto found =
        by_series_.find(series_column_ ? csv_.row()[*series_column_].text : std::string_view{});
    return found == by_series_.end() ? none_of_them : found->second;
  }

  void read_row() {
    const auto* country = countries_.of_row();
    if (!country) return note_lost();
    if (country->asked) ++yield_.scored;
    Rows& rows = rows_of(*country);
    const std::vector<std::size_t>& columns = columns_of_row();
    const auto valid = valid_of_row(columns, *country);
    if (!valid || is_twin(*country)) return;
    for (const std::size_t i : columns)
      read_cell(i, columns_[i].date.value_or(*valid), *country, rows.cells);
  }

  // A row without a country may be about any: a part of a sum, or a newer figure. Where such rows
  // are left out on purpose (a publisher's regions), or nothing is put together, only one that
  // names a country that is scored in another place.
  void note_lost() {
    const auto& row = csv_.row();
    const std::string_view text = row[*country_column_].text;
    if (block_.form.country_is.contains(text) || (!combines_ && !text.empty())) return;
    const auto doubt = doubt_about(text, block_.form.country_by);
    if (doubt && !doubt->codes.empty()) return;  // which it may mean is asked elsewhere
    const auto scored = [&](const CsvCell& cell) {
      const std::string_view code = country_in(cell.text, block_.form, target_.countries);
      return !code.empty() && target_.asked.contains(code);
    };
    const bool on_purpose = block_.form.skip_others || !combines_;
    if (on_purpose && std::none_of(row.begin(), row.end(), scored)) return;
    if (lost_++ == 0) first_lost_ = {csv_.file_start().file, row.front().begin, row.back().end};
  }

  void warn_of_lost() const {
    if (lost_ == 0) return;
    reading_.error(block_.mapped ? Code::E0380 : Code::W0330, first_lost_,
                   fmt::format("{} no country in '{}'",
                               lost_ == 1 ? "a row of figures has"
                                          : fmt::format("{} rows of figures have", lost_),
                               csv_.header()[*country_column_].text),
                   {combines_ ? "the sum of the country that it is about lacks it"
                              : "it counts for no country",
                    "if its cells have moved, put them right"});
  }

  bool is_twin(const RowCountries::Country& country) {
    if (!combines_ || sums_.fresh(csv_.row_text())) return false;
    Diagnostics found;
    found.add({Code::E0326,
               csv_.span(csv_.row().front()),
               "this row stands twice, and its figures would count twice",
               {},
               {},
               {}});
    problems_.add(found, country.asked);
    return true;
  }

  // A row without figures needs no date.
  std::optional<Date> valid_of_row(const std::vector<std::size_t>& columns,
                                   const RowCountries::Country& country) {
    if (!valid_column_) return block_.prototype.valid;
    const CsvCell& cell = csv_.row()[*valid_column_];
    const auto date = block_.plus == 0 ? row_date(cell.text) : shifted_year(cell.text);
    if (date && country.asked) dates_.add(cell.text, *date, csv_.span(cell));
    if (date) return date;
    const auto figures = std::count_if(columns.begin(), columns.end(), [&](std::size_t i) {
      return figure(columns_[i].value) != nullptr;
    });
    if (figures == 0) return std::nullopt;
    Diagnostics found;
    found.add(no_date(cell.text, csv_.span(cell), country.code));
    problems_.add(found, country.asked);
    return std::nullopt;
  }

  // The year of a session: the 75th of the General Assembly opened in 2020.
  std::optional<Date> shifted_year(std::string_view text) const {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < -9999 || number > 9999)
      return std::nullopt;
    return row_date(fmt::format("{:04}", number + block_.plus));
  }

  const CsvCell* figure(std::optional<std::size_t> column) const {
    return column && block_.form.has_value(csv_.row()[*column].text) ? &csv_.row()[*column]
                                                                     : nullptr;
  }

  // A place in the row, of one indicator: figures that one hand wrote alike.
  std::size_t series_of(const CsvCell& cell) const {
    return std::size_t(&cell - csv_.row().data()) + CsvReader::most_columns * indicator_now_.index;
  }

  // A cell, in the table's notation, as the column says it is to be taken; nothing, with what is
  // wrong in `wrong_` or told of the whole table, where it can't be.
  std::optional<Written> taken(const CsvCell& cell, model::Unit unit, double scale,
                               const Value* values) {
    const Span where = csv_.span(cell);
    if (values) {
      if (const Entry* entry = values->find(cell.text)) return value_for(entry->value, unit, where);
      std::vector<std::string> texts;
      for (const Entry& entry : values->entries) texts.push_back(entry.key);
      wrong_.add({Code::E0353,
                  where,
                  fmt::format("'values' doesn't say what '{}' stands for", cell.text),
                  {},
                  {},
                  {fmt::format("it lists {}", listed(texts, 12))}});
      return std::nullopt;
    }
    auto result = marks_.read(cell.text, unit, where, series_of(cell));
    if (result && result->kind == Written::Kind::number && scale != 1)
      result->number = scaled(result->number, scale);
    return result;
  }

  // Value and range of a column in this row; nothing where one can't be read.
  std::optional<Quantity> quantity(const WideColumn& column, const CsvCell& cell,
                                   model::Unit unit) {
    Quantity quantity;
    bool good = true;
    const auto part = [&](std::optional<std::size_t> at, model::Unit as,
                          double scale) -> std::optional<Written> {
      const CsvCell* found = figure(at);
      if (!found) return std::nullopt;
      auto result = taken(*found, as, scale, nullptr);
      good = good && result;
      return result;
    };
    quantity.value = taken(cell, unit, column.scale, column.values);
    quantity.low = part(column.low, unit, column.scale);
    quantity.high = part(column.high, unit, column.scale);
    quantity.sd = part(column.sd, model::Unit::plain, std::abs(column.scale));
    if (column.scale < 0) std::swap(quantity.low, quantity.high);
    quantity.unit = column.unit;
    return good && quantity.value ? std::optional(quantity) : std::nullopt;
  }

  void read_cell(std::size_t index, Date valid, const RowCountries::Country& country,
                 std::vector<Cell>& cells) {
    WideColumn& column = columns_[index];
    indicator_now_ = column.indicator;
    const CsvCell* cell = figure(column.value);
    if (!cell) {
      if (column.combine != Combine::none)
        ++sums_.at({country.index, index, valid}, country, csv_.span(csv_.row()[column.value]))
              .gaps;
      return refuse_lone_range(column, valid, country.code);
    }
    if (country.asked) {
      ++yield_.figures;
      ++column.figures;
    }
    if (column.combine != Combine::none) return add_to_sum(index, valid, country, *cell);
    const model::Node& node = reading_.model[column.indicator];
    const auto found = quantity(column, *cell, node.unit);
    Datum datum;
    if (found && quantify(*found, node, cell_reading_, datum)) {
      cells.push_back({datum.value.value_or(none), datum.low.value_or(none),
                       datum.high.value_or(none), valid, cell->begin, cell->end,
                       std::uint32_t(index)});
      return;
    }
    if (wrong_.empty()) return;  // told of the table
    target_.faults.push_back(fault_of(std::string(country.code), node, column.indicator,
                                      dated(valid, csv_.span(*cell)), cell->text, wrong_));
    wrong_ = {};
  }

  // The limits of the indicator's unit hold for the sum, not for each row.
  void add_to_sum(std::size_t index, Date valid, const RowCountries::Country& country,
                  const CsvCell& cell) {
    const WideColumn& column = columns_[index];
    const model::Node& node = reading_.model[column.indicator];
    RowSums::Sum& sum = sums_.at({country.index, index, valid}, country, csv_.span(cell));
    if (column.combine == Combine::count) return sum.values.push_back(1);
    const auto found = quantity(column, cell, model::Unit::plain);
    const auto number = [&](const std::optional<Written>& part) {
      return part && part->kind == Written::Kind::number && std::isfinite(part->number);
    };
    const bool ranged = found && found->low && found->high;
    if (found && number(found->value) && (!ranged || (number(found->low) && number(found->high)))) {
      sum.values.push_back(found->value->number);
      sum.lows.push_back(ranged ? found->low->number : found->value->number);
      sum.highs.push_back(ranged ? found->high->number : found->value->number);
      sum.ranged = sum.ranged || ranged;
      return;
    }
    sum.spoilt = true;
    if (found) {
      Datum ignored;
      quantify(*found, node, cell_reading_, ignored);
    }
    if (wrong_.empty() && found)
      wrong_.add(
          {Code::E0317, csv_.span(cell), "the range of this figure can't be read", {}, {}, {}});
    if (wrong_.empty()) return;
    target_.faults.push_back(fault_of(std::string(country.code), node, column.indicator,
                                      dated(valid, csv_.span(cell)), cell.text, wrong_));
    wrong_ = {};
  }

  void put_together() {
    for (const auto& [key, sum] : sums_.all()) {
      if (sum.values.empty() || sum.spoilt) continue;
      const WideColumn& column = columns_[key.column];
      const model::Node& node = reading_.model[column.indicator];
      Datum datum;
      if (quantify(quantity_of(sum, column), node, cell_reading_, datum)) {
        rows_[key.country].cells.push_back({datum.value.value_or(none), datum.low.value_or(none),
                                            datum.high.value_or(none), key.valid, sum.first.begin,
                                            sum.first.end, std::uint32_t(key.column)});
        continue;
      }
      Fault fault = fault_of(std::string(sum.code), node, column.indicator,
                             dated(key.valid, sum.first), "together", wrong_);
      fault.diagnostic.notes.push_back(
          fmt::format("it is made of {} rows, of which this is the first", sum.values.size()));
      target_.faults.push_back(std::move(fault));
      wrong_ = {};
    }
    warn_of_gaps(sums_, columns_, reading_);
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
    if (!block_.dated_by_row()) return datum;
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

  // Of a column for each year, only if none of them has a figure.
  void report_empty_columns() const {
    if (target_.asked.narrowed) return;
    std::map<std::pair<NodeId, Span>, std::size_t> figures;
    for (const WideColumn& column : columns_)
      figures[{column.indicator, column.where}] += column.figures;
    for (const WideColumn& column : columns_) {
      auto& left = figures[{column.indicator, column.where}];
      if (left > 0 || is_read_of_partners(reading_.model, column.indicator)) continue;
      left = 1;  // told once
      const std::string& path = reading_.sources[csv_.file_start().file].path();
      const std::string what =
          column.date || !column.series.empty()
              ? fmt::format("'{}' in {}", reading_.model[column.indicator].name, path)
              : fmt::format("the column '{}' of {}", csv_.header()[column.value].text, path);
      reading_.error(Code::W0306, column.where,
                     fmt::format("{} has no figure in {} {}{}", what, yield_.scored,
                                 yield_.scored == 1 ? "row" : "rows",
                                 target_.asked.listed ? " about countries that are scored" : ""));
    }
  }

  CsvReader& csv_;
  const WideBlock& block_;
  TimeSpan lag_;  // of the source
  const FigureTarget& target_;
  const Reading& reading_;
  NodeId indicator_now_;  // of the cell that is read
  Diagnostics wrong_;     // with one cell
  Reading cell_reading_;
  RowCountries countries_;
  RowProblems problems_;
  BrokenMarks marks_;
  RowSums sums_;
  bool combines_ = false;
  DateForms dates_;
  std::size_t lost_ = 0;  // rows without a country
  Span first_lost_;
  TableYield yield_;
  std::optional<std::size_t> country_column_, valid_column_, series_column_;
  std::map<std::string_view, std::vector<std::size_t>> by_series_;  // indices in columns_
  std::vector<WideColumn> columns_;
  std::vector<Rows> rows_;
};

}  // namespace

std::vector<std::string> WideBlock::names() const {
  std::vector<std::string> names{country_name()};
  if (valid_name) names.push_back(valid_name->value);
  if (form.where)
    for (const Entry& entry : form.where->entries) names.push_back(entry.key);
  const auto more = names_of_columns(asked);
  names.insert(names.end(), more.begin(), more.end());
  return names;
}

void read_wide_rows(CsvReader& csv, const WideBlock& block, bool sound, const FigureTarget& target,
                    const Reading& reading) {
  WideReader(csv, block, target, reading).read(sound);
}

}  // namespace waystone::scenario
