// Files that exist only in memory, for the fuzz targets.
#pragma once
#include <map>
#include <string>

#include "model/check.hpp"

namespace waystone::fuzz {

inline model::ReadFile reader(const std::map<std::string, std::string>& files) {
  return [&files](const std::string& path) {
    Outcome<std::string> outcome;
    const auto found = files.find(path);
    if (found != files.end())
      outcome.value = found->second;
    else
      outcome.diagnostics.add(Code::E0001, {}, "no such file");
    return outcome;
  };
}

/// A small model for scenario files to be read against.
inline const std::string& small_model() {
  static const std::string text = R"(model "m" { horizon 5 years }
source s "a source" { lag 3 months }
output risk "r" { combine arithmetic, weights from viewpoint bands low, high from 50, margin 2 }
viewpoint v { judged by "d" on 2020-01-01 because "b" 60% f 40% g }
indicator a "a" { unit percent range 0% to 100% best 0%, worst 50% missing unknown stale after 12 months, widen 10% a year cites s }
indicator b "b" { unit yes/no best no, worst yes missing assume yes, because "x" cites s }
indicator c "c" { levels { 0 "none" 2 "some" 4 "all" } half steps missing carry forward up to 2 years cites s }
indicator d "d" { unit date missing unknown cites s }
indicator e "e" { unit code(free, pegged) levels { free "f" scores 0 pegged "p" scores 80 } missing unknown cites s }
factor f "f" { combine geometric, no part below 5 reweight if at least 50% known 1 part a 1 part b 1 part c cites s }
factor g "g" { combine worst member c member e cites s }
rule r "r" { when months since d < 24 or b then f at least 40, falling to 10 over 12 months since d then g add 5 because "x" cites s }
tripwire t "t" { when a > 30% owner "o" review 2020-01-01 because "x" cites s }
)";
  return text;
}

}  // namespace waystone::fuzz
