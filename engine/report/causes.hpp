// Why something is not rated or can't be decided, in words and as JSON.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "explain/causes.hpp"
#include "report/json.hpp"

namespace waystone::report {

/// One clause: `a and b are not known; "Debt over exports" has no result: exports is 0
/// (model.risk:14)`. Names at most `most` unknown facts. "" if there is no cause.
std::string because_words(const std::vector<explain::Cause>& causes,
                          const evaluate::Case& scenario_case, const SourceMap& sources,
                          std::size_t most = 8);
/// The same for a rule that is left out; unknown facts appear as what would decide it: "last_war
/// would decide it".
std::string undecided_words(const std::vector<explain::Cause>& causes,
                            const evaluate::Case& scenario_case, const SourceMap& sources,
                            std::string_view would);
/// The value that leaves a calculation without a result: "exports is 0".
std::string trouble_words(const explain::Cause& cause, const evaluate::Case& scenario_case,
                          const SourceMap& sources);
/// Why the output of some of these countries has no value: "Czechia and Poland: risk is not rated,
/// because …", one line for each reason.
std::vector<std::string> not_rated_lines(const Scored& scored, ViewpointId viewpoint,
                                         const std::vector<std::string>& countries, NodeId output);
/// The names of facts, parameters and calculated values; for a rule's amount, the name of the rule.
/// Each once.
std::vector<std::string> names_of(const model::Model& model,
                                  const std::vector<explain::Cause>& causes);
/// The kinds of the causes: "something it needs is not known or has no result".
std::string kinds_words(const std::set<explain::CauseKind>& kinds);

/// Around a date on which the parameter is not in force: "before 2010-01-01", "after 2016-11-30",
/// "between 2011-12-31 and 2015-01-01".
struct NotInForce {
  std::string when;
  Span where;  // of the entry that begins or ends it
};
NotInForce not_in_force(const model::Parameter& parameter, Date as_of);

/// docs/schema/score.md
Json causes_json(const std::vector<explain::Cause>& causes, const evaluate::Case& scenario_case,
                 const SourceMap& sources);

}  // namespace waystone::report
