// Pages of a validation pack that no other verb prints.
#pragma once
#include <string>
#include <vector>

#include "report/document.hpp"
#include "report/results.hpp"

namespace waystone::report {

/// A file of a pack and what it holds, in words.
struct PackEntry {
  std::string name, holds;
};

/// The page that a stranger opens first: what is here, and how to check that it is whole.
Document pack_index(const Scored& scored, const std::vector<PackEntry>& entries);
/// What the scores are for, what they are made of, and what they can't say.
/// `tested`: the pack has a back-test.
Document pack_purpose(const Scored& scored, bool tested);
/// The tree with its weights, and every rule: when, then, why, whose.
Document pack_method(const Scored& scored);
/// Each override with the score with and without it.
Document pack_overrides(const Scored& scored);
/// A page that says below its title what the command line put in place, unless the title does.
/// `of_files`: that is not in the page, which is about the files as they are.
Document pack_page(const Scored& scored, const Document& page, bool of_files);
/// Says that nothing was tested against what happened.
Document pack_without_backtest(const Scored& scored);

}  // namespace waystone::report
