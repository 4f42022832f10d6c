// What each rule changes if it holds, and what it would change if that is unknown.
#pragma once
#include "evaluate/assess.hpp"

namespace waystone::evaluate {

/// Fills in RuleResult::binding, moved, would_move and EffectResult::without of a view. Its values,
/// truths and amounts must be there. `frame`: the view's.
void mark_rule_effects(const Case& scenario_case, const Frame& frame, ViewResult& view);

}  // namespace waystone::evaluate
