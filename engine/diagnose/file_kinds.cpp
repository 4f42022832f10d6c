#include "diagnose/file_kinds.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "source/file_kind.hpp"

namespace waystone {

std::optional<Diagnostic> refused_kind(std::string_view bytes, const std::string& path,
                                       std::string_view wanted, Span where) {
  const auto kind = foreign_kind(bytes, path);
  if (!kind) return std::nullopt;
  const bool helps = wanted == "a table" || !kind->of_tables;
  std::string step =
      helps ? std::string(kind->step) : fmt::format("{} is plain text, in UTF-8", wanted);
  return Diagnostic{Code::E0004, where, fmt::format("'{}' is {}", path, kind->what),
                    {},          {},    {std::move(step)}};
}

std::optional<Diagnostic> wrong_ending(const std::string& path, std::string_view wanted,
                                       Span where) {
  struct Ending {
    std::string_view ending, what, step;
  };
  constexpr Ending endings[] = {
      {".risk", "a rule file", "a scenario names it: model = \"…\""},
      {".csv", "a table", "a scenario names it: data = [\"…\"], or [[wide]]"},
      {".tsv", "a table", "a scenario names it: data = [\"…\"], or [[wide]]"},
      {".toml", "a scenario or judgement file",
       "rules stand in files that end in .risk, figures in .csv"},
  };
  for (const Ending& ending : endings) {
    const bool map = wanted == "a map" && ending.ending == ".toml";
    if (!path.ends_with(ending.ending) || map ||
        ending.what.find(wanted.substr(2)) != std::string_view::npos)
      continue;
    return Diagnostic{Code::E0004,
                      where,
                      fmt::format("'{}' is {}, where {} is wanted", path, ending.what, wanted),
                      {},
                      {},
                      {std::string(ending.step)}};
  }
  return std::nullopt;
}

std::optional<Diagnostic> empty_text(const SourceMap& sources, FileId file,
                                     std::string_view wanted) {
  struct Begin {
    std::string_view wanted, step;
  };
  constexpr Begin begins[] = {
      {"a rule file", "a rule file declares what is scored: output risk \"Risk\" { … }"},
      {"a scenario",
       "a scenario begins with title = \"…\", as_of = 2015-06-30 and model = \"rules.risk\""},
      {"a table",
       "the first line of a table names its columns, as country,indicator,value for figures"},
      {"a judgement file", "docs/judgements.md shows what a judgement file says"},
      {"a map", "docs/scenarios.md shows what a map says"}};
  const std::string_view text = sources[file].text();
  bool comments = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::size_t first = text.find_first_not_of(" \t", at);
    if (first < end && text[first] != '#') return std::nullopt;
    comments = comments || first < end;
    at = end + 1;
  }
  Diagnostic diagnostic{Code::E0340, {file, 0, 0}, {}, {}, {}, {}};
  diagnostic.message = fmt::format("'{}' {}", sources[file].path(),
                                   comments ? "has nothing but comments" : "is empty");
  for (const Begin& begin : begins)
    if (begin.wanted == wanted) diagnostic.notes.emplace_back(begin.step);
  return diagnostic;
}

Diagnostic no_text(const SourceMap& sources, FileId file, std::uint32_t at, unsigned char byte) {
  const SourceFile& source = sources[file];
  const Span where{file, at, at + 1};
  if (byte == 0)
    return {Code::E0004,
            where,
            fmt::format("line {} has a NUL byte: '{}' is no text file, or was damaged",
                        source.place(at).line, source.path()),
            {},
            {},
            {"export or download it again"}};
  std::vector<std::string> notes;
  const std::string letter = in_windows_1252(byte);
  if (!letter.empty())
    notes.push_back(
        fmt::format("in Windows-1252, as many spreadsheets save, this byte is '{}'", letter));
  const bool rules = source.path().ends_with(".risk") || source.path().ends_with(".toml");
  notes.emplace_back(letter.empty() || rules
                         ? "save the file as UTF-8"
                         : "save the file as UTF-8, or say encoding = \"windows-1252\" where the "
                           "scenario names this table");
  return {Code::E0003, where, fmt::format("'{}' is not UTF-8 from here on", source.path()),
          {},          {},    std::move(notes)};
}

}  // namespace waystone
