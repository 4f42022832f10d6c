#include "scenario/row_filter.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace waystone::scenario {
namespace {

constexpr std::string_view blanks = " \t";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::optional<double> finite_number(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<Limit> limit_of(std::string_view text, bool open) {
  const std::string_view bare = trimmed(text);
  const Measure measure{finite_number(bare), parse_period(bare)};
  if (!measure.number && !measure.period) return std::nullopt;
  return Limit{measure, open};
}

// The sign of a comparison that a text begins with; "" where it is none.
std::string_view comparison_of(std::string_view text) {
  for (const std::string_view sign : {">=", "<=", ">", "<"})
    if (text.starts_with(sign)) return sign;
  return {};
}

void read_limits(Wanted& wanted) {
  const std::string_view text = trimmed(wanted.text), sign = comparison_of(text);
  if (!sign.empty()) {
    (sign[0] == '>' ? wanted.low : wanted.high) =
        limit_of(text.substr(sign.size()), sign.size() == 1);
    return;
  }
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return;
  wanted.low = limit_of(text.substr(0, dots), false);
  wanted.high = limit_of(text.substr(dots + 2), false);
  if (!wanted.low || !wanted.high) wanted.low = wanted.high = std::nullopt;
}

// Numbers are compared as numbers; where one side is no number, both as stretches of time.
bool above(std::string_view cell, const Limit& low) {
  const auto number = low.measure.number ? finite_number(cell) : std::nullopt;
  if (number) return low.open ? *number > *low.measure.number : *number >= *low.measure.number;
  const auto period = low.measure.period ? parse_period(cell) : std::nullopt;
  if (!period) return false;
  return low.open ? period->first > low.measure.period->last
                  : period->first >= low.measure.period->first;
}

bool below(std::string_view cell, const Limit& high) {
  const auto number = high.measure.number ? finite_number(cell) : std::nullopt;
  if (number) return high.open ? *number < *high.measure.number : *number <= *high.measure.number;
  const auto period = high.measure.period ? parse_period(cell) : std::nullopt;
  if (!period) return false;
  return high.open ? period->last < high.measure.period->first
                   : period->last <= high.measure.period->last;
}

// A cell that is the text as written is meant, even where that text can be read as a comparison.
bool fits(std::string_view cell, const Wanted& wanted) {
  if (cell == wanted.text) return true;
  if (wanted.number) return finite_number(cell) == wanted.number;
  if (!wanted.low && !wanted.high) return false;
  return (!wanted.low || above(cell, *wanted.low)) && (!wanted.high || below(cell, *wanted.high));
}

std::optional<Wanted> wanted_of(const Value& value, const Reading& reading) {
  Wanted wanted;
  wanted.where = value.where;
  if (value.kind == Value::Kind::text) {
    wanted.text = value.text;
    read_limits(wanted);
  } else if (value.kind == Value::Kind::number) {
    wanted.text = reading.sources.text(value.where);
    wanted.number = value.number;
  } else if (value.kind == Value::Kind::date) {
    wanted.text = to_string(value.date);
  } else {
    return std::nullopt;
  }
  return wanted;
}

// ---- what no row has

// The different cells of a column, in order of number where all are numbers, else of text.
std::vector<std::string> values_of(std::size_t column, FileId file, const TableForm& form,
                                   const Reading& reading) {
  Diagnostics ignored;  // said when the table was read
  CsvReader csv(reading.sources, file, ignored, form.skip, form.semicolons());
  std::set<std::string, std::less<>> found;
  while (csv.next())
    if (const std::string_view cell = csv.row()[column].text;
        !cell.empty() && !found.contains(cell))
      found.emplace(cell);
  std::vector<std::string> values(found.begin(), found.end());
  if (std::all_of(values.begin(), values.end(),
                  [](const std::string& value) { return finite_number(value).has_value(); }))
    std::stable_sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
      return *finite_number(a) < *finite_number(b);
    });
  return values;
}

std::string what_it_has(const std::vector<std::string>& values) {
  constexpr std::size_t all_named = 8;
  if (values.empty()) return "all its cells are empty";
  if (values.size() <= all_named) return "it has " + listed(values, all_named);
  if (finite_number(values.front()) && finite_number(values.back()))
    return fmt::format("it has {} values from {} to {}", values.size(), values.front(),
                       values.back());
  return fmt::format("it has {}", listed(values, 3));
}

