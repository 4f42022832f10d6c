// Bulk figures from CSV files: long (a row a fact) and wide (a column an indicator).
#pragma once
#include "scenario/facts.hpp"

namespace waystone::scenario {

/// Where figures go, and by which rules they are read.
struct FigureTarget {
  const std::string& scenario_path;
  const CountryRule& countries;
  const Attributes& defaults;
  std::map<std::string, Facts>& facts;
  std::vector<FileId>& files;
};

/// `data = ["figures.csv"]`
void read_long(const std::string& path, Span asked, const FigureTarget& target, const Reading& reading);
/// One `[[wide]]` table.
void read_wide(const Value& table, const FigureTarget& target, const Reading& reading);

/// A date as tables of figures write it: "2015-06-30", or a year, which means its last day, since a figure for a year is not true before the
/// year is over. E0304 for anything else.
std::optional<Date> row_date(std::string_view text, Span where, const Reading& reading);

}  // namespace waystone::scenario
