// Verdicts of a comparison as sentences.
#pragma once
#include <string>

#include "explain/compare.hpp"
#include "report/document.hpp"
#include "report/results.hpp"

namespace waystone::report {

/// The word for the country that is higher on an output, and for the other: of risks the riskier,
/// of other outputs the worse or the better.
struct Words {
  std::string higher, lower_becomes;  // "riskier", "the less risky"
};
Words words_of(const model::Node& output);

/// "Ukraine is riskier", "Ukraine is better", "level", "not rated": for one viewpoint, for a
/// table's cell. `by_code`: "UKR is riskier".
std::string verdict_cell(const explain::Comparison& comparison, explain::Verdict verdict,
                         const model::Model& model, bool by_code = false);
/// "gaps under 5 points"; "only equal scores" where the margin is 0.
std::string level_gaps(double margin);
/// "Divided: state sees Ukraine as the riskier, enterprise Belarus."
std::string overall_sentence(const explain::Comparison& comparison, const model::Model& model);
/// One sentence for each pair of viewpoints whose mixes turn the order, or one that none does. ""
/// with one viewpoint.
Document crossover_sentences(const explain::Comparison& comparison, const model::Model& model);

}  // namespace waystone::report
