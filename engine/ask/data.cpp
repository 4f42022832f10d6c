#include "ask/data.hpp"

#include <algorithm>

#include "ask/names.hpp"

namespace waystone::ask {

Answer<Data> data(const SharedSituation& situation, const DataAsking& asking) {
  const evaluate::Case& now = *situation->now;
  for (const std::string& code : asking.countries)
    if (auto failure = not_scored(now, code)) return std::move(*failure);
  const auto output = find_output(situation->rules->model, asking.output);
  if (!output) return output.failure;
  std::vector<std::string> countries = asking.countries;
  std::sort(countries.begin(), countries.end());
  countries.erase(std::unique(countries.begin(), countries.end()), countries.end());
  const bool tells = !countries.empty() || asking.all;
  if (countries.empty()) countries = now.countries;
  Data result{situation, {}};
  result.report.scored = situation->scored(asking.tool);
  result.report.holdings = explain::holdings(now, situation->assessment.views.front().viewpoint,
                                             *output.value, countries);
  if (tells) result.report.told = std::move(countries);
  result.report.part = asking.part;
  return result;
}

}  // namespace waystone::ask
