// CSV figures with a row a fact: country, indicator, value, and whatever else a fact may say.
#include <algorithm>
#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "scenario/csv.hpp"
#include "scenario/faults.hpp"
#include "scenario/figures.hpp"
#include "scenario/row_countries.hpp"
#include "scenario/table_yield.hpp"
#include "scenario/year_columns.hpp"
#include "source/paths.hpp"

namespace waystone::scenario {
namespace {

constexpr std::array<std::string_view, 15> column_names{
    "country", "indicator", "value", "low", "high",    "sd",     "unit", "valid",
    "known",   "source",    "grade", "by",  "because", "review", "note"};

class LongReader {
 public:
  LongReader(CsvReader& csv, const TableForm& form, Span asked, const FigureTarget& target,
             const Reading& reading)
      : csv_(csv),
        form_(form),
        asked_(asked),
        target_(target),
        reading_(reading),
        countries_(csv, target, form, reading),
        marks_(form.marks, reading) {}

  void read() {
    if (!check_columns()) return;
    const std::size_t errors = reading_.diagnostics.errors();
    RowFilter filter(form_.where, csv_, reading_);
    if (!filter.good()) return;
    countries_.set_column(*column("country"));
    read_selected(csv_, filter, countries_, yield_, [this] { read_row(); });
    problems_.finish(reading_.diagnostics);
    marks_.finish();
    report_open_end(csv_, false, reading_);
    if (reading_.diagnostics.errors() > errors) return;
    if (!report_yield(yield_, filter, form_, csv_.file_start().file, asked_, target_, reading_))
      report_empty_indicators();
  }

 private:
  struct Indicator {
    std::optional<NodeId> id;
    Span first;               // where it is first named
    std::size_t figures = 0;  // of countries that are scored
  };

  bool check_columns() {
    std::vector<std::string> names(column_names.begin(), column_names.end());
    const std::size_t errors = reading_.diagnostics.errors();
    if (is_another_table(names)) return refuse_table();
    std::vector<std::string>
        meant;  // by columns with a slip in their names: not also called missing
    for (const CsvCell& cell : csv_.header()) {
      const std::string name(cell.text);
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      if (form_.where && form_.where->find(name)) continue;  // there to choose rows by
      if (name.empty()) {
        warn_of_nameless(cell);
        continue;
      }
      std::vector<std::string> notes;
      if (const auto near = reading_.near(name, [&] { return names; })) {
        notes.push_back(fmt::format("did you mean '{}'?", *near));
        meant.push_back(*near);
      }
      if (notes.empty())
        notes.push_back("a table with a column an indicator stands under [[wide]]");
      reading_.error(Code::E0325, csv_.span(cell),
                     fmt::format("a table with a row a fact has no column '{}'", name),
                     std::move(notes));
    }
    for (const std::string_view name : {"country", "indicator", "value"})
      if (!csv_.column(name) && std::find(meant.begin(), meant.end(), name) == meant.end())
        reading_.error(Code::E0325, csv_.span(csv_.header().front()),
                       fmt::format("the column '{}' is missing", name));
    for (std::size_t i = 0; i < column_names.size(); ++i)
      columns_[i] = csv_.column(column_names[i]);
    return reading_.diagnostics.errors() == errors;
  }

  // Whether the header is not that of a table with a row a fact, slips aside.
  bool is_another_table(const std::vector<std::string>& names) const {
    const auto has = [&](std::string_view name) {
      return csv_.column(name) ||
             std::any_of(csv_.header().begin(), csv_.header().end(), [&](const CsvCell& cell) {
               return reading_.near(std::string(cell.text), [&] { return names; }) == name;
             });
    };
    return !has("value") && (!has("indicator") || pattern_of_years(csv_));
  }

  bool refuse_table() const {
    std::vector<std::string> notes{"a table with a column an indicator stands under [[wide]]",
                                   columns_advice(csv_)};
    if (const auto years = pattern_of_years(csv_))
      notes = {
          fmt::format("its columns are years: [[wide]] with columns = {{ indicator = \"{}\" }} "
                      "reads it",
                      *years)};
    reading_.error(Code::E0325, asked_,
                   fmt::format("'{}' is no table with a row a fact: it has no column '{}'",
                               reading_.sources[csv_.file_start().file].path(),
                               csv_.column("indicator") ? "value" : "indicator"),
                   std::move(notes));
    return false;
  }

  // As data frames write the numbers of their rows.
  void warn_of_nameless(const CsvCell& cell) const {
    const auto number = &cell - csv_.header().data() + 1;
    reading_.error(Code::W0304, csv_.span(cell),
                   fmt::format("column {} has no name and is not read", number),
                   {"if it holds the numbers of rows, write the table without them"});
  }

  std::optional<std::size_t> column(std::string_view name) const {
    return columns_[std::size_t(std::find(column_names.begin(), column_names.end(), name) -
                                column_names.begin())];
  }
  // The cell of a column that exists and is not empty.
  const CsvCell* cell(std::string_view name) const {
    const auto found = column(name);
    return found && !csv_.row()[*found].text.empty() ? &csv_.row()[*found] : nullptr;
  }
  // The same of a column of figures, where a marker means that there is none.
  const CsvCell* figure(std::string_view name) const {
    const CsvCell* found = cell(name);
    return found && form_.has_value(found->text) ? found : nullptr;
  }

  std::optional<Said<std::string>> text(const CsvCell* cell) const {
    return cell ? std::optional(Said<std::string>{std::string(cell->text), csv_.span(*cell)})
                : std::nullopt;
  }

