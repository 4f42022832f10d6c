// Where the difference of two countries comes from: the middle of `compare`.
#pragma once
#include "report/explained.hpp"

namespace waystone::report {

/// By part, by fact and rule, and what rules hold; empty where nothing differs.
Document differences_text(const Compared& compared);

}  // namespace waystone::report
