// The same wrong many times in one file: told once, with a number and the first places.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diagnose/diagnostic.hpp"

namespace waystone::scenario {

/// Problems of one kind: the first few of them, among these every other text as long as there are
/// few, and how many there are.
struct AlikeProblems {
  std::vector<Diagnostic> kept;
  std::size_t count = 0;
  void add(Diagnostic diagnostic);
};

/// One diagnostic for the same problem in several places: the first one's message with `ending` and
/// the number of further ones ("and 3 more like it"), and the places of the next few with their
/// labels, those in other words first. `problems`: not empty, of one file.
Diagnostic told_together(const AlikeProblems& problems, std::string_view ending = "",
                         std::string_view conjunction = "and");
/// The same of a list, in the order of the file.
Diagnostic told_together(const std::vector<Diagnostic>& found);

/// Diagnostics of one file by kind, each kind to be told once.
class Alike {
 public:
  void add(const Diagnostic& diagnostic);
  void add(const Diagnostics& found);
  /// As add, for a kind that the caller knows.
  void add(const Diagnostic& diagnostic, const std::string& kind);
  void finish(Diagnostics& diagnostics) const;
  const std::vector<AlikeProblems>& kinds() const { return kinds_; }

 private:
  std::vector<AlikeProblems> kinds_;          // in order of their first
  std::map<std::string, std::size_t> place_;  // in kinds_
};

/// What problems of one kind have in common: code, words and advice, but not the figures, the texts
/// in quotes and the fact that they name. A name that the model doesn't know is a kind of its own.
std::string kind_of(const Diagnostic& diagnostic);
/// The same of one sentence.
std::string words_of(std::string_view sentence);
/// The fact that a message is about, "POL.growth", or "".
std::string_view fact_in(std::string_view message);

}  // namespace waystone::scenario
