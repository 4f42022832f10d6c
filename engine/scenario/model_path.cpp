// The files that a scenario names, found before there is a model to read the scenario by.
#include <algorithm>

#include "scenario/document.hpp"
#include "scenario/reading.hpp"
#include "source/paths.hpp"

namespace waystone::scenario {
namespace {

// The path of a line `model = "…"` above the first table, of a text that is no TOML.
std::string model_line(std::string_view text) {
  while (!text.empty() && !text.starts_with('[')) {
    std::string_view line = text.substr(0, std::min(text.find('\n'), text.size()));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto skip_blanks = [&] {
      line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    };
    skip_blanks();
    if (!line.starts_with("model")) continue;
    line.remove_prefix(5);
    skip_blanks();
    if (!line.starts_with('=')) continue;
    const std::size_t open = line.find('"'),
                      close = open == std::string_view::npos ? open : line.find('"', open + 1);
    if (close != std::string_view::npos)
      return std::string(line.substr(open + 1, close - open - 1));
  }
  return {};
}

}  // namespace

std::vector<std::string> tables_of(const std::string& path, const model::ReadFile& read) {
  std::vector<std::string> tables;
  // a path, a table with a `file`, or a list of these
  const auto add = [&](const Value& value) {
    const Entry* file = value.kind == Value::Kind::table ? value.find("file") : nullptr;
    const Value& named = file ? file->value : value;
    if (named.kind == Value::Kind::text) tables.push_back(path_from(path, named.text));
  };
  SourceMap sources;
  Diagnostics ignored;  // `read_scenario` finds them again
  const auto scenario = open_file(path, "a scenario", {}, largest_scenario, read, sources, ignored);
  const auto document = scenario ? read_document(sources, *scenario, ignored) : std::nullopt;
  if (!document) return tables;
  for (const std::string_view key : {"data", "wide", "relation", "exposure"}) {
    const Entry* entry = document->find(key);
    if (!entry) continue;
    add(entry->value);
    std::for_each(entry->value.items.begin(), entry->value.items.end(), add);
  }
  return tables;
}

std::string model_path_of(const std::string& path, const model::ReadFile& read) {
  SourceMap sources;
  Diagnostics ignored;  // `read_scenario` finds them again
  const auto file = open_file(path, "a scenario", {}, largest_scenario, read, sources, ignored);
  if (!file) return "";
  const auto document = read_document(sources, *file, ignored);
  // what is wrong with the text can be told better with the model at hand
  const std::string named = document ? "" : model_line(sources[*file].text());
  if (!named.empty()) return path_from(path, named);
  const Entry* model = document ? document->find("model") : nullptr;
  return model && model->value.kind == Value::Kind::text ? path_from(path, model->value.text) : "";
}

}  // namespace waystone::scenario
