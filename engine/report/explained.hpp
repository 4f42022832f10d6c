// What `explain` and `compare` report on.
#pragma once
#include <map>

#include "explain/compare.hpp"
#include "explain/influence.hpp"
#include "explain/ledger.hpp"
#include "explain/strengths.hpp"
#include "report/document.hpp"
#include "report/json.hpp"
#include "report/pieces.hpp"
#include "robust/study.hpp"

namespace waystone::report {

struct ExplainedView {
  const evaluate::ViewResult* view = nullptr;
  const evaluate::ViewResult* before =
      nullptr;  // without the settings of the command line; null without any
  std::map<NodeId, explain::AtBest> at_best;  // by node
  std::map<NodeId, std::map<NodeId, explain::AtBest>>
      at_best_within;  // of the view told: the same for factors whose facts are told, not their
                       // parts
  std::map<NodeId, std::vector<explain::StrengthEffect>> strengths,
      strengths_before;  // by factor; before: as `before`
  explain::Ledger ledger;
};

struct Explained {
  Scored scored;
  std::string country;
  NodeId output;
  std::vector<ExplainedView> views;
  std::size_t told = 0;  // the view reported in full; the others get one line
  int depth = 2;         // levels of the tree shown
  bool deepest_first = false;
};

/// docs/schema/explain.md
/// `record`: a last member of that name; none where it is null.
void put_explain_json(const Explained& explained, const Put& put, const Json& record = {});
/// `record`: what is told last, before the stamp.
Document explain_text(const Explained& explained, const Document& record = {});
/// The head of an explanation, its rules and what is missing: without parts and facts, and without
/// anything that `at_best` and `strengths` of its views say.
Document explain_head(const Explained& explained);
/// The operations of one score, one a line.
Document ledger_text(const Explained& explained);

struct Compared {
  Scored scored;
  explain::Comparison main;
  std::vector<explain::Comparison> others;  // of the other outputs
  std::vector<robust::ViewTurning>
      turning;  // the smallest change of weights that turns the order, by viewpoint
  std::optional<explain::EqualWeights>
      equal;                                  // where the output takes its weights from a viewpoint
  evaluate::ViewResult equally_weighed;       // the same with everything else; empty without
  std::optional<explain::Comparison> before;  // without the settings of the command line
  std::optional<explain::Comparison> without_overrides;
};

/// Of every pair of viewpoints, as docs/schema/compare.md has them.
Json crossovers_json(const explain::Comparison& comparison);
/// Where a mix of two viewpoints stops rating one of the countries.
Json lapses_json(const explain::Comparison& comparison);
/// docs/schema/compare.md
Json compare_json(const Compared& compared);
Document compare_text(const Compared& compared);
/// Its sentences about who is worse, and what would turn that.
Document compare_verdict(const Compared& compared);

}  // namespace waystone::report
