// A small model and in-memory files, for the tests of scenarios and of the choice of data.
#pragma once
#include <map>
#include <stdexcept>
#include <string>

#include "files_read.hpp"
#include "model/check.hpp"
#include "scenario/scenario.hpp"

namespace waystone::tests {

inline const std::string small_model = R"(
model "Small" { version "1"  main risk }
source wdi "World Development Indicators" { publisher "World Bank" lag 6 months }
source notes "Notes of the desk" { publisher "Waystone" }

output risk "Risk" {
  scale 0 to 100, higher is worse
  combine arithmetic, weights from viewpoint
  bands low, guarded from 20, high from 60
}
viewpoint state "State" {
  judged by "Waystone model desk" on 2026-11-01 because "for the test"
  60% security
  40% economy
}
viewpoint enterprise "Enterprise" {
  judged by "Waystone model desk" on 2026-11-01 because "for the test"
  30% security
  70% economy
}
factor security "Security" {
  judged by "Waystone model desk" on 2026-11-01 because "for the test"
  combine arithmetic
  2 parts war
  1 part eu_access
}
factor economy "Economy" {
  judged by "Waystone model desk" on 2026-11-01 because "for the test"
  combine arithmetic
  reweight if at least 20% known
  1 part inflation
  1 part debt
  1 part regime
  1 part reserves
  1 part wto_member
}
indicator war "War" {
  levels { 0 "none" 1 "threats" 2 "skirmishes" 3 "battles" 4 "open war" }
  half steps
  missing refuse
  cites notes
}
indicator eu_access "Access to the European Union" {
  levels best last { 0 "none" 1 "partnership" 2 "talks" 3 "initialled" 4 "signed" 5 "applied" 6 "candidate" 7 "negotiating" 8 "member" }
  missing unknown
  cites notes
}
indicator inflation "Inflation" { unit percent  range -10% to 500%  best 2%, worst 50%  missing unknown  cites wdi }
indicator debt "Public debt" { unit share  range 0 share to 3 share  best 0 share, worst 1 share  missing carry forward up to 3 years  cites wdi }
indicator reserves "Reserves" {
  unit months
  range 0 months to 36 months
  best 12 months, worst 0 months
  missing typical of peers
  stale after 12 months, widen 10% a year
  cites wdi
}
indicator regime "Exchange rate" {
  unit code(free, managed, pegged)
  levels { free "floats" scores 0  managed "managed" scores 40  pegged "pegged" scores 80 }
  missing unknown
  cites notes
}
indicator wto_member "Member of the WTO" { unit yes/no  best yes, worst no  missing assume no because "few candidates are"  cites notes }
indicator last_protest "Last mass protest" { unit date  missing unknown  cites notes }
group peers "Peers" { reserves 4 months  cites wdi }
rule mass_protest "Crowds" {
  when months since last_protest < 24
  then security at least 70
  because "crowds have ended governments"
  cites notes
}
tripwire alarm "Alarm" {
  when war >= 2
  owner "Waystone model desk"
  review 2027-01-01
  because "war"
  judged by "Waystone model desk" on 2026-11-01 because "for the test"
}
)";

/// The model above, read once.
inline const model::Model& small() {
  static const model::Model checked = [] {
    SourceMap sources;
    const model::ReadFile read = [](const std::string&) {
      return Outcome<std::string>{small_model, {}};
    };
    auto outcome = model::read_model("small.risk", read, sources);
    if (!outcome) throw std::runtime_error(render_text(outcome.diagnostics, sources, {}));
    return std::move(*outcome.value);
  }();
  return checked;
}

/// What became of "s.toml".
struct Read {
  SourceMap sources;
  Outcome<scenario::Scenario> outcome;

  const scenario::Scenario& scenario() const {
    if (!outcome) throw std::runtime_error(render_text(outcome.diagnostics, sources, {}));
    return *outcome.value;
  }
  /// "E0302 s.toml:3:1" for each diagnostic, in order, separated by "; ".
  std::string found() const {
    std::string text;
    for (const Diagnostic& diagnostic : outcome.diagnostics.list())
      text += (text.empty() ? "" : "; ") + std::string(name_of(diagnostic.code)) + " " +
              sources.where(diagnostic.where);
    return text;
  }
};

inline Read read(const Files& files) {
  Read result;
  result.outcome = scenario::read_scenario("s.toml", small(), reader_of(files), result.sources);
  return result;
}

/// A scenario of one file: date and defaults are supplied, on its first two lines.
inline std::string scenario_text(const std::string& rest) {
  return "as_of = 2015-06-30\ndefaults = { valid = 2015-06-30, known = 2015-06-30, source = "
         "\"wdi\", grade = \"observed\" }\n" +
         rest;
}
inline Read read(const std::string& rest) { return read(Files{{"s.toml", scenario_text(rest)}}); }

inline const scenario::Datum& datum(const scenario::Scenario& scenario, const std::string& country,
                                    const std::string& indicator) {
  return scenario.facts.at(country).at(*small().find(indicator)).back();
}

}  // namespace waystone::tests
