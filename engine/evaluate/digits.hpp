// How many digits after the point scores print with. A reader must see what the figures say: an
// order that the table shows, a band that a score lies in, a gap below a margin. Digits beyond that
// say nothing.
#pragma once
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::evaluate {

/// Most digits that neighbours in a ranking and edges of bands ask for.
inline constexpr int most_asked_digits = 3;

/// Digits of one factor or output for printing `lists`, each the scores of several countries from
/// one viewpoint (NaN: not rated). The rule file may declare them. Otherwise they are as many as
/// its rounding and the margins of the model have. They leave no two scores of different rank or
/// band alike, and put no score into another band. Scores that are all below 1 get two significant
/// digits.
int digits_for(const model::Model& model, NodeId node,
               const std::vector<std::vector<double>>& lists);

/// The same for comparing two scores: a level gap must not look like one that is not.
int digits_for_gap(const model::Model& model, NodeId node, double first, double second, int digits);

/// By NodeId, for everything that these results print. Outputs, and a factor that is `asked` about,
/// as `digits_for`. Other factors, and scores of facts, have the digits that they declare, or else
/// those of the output with the fewest.
std::vector<int> digits_of(const model::Model& model, const std::vector<const Assessment*>& results,
                           NodeId asked = {});

}  // namespace waystone::evaluate
