#include "scenario/relations.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "scenario/alike.hpp"
#include "scenario/country_cells.hpp"
#include "scenario/date_forms.hpp"
#include "scenario/row_filter.hpp"
#include "scenario/skipped_rows.hpp"
#include "source/paths.hpp"

namespace waystone::scenario {
namespace {

struct RelationBlock {
  std::optional<Said<std::string>> name, file, from, to, weight, weight_unit, valid_name;
  std::optional<Said<Date>> valid;
  TableForm form;
  Datum prototype;
  std::optional<Date> known;  // one date for rows with dates of their own
};

// `valid` is a date for the whole file, or the name of a column.
void read_valid_of(Keys& keys, RelationBlock& block, const Reading& reading) {
  const Entry* entry = keys.take("valid");
  if (!entry) return;
  if (entry->value.kind == Value::Kind::date)
    block.valid = Said<Date>{entry->value.date, entry->value.where};
  else if (entry->value.kind == Value::Kind::text)
    block.valid_name = Said<std::string>{entry->value.text, entry->value.where};
  else
    wrong_kind(reading, "valid", entry->value, "a date or the name of a column");
}

// `weight` is the name of a column, or a table of that and its unit.
void read_weight(Keys& keys, RelationBlock& block, const Reading& reading) {
  const Entry* entry = keys.take("weight");
  if (!entry) return;
  if (entry->value.kind == Value::Kind::text) {
    block.weight = Said<std::string>{entry->value.text, entry->value.where};
  } else if (entry->value.kind == Value::Kind::table) {
    Keys inner(entry->value, "'weight'", reading);
    if (inner.need("column")) block.weight = inner.text("column");
    block.weight_unit = inner.text("unit");
    inner.finish();
  } else {
    wrong_kind(reading, "weight", entry->value, "the name of a column");
  }
}

class RelationReader {
 public:
  RelationReader(CsvReader& csv, const RelationBlock& block, RelationId relation,
                 const FigureTarget& target, const Reading& reading, Relations& relations)
      : csv_(csv),
        block_(block),
        relation_(reading.model[relation]),
        lag_(block.prototype.evidence ? lag_of(block.prototype.evidence->source, reading.model)
                                      : TimeSpan{}),
        target_(target),
        reading_(reading),
        rows_(reading.into(found_)),
        ties_(relations[relation]),
        marks_(block.form.marks, reading) {
    // a weight is quantified as a figure of an indicator would be
    weight_.name = relation_.name;
    weight_.unit = relation_.weight.value_or(model::Unit::plain);
    weight_.low = 0;
    weight_.high = weight_.unit == model::Unit::share     ? 1
                   : weight_.unit == model::Unit::percent ? 100
                                                          : 1e15;
  }

  void read() {
    const auto column = [&](const std::optional<Said<std::string>>& name, const char* other) {
      return find_column(csv_, name ? name->value : other, name ? name->where : block_.file->where,
                         reading_);
    };
    const auto from = column(block_.from, "from"), to = column(block_.to, "to");
    std::optional<std::size_t> weight, valid;
    if (block_.weight) weight = column(block_.weight, "");
    if (block_.valid_name) valid = column(block_.valid_name, "");
    RowFilter filter(block_.form.where, csv_, reading_);
    if (!from || !to || !filter.good() || (block_.weight && !weight) ||
        (block_.valid_name && !valid))
      return;
    std::size_t rows = 0, selected = 0;
    LeftOut dropped{LeftOut::Reason::filtered, 0, {}, {}};
    while (csv_.next()) {
      ++rows;
      if (!filter.selects(csv_.row())) {
        if (dropped.rows++ == 0) dropped.first = csv_.span(csv_.row().front());
        continue;
      }
      ++selected;
      read_row(*from, *to, weight, valid);
      problems_.add(found_);
      found_ = {};
    }
    problems_.finish(reading_.diagnostics);
    marks_.finish();
    skipped_.finish(target_.left_out);
    if (valid) dates_.report(csv_.header()[*valid].text, true, false, reading_);
    if (selected > 0 && dropped.rows > 0) target_.left_out.push_back(std::move(dropped));
    report_yield_of(filter, rows, selected);
  }

 private:
  void report_yield_of(const RowFilter& filter, std::size_t rows, std::size_t selected) const {
    const FileId file = csv_.file_start().file;
    if (rows > 0) filter.report(file, block_.form, selected, reading_);
    const bool told = rows > 0 && selected == 0;
    if (!told && seen_.empty() && problems_.kinds().empty())
      reading_.error(
          Code::W0306, block_.file->where,
          fmt::format("no row of {} says who is whose partner", reading_.sources[file].path()));
  }

  // The code of a cell's country; "" where it names none, which is reported unless such rows are
  // left out.
  std::string_view code_of(const CsvCell& cell) {
    const std::string_view code = country_in(cell.text, block_.form, target_.countries);
    if (!code.empty()) return code;
    if (block_.form.skip_others && !may_name_country(cell.text, block_.form, target_.countries)) {
      if (!row_skipped_) skipped_.add(cell.text, csv_.span(cell));
      row_skipped_ = true;
      return {};
    }
    if (!strangers_.insert(std::string(cell.text)).second) return {};
    refuse_stranger(cell.text, csv_.span(cell), block_.form, target_.countries, rows_);
    return {};
  }

