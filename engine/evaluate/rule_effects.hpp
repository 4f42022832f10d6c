// What each rule changes where it holds, and would change where that is not known.
#pragma once
#include "evaluate/assess.hpp"

namespace waystone::evaluate {

/// Fills in RuleResult::binding, moved, would_move and EffectResult::without of a view, whose
/// values, truths and amounts are there. `frame`: the view's.
void mark_rule_effects(const Case& scenario_case, const Frame& frame, ViewResult& view);

}  // namespace waystone::evaluate
