// Weights from judgements, beside today's; what they do to scenarios; the rule file with them.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ask/judged.hpp"
#include "report/tuned.hpp"

namespace waystone::ask {

struct TuneAsking {
  std::string judgements;       // path of a judgement file; "": weights beside importance alone
  std::string viewpoint;        // whose weights, and under which examples are scored
  std::string node;             // whose weights are tuned; "": the main output
  std::string output;           // what effects and importance are about; "": the main output
  std::vector<std::string> on;  // paths of scenarios on which effects are shown
  int decimals = 1;             // of new weights, 0 to 6
  std::string comment;          // put beside what is tuned in `NewText`; "" for none. One line
  std::string tool;             // for the stamp of reports
};

/// What a rule file would be with new numerals; nothing else in it changes.
struct NewText {
  std::string path, text;
};

/// Owns or shares all that the report points into.
struct Tuning {
  SharedRules rules;
  std::shared_ptr<const SourceMap> sources;
  weights::Group group;
  Judged judged;
  std::unique_ptr<Cases> cases;
  std::optional<fit::Tuned> tuned;  // where judgements were given
  report::TuneReport report;
  std::optional<NewText> new_text;  // where there are new weights, and some numeral changes

  Tuning() = default;
  Tuning(const Tuning&) = delete;  // the report points into it: share it
  Tuning& operator=(const Tuning&) = delete;
  /// Whether the judgements gave weights, or asked for none.
  bool succeeded() const;
};

/// Warnings are about the judgement file and its judgements.
Answer<std::shared_ptr<const Tuning>> tune(const SharedRules& rules, const TuneAsking& asking,
                                           const Texts& texts);

}  // namespace waystone::ask
