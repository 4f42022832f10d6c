// Bulk figures from CSV files: long (a row a fact) and wide (a column an indicator).
#pragma once
#include "base/period.hpp"
#include "scenario/facts.hpp"
#include "scenario/table_form.hpp"

namespace waystone::scenario {

/// The countries that `countries` lists; without a list every one that is named anywhere.
struct Asked {
  bool listed = false;
  std::vector<std::string> codes;  // in order
  bool narrowed =
      false;  // by a file that extends the one with the tables, which were made for more
  bool contains(std::string_view code) const;
};

/// Where figures go, and by which rules they are read.
struct FigureTarget {
  const std::string& scenario_path;
  const CountryRule& countries;
  const Asked& asked;
  const Attributes& defaults;
  std::map<std::string, Facts>& facts;
  std::vector<FileId>& files;
  std::vector<Fault>& faults;
  std::vector<LeftOut>& left_out;
  std::map<std::string, Span>& named;  // where tables first name a country
};

/// A table with one fact a row: one entry of `data`.
void read_long(const Said<std::string>& file, const TableForm& form, const FigureTarget& target,
               const Reading& reading);
/// One `[[wide]]` table.
void read_wide(const Value& table, const FigureTarget& target, const Reading& reading);

/// Whether rules read an indicator of partners, which needn't be scored.
bool is_read_of_partners(const model::Model& model, NodeId indicator);

/// A date as tables of figures write it: a day, or a longer period (docs: base/period.hpp), which
/// means its last day, since a figure for a year is not true before the year is over.
std::optional<Date> row_date(std::string_view text);
/// The cause of a fault begins so where its text may be a publisher's marker for no value, and the
/// text follows.
inline constexpr std::string_view marker_cause = "'";
/// A figure that `quantify` refused, with what it said. `text`: of its cell, which stands as the
/// label until the fault is told.
Fault fault_of(std::string country, const model::Node& node, NodeId indicator, Datum datum,
               std::string_view text, const Diagnostics& wrong);
/// E0303 for an end of a range beside an empty value.
Diagnostic range_without_value(Span where, std::string_view indicator);
/// E0304 for a cell that `row_date` can't read, of a row about that country.
Diagnostic no_date(std::string_view text, Span where, std::string_view country);

}  // namespace waystone::scenario
