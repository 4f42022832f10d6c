#include "ask/rules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "scenario/scenario.hpp"

namespace waystone::ask {
namespace {

// Whether a diagnostic of a scenario that was read without a model is about the text itself.
bool needs_no_model(const Diagnostic& diagnostic) {
  return diagnostic.code == Code::E0301 || name_of(diagnostic.code).starts_with("E00") ||
         (diagnostic.code == Code::E0304 && diagnostic.message.starts_with("'model' ")) ||
         (diagnostic.code == Code::E0302 &&
          diagnostic.message.find("' stands within ") != std::string::npos);
}

Diagnostics wrong_with_the_text(const std::string& path, const Texts& texts) {
  const auto outcome = scenario::read_scenario(path, model::Model{}, texts.read, *texts.sources);
  Diagnostics result;
  for (const Diagnostic& diagnostic : outcome.diagnostics.list())
    if (needs_no_model(diagnostic)) result.add(diagnostic);
  return result;
}

// Where a scenario names its model: the key, or the file's begin where it has none.
Span key_of_model(const std::string& path, bool named, const Texts& texts) {
  const FileId file = texts.sources->add(path, texts.read(path).value.value_or(""));
  const std::string_view text = (*texts.sources)[file].text();
  const std::size_t at = text.find("model");
  return !named || at == std::string_view::npos
             ? Span{file, 0, 0}
             : Span{file, std::uint32_t(at), std::uint32_t(at + 5)};
}

}  // namespace

Rules::Rules(std::string path_given, std::string hash_given, model::Model model_given)
    : path(std::move(path_given)),
      hash(std::move(hash_given)),
      model(std::move(model_given)),
      program(program::compile(model)) {}

const program::Program& Rules::separate() const {
  std::call_once(compiled_,
                 [&] { separate_ = program::compile(model, program::Sharing::separate); });
  return *separate_;
}

Outcome<SharedRules> read_rules(const std::string& path, const Texts& texts) {
  Outcome<SharedRules> result;
  auto outcome = model::read_model(path, texts.read, *texts.sources);
  result.diagnostics = std::move(outcome.diagnostics);
  if (!outcome) return result;
  const std::string hash = hash_of(outcome.value->files, texts);
  result.value = std::make_shared<const Rules>(path, hash, std::move(*outcome.value));
  return result;
}

Outcome<std::string> rules_named_by(const std::string& path, const Texts& texts) {
  Outcome<std::string> result;
  const std::string named = scenario::model_path_of(path, texts.read);
  if (!named.empty() && texts.read(named)) {
    result.value = named;
    return result;
  }
  result.diagnostics = wrong_with_the_text(path, texts);
  if (!result.diagnostics.empty()) return result;
  const Span where = key_of_model(path, !named.empty(), texts);
  if (named.empty())
    result.diagnostics.add(
        Code::E0303, where, "the scenario names no model", {},
        {"add model = \"…\" with the path of a rule file, or give --rules FILE"});
  else
    result.diagnostics.add(
        Code::E0001, where,
        fmt::format("the model '{}' can't be read: {}", named,
                    texts.read(named).diagnostics.list().front().message),
        {}, {"paths are relative to the scenario's folder; --rules FILE names another model"});
  return result;
}

std::string hash_of(const std::vector<FileId>& files, const Texts& read) {
  const auto [known, fresh] = read.hashes->try_emplace(files);
  if (!fresh) return known->second;
  const SourceMap& sources = *read.sources;
  std::vector<std::string_view> texts;
  std::vector<std::string> seen;
  for (const FileId file : files) {
    if (std::find(seen.begin(), seen.end(), sources[file].path()) != seen.end()) continue;
    seen.push_back(sources[file].path());
    texts.push_back(sources[file].text());
  }
  return known->second = hash_of_texts(texts);
}

}  // namespace waystone::ask
