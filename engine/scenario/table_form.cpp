#include "scenario/table_form.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "scenario/figures.hpp"
#include "scenario/notation.hpp"
#include "scenario/year_columns.hpp"

namespace waystone::scenario {
namespace {

constexpr std::size_t longest_preamble = 60;  // lines searched for a header

std::size_t read_skip(Keys& keys, const Reading& reading) {
  const Entry* entry = keys.take("skip");
  if (!entry) return 0;
  const double lines = entry->value.number;
  if (entry->value.kind != Value::Kind::number)
    wrong_kind(reading, "skip", entry->value, "a number of lines");
  else if (lines >= 0 && lines <= double(largest_figures) && lines == std::floor(lines))
    return std::size_t(lines);
  else
    reading.error(Code::E0304, entry->value.where,
                  "'skip' wants a whole number of lines, 0 or more");
  return 0;
}

// A marker is text as it stands in the cells; a number stands for its numeral.
std::vector<std::string> read_missing(Keys& keys, const Reading& reading) {
  std::vector<std::string> markers;
  const Entry* entry = keys.take("missing");
  if (!entry) return markers;
  const auto add = [&](const Value& value) {
    if (value.kind == Value::Kind::text)
      markers.push_back(value.text);
    else if (value.kind == Value::Kind::number)
      markers.emplace_back(reading.sources.text(value.where));
    else
      wrong_kind(reading, "missing", value, "text");
  };
  if (entry->value.kind == Value::Kind::array)
    std::for_each(entry->value.items.begin(), entry->value.items.end(), add);
  else
    add(entry->value);
  return markers;
}

// A line of a file read as its header.
struct HeaderLine {
  std::size_t line = 0;   // from 1
  std::size_t names = 0;  // how many of the names that are asked for it holds
};

HeaderLine header_after(std::size_t skip, FileId file, bool semicolons,
                        const std::vector<std::string>& names, const Reading& reading) {
  Diagnostics ignored;  // of a line that is no header
  const CsvReader csv(reading.sources, file, ignored, skip, semicolons);
  if (!csv.good()) return {};
  const auto held = std::count_if(names.begin(), names.end(), [&](const std::string& name) {
    return csv.column(name).has_value();
  });
  const int line = reading.sources[file].place(csv.header().front().begin).line;
  return {std::size_t(line), std::size_t(held)};
}

}  // namespace

std::vector<std::string> column_names(const CsvReader& csv) {
  std::vector<std::string> all;
  for (const CsvCell& cell : csv.header())
    if (!cell.text.empty()) all.emplace_back(cell.text);
  return all;
}

bool TableForm::has_value(std::string_view cell) const {
  return !cell.empty() && std::find(missing.begin(), missing.end(), cell) == missing.end();
}

namespace {

// One character between quotes; nothing where it is absent or none of `allowed`.
std::optional<char> read_mark(Keys& keys, std::string_view key, std::string_view allowed,
                              std::string_view wanted, const Reading& reading) {
  const auto text = keys.text(key);
  if (!text) return std::nullopt;
  if (text->value.size() == 1 && allowed.find(text->value[0]) != std::string_view::npos)
    return text->value[0];
  reading.error(Code::E0314, text->where,
                fmt::format("'{}' is {}, not '{}'", key, wanted, text->value));
  return std::nullopt;
}

NumberMarks read_marks(Keys& keys, const Reading& reading) {
  NumberMarks marks;
  const Entry* thousands = keys.take("thousands");
  marks.decimal =
      read_mark(keys, "decimal", ".,", "\".\" or \",\"", reading).value_or(marks.decimal);
  marks.thousands = read_mark(keys, "thousands", "., '", "\",\", \".\", \" \" or \"'\"", reading)
                        .value_or(marks.thousands);
  if (thousands && marks.thousands == marks.decimal)
    reading.error(Code::E0352, thousands->where,
                  fmt::format("'{}' can't be the decimal mark and stand between thousands, too",
                              marks.decimal),
                  {marks.decimal == '.' ? "decimal = \",\" is the other decimal mark"
                                        : "thousands = \".\" is the usual mark beside it"});
  return marks;
}

Encoding read_encoding(Keys& keys, const Reading& reading) {
  const auto text = keys.text("encoding");
  if (!text || text->value == "utf-8") return Encoding::utf8;
  if (text->value == "windows-1252") return Encoding::windows_1252;
  const bool utf16 = text->value.starts_with("utf-16") || text->value.starts_with("UTF-16");
  reading.error(Code::E0314, text->where,
                fmt::format("'encoding' is \"utf-8\" or \"windows-1252\", not '{}'", text->value),
                {utf16 ? "UTF-16 with a byte order mark is recognised: leave out 'encoding'"
                       : "\"windows-1252\" holds all that Latin-1 and ISO 8859-1 have"});
  return Encoding::utf8;
}

CountryBy read_country_by(Keys& keys, const CountryRule& rule, const Reading& reading) {
  const auto word = keys.text("country_by");
  if (!word) return CountryBy::iso3;
  const auto by = country_by_of(word->value);
  if (!by) {
    auto notes = reading.suggest(word->value, [] {
      return std::vector<std::string>{"iso3", "iso2", "name", "worldbank", "cow", "gw"};
    });
    notes.emplace_back("'country_by' is iso3, iso2, name, worldbank, cow or gw");
    reading.error(Code::E0314, word->where,
                  fmt::format("no list of countries is called '{}'", word->value),
                  std::move(notes));
  } else if (rule.own) {
    reading.error(Code::E0352, word->where,
                  "'country_by' names countries, and this scenario has codes of its own",
                  {"with codes = \"own\" a table has those codes"});
  }
  return by.value_or(CountryBy::iso3);
}

void read_country_is(Keys& keys, const CountryRule& rule, const Reading& reading, TableForm& form) {
  const Value* table = keys.table("country_is");
  if (!table) return;
  for (const Entry& entry : table->entries) {
    if (entry.value.kind != Value::Kind::text)
      wrong_kind(reading, entry.key, entry.value, "text: a country's code, or \"none\"");
    else if (entry.value.text == "none")
      form.country_is[entry.key].clear();
    else if (rule.check(entry.value.text, entry.value.where, reading))
      form.country_is[entry.key] = entry.value.text;
  }
}

}  // namespace

TableForm read_form(Keys& keys, const CountryRule& rule, const Reading& reading) {
  const std::size_t errors = reading.diagnostics.errors();
  TableForm form;
  form.where = keys.table("where");
  form.skip = read_skip(keys, reading);
  form.missing = read_missing(keys, reading);
  const auto others = keys.text("others");
  if (others && others->value != "skip")
    reading.error(
        Code::E0314, others->where,
        fmt::format("'others' can only be \"skip\", not '{}'", others->value),
        {"it leaves out the rows whose code is no country's; without it they are errors"});
  form.skip_others = others.has_value();
  form.marks = read_marks(keys, reading);
  form.encoding = read_encoding(keys, reading);
  form.country_by = read_country_by(keys, rule, reading);
  read_country_is(keys, rule, reading, form);
  form.broken = reading.diagnostics.errors() > errors;
  return form;
}

std::string_view country_in(std::string_view text, const TableForm& form, const CountryRule& rule) {
  if (const auto said = form.country_is.find(text); said != form.country_is.end())
    return said->second;
  if (form.country_by != CountryBy::iso3) return country_of(text, form.country_by);
  return rule.allows(text) ? text : std::string_view{};
}

std::optional<FileId> open_table(const std::string& path, const TableForm& form, Span where,
                                 std::vector<FileId>& files, const Reading& reading) {
  // once more only where it is to be read in another encoding
  const auto known = std::find_if(files.begin(), files.end(), [&](FileId file) {
    return form.encoding == Encoding::utf8 && reading.sources[file].path() == path;
  });
  if (known != files.end()) return *known;
  const auto id = open_file(path, "a table", where, largest_figures, reading.read, reading.sources,
                            reading.diagnostics, form.encoding);
  if (id) files.push_back(*id);
  return id;
}

std::optional<std::size_t> find_column(const CsvReader& csv, const std::string& name, Span asked,
                                       const Reading& reading) {
  const auto column = csv.column(name);
  if (column) return column;
  auto notes = parse_date(name) ? std::vector<std::string>{"dates stand without quotes: " + name}
                                : reading.suggest(name, [&] { return column_names(csv); });
  if (notes.empty()) notes.push_back(columns_advice(csv));
  reading.error(
      Code::E0325, asked,
      fmt::format("'{}' has no column '{}'", reading.sources[csv.file_start().file].path(), name),
      std::move(notes));
  return std::nullopt;
}

std::string columns_advice(const CsvReader& csv) {
  if (const auto pattern = pattern_of_years(csv))
    return fmt::format("its columns are years: the name \"{}\" stands for all of them", *pattern);
  return fmt::format("its columns are {}", listed(column_names(csv), 8));
}

namespace {

// Whether figures stand where names of columns should: a country beside a number, or nothing but
// numbers and dates.
bool is_row_of_figures(const CsvReader& csv) {
  std::size_t numbers = 0, dates = 0, countries = 0;
  for (const CsvCell& cell : csv.header()) {
    if (row_date(cell.text))
      ++dates;  // a year, too
    else if (is_plain_number(cell.text))
      ++numbers;
    else if (recognise_country(cell.text))
      ++countries;
  }
  return numbers > 0 && (countries > 0 || numbers + dates == csv.header().size());
}

// E0325 where the line read as a header is none.
bool lacks_header(FileId file, const TableForm& form, Span asked, const Reading& reading) {
  Diagnostics ignored;
  const CsvReader csv(reading.sources, file, ignored, form.skip, form.semicolons());
  if (!csv.good() || !is_row_of_figures(csv)) return false;
  reading.error(Code::E0325, asked,
                fmt::format("'{}' begins with figures: {}", reading.sources[file].path(),
                            listed(column_names(csv), 4)),
                {"the first line of a table names its columns: put such a line above this one"});
  return true;
}

}  // namespace

bool header_is_elsewhere(FileId file, const TableForm& form, const std::vector<std::string>& names,
                         Span asked, const Reading& reading) {
  const HeaderLine read = header_after(form.skip, file, form.semicolons(), names, reading);
  if (read.names == names.size()) return false;
  HeaderLine best = read;
  for (std::size_t skip = 0; skip < longest_preamble; ++skip)
    if (const HeaderLine other = header_after(skip, file, form.semicolons(), names, reading);
        other.names > best.names)
      best = other;
  if (best.names == read.names) return read.names == 0 && lacks_header(file, form, asked, reading);
  const std::string& path = reading.sources[file].path();
  const std::string found =
      form.skip == 0 ? fmt::format("the first line of '{}' is no header", path)
      : form.skip == 1
          ? fmt::format("what follows the first line of '{}' is no header", path)
          : fmt::format("what follows the first {} lines of '{}' is no header", form.skip, path);
  reading.error(
      Code::E0325, asked, fmt::format("{}: the header seems to be in line {}", found, best.line),
      {best.line == 1 ? "leave out 'skip'"
                      : fmt::format("skip = {} passes over the lines before it", best.line - 1)});
  return true;
}

std::string listed(const std::vector<std::string>& names, std::size_t most) {
  if (names.size() == 1) return names.front();
  if (names.size() > most + 1)
    return fmt::format("{} and {} more",
                       fmt::join(names.begin(), names.begin() + std::ptrdiff_t(most), ", "),
                       names.size() - most);
  return names.empty() ? ""
                       : fmt::format("{} and {}", fmt::join(names.begin(), names.end() - 1, ", "),
                                     names.back());
}

}  // namespace waystone::scenario
