#include "ask/rules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "scenario/scenario.hpp"

namespace waystone::ask {
namespace {

std::string hash_of_bytes(const Bytes& bytes) {
  Sha256 hash;
  for (std::size_t at = 0; at < bytes.size(); at += Bytes::stretch) {
    hash.add(bytes.view().substr(at, Bytes::stretch));
    bytes.passed(std::min(at + Bytes::stretch, bytes.size()), Passage::hashing);
  }
  return hash.digits();
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
  scenario::WithoutModel seen = scenario::read_without_model(path, texts.read, *texts.sources);
  result.diagnostics = std::move(seen.diagnostics);
  if (!named.empty())
    result.diagnostics.add(
        Code::E0001, seen.named_at,
        fmt::format("the model '{}' can't be read: {}", named,
                    texts.read(named).diagnostics.list().front().message),
        {}, {"paths are relative to the scenario's folder; --rules FILE names another model"});
  else if (!seen.may_name_model)
    result.diagnostics.add(
        Code::E0303, seen.named_at, "the scenario names no model", {},
        {"add model = \"…\" with the path of a rule file, or give --rules FILE"});
  return result;
}

std::string hash_of(const std::vector<FileId>& files, const Texts& read) {
  const auto [known, fresh] = read.hashes->try_emplace(files);
  if (!fresh) return known->second;
  const SourceMap& sources = *read.sources;
  std::vector<std::string> hashes, seen;
  for (const FileId file : files) {
    if (std::find(seen.begin(), seen.end(), sources[file].path()) != seen.end()) continue;
    seen.push_back(sources[file].path());
    hashes.push_back(hash_of_bytes(sources[file].bytes()));
  }
  return known->second = hash_of_hashes(std::move(hashes));
}

}  // namespace waystone::ask
