// Names of columns that hold a year: "{year} [YR{year}]" stands for "2019 [YR2019]" and its like.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/csv.hpp"

namespace waystone::scenario {

inline constexpr std::string_view year_mark = "{year}";

inline bool has_year(std::string_view pattern) {
  return pattern.find(year_mark) != std::string_view::npos;
}

/// The name that a pattern gives for a year.
std::string name_in_year(std::string_view pattern, int year);

/// The years, in order, for which the header has a column of that pattern.
std::vector<int> years_in(const CsvReader& csv, std::string_view pattern);

/// Columns whose names differ little from the pattern with a year that has no column ("2023.0",
/// "hdi_2023/24"), by that year.
std::vector<std::pair<int, const CsvCell*>> nearly_years(const CsvReader& csv,
                                                         std::string_view pattern);

/// The years that break an otherwise unbroken row of years; none where the row is no such row.
std::vector<int> gaps_in(const std::vector<int>& years);

/// The pattern of most columns that hold a year; nothing where fewer than three share one.
std::optional<std::string> pattern_of_years(const CsvReader& csv);

}  // namespace waystone::scenario
