#include "scenario/year_columns.hpp"

#include <algorithm>
#include <map>
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

namespace {

bool is_digit_of_year(char c) { return c >= '0' && c <= '9'; }

bool same_letter(char a, char b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
  return small(a) == small(b);
}

bool starts_alike(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), same_letter);
}

// The year behind the start of a pattern, with at most one other character before it; two where the
// pattern starts with the year ("FY2023").
std::optional<int> year_behind(std::string_view name, std::string_view start) {
  constexpr std::size_t most_behind = 32;
  const std::size_t most_before = start.empty() ? 2 : 1;
  if (!starts_alike(name, start)) return std::nullopt;
  name.remove_prefix(start.size());
  const auto digit = std::find_if(name.begin(), name.end(), is_digit_of_year);
  const std::size_t before = std::size_t(digit - name.begin());
  const auto end = std::find_if_not(digit, name.end(), is_digit_of_year);
  const std::size_t behind = std::size_t(name.end() - end);
  if (end - digit != 4 || before > most_before || behind > most_behind) return std::nullopt;
  const int year = std::stoi(std::string(digit, end));
  return year >= 1500 && year <= 2199 ? std::optional(year) : std::nullopt;
}

// "{year} [YR{year}]" for "2019 [YR2019]"; nothing where the name holds no year.
std::optional<std::string> pattern_of(std::string_view name) {
  for (std::size_t at = 0; at + 4 <= name.size(); ++at) {
    if (!is_digit_of_year(name[at])) continue;
    std::size_t end = at;
    while (end < name.size() && is_digit_of_year(name[end])) ++end;
    const std::string_view digits = name.substr(at, end - at);
    if (digits.size() == 4 && digits >= "1500" && digits <= "2199") {
      std::string pattern(name);
      for (std::size_t i = 0; (i = pattern.find(digits, i)) != std::string::npos;
           i += year_mark.size())
        pattern.replace(i, digits.size(), year_mark);
      return pattern;
    }
    at = end;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> pattern_of_years(const CsvReader& csv) {
  constexpr std::size_t fewest = 3;
  std::map<std::string, std::size_t> counts;
  for (const CsvCell& cell : csv.header())
    if (const auto pattern = pattern_of(cell.text)) ++counts[*pattern];
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() || most->second < fewest ? std::nullopt : std::optional(most->first);
}

std::vector<std::pair<int, const CsvCell*>> nearly_years(const CsvReader& csv,
                                                         std::string_view pattern) {
  const std::string_view start = pattern.substr(0, pattern.find(year_mark));
  const std::vector<int> years = years_in(csv, pattern);
  std::vector<std::pair<int, const CsvCell*>> found;
  for (const CsvCell& cell : csv.header()) {
    const auto year = year_behind(cell.text, start);
    if (year && !std::binary_search(years.begin(), years.end(), *year))
      found.emplace_back(*year, &cell);
  }
  return found;
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
