// Rule files, read, checked and compiled; and which of them a scenario names.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "model/check.hpp"
#include "program/program.hpp"

namespace waystone::ask {

/// How files are read, and the texts of those that were. Texts are only ever added. Copies share
/// what was read; not for several threads at a time.
struct Texts {
  using Hashes = std::map<std::vector<FileId>, std::string>;
  model::ReadFile read;
  std::shared_ptr<SourceMap> sources = std::make_shared<SourceMap>();
  std::shared_ptr<Hashes> hashes = std::make_shared<Hashes>();
};

/// A rule file with all that it includes. It doesn't change, so several threads may read it.
class Rules {
 public:
  Rules(std::string path, std::string hash, model::Model model);
  const std::string path, hash;
  const model::Model model;
  const program::Program program;
  /// The program whose leaves stand apart, for attributions; compiled when first wanted.
  const program::Program& separate() const;

 private:
  mutable std::once_flag compiled_;
  mutable std::optional<program::Program> separate_;
};
using SharedRules = std::shared_ptr<const Rules>;

Outcome<SharedRules> read_rules(const std::string& path, const Texts& texts);

/// The path of the rule file that a scenario names. Without one, or where it can't be read, that,
/// and what else is wrong with the scenario as far as it can be told without.
Outcome<std::string> rules_named_by(const std::string& scenario, const Texts& texts);

/// One hash over the texts of files, each counted once.
std::string hash_of(const std::vector<FileId>& files, const Texts& texts);

}  // namespace waystone::ask
