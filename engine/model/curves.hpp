// Curves from their trees: goalposts, knots, steps; levels, codes and yes/no become knots. Private
// to this room.
#pragma once
#include "model/draft.hpp"

namespace waystone::model {

/// A written curve for values in `unit`.
Curve build_curve(Draft& draft, const syntax::Curve& tree, Unit unit);
/// The curve of a list of levels: from the first (0) to the last (100), or turned round, through
/// the scores that are written.
Curve build_level_curve(const syntax::Levels& tree);
/// The curve of codes, in the order of `codes`; nothing where no code has a score.
std::optional<Curve> build_code_curve(const syntax::Levels& tree,
                                      const std::vector<syntax::Name>& codes);

}  // namespace waystone::model
