// What scores rest on that nobody measured: judged and expected figures, values that the rules fill
// in, figures carried from earlier dates, overrides, and what the rules themselves were given by
// judgement; with whoever answers for it, and how much of the scores rests on it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::explain {

enum class AssumptionKind {
  // of one country's facts
  judged,    // a figure that somebody judged
  expected,  // a forecast, or what somebody expects
  assumed,   // filled in: `missing assume`
  typical,   // filled in: `missing typical of`
  carried,   // a figure of over a year before, `missing carry forward`
  override_points,
  // of the rules
  weights,      // of a viewpoint
  combination,  // how a factor or output puts its parts together, its own weights, its bands
  scale,        // goalposts, levels, knots of an indicator or derived value
  parameter,
  floor,    // a rule with a floor (`at least`)
  cap,      // a rule with a cap (`at most`)
  rule,     // another rule
  absence,  // what stands in for a missing value: an indicator's policy, `reweight`
};
std::string_view word_of(AssumptionKind kind);
/// Whether it is about one country and not about the rules.
bool is_of_country(AssumptionKind kind);

struct Assumption {
  AssumptionKind kind = AssumptionKind::judged;
  std::string country;  // "": of the rules
  NodeId node;          // the indicator, factor, parameter; invalid of a rule and a viewpoint
  RuleId rule;
  ViewpointId viewpoint;
  const data::Chosen* fact = nullptr;              // of a country's fact
  const scenario::Override* adjustment = nullptr;  // of an override that applies
  std::string by, because;                         // "" where nobody is named
  std::optional<Date> on, review;                  // judged on; to be reviewed, or ends
  Span where;
  /// Share of the output's weight that rests on it, 0..1: of the country, or the mean over all that
  /// are asked about. NaN of rules and overrides, which carry no weight.
  double share = 0;
  /// What it moves the output by, points: of the country, or the mean over those asked about. NaN
  /// where it isn't a rule or override.
  double points = 0;
  std::size_t countries = 0;  // on which it bears: with such a figure, or for which the rule holds
};

/// How a country's score rests on what was not measured: shares of its weight, 0..1.
struct Resting {
  std::string code;
  double judged = 0, expected = 0, filled = 0, carried = 0, missing = 0;
};

struct Assumptions {
  NodeId output;
  ViewpointId viewpoint;           // whose weights; invalid where the model has none
  std::vector<Resting> countries;  // those asked about, in order of code
  Resting mean;                    // over them
  std::vector<Assumption> all;     // by kind; then most weight or points first, then by name
  std::size_t idle_policies = 0;   // indicators whose missing policy nobody needed
};

/// `view`: results of the case from that viewpoint. `countries`: codes of the case, ascending.
Assumptions assumptions(const evaluate::Case& scenario_case, const evaluate::ViewResult& view,
                        NodeId output, const std::vector<std::string>& countries);

}  // namespace waystone::explain