  void read_row(std::size_t from, std::size_t to, std::optional<std::size_t> weight,
                std::optional<std::size_t> valid) {
    const CsvCell& cell = csv_.row()[from];
    row_skipped_ = false;
    const std::string one(code_of(cell)), other(code_of(csv_.row()[to]));
    if (one.empty() || other.empty()) return;
    if (one == other)
      return rows_.error(Code::E0336, csv_.span(cell),
                         fmt::format("{} can't be its own partner", one));
    Datum datum = block_.prototype;
    datum.where = csv_.span(cell);
    if (valid && !take_date(csv_.row()[*valid], datum)) return;
    datum.value = 1;
    if (weight && !take_weight(csv_.row()[*weight], datum)) return;
    add(one, other, datum);
    if (relation_.symmetric) add(other, one, datum);
  }

  bool take_date(const CsvCell& cell, Datum& datum) {
    const auto date = row_date(cell.text);
    if (!date) {
      rows_.diagnostics.add(no_date(cell.text, csv_.span(cell), relation_.name));
      return false;
    }
    dates_.add(cell.text, *date, csv_.span(cell));
    datum.valid = *date;
    datum.known = block_.known.value_or(day_when_over(*date, lag_));
    datum.known_given = block_.known.has_value();
    return true;
  }

  bool take_weight(const CsvCell& cell, Datum& datum) {
    if (!block_.form.has_value(cell.text)) {
      rows_.error(Code::E0303, csv_.span(cell), "this row has no weight",
                  {"leave out partners whose weight nobody knows: where = { … }"});
      return false;
    }
    Quantity quantity;
    quantity.value = marks_.read(cell.text, weight_.unit, csv_.span(cell), 0);
    if (!quantity.value) return false;
    if (block_.weight_unit)
      quantity.unit = Said<std::string_view>{block_.weight_unit->value, block_.weight_unit->where};
    if (!quantify(quantity, weight_, rows_, datum)) return false;
    if (datum.value) return true;
    rows_.error(Code::E0304, csv_.span(cell), "a weight is a number");
    return false;
  }

  // Where both sides list a symmetric tie, the second says nothing new.
  void add(const std::string& country, std::string partner, const Datum& datum) {
    std::vector<Tie>& ties = ties_[country];
    const auto [place, fresh] = seen_.try_emplace({country, partner, datum.valid}, datum);
    if (fresh) {
      ties.push_back({std::move(partner), datum});
      return;
    }
    if (relation_.symmetric && place->second.value == datum.value) return;
    rows_.diagnostics.add(
        {Code::E0326,
         datum.where,
         fmt::format("'{}' of {} and {} stands twice", relation_.name, country, partner),
         {},
         {{place->second.where, "here first"}},
         {}});
  }