  std::optional<Said<Date>> date(std::string_view name, const Reading& reading) const {
    const CsvCell* found = cell(name);
    if (!found) return std::nullopt;
    const auto day = row_date(found->text);
    if (!day)
      reading.diagnostics.add(no_date(found->text, csv_.span(*found), cell("country")->text));
    return Said<Date>{
        day.value_or(Date{}),
        csv_.span(*found)};  // a stand-in, so that the date is not also called missing
  }

  // Each name is looked up, and complained about, once a file.
  Indicator& indicator(const CsvCell& name) {
    const auto [found, fresh] = indicators_.try_emplace(name.text);
    if (fresh)
      found->second = {indicator_of(std::string(name.text), csv_.span(name), reading_),
                       csv_.span(name)};
    return found->second;
  }

  Attributes attributes(const Reading& reading) {
    const std::size_t errors = reading.diagnostics.errors();
    Attributes own;
    own.valid = date("valid", reading);
    own.known = date("known", reading);
    own.review = date("review", reading);
    own.source = text(cell("source"));
    if (own.source) known_source(own.source->value, own.source->where, reading);
    if (const CsvCell* word = cell("grade"))
      own.grade =
          Said<Grade>{grade_of(word->text, csv_.span(*word), reading).value_or(Grade::observed),
                      csv_.span(*word)};
    own.by = text(cell("by"));
    own.because = text(cell("because"));
    own.note = text(cell("note"));
    own.broken = reading.diagnostics.errors() > errors;
    return own;
  }

  void read_row() {
    const auto* country = countries_.of_row();
    const CsvCell* name = cell("indicator");
    Indicator* wanted = name ? &indicator(*name) : nullptr;
    if (!country) return;
    if (country->asked) ++yield_.scored;
    Diagnostics found;
    const Reading reading = reading_.into(found);
    if (!name)
      reading.error(Code::E0303, csv_.span(csv_.row().front()), "this row has no indicator");
    else if (wanted->id && (figure("value") || end_of_range()))
      read_fact(*country, *wanted, reading);
    if (!found.empty()) problems_.add(found, country->asked);
  }

  const CsvCell* end_of_range() const { return figure("low") ? figure("low") : figure("high"); }

  // Nothing where a number breaks the notation of the table, which is told when all is read.
  std::optional<Quantity> quantity(const model::Node& node) {
    bool good = true;
    const auto part = [&](const CsvCell* found, model::Unit unit) -> std::optional<Written> {
      if (!found) return std::nullopt;
      auto result = marks_.read(found->text, unit, csv_.span(*found));
      good = good && result.has_value();
      return result;
    };
    Quantity quantity;
    quantity.value = part(figure("value"), node.unit);
    quantity.low = part(figure("low"), node.unit);
    quantity.high = part(figure("high"), node.unit);
    quantity.sd = part(figure("sd"), model::Unit::plain);
    if (const CsvCell* unit = cell("unit"))
      quantity.unit = Said<std::string_view>{unit->text, csv_.span(*unit)};
    return good ? std::optional(quantity) : std::nullopt;
  }

  // A figure that can't be read waits until it is known whether it counts, if that can be told from
  // its dates.
  void read_fact(const RowCountries::Country& country, Indicator& indicator,
                 const Reading& reading) {
    const model::Node& node = reading_.model[*indicator.id];
    const CsvCell* value = figure("value");
    const CsvCell& shown = value ? *value : *end_of_range();
    if (country.asked) {
      ++yield_.figures;
      ++indicator.figures;
    }
    Datum datum;
    datum.distance = 1;
    const bool settled = settle(completed(attributes(reading), target_.defaults), csv_.span(shown),
                                fmt::format("{}.{}", country.code, node.name), reading, datum);
    Diagnostics wrong;
    const auto written = quantity(node);
    if (!written) return;
    if (!value)
      wrong.add(range_without_value(csv_.span(shown), node.name));
    else
      quantify(*written, node, reading_.into(wrong), datum);
    if (settled && wrong.empty())
      (*country.facts)[*indicator.id].push_back(std::move(datum));
    else if (settled)
      target_.faults.push_back(fault_of(std::string(country.code), node, *indicator.id,
                                        std::move(datum), shown.text, wrong));
    else
      reading.diagnostics.append(wrong);
  }

  void report_empty_indicators() const {
    if (target_.asked.narrowed) return;
    std::vector<const Indicator*> empty;
    for (const auto& [name, indicator] : indicators_)
      if (indicator.figures == 0 && !is_read_of_partners(reading_.model, *indicator.id))
        empty.push_back(&indicator);
    std::sort(empty.begin(), empty.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    for (const Indicator* indicator : empty)
      reading_.error(Code::W0306, indicator->first,
                     fmt::format("no row of {} has a value of '{}'{}",
                                 reading_.sources[csv_.file_start().file].path(),
                                 reading_.model[*indicator->id].name,
                                 target_.asked.listed ? " for a country that is scored" : ""));
  }

  CsvReader& csv_;
  const TableForm& form_;
  Span asked_;
  const FigureTarget& target_;
  const Reading& reading_;
  RowCountries countries_;
  RowProblems problems_;
  BrokenMarks marks_;
  TableYield yield_;
  std::array<std::optional<std::size_t>, column_names.size()> columns_;
  std::unordered_map<std::string_view, Indicator> indicators_;
};

}  // namespace

void read_long(const Said<std::string>& file, const TableForm& form, const FigureTarget& target,
               const Reading& reading) {
  const auto id = open_table(path_from(target.scenario_path, file.value), form, file.where,
                             target.files, reading);
  if (!id) return;
  if (!reading.knows_model) return;
  if (header_is_elsewhere(*id, form, {"country", "indicator", "value"}, file.where, reading))
    return;
  CsvReader csv(reading.sources, *id, reading.diagnostics, form.skip, form.semicolons());
  if (csv.good()) LongReader(csv, form, file.where, target, reading).read();
}

}  // namespace waystone::scenario
