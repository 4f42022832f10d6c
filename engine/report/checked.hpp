// What is wrong with files, for programs: `check --json`, and any other verb's `--json` if a file
// is faulty.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "diagnose/diagnostic.hpp"
#include "report/json.hpp"
#include "scenario/scenario.hpp"

namespace waystone::report {

/// A parameter without a value on a scenario's date.
struct ParameterGap {
  std::string parameter, when;  // "before 2010-01-01"
  Span where;                   // of the line that says so
};

struct CheckedFile {
  std::string path;
  bool scenario = false;  // else a model
  Diagnostics diagnostics;
  std::vector<std::pair<std::string, std::size_t>>
      counts;                               // what, how many; empty where there is an error
  std::vector<scenario::LeftOut> left_out;  // of a scenario
  std::vector<ParameterGap> not_in_force;   // of a scenario
};

/// "3 rows of panel.csv whose code is no country's: WLD, EUU and CHI"
std::string left_out_text(const scenario::LeftOut& left_out, const SourceMap& sources);

/// docs/schema/check.md. `errors` and `warnings` count those of all files, each once, however many
/// files have it. `rules`: the file of --rules; "" without it.
Json checked_json(const std::vector<CheckedFile>& files, std::size_t errors, std::size_t warnings,
                  const SourceMap& sources, const std::string& tool, const std::string& rules = "");

}  // namespace waystone::report
