#include "report/checked.hpp"

#include <fmt/format.h>

#include "diagnose/render_json.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using scenario::LeftOut;

std::string_view reason_key(LeftOut::Reason reason) {
  switch (reason) {
    case LeftOut::Reason::no_code: return "no code";
    case LeftOut::Reason::no_country: return "no country";
    case LeftOut::Reason::not_asked: return "not asked";
    case LeftOut::Reason::facts_not_asked: return "facts not asked";
    case LeftOut::Reason::filtered: return "filtered";
  }
  return "";
}

std::string_view reason_words(const LeftOut& left_out) {
  const bool one = left_out.codes.size() == 1;
  switch (left_out.reason) {
    case LeftOut::Reason::no_code: return "without a country";
    case LeftOut::Reason::no_country:
      return one ? "whose code is no country's" : "whose codes are no country's";
    case LeftOut::Reason::not_asked:
    case LeftOut::Reason::facts_not_asked: return "about countries that are not scored";
    case LeftOut::Reason::filtered:
      return left_out.codes.empty() ? "by its filter"
             : one                  ? "by its filter, and with them the country"
                                    : "by its filter, and with them the countries";
  }
  return "";
}

Json left_out_json(const LeftOut& left_out, const SourceMap& sources) {
  const SourceFile& file = sources[left_out.first.file];
  return {{"file", file.path()},
          {"reason", reason_key(left_out.reason)},
          {"rows", left_out.rows},
          {"codes", left_out.codes},
          {"first_line", file.place(left_out.first.begin).line}};
}

Json file_json(const CheckedFile& file, const SourceMap& sources) {
  Json counts = nullptr;
  for (const auto& [what, number] : file.counts)
    counts[what == "derived values" ? "derived" : what] = number;
  Json left_out = Json::array();
  for (const LeftOut& rows : file.left_out) left_out.push_back(left_out_json(rows, sources));
  Json gaps = Json::array();
  for (const ParameterGap& gap : file.not_in_force)
    gaps.push_back(
        {{"parameter", gap.parameter}, {"when", gap.when}, {"at", at(gap.where, sources)}});
  return {{"path", file.path},
          {"kind", file.scenario ? "scenario" : "model"},
          {"errors", file.diagnostics.errors()},
          {"warnings", file.diagnostics.warnings()},
          {"counts", std::move(counts)},
          {"left_out", std::move(left_out)},
          {"not_in_force", std::move(gaps)},
          {"diagnostics", render_json(file.diagnostics, sources)}};
}

}  // namespace

std::string left_out_text(const LeftOut& left_out, const SourceMap& sources) {
  constexpr std::size_t named = 8;
  const SourceFile& file = sources[left_out.first.file];
  const bool facts = left_out.reason == LeftOut::Reason::facts_not_asked;
  const std::string rows = fmt::format(
      "{} of {} {}", counted(left_out.rows, facts ? "fact" : "row", facts ? "facts" : "rows"),
      file.path(), reason_words(left_out));
  if (left_out.codes.empty())
    return fmt::format("{}, the first in line {}", rows, file.place(left_out.first.begin).line);
  return fmt::format("{}: {}", rows, joined_up_to(left_out.codes, named));
}

Json checked_json(const std::vector<CheckedFile>& files, std::size_t errors, std::size_t warnings,
                  const SourceMap& sources, const std::string& tool, const std::string& rules) {
  Json list = Json::array();
  for (const CheckedFile& file : files) list.push_back(file_json(file, sources));
  Json json = document("check", tool);
  json["errors"] = errors;
  json["warnings"] = warnings;
  json["rules"] = rules.empty() ? Json(nullptr) : Json(rules);
  json["files"] = std::move(list);
  return json;
}

}  // namespace waystone::report
