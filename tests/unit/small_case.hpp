// A model and a scenario in memory, evaluated.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>

#include "evaluate/assess.hpp"
#include "files_read.hpp"
#include "model/check.hpp"

namespace waystone::tests {

/// Three facts from 0 to 100 that score as they are, factors over them, an output that is worst at
/// 100 and one that is best there.
inline const std::string two_factors = R"(model "Two factors" { version "1" main risk }
indicator a "A" { unit points range 0 to 100 best 0, worst 100 missing unknown judged by "d" on 2026-11-01 because "t" }
indicator b "B" { unit points range 0 to 100 best 0, worst 100 missing unknown judged by "d" on 2026-11-01 because "t" }
indicator c "C" { unit points range 0 to 100 best 0, worst 100 missing unknown judged by "d" on 2026-11-01 because "t" }
factor economy "E" { combine arithmetic 1 part a judged by "d" on 2026-11-01 because "t" }
factor security "S" { combine arithmetic 1 part b 1 part c judged by "d" on 2026-11-01 because "t" }
output risk "Risk" { scale 0 to 100, higher is worse combine arithmetic 1 part economy 1 part security judged by "d" on 2026-11-01 because "t" }
factor gains "G" { scale 0 to 100, higher is better combine arithmetic 1 part a judged by "d" on 2026-11-01 because "t" }
output chance "Chance" { scale 0 to 100, higher is better combine arithmetic 1 part gains judged by "d" on 2026-11-01 because "t" }
)";

/// Its members point at one another: not to be copied or moved.
class SmallCase {
 public:
  SmallCase(const std::string& rules, const std::string& scenario) {
    const model::ReadFile read = reader_of(
        {{"m.risk", rules},
         {"s.toml",
          "as_of = 2015-06-30\ndefaults = { valid = 2015-06-30, by = \"d\", grade = \"judged\", "
          "because = \"t\" }\n" +
              scenario}});
    model_ = required(model::read_model("m.risk", read, sources_));
    program_ = program::compile(model_);
    separate_ = program::compile(model_, program::Sharing::separate);
    case_ = required(evaluate::bind(
        model_, program_, required(scenario::read_scenario("s.toml", model_, read, sources_))));
  }
  SmallCase(const SmallCase&) = delete;

  const model::Model& model() const { return model_; }
  const program::Program& separate() const { return separate_; }
  const evaluate::Case& scenario_case() const { return case_; }
  const SourceMap& sources() const { return sources_; }
  NodeId node(const std::string& name) const { return *model_.find(name); }

 private:
  template <class T>
  T required(Outcome<T> outcome) {
    if (!outcome) throw std::runtime_error(render_text(outcome.diagnostics, sources_, {}));
    return std::move(*outcome.value);
  }

  SourceMap sources_;
  model::Model model_;
  program::Program program_, separate_;
  evaluate::Case case_;
};

}  // namespace waystone::tests
