// With how many digits after the point scores are printed. A reader must see what the figures say:
// an order that the table shows, a band that a score lies in, a gap below a margin; and no digits
// that say nothing.
#pragma once
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::evaluate {

/// Most digits that neighbours in a ranking and edges of bands ask for.
inline constexpr int most_asked_digits = 3;

/// Digits of one factor or output where `lists` are printed, each the scores of several countries
/// from one viewpoint (NaN: not rated). Those the rule file declares; else as many as its rounding
/// and the margins of the model have, as leave no two scores of different rank or band alike and
/// put no score into another band, and as give scores that are all below 1 two digits that count.
int digits_for(const model::Model& model, NodeId node,
               const std::vector<std::vector<double>>& lists);

/// The same where two scores are compared: a gap that is level must not look like one that is not.
int digits_for_gap(const model::Model& model, NodeId node, double first, double second, int digits);

/// By NodeId, of everything that these results print: of outputs, and a factor that is `asked`
/// about, as `digits_for`; other factors, and scores of facts, have what they declare or what the
/// outputs have, of several the one with the fewest.
std::vector<int> digits_of(const model::Model& model, const std::vector<const Assessment*>& results,
                           NodeId asked = {});

}  // namespace waystone::evaluate
