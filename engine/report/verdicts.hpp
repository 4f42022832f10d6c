// Verdicts of a comparison as sentences.
#pragma once
#include <string>

#include "explain/compare.hpp"
#include "report/document.hpp"
#include "report/results.hpp"

namespace waystone::report {

/// What the higher of two on an output is called and what the other becomes: of risks the riskier,
/// of other outputs the worse or the better.
struct Words {
  std::string higher, lower_becomes;  // "riskier", "the less risky"
};
Words words_of(const model::Node& output);

/// "Ukraine is riskier", "Ukraine is better", "level", "not rated": of one viewpoint, for a table's
/// cell. `by_code`: "UKR is riskier".
std::string verdict_cell(const explain::Comparison& comparison, explain::Verdict verdict,
                         const model::Model& model, bool by_code = false);
/// "gaps under 5 points"; "only equal scores" where the margin is 0.
std::string level_gaps(double margin);
/// "Divided: state sees Ukraine as the riskier, enterprise Belarus."
std::string overall_sentence(const explain::Comparison& comparison, const model::Model& model);
/// One sentence a pair of viewpoints whose mixes turn the order; or that none does. "" with one
/// viewpoint.
Document crossover_sentences(const explain::Comparison& comparison, const model::Model& model);

}  // namespace waystone::report
