// Belarus or Ukraine? Per viewpoint the gap, its parts and the rules; over viewpoints the verdict
// and where the order turns.
#pragma once
#include <string>
#include <vector>

#include "explain/attribution.hpp"

namespace waystone::explain {

// Which of the two is higher on the output. `cut`: level only since one or both were cut to the
// scale, so the scale doesn't tell them apart.
enum class Verdict { first, second, level, cut, not_rated };
enum class Overall { agreed, divided, level, cut, not_rated };
std::string_view word_of(Verdict verdict);
std::string_view word_of(Overall overall);

/// Of two scores, NaN where not rated: level where they tie or are nearer than the margin, in
/// decimals.
Verdict verdict_of(double first, double second, double margin);
/// Of two results by their scores as they stand; `cut` where they are level, and uncut would not
/// be.
Verdict verdict_of(const evaluate::NodeResult& first, const evaluate::NodeResult& second,
                   double margin);
/// Over viewpoints. Agreed: all say the same; level or cut: none sees a gap; else divided.
Overall overall_of(const std::vector<Verdict>& verdicts);

struct ViewComparison {
  ViewpointId viewpoint;
  std::string name;
  double first = 0, second = 0, gap = 0;  // gap = second - first, points; NaN where not rated
  double uncut_gap = 0;  // the same had neither been cut to its scale by the last step
  Verdict verdict = Verdict::not_rated;
  std::optional<Attribution> attribution;  // from first to second
  std::optional<Unsplit> unsplit;          // why there is none, where both are rated
};

/// A mix of two viewpoints: weights (1 - share) of `from` + share of `to`, both scaled to 100%.
struct Crossover {
  std::string from, to;
  std::vector<double> shares;         // of `to`, where the order turns; ascending; to 1e-9
  bool at_from_first_higher = false;  // which is higher at share 0
};

/// A mix of two viewpoints on the way of which one of the countries stops being rated, or begins.
struct Lapse {
  std::string from, to, country;
  std::vector<double> shares;  // of `to`, as in Crossover
  bool rated_at_from = false;
};

struct Comparison {
  NodeId output;
  std::string first, second;
  double margin = 5;  // gaps under it are level
  std::vector<ViewComparison> views;
  Overall overall = Overall::not_rated;
  std::vector<Crossover>
      crossovers;             // of every pair of viewpoints of which one at least rates both
  std::vector<Lapse> lapses;  // of the same pairs
};

/// The same scores without overrides, verdicts only. Nothing if no override moves either of them.
std::optional<Comparison> without_overrides(const Comparison& comparison,
                                            const evaluate::Assessment& assessment);

/// Without `attributed` the verdicts only: no attributions, no crossovers.
Comparison compare(const evaluate::Case& scenario_case, const evaluate::Assessment& assessment,
                   const program::Program& separate, NodeId output, const std::string& first,
                   const std::string& second, bool attributed = true);

/// The scores of two countries with every member of the output weighing the same.
struct EqualWeights {
  double first = evaluate::unknown_value, second = evaluate::unknown_value;
};
/// Under one of the viewpoints: what others weigh differently than it stays so. Nothing if the
/// output takes no weights from viewpoints.
std::optional<EqualWeights> equal_weights(const evaluate::Case& scenario_case,
                                          ViewpointId viewpoint, NodeId output,
                                          const std::string& first, const std::string& second);

/// Fills in crossovers and lapses of a comparison's viewpoints.
void add_crossovers(const evaluate::Case& scenario_case, Comparison& comparison);

}  // namespace waystone::explain
