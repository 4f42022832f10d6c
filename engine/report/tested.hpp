// Results of `test`.
#pragma once
#include <string>
#include <vector>

#include "report/document.hpp"
#include "report/json.hpp"
#include "validate/expectations.hpp"

namespace waystone::report {

struct TestedFile {
  std::string path;
  bool scenario = false;  // else the examples of a rule file
  Diagnostics diagnostics;
  std::vector<validate::ExpectationResult> results;
};

struct TestCounts {
  std::size_t passed = 0, failed = 0, fail_as_stated = 0,
              faulty = 0;  // faulty: files in which nothing could be run
  std::size_t total() const { return passed + failed + fail_as_stated; }
};

TestCounts count(const std::vector<TestedFile>& files);

/// docs/schema/test.md. `rules`, here and below: the file of --rules; "" without it.
Json tested_json(const std::vector<TestedFile>& files, const SourceMap& sources,
                 const std::string& tool, const std::string& rules);
/// A line for each expectation, with what was found under those that failed, and a summary.
Document tested_text(const std::vector<TestedFile>& files, const std::string& rules);

}  // namespace waystone::report
