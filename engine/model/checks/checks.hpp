// The table of checks. Each file holds one check: it looks at one kind of fault, alone, and says it
// through the draft.
#pragma once
#include <span>
#include <string_view>

#include "model/draft.hpp"

namespace waystone::model {

struct Check {
  std::string_view name;
  void (*run)(Draft& draft);
};

std::span<const Check> all_checks();

/// A reason, name or anchor that says nothing.
inline bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

void check_bands(Draft& draft);           // E0280 E0281
void check_circumstances(Draft& draft);   // E0282 E0283 E0284: outputs and the model's defaults
void check_combinations(Draft& draft);    // E0220 to E0223, E0225 E0226 E0270
void check_beyond_scale(Draft& draft);    // W0205
void check_conditions(Draft& draft);      // E0275 E0276
void check_contradictions(Draft& draft);  // W0202
void check_countries(Draft& draft);       // E0204
void check_curves(Draft& draft);          // E0243 to E0248, E0253
void check_effects(Draft& draft);         // E0271 to E0274
void check_examples(
    Draft& draft);  // E0201 E0203 in examples and groups, E0232 E0233 E0285 in examples
void check_indicator_units(Draft& draft);  // E0240 E0258
void check_labels(Draft& draft);           // E0207
void check_levels(Draft& draft);           // E0246 E0249 E0250 E0251 E0270
void check_limits(Draft& draft);           // E0225 E0290 to E0293: limits and ties of weights
void check_members(Draft& draft);          // E0214 to E0217, E0219, E0224
void check_missing(Draft& draft);          // E0241 E0252 E0270
void check_parameters(Draft& draft);       // E0256 E0257
void check_provenance(Draft& draft);       // E0260
void check_ranges(Draft& draft);           // E0242
void check_reserved(Draft& draft);         // E0205
void check_rules(Draft& draft);            // E0270
void check_standing_still(Draft& draft);   // W0206
void check_unused(Draft& draft);           // W0201
void check_viewpoints(Draft& draft);       // E0213
void check_weights(Draft& draft);          // E0210 E0211 E0212

}  // namespace waystone::model
