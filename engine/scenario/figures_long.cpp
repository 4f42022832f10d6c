// CSV figures with a row a fact: country, indicator, value, and whatever else a fact may say.
#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "scenario/csv.hpp"
#include "scenario/figures.hpp"

namespace waystone::scenario {
namespace {

constexpr std::array<std::string_view, 15> column_names{"country", "indicator", "value", "low", "high",    "sd",     "unit", "valid",
                                                        "known",   "source",    "grade", "by",  "because", "review", "note"};

class LongReader {
 public:
  LongReader(CsvReader& csv, const FigureTarget& target, const Reading& reading) : csv_(csv), target_(target), reading_(reading) {}

  void read() {
    if (!check_columns()) return;
    while (csv_.next()) read_row();
  }

 private:
  bool check_columns() {
    std::vector<std::string> names(column_names.begin(), column_names.end());
    const std::size_t errors = reading_.diagnostics.errors();
    std::vector<std::string> meant;  // by columns with a slip in their names: not also called missing
    for (const CsvCell& cell : csv_.header()) {
      const std::string name(cell.text);
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      std::vector<std::string> notes;
      if (const auto near = reading_.near(name, [&] { return names; })) {
        notes.push_back(fmt::format("did you mean '{}'?", *near));
        meant.push_back(*near);
      }
      if (notes.empty()) notes.push_back("a table with a column an indicator stands under [[wide]]");
      reading_.error(Code::E0325, csv_.span(cell), fmt::format("a table with a row a fact has no column '{}'", name), std::move(notes));
    }
    for (const std::string_view name : {"country", "indicator", "value"})
      if (!csv_.column(name) && std::find(meant.begin(), meant.end(), name) == meant.end())
        reading_.error(Code::E0325, csv_.span(csv_.header().front()), fmt::format("the column '{}' is missing", name));
    for (std::size_t i = 0; i < column_names.size(); ++i) columns_[i] = csv_.column(column_names[i]);
    return reading_.diagnostics.errors() == errors;
  }

  // The cell of a column that exists and is not empty.
  const CsvCell* cell(std::optional<std::size_t> column) const {
    return column && !csv_.row()[*column].text.empty() ? &csv_.row()[*column] : nullptr;
  }
  const CsvCell* cell(std::string_view name) const {
    return cell(columns_[std::size_t(std::find(column_names.begin(), column_names.end(), name) - column_names.begin())]);
  }

  std::optional<Said<std::string>> text(const CsvCell* cell) const {
    return cell ? std::optional(Said<std::string>{std::string(cell->text), csv_.span(*cell)}) : std::nullopt;
  }

  std::optional<Said<Date>> date(std::string_view name) const {
    const CsvCell* found = cell(name);
    if (!found) return std::nullopt;
    const auto day = row_date(found->text, csv_.span(*found), reading_);
    return Said<Date>{day.value_or(Date{}), csv_.span(*found)};  // a stand-in, so that the date is not also called missing
  }

  // Every row names its country and indicator anew; each name is looked up, and complained about, once a file.
  Facts* facts_of(const CsvCell& country) {
    const auto [found, fresh] = countries_.emplace(country.text, nullptr);
    if (fresh && target_.countries.check(std::string(country.text), csv_.span(country), reading_))
      found->second = &target_.facts[std::string(country.text)];
    return found->second;
  }
  std::optional<NodeId> indicator(const CsvCell& name) {
    const auto [found, fresh] = indicators_.emplace(name.text, std::nullopt);
    if (fresh) found->second = indicator_of(std::string(name.text), csv_.span(name), reading_);
    return found->second;
  }

  Attributes attributes() {
    const std::size_t errors = reading_.diagnostics.errors();
    Attributes own;
    own.valid = date("valid");
    own.known = date("known");
    own.review = date("review");
    own.source = text(cell("source"));
    if (own.source && sources_.insert(own.source->value).second) known_source(own.source->value, own.source->where, reading_);
    if (const CsvCell* word = cell("grade"))
      own.grade = Said<Grade>{grade_of(word->text, csv_.span(*word), reading_).value_or(Grade::observed), csv_.span(*word)};
    own.by = text(cell("by"));
    own.because = text(cell("because"));
    own.note = text(cell("note"));
    own.broken = reading_.diagnostics.errors() > errors;
    return own;
  }

  void read_row() {
    const CsvCell *country = cell("country"), *name = cell("indicator"), *value = cell("value");
    const CsvCell& first = csv_.row().front();
    for (const auto& [found, what] : {std::pair{country, "country"}, std::pair{name, "indicator"}})
      if (!found) reading_.error(Code::E0303, csv_.span(first), fmt::format("this row has no {}", what));
    Facts* facts = country ? facts_of(*country) : nullptr;
    const auto id = name ? indicator(*name) : std::nullopt;
    if (!value) {
      const CsvCell* low = cell("low") ? cell("low") : cell("high");
      if (low) reading_.error(Code::E0303, csv_.span(*low), "a range without a value", {"for a range alone write 'unknown' as the value"});
      return;
    }
    if (!facts || !id) return;
    const model::Node& node = reading_.model[*id];
    Datum datum;
    datum.distance = 1;
    Quantity quantity;
    const auto part = [&](const CsvCell* found, model::Unit unit) {
      return found ? std::optional(written(found->text, unit, csv_.span(*found))) : std::nullopt;
    };
    quantity.value = part(value, node.unit);
    quantity.low = part(cell("low"), node.unit);
    quantity.high = part(cell("high"), node.unit);
    quantity.sd = part(cell("sd"), model::Unit::plain);
    if (const CsvCell* unit = cell("unit")) quantity.unit = Said<std::string_view>{unit->text, csv_.span(*unit)};
    const bool settled =
        settle(completed(attributes(), target_.defaults), csv_.span(*value), fmt::format("{}.{}", country->text, name->text), reading_, datum);
    if (quantify(quantity, node, reading_, datum) && settled) (*facts)[*id].push_back(std::move(datum));
  }

  CsvReader& csv_;
  const FigureTarget& target_;
  const Reading& reading_;
  std::array<std::optional<std::size_t>, column_names.size()> columns_;
  std::unordered_map<std::string_view, Facts*> countries_;
  std::unordered_map<std::string_view, std::optional<NodeId>> indicators_;
  std::unordered_set<std::string> sources_;
};

}  // namespace

void read_long(const std::string& path, Span asked, const FigureTarget& target, const Reading& reading) {
  const auto file = open_file(resolve(target.scenario_path, path), asked, largest_figures, reading.read, reading.sources, reading.diagnostics);
  if (!file) return;
  target.files.push_back(*file);
  CsvReader csv(reading.sources, *file, reading.diagnostics);
  if (csv.good()) LongReader(csv, target, reading).read();
}

}  // namespace waystone::scenario
