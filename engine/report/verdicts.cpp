#include "report/verdicts.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "report/document.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::Comparison;
using explain::Overall;
using explain::Verdict;

const std::string& named(const Comparison& comparison, Verdict verdict) {
  return verdict == Verdict::first ? comparison.first : comparison.second;
}

std::vector<std::string> views_with(const Comparison& comparison, Verdict verdict) {
  std::vector<std::string> names;
  for (const explain::ViewComparison& view : comparison.views)
    if (view.verdict == verdict) names.push_back(view.name);
  return names;
}

std::string level(const Comparison& comparison) {
  const bool one = comparison.views.size() == 1;
  if (comparison.margin == 0)
    return one ? "Level: the scores are equal." : "Level: the scores are equal in every viewpoint.";
  double largest = 0;
  for (const explain::ViewComparison& view : comparison.views)
    largest = std::max(largest, std::abs(view.gap));
  if (in_units(largest, 0) >= comparison.margin)  // the table shows it rounded up to the margin
    return fmt::format("Level: the {}gap of {} is under {}.", one ? "" : "largest ",
                       fixed(largest, 2), written_points(comparison.margin));
  return fmt::format("Level: {} a gap of {} or more.", one ? "there is not" : "no viewpoint sees",
                     written_points(comparison.margin));
}

// Level as they stand, and not without the cut.
std::string cut_level(const Comparison& comparison) {
  const bool equal = std::all_of(comparison.views.begin(), comparison.views.end(),
                                 [](const auto& view) { return tie(view.first, view.second); });
  return equal
             ? "The scale doesn't tell them apart: cut to it, they are equal."
             : fmt::format("The scale doesn't tell them apart: cut to it, they are under {} apart.",
                           written_points(comparison.margin));
}

std::string divided(const Comparison& comparison, const Words& words) {
  std::vector<std::string> parts;
  for (const Verdict verdict : {Verdict::first, Verdict::second}) {
    const auto views = views_with(comparison, verdict);
    if (!views.empty())
      parts.push_back(fmt::format("{} {} {} as the {}", joined(views),
                                  views.size() == 1 ? "sees" : "see",
                                  country_title(named(comparison, verdict)), words.higher));
  }
  if (const auto views = views_with(comparison, Verdict::level); !views.empty())
    parts.push_back(
        fmt::format("{} {} it level", joined(views), views.size() == 1 ? "calls" : "call"));
  if (const auto views = views_with(comparison, Verdict::cut); !views.empty())
    parts.push_back(fmt::format("{} can't tell, since the scale cuts", joined(views)));
  return joined(parts, ", ");
}

std::string turning(const Comparison& comparison, const explain::Crossover& crossover,
                    const model::Node& output, const Words& words) {
  if (crossover.shares.size() > 1) {
    std::vector<std::string> shares;
    for (const double share : crossover.shares) shares.push_back(percent(share));
    return fmt::format("The order turns more than once where {} has {} of the weight against {}.",
                       crossover.to, joined(shares), crossover.from);
  }
  const bool first_turns_better =
      crossover.at_from_first_higher != output.factor().higher_is_better;
  return fmt::format("{} becomes {} where {} has more than {} of the weight against {}.",
                     country_title(first_turns_better ? comparison.first : comparison.second),
                     words.better, crossover.to, percent(crossover.shares.front()), crossover.from);
}

// By the viewpoint that doesn't rate it.
std::string lapsing(const explain::Lapse& lapse) {
  const std::string country = country_title(lapse.country);
  if (lapse.shares.size() > 1)
    return fmt::format("{} is rated by some mixes of {} and {} alone.", country, lapse.from,
                       lapse.to);
  const double share = lapse.shares.front();
  return lapse.rated_at_from
             ? fmt::format("{} isn't rated where {} has more than {} of the weight against {}.",
                           country, lapse.to, percent(share), lapse.from)
             : fmt::format("{} isn't rated where {} has more than {} of the weight against {}.",
                           country, lapse.from, percent(1 - share), lapse.to);
}

}  // namespace

Words words_of(const model::Node& node) {
  if (node.factor().higher_is_better) return {"better", "the best", "the better", "the best"};
  const auto& [more, most, plain] = node.factor().worse;
  return {.higher = more.empty() ? "worse" : more,
          .highest = most.empty() ? "the worst" : "the " + most,
          .better = plain.empty() ? "the better" : "the less " + plain,
          .best = plain.empty() ? "the best" : "the least " + plain};
}

std::string verdict_cell(const Comparison& comparison, Verdict verdict, const model::Model& model,
                         bool by_code) {
  if (verdict == Verdict::level) return "level";
  if (verdict == Verdict::cut) return "not told apart";
  if (verdict == Verdict::not_rated) return "not rated";
  const std::string& code = named(comparison, verdict);
  return fmt::format("{} is {}", by_code ? code : country_title(code),
                     words_of(model[comparison.output]).higher);
}

std::string level_gaps(double margin) {
  return margin == 0 ? "only equal scores" : fmt::format("gaps under {}", written_points(margin));
}

std::string overall_sentence(const Comparison& comparison, const model::Model& model) {
  const Words words = words_of(model[comparison.output]);
  const bool one = comparison.views.size() == 1;
  switch (comparison.overall) {
    case Overall::agreed:
      return fmt::format("{}{} is the {}{}.", one ? "" : "Agreed: ",
                         country_title(named(comparison, comparison.views.front().verdict)),
                         words.higher, one ? "" : " in every viewpoint");
    case Overall::level: return level(comparison);
    case Overall::cut: return cut_level(comparison);
    case Overall::divided: return fmt::format("Divided: {}.", divided(comparison, words));
    case Overall::not_rated: break;
  }
  return "No verdict: at least one side is not rated.";
}

Document crossover_sentences(const Comparison& comparison, const model::Model& model) {
  if (comparison.crossovers.empty()) return {};
  const bool all_rated = comparison.overall != Overall::not_rated;
  const model::Node& output = model[comparison.output];
  const Words words = words_of(output);
  Document text;
  bool any = false;
  for (const explain::Crossover& crossover : comparison.crossovers) {
    if (crossover.shares.empty()) continue;
    any = true;
    text += paragraph(turning(comparison, crossover, output, words));
  }
  if (!any)
    text =
        paragraph(all_rated ? "No mix of two viewpoints turns the order."
                            : "No mix of two viewpoints by which both are rated turns the order.");
  for (const explain::Lapse& lapse : comparison.lapses) text += paragraph(lapsing(lapse));
  return text;
}

}  // namespace waystone::report
