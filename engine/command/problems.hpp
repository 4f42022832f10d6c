// The problems of the files of one run. A problem in a rule file or table that several of them read
// counts once.
#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "diagnose/diagnostic.hpp"

namespace waystone::command {

class Problems {
 public:
  explicit Problems(const SourceMap& sources) : sources_(sources) {}

  /// Add all files before reporting anything.
  void add(const std::string& file, const Diagnostics& diagnostics);
  /// The problems not reported yet; an error that stops several files has a note that names them.
  Diagnostics fresh(const Diagnostics& diagnostics);
  /// Each counted once.
  std::size_t errors() const { return errors_; }
  std::size_t warnings() const { return warnings_; }

 private:
  using Key =
      std::tuple<Code, std::string, std::string>;  // code, place as a person sees it, message
  Key key_of(const Diagnostic& diagnostic) const;

  const SourceMap& sources_;
  std::map<Key, std::vector<std::string>> files_;  // that have it
  std::set<Key> told_;
  std::size_t errors_ = 0, warnings_ = 0;
};

}  // namespace waystone::command
