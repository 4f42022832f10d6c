// Verdicts of a comparison as sentences.
#pragma once
#include <string>

#include "explain/compare.hpp"
#include "report/document.hpp"
#include "report/results.hpp"

namespace waystone::report {

/// What those with the higher and the better scores of a factor or output are called: by its own
/// word for worse, or worse and better.
struct Words {
  std::string higher;   // "riskier"; "better" where higher is better
  std::string highest;  // "the riskiest"
  std::string better;   // of two: "the less risky"
  std::string best;     // of all: "the least risky"
};
Words words_of(const model::Node& node);

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
