// What stands behind the public types. Not installed.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "ask/compare.hpp"
#include "ask/data.hpp"
#include "ask/explain.hpp"
#include "ask/robust.hpp"
#include "ask/test.hpp"
#include "ask/tune.hpp"
#include "report/document.hpp"
#include "report/tested.hpp"
#include "source/visible.hpp"
#include "waystone/waystone.hpp"

namespace waystone::inside {

inline const std::string tool = "waystone " WAYSTONE_VERSION;

struct Rules {
  ask::SharedRules rules;
  ReadFile read;
  std::shared_ptr<const SourceMap> sources;  // of the rule files
};

struct Situation {
  Situation(ask::SharedSituation given, ReadFile reader);
  ask::SharedSituation asked;
  ReadFile read;  // and the texts it gave are `asked->sources`
  std::vector<Score> scores, before;
  std::vector<Branch> branches;
};

struct Explanation {
  explicit Explanation(ask::Explanation given);
  ask::Explanation explanation;
  std::vector<ExplainedView> views;
};

struct Data {
  explicit Data(ask::Data given);
  ask::Data data;
  std::vector<SourceUse> sources;
};

struct Comparison {
  explicit Comparison(ask::Comparison given);
  ask::Comparison comparison;
  std::vector<ComparedView> views;
};

struct Robustness {
  explicit Robustness(ask::Robustness given);
  ask::Robustness robustness;
  std::vector<RobustView> views;
};

struct Tuning {
  explicit Tuning(std::shared_ptr<const ask::Tuning> given);
  std::shared_ptr<const ask::Tuning> tuning;
  std::vector<TunedWeight> weights;
  std::optional<NewFile> new_file;
};

struct Tests {
  Tests(report::TestedFile given, std::shared_ptr<const SourceMap> texts);
  report::TestedFile file;
  std::shared_ptr<const SourceMap> sources;
  std::vector<Tested> results;
};

/// Texts for one call: those that are known, and what is read from now on, each file once.
ask::Texts texts_for(const ReadFile& read, const SourceMap& known = {});

/// A document as the program prints it, without colours.
std::string text_of(const report::Document& document);
std::string markdown_of(const report::Document& document);

std::vector<Problem> problems_of(const Diagnostics& diagnostics, const SourceMap& sources);

/// Faults of files as a result without a value.
template <class T>
Result<T> faulty(const Diagnostics& diagnostics, const SourceMap& sources) {
  return {problems_of(diagnostics, sources),
          visible(render_text(diagnostics, sources, TextStyle{}))};
}

/// A wrong question as a result without a value.
template <class T>
Result<T> wrong(const std::string& message) {
  return {{Problem{true, "", "", 0, 0, message, {}}}, visible_line(message) + "\n"};
}

template <class T>
Result<T> failed(const ask::Failure& failure, const SourceMap& sources) {
  const bool sentence = failure.message.size() > 0;
  return sentence ? wrong<T>(failure.message) : faulty<T>(failure.diagnostics, sources);
}

Score score_of(const evaluate::ViewResult& view, const evaluate::CountryResult& country,
               const model::Model& model, NodeId node);
RuleState state_of(const evaluate::CountryResult& country, const model::Model& model, RuleId rule);
/// Of all outputs, countries and views.
std::vector<Score> scores_of(const evaluate::Assessment& assessment, const model::Model& model);

/// The text of a scenario that holds these facts.
std::string scenario_of(const model::Model& model, const std::string& as_of,
                        const std::vector<Fact>& facts);

}  // namespace waystone::inside
