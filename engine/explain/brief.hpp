// One country from one viewpoint, as a committee asks about it: what weighs, what holds, what would
// change the answer, and how it came here.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "explain/assumptions.hpp"
#include "explain/holdings.hpp"
#include "explain/influence.hpp"
#include "explain/movement.hpp"

namespace waystone::explain {

/// Points: what moves an output by less is not worth a sentence.
inline constexpr double least_told_event = 0.5;

/// A fact or derived value that a part reads.
struct BriefLeaf {
  NodeId node;
  double score = 0;  // 0 best to 100 worst
  double worth = 0;  // points by which the output is better with it at its best
};

/// A part of the output.
struct BriefPart {
  NodeId node;
  double value = 0;               // its score
  double share = 0;               // of the output's weight, 0..1
  bool reweighted = false;        // from part of its weight
  double worth = 0;               // points by which the output is better with it at its best
  double unheld = 0;              // the same without the floors and caps that hold it then
  double at_best = 0;             // the output then
  std::vector<BriefLeaf> leaves;  // of all that it is made of: most worth first, then by name
};

/// One comparison of a rule's condition: "battle_deaths >= 25".
struct BriefAsk {
  NodeId node;  // an indicator or derived value
  model::Op op = model::Op::equal;
  double threshold = 0;  // in the node's unit; of yes/no 1 or 0
};

/// A rule that does not hold, and what the output would be if it did, all else as it is.
struct BriefEvent {
  RuleId rule;
  double to = 0, points = 0;   // the output then, and how far it moves
  std::string band;            // then; "" without bands
  std::vector<BriefAsk> asks;  // all of them together, if the condition is of that form; else empty
  bool undecided = false;      // nobody knows whether it holds
};

/// A rule that holds and moves the output.
struct BriefRule {
  RuleId rule;
  double points = 0;  // the output minus the output without it
};

/// A rule that holds, and whose floors or caps keep the output from being better, however good a
/// part is.
struct BriefHold {
  RuleId rule;
  std::vector<NodeId> facts;  // that its condition reads, in its order
  std::vector<Hold> holds;    // those on the output first, then by place in the rule
  double points = 0;          // the output minus the output without the rule
  double hides = 0;           // points: the most that a part's worth is less for it
};

/// Where a country stood on an earlier date.
struct BriefPast {
  Date date;
  double value = evaluate::unknown_value;
};

struct Brief {
  std::string country;
  NodeId output;
  ViewpointId viewpoint;
  const evaluate::CountryResult* result = nullptr;  // of the assessment
  std::size_t rank = 0, rated = 0;                  // 0: not rated; how many are
  std::size_t level = 0;                            // others that are level with it
  std::vector<NodeId> unscored;                     // parts without a score, as the rules have them
  double unscored_share = 0;                        // of the output's weight
  std::vector<BriefPart> parts;                     // most worth first, then most unheld
  std::vector<BriefRule> acting;                    // most points first
  std::vector<BriefHold> holding;                   // on the output first, then by points
  std::vector<BriefEvent> worse;  // those that would make it worse, furthest first
  CountryHoldings held;
  Resting rests;
  /// The owner of most of the judged weight, and their share of the output's weight.
  std::string judge;
  double judge_share = 0;
  std::vector<BriefPast> past;          // ascending, the last is the date itself; one or more
  std::optional<Movement> since_first;  // from the first of `past` with a value to now
  /// The largest step from one date to the next, its place in `past` (where it came to) and what
  /// moved it.
  std::optional<std::pair<std::size_t, Movement>> largest_step;
};

/// How two countries stood to each other on earlier dates, both rated.
struct PairPast {
  std::size_t dates = 0, first_higher = 0, second_higher = 0;  // the rest are level, by the margin
  /// The two dates between which the order last turned, from one beyond the margin to the other.
  std::optional<std::pair<Date, Date>> turned;
};
/// Of two briefs of the same days, without the last; `margin`: gaps under it are level.
PairPast pair_past(const Brief& first, const Brief& second, double margin);

/// `view`: results of `days.back()`, all of them the same scenario and rules on dates that ascend.
/// `separate`: the rules' program compiled with Sharing::separate.
Brief brief(const std::vector<const evaluate::Case*>& days, const evaluate::ViewResult& view,
            const program::Program& separate, NodeId output, const std::string& country);

}  // namespace waystone::explain
