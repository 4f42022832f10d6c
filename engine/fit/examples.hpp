// Example orderings and levels as requirements on weights. "risk(UKR) > risk(BLR) by 12" requires
// 12 points between two scores.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "weights/requirements.hpp"

namespace waystone::fit {

/// One statement about scores: from a judgement file, a scenario's expectations or a rule file's
/// examples.
struct Statement {
  model::Assertion assertion;
  std::string text;  // as written
  std::string because;
  Span where;
  const evaluate::Case* scenario_case = nullptr;  // in which its countries are scored
};

/// The case of another scenario, for `in "FILE"`; null if it can't be opened.
using FindCase = std::function<const evaluate::Case*(const std::string& path)>;

/// A statement that gives no requirement.
struct LeftOut {
  std::string text;
  Span where;
  std::string why;  // one clause
};

struct Translation {
  std::vector<weights::Subject> subjects;
  std::vector<weights::Requirement> requirements;
  std::vector<std::size_t> statement;  // by requirement: the statement it comes from
  std::vector<LeftOut> left_out;       // those that say nothing linear about scores
};

/// A strict ordering or the upper edge of a band requires at least this many points, so that no
/// rounding turns it.
inline constexpr double strict_points = 0.01;

/// Orderings, gaps, chains, `between`, `within N of`, levels and bands (by plain edges) over sums
/// and differences of scores become requirements; ranks, verdicts over viewpoints, rules,
/// attributions and anything that multiplies or chooses among scores are left out.
Translation translate(const model::Model& model, const std::vector<Statement>& statements,
                      const FindCase& find_case);

}  // namespace waystone::fit