  CsvReader& csv_;
  const RelationBlock& block_;
  const model::Relation& relation_;
  TimeSpan lag_;  // of the source
  const FigureTarget& target_;
  const Reading& reading_;
  Diagnostics found_;  // of one row
  Reading rows_;       // fills `found_`
  Alike problems_;     // of all rows
  Ties& ties_;
  model::Node weight_;
  BrokenMarks marks_;
  DateForms dates_;
  std::set<std::string> strangers_;  // said to be no country
  SkippedRows skipped_;
  bool row_skipped_ = false;  // counted
  std::map<std::tuple<std::string, std::string, Date>, Datum> seen_;
};

// Shares are of one whole.
void check_shares(const Relations& relations, const Reading& reading) {
  for (const auto& [id, ties] : relations) {
    const model::Relation& relation = reading.model[id];
    if (relation.weight != model::Unit::share && relation.weight != model::Unit::percent) continue;
    const double most = relation.weight == model::Unit::share ? 1 : 100;
    for (const auto& [country, rows] : ties) {
      std::map<std::pair<Date, int>, double> sums;
      for (const Tie& tie : rows) {
        double& sum = sums[{tie.datum.valid, tie.datum.distance}];
        const double before = sum;
        sum += tie.datum.value.value_or(0);
        constexpr double rounding = 1.001;  // of published shares
        if (sum > most * rounding && before <= most * rounding)
          reading.error(Code::E0336, tie.datum.where,
                        fmt::format("the shares of '{}' of {} add up to more than the whole",
                                    relation.name, country));
      }
    }
  }
}

void read_block(const Value& table, const FigureTarget& target, const Reading& reading,
                Relations& relations) {
  const std::size_t errors = reading.diagnostics.errors();
  Keys keys(table, "[[relation]]", reading);
  RelationBlock block;
  block.name = keys.need("name") ? keys.text("name") : std::nullopt;
  block.file = keys.need("file") ? keys.text("file") : std::nullopt;
  block.from = keys.text("from");
  block.to = keys.text("to");
  read_weight(keys, block, reading);
  read_valid_of(keys, block, reading);
  block.form = read_form(keys, target.countries, reading);
  Attributes own = read_dateless_attributes(keys, reading);
  own.misnamed = !keys.finish();
  own.valid = block.valid;
  if (block.valid_name)
    own.valid = Said<Date>{Date{}, block.valid_name->where};  // a stand-in: each row has its own
  Attributes attributes = completed(own, target.defaults);
  if (block.valid_name) {
    if (attributes.known) block.known = attributes.known->value;
    attributes.known.reset();
  }
  settle(attributes, table.where, "[[relation]]", reading, block.prototype);
  block.prototype.distance = 1;
  std::optional<RelationId> relation;
  if (block.name) relation = reading.model.find_relation(block.name->value);
  if (block.name && !relation && reading.knows_model) {
    reading.error(Code::E0335, block.name->where,
                  fmt::format("no relation is called '{}'", block.name->value),
                  reading.suggest(block.name->value, [&] {
                    std::vector<std::string> names;
                    for (const model::Relation& one : reading.model.relations)
                      names.push_back(one.name);
                    return names;
                  }));
  }
  const bool weighed = table.find("weight") != nullptr;  // told already where it can't be read
  if (relation && reading.model[*relation].weight.has_value() != weighed)
    reading.error(
        Code::E0335, table.where,
        weighed ? fmt::format("the relation '{}' has no weights", block.name->value)
                : fmt::format("the relation '{}' has weights, and no column of "
                              "them is named",
                              block.name->value),
        {weighed ? "declare them in the rules: weight share" : "weight = \"column\" names it"});
  if (!block.file) return;
  const Said<std::string>& file = *block.file;
  const auto id = open_table(path_from(target.scenario_path, file.value), block.form, file.where,
                             target.files, reading);
  if (!id || block.form.broken || !relation || reading.diagnostics.errors() > errors) return;
  std::vector<std::string> names{block.from ? block.from->value : "from",
                                 block.to ? block.to->value : "to"};
  if (block.weight) names.push_back(block.weight->value);
  if (block.valid_name) names.push_back(block.valid_name->value);
  if (header_is_elsewhere(*id, block.form, names, file.where, reading)) return;
  CsvReader csv(reading.sources, *id, reading.diagnostics, block.form.skip,
                block.form.semicolons());
  if (csv.good()) RelationReader(csv, block, *relation, target, reading, relations).read();
}

}  // namespace

void read_relations(const std::vector<const Value*>& blocks, const FigureTarget& target,
                    const Reading& reading, Relations& relations) {
  for (const Value* block : blocks) read_block(*block, target, reading, relations);
  if (!blocks.empty()) check_shares(relations, reading);
}

void warn_of_relations(const Scenario& scenario, const Reading& reading) {
  for (const auto& [id, ties] : *scenario.relations) {
    if (is_in_force(*scenario.relations, id, scenario.as_of, scenario.known_by)) continue;
    const Datum* first = nullptr;
    for (const auto& [country, rows] : ties)
      for (const Tie& tie : rows)
        if (!first || tie.datum.valid < first->valid) first = &tie.datum;
    if (!first) continue;
    const bool late = first->valid > scenario.as_of;
    reading.error(
        Code::W0306, first->where,
        fmt::format("no row of the relation '{}' {} {}; the first is of {}", reading.model[id].name,
                    late ? "is true by" : "was known by",
                    to_string(late ? scenario.as_of : scenario.known_by), to_string(first->valid)));
  }
}

std::vector<const Tie*> partners_of(const Relations& relations, RelationId relation,
                                    const std::string& country, Date as_of, Date known_by) {
  const auto all = relations.find(relation);
  if (all == relations.end()) return {};
  const auto rows = all->second.find(country);
  if (rows == all->second.end()) return {};
  const auto list_of = [](const Tie& tie) {
    return std::tuple(tie.datum.valid, -tie.datum.distance);
  };
  const auto counts = [&](const Tie& tie) {
    return tie.datum.valid <= as_of && tie.datum.known <= known_by;
  };
  const Tie* latest = nullptr;
  for (const Tie& tie : rows->second)
    if (counts(tie) && (!latest || list_of(*latest) < list_of(tie))) latest = &tie;
  std::vector<const Tie*> partners;
  for (const Tie& tie : rows->second)
    if (latest && counts(tie) && list_of(tie) == list_of(*latest) && tie.datum.value != 0)
      partners.push_back(&tie);
  std::sort(partners.begin(), partners.end(),
            [](const Tie* a, const Tie* b) { return a->partner < b->partner; });
  return partners;
}

bool is_in_force(const Relations& relations, RelationId relation, Date as_of, Date known_by) {
  const auto all = relations.find(relation);
  if (all == relations.end()) return false;
  return std::any_of(all->second.begin(), all->second.end(), [&](const auto& country) {
    return std::any_of(country.second.begin(), country.second.end(), [&](const Tie& tie) {
      return tie.datum.valid <= as_of && tie.datum.known <= known_by;
    });
  });
}

}  // namespace waystone::scenario
