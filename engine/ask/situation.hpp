// A scenario by its rules, as somebody asks for it: with a date, what was known by then, facts put
// in place, one viewpoint; bound, assessed, and beside it what it was before and what branches make
// of it.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ask/answer.hpp"
#include "ask/rules.hpp"
#include "evaluate/assess.hpp"
#include "report/results.hpp"

namespace waystone::ask {

/// What is put in place of what a scenario says.
struct Asking {
  /// The day to score. Alone it also bounds what is known: what became known later is hindsight.
  std::optional<Date> as_of;
  std::optional<Date> known_by;
  std::vector<std::string> settings;  // facts, as "UKR.eu_access=6"
  std::string viewpoint;              // this one alone; "": as the scenario has them
  std::string rules;                  // the rule file where it isn't the scenario's own, else ""
  bool branches = false;              // score them, too
};

/// Owns or shares all that it refers to, and doesn't change.
struct Situation {
  SharedRules rules;
  std::shared_ptr<const SourceMap> sources;
  std::string path, hash;             // of the scenario
  std::vector<std::string> settings;  // as asked
  std::shared_ptr<const evaluate::Case> now;
  std::shared_ptr<const evaluate::Case> before;  // without the settings; null without any
  evaluate::Assessment assessment, assessment_before;
  std::vector<report::BranchResult> branches;  // of the scenario of `now`
  Date own_date;                               // the scenario's, whatever was asked for
  std::vector<report::Replaced> replaced;

  Situation() = default;
  Situation(const Situation&) = delete;  // reports point into it: share it
  Situation& operator=(const Situation&) = delete;
  /// For reports; points into this. `asked`: the factor or output that they are about.
  report::Scored scored(const std::string& tool, NodeId asked = {}) const;
};
using SharedSituation = std::shared_ptr<const Situation>;

/// `scenario`: as `scenario::read_scenario` gave it with the same texts. Warnings are about the
/// choice of data. Fails where a viewpoint or a setting is wrong, where facts may not be missing,
/// and where the scenario of the previous ratings is faulty.
Answer<SharedSituation> situation(const SharedRules& rules, scenario::Scenario scenario,
                                  const Asking& asking, const Texts& texts);

/// W0340 where a scenario's `previous` was rated after its own date.
void warn_of_later_rating(Span where, Date as_of, Date rated, Diagnostics& diagnostics);

}  // namespace waystone::ask
