#include "ask/assumptions.hpp"

#include "ask/names.hpp"

namespace waystone::ask {

Answer<Assumptions> assumptions(const SharedSituation& situation, const AssumptionsAsking& asking) {
  constexpr std::size_t most_listed = 6;  // countries told fact by fact unasked
  const evaluate::Case& now = *situation->now;
  const auto output = find_output(situation->rules->model, asking.output);
  if (!output) return output.failure;
  const auto chosen = chosen_countries(now, asking.only);
  if (!chosen) return chosen.failure;
  Assumptions result{situation, {}};
  result.report.scored = situation->scored(asking.tool, *output.value);
  result.report.found =
      explain::assumptions(now, situation->assessment.views.front(), *output.value, *chosen.value);
  result.report.one_by_one =
      asking.all || !asking.only.empty() || chosen.value->size() <= most_listed;
  return result;
}

}  // namespace waystone::ask
