#include "ask/sources.hpp"

#include "ask/names.hpp"

namespace waystone::ask {

Answer<Sources> sources(const SharedSituation& situation, const SourcesAsking& asking) {
  constexpr std::size_t most_listed = 10;  // countries whose figures people read unasked
  const evaluate::Case& now = *situation->now;
  const auto output = find_output(situation->rules->model, asking.output);
  if (!output) return output.failure;
  const auto chosen = chosen_countries(now, asking.only);
  if (!chosen) return chosen.failure;
  Sources result{situation, {}};
  report::Held& held = result.report.held;
  held.scored = situation->scored(asking.tool);
  held.part = report::Held::Part::sources;
  held.holdings = explain::holdings(now, situation->assessment.views.front().viewpoint,
                                    *output.value, *chosen.value);
  if (asking.all || !asking.only.empty() || chosen.value->size() <= most_listed)
    held.told = *chosen.value;
  result.report.figures = explain::figures(now, held.holdings);
  return result;
}

}  // namespace waystone::ask
