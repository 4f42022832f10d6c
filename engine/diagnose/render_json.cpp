#include "diagnose/render_json.hpp"

namespace waystone {
namespace {

using Json = nlohmann::ordered_json;

Json place(const Span& span, const SourceMap& sources) {
  if (!span.valid()) return nullptr;
  const SourceFile& file = sources[span.file];
  const LineColumn begin = file.place(span.begin), end = file.place(std::max(span.begin, span.end));
  return {{"file", file.path()},  {"line", begin.line},       {"column", begin.column},
          {"end_line", end.line}, {"end_column", end.column}, {"begin", span.begin},
          {"end", span.end}};
}

Json one(const Diagnostic& diagnostic, const SourceMap& sources) {
  Json others = Json::array();
  for (const Label& other : diagnostic.others)
    others.push_back({{"where", place(other.where, sources)}, {"text", other.text}});
  return {{"code", name_of(diagnostic.code)},
          {"severity", diagnostic.severity() == Severity::error ? "error" : "warning"},
          {"title", title_of(diagnostic.code)},
          {"message", diagnostic.message},
          {"where", place(diagnostic.where, sources)},
          {"label", diagnostic.label},
          {"others", others},
          {"notes", diagnostic.notes}};
}

}  // namespace

Json render_json(const Diagnostics& diagnostics, const SourceMap& sources) {
  Json list = Json::array();
  for (const Diagnostic& diagnostic : diagnostics.list())
    list.push_back(one(presentable(diagnostic, sources), sources));
  return list;
}

}  // namespace waystone
