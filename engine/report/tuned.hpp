// `tune`: new weights beside old ones, what each judgement does, what it means for scenarios.
#pragma once
#include <string>
#include <vector>

#include "fit/tune.hpp"
#include "report/document.hpp"
#include "report/json.hpp"

namespace waystone::report {

/// What the new weights do to the output in one scenario.
struct TuneEffect {
  struct Country {
    std::string code;
    double before = 0, after = 0;           // NaN: not rated
    std::string band_before, band_after;    // by plain edges
    std::string marks_before, marks_after;  // report/marks.hpp
  };
  std::string path, title;
  std::vector<Country> countries;
  std::string previous;  // path of ratings that the scenario's own bands keep to; "" for none
};

struct TuneReport {
  const SourceMap* sources = nullptr;
  std::string tool;
  ModelStamp model;
  std::string judgements, title,
      hash;  // of the judgement file; "" where only importance is reported
  const model::Model* rules = nullptr;
  const weights::Group* group = nullptr;
  std::string viewpoint;  // "" where the group's weights are the node's own
  NodeId output;
  std::vector<std::string> now;       // numerals of today, by member
  const fit::Tuned* tuned = nullptr;  // null where only importance is reported
  fit::ImportanceReport importance;
  std::vector<TuneEffect> effects;
  int digits = 0;                    // of the output's scores
  std::vector<std::string> changed;  // "rules/x.risk:14", of each numeral that changes
  bool written = false;              // the rule files have been changed
};

Document tuned_text(const TuneReport& report);
/// docs/schema/tune.md
Json tuned_json(const TuneReport& report);

}  // namespace waystone::report
