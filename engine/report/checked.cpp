#include "report/checked.hpp"

#include "diagnose/render_json.hpp"

namespace waystone::report {
namespace {

Json file_json(const CheckedFile& file, const SourceMap& sources) {
  Json counts = nullptr;
  for (const auto& [what, number] : file.counts) counts[what == "derived values" ? "derived" : what] = number;
  return {{"path", file.path},
          {"kind", file.scenario ? "scenario" : "model"},
          {"errors", file.diagnostics.errors()},
          {"warnings", file.diagnostics.warnings()},
          {"counts", std::move(counts)},
          {"diagnostics", render_json(file.diagnostics, sources)}};
}

}  // namespace

Json checked_json(const std::vector<CheckedFile>& files, const SourceMap& sources, const std::string& tool) {
  std::size_t errors = 0, warnings = 0;
  Json list = Json::array();
  for (const CheckedFile& file : files) {
    errors += file.diagnostics.errors();
    warnings += file.diagnostics.warnings();
    list.push_back(file_json(file, sources));
  }
  Json json = document("check", tool);
  json["errors"] = errors;
  json["warnings"] = warnings;
  json["files"] = std::move(list);
  return json;
}

}  // namespace waystone::report
