#include "scenario/year_columns.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace waystone::scenario {

std::string name_in_year(std::string_view pattern, int year) {
  std::string name;
  while (true) {
    const std::size_t at = pattern.find(year_mark);
    name += pattern.substr(0, at);
    if (at == std::string_view::npos) return name;
    name += fmt::format("{:04}", year);
    pattern.remove_prefix(at + year_mark.size());
  }
}

std::vector<int> years_in(const CsvReader& csv, std::string_view pattern) {
  const std::size_t at = pattern.find(year_mark);
  std::set<int> years;
  for (const CsvCell& cell : csv.header()) {
    if (cell.text.size() < at + 4) continue;
    const std::string_view digits = cell.text.substr(at, 4);
    if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
      continue;
    const int year = std::stoi(std::string(digits));
    if (year > 0 && cell.text == name_in_year(pattern, year)) years.insert(year);
  }
  return {years.begin(), years.end()};
}

// A choice of years (every other one, editions) is no row with gaps.
std::vector<int> gaps_in(const std::vector<int>& years) {
  constexpr std::size_t rare = 10;  // one in so many
  std::vector<int> gaps;
  for (std::size_t i = 1; i < years.size(); ++i)
    for (int year = years[i - 1] + 1; year < years[i]; ++year) gaps.push_back(year);
  if (gaps.size() == 1 && years.size() >= 4) return gaps;
  return gaps.size() * rare <= years.size() ? gaps : std::vector<int>{};
}

}  // namespace waystone::scenario