std::vector<std::string> notes_on(const Wanted& wanted, const std::vector<std::string>& values,
                                  const Reading& reading) {
  const std::string_view text = trimmed(wanted.text);
  const bool compares = !comparison_of(text).empty() || text.find("..") != std::string_view::npos;
  if (compares && !wanted.low && !wanted.high)
    return {"a comparison is made with a number or a date: \">=2018\", \"2013..2023\""};
  if (wanted.low && wanted.high && !below(trimmed(text.substr(0, text.find(".."))), *wanted.high))
    return {"this range runs backwards"};
  if (compares) return {};
  const auto number = finite_number(text);
  if (!number) return reading.suggest(wanted.text, [&] { return values; });
  // another year is no slip, another way to write this one is
  const auto same = std::find_if(values.begin(), values.end(), [&](const std::string& value) {
    return finite_number(value) == number;
  });
  if (same == values.end()) return {};
  return {fmt::format("did you mean '{}'?", *same)};
}

}  // namespace

RowFilter::RowFilter(const Value* where, const CsvReader& csv, const Reading& reading) {
  if (!where) return;
  where_ = where->where;
  const std::size_t errors = reading.diagnostics.errors();
  for (const Entry& entry : where->entries) read_condition(entry, csv, reading);
  good_ = reading.diagnostics.errors() == errors;
  all_met_ = conditions_.empty();
}

void RowFilter::read_condition(const Entry& entry, const CsvReader& csv, const Reading& reading) {
  const auto column = find_column(csv, entry.key, entry.where, reading);
  Condition condition{entry.key, column.value_or(0), {}};
  const auto add = [&](const Value& value) {
    if (auto wanted = wanted_of(value, reading))
      condition.wanted.push_back(std::move(*wanted));
    else
      wrong_kind(reading, entry.key, value, "text, a number or a list of them");
  };
  if (entry.value.kind == Value::Kind::array)
    std::for_each(entry.value.items.begin(), entry.value.items.end(), add);
  else
    add(entry.value);
  if (entry.value.kind == Value::Kind::array && entry.value.items.empty())
    reading.error(Code::E0303, entry.value.where,
                  fmt::format("the filter of '{}' lists no value", entry.key));
  if (column) conditions_.push_back(std::move(condition));
}

bool RowFilter::selects(const std::vector<CsvCell>& row) {
  bool selected = true;
  for (Condition& condition : conditions_) {
    bool fitting = false;
    for (Wanted& wanted : condition.wanted) {
      if (fitting && wanted.met) continue;
      if (!fits(row[condition.column].text, wanted)) continue;
      fitting = wanted.met = true;
    }
    selected = selected && fitting;
    if (!selected && all_met_) return false;
  }
  if (!all_met_)
    all_met_ = std::all_of(conditions_.begin(), conditions_.end(), [](const Condition& condition) {
      return std::all_of(condition.wanted.begin(), condition.wanted.end(),
                         [](const Wanted& wanted) { return wanted.met; });
    });
  return selected;
}

void RowFilter::report(FileId file, const TableForm& form, std::size_t selected,
                       const Reading& reading) const {
  const std::string& path = reading.sources[file].path();
  bool said = false;
  for (const Condition& condition : conditions_) {
    if (std::all_of(condition.wanted.begin(), condition.wanted.end(),
                    [](const Wanted& wanted) { return wanted.met; }))
      continue;
    const std::vector<std::string> values = values_of(condition.column, file, form, reading);
    for (const Wanted& wanted : condition.wanted) {
      if (wanted.met) continue;
      const std::string quoted = wanted.number ? wanted.text : "'" + wanted.text + "'";
      reading.error(Code::W0306, wanted.where,
                    fmt::format("no row of {} has {} = {} ({})", path, condition.name, quoted,
                                what_it_has(values)),
                    notes_on(wanted, values, reading));
      said = true;
    }
  }
  if (said || selected > 0 || conditions_.empty()) return;
  reading.error(Code::W0306, where_,
                fmt::format("no row of {} meets all conditions of this filter", path),
                {"each of them is met by some row"});
}

}  // namespace waystone::scenario
