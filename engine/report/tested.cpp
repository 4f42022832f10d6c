#include "report/tested.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "diagnose/render_json.hpp"
#include "report/document.hpp"
#include "report/replaced.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using validate::Checked;
using validate::ExpectationResult;

Json result_json(const ExpectationResult& result, const SourceMap& sources) {
  Json views = Json::array();
  for (const Checked& view : result.views)
    views.push_back({{"name", view.viewpoint},
                     {"holds", view.holds ? Json(*view.holds) : Json(nullptr)},
                     {"found", view.found}});
  return {{"text", one_line(result.text)},
          {"because", result.because},
          {"at", at(result.where, sources)},
          {"fails", result.fails ? Json(*result.fails) : Json(nullptr)},
          {"passed", result.passed},
          {"viewpoints", std::move(views)}};
}

std::string_view word_of(const Checked& checked) {
  return !checked.holds ? "unknown" : *checked.holds ? "holds" : "does not hold";
}

Document found_lines(const ExpectationResult& result) {
  Document text;
  for (const Checked& view : result.views) {
    const std::string name = view.viewpoint.empty() ? "" : view.viewpoint + ": ";
    text += paragraph(fmt::format("{}{}{}{}", name, word_of(view),
                                  view.found.empty() ? "" : ", found ", view.found),
                      8, 10);
  }
  if (result.views.empty())
    text += paragraph(
        "nothing to look at: its scenario could not be opened or has no such viewpoint", 8, 10);
  return text;
}

Document result_text(const ExpectationResult& result) {
  const std::string assertion = one_line(result.text);
  if (result.passed && !result.fails) return labelled("pass ", assertion, 8);
  if (result.passed)
    return labelled("fails ", fmt::format("{}, as stated: {}", assertion, *result.fails), 8) +
           found_lines(result);
  Document text = labelled("FAIL ", assertion, 8, true);
  const bool open = std::any_of(result.views.begin(), result.views.end(),
                                [](const auto& view) { return !view.holds; });
  if (result.fails)
    text += paragraph((open ? "stated to fail, but that can't be told, since something is unknown: "
                            : "stated to fail, but it does not: ") +
                          *result.fails,
                      8, 10);
  else if (!result.because.empty())
    text += paragraph("because " + result.because, 8, 10);
  return text + found_lines(result);
}

}  // namespace

TestCounts count(const std::vector<TestedFile>& files) {
  TestCounts counts;
  for (const TestedFile& file : files) {
    counts.faulty += file.diagnostics.has_errors();
    for (const ExpectationResult& result : file.results) {
      if (!result.passed)
        ++counts.failed;
      else
        ++(result.fails ? counts.fail_as_stated : counts.passed);
    }
  }
  return counts;
}

Json tested_json(const std::vector<TestedFile>& files, const SourceMap& sources,
                 const std::string& tool, const std::string& rules) {
  const TestCounts counts = count(files);
  Json json = document("test", tool);
  json["passed"] = counts.passed;
  json["failed"] = counts.failed;
  json["fail_as_stated"] = counts.fail_as_stated;
  json["rules"] = rules.empty() ? Json(nullptr) : Json(rules);
  json["files"] = Json::array();
  for (const TestedFile& file : files) {
    Json results = Json::array();
    for (const ExpectationResult& result : file.results)
      results.push_back(result_json(result, sources));
    json["files"].push_back(
        {{"path", file.path},
         {"kind", file.scenario ? "scenario" : "model"},
         {"error", file.diagnostics.has_errors()
                       ? Json(counted(file.diagnostics.errors(), "error", "errors"))
                       : Json(nullptr)},
         {"expectations", std::move(results)},
         {"diagnostics", render_json(file.diagnostics, sources)}});
  }
  return json;
}

Document tested_text(const std::vector<TestedFile>& files, const std::string& rules) {
  Document text = rules_line(rules);
  for (const TestedFile& file : files) {
    text += section(file.path);
    if (file.diagnostics.has_errors())
      text += labelled("  FAULTY  ", counted(file.diagnostics.errors(), "error", "errors"), 10);
    else if (file.results.empty())
      text += paragraph("no expectation found", 2, 4);
    for (const ExpectationResult& result : file.results) text += result_text(result);
    text += gap();
  }
  const TestCounts counts = count(files);
  std::string sum = fmt::format("{}: {} passed, {} fail as stated, {} failed",
                                counted(counts.total(), "expectation", "expectations"),
                                counts.passed, counts.fail_as_stated, counts.failed);
  if (counts.faulty > 0)
    sum += fmt::format("; {} could not be run", counted(counts.faulty, "file", "files"));
  return text + paragraph(sum);
}

}  // namespace waystone::report
