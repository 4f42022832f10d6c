#include "scenario/alike.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace waystone::scenario {
namespace {

constexpr std::size_t places_shown = 4;  // places
constexpr std::size_t most_kept = 12;

bool starts_quote(std::string_view text, std::size_t at) {
  return text[at] == '\'' && (at == 0 || text[at - 1] == ' ' || text[at - 1] == '(');
}

// The place behind a quoted text; an apostrophe within stands before a letter.
std::size_t behind_quote(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    const bool word = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if (text[at] == '\'' && !word) return at + 1;
  }
  return at;
}

bool of_figure(char c) { return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ','; }

std::string label_of(const Diagnostic& diagnostic, const Diagnostic& first) {
  if (!diagnostic.label.empty() || diagnostic.message == first.message) return diagnostic.label;
  return std::string(fact_in(diagnostic.message));
}

// Names that are looked up in the model: each is a slip of its own.
bool names_unknown(Code code) {
  constexpr std::array names{Code::E0307, Code::E0308, Code::E0309, Code::E0314,
                             Code::E0327, Code::E0328, Code::E0335, Code::E0302};
  return std::find(names.begin(), names.end(), code) != names.end();
}

}  // namespace

std::string_view fact_in(std::string_view message) {
  const std::string_view word = message.substr(0, message.find(' '));
  const std::size_t dot = word.find('.');
  return dot == std::string_view::npos || dot == 0 || dot + 1 == word.size() ? std::string_view{}
                                                                             : word;
}

std::string words_of(std::string_view sentence) {
  std::string words;
  for (std::size_t at = fact_in(sentence).size(); at < sentence.size();) {
    if (starts_quote(sentence, at)) {
      at = behind_quote(sentence, at);
      words += '\'';
    } else if (of_figure(sentence[at])) {
      ++at;
    } else {
      words += sentence[at++];
    }
  }
  return words;
}

std::string kind_of(const Diagnostic& diagnostic) {
  std::string kind(name_of(diagnostic.code));
  if (names_unknown(diagnostic.code)) return kind + diagnostic.message;
  kind += words_of(diagnostic.message);
  for (const std::string& note : diagnostic.notes) kind += '\n' + words_of(note);
  return kind;
}

void AlikeProblems::add(Diagnostic diagnostic) {
  ++count;
  const auto same = [&](const Diagnostic& other) { return other.message == diagnostic.message; };
  const bool fresh = std::none_of(kept.begin(), kept.end(), same);
  if (kept.size() < (fresh ? most_kept : places_shown)) kept.push_back(std::move(diagnostic));
}

Diagnostic told_together(const AlikeProblems& problems, std::string_view ending,
                         std::string_view conjunction) {
  const std::vector<Diagnostic>& kept = problems.kept;
  Diagnostic diagnostic = kept.front();
  diagnostic.message += ending;
  if (problems.count == 1) return diagnostic;
  diagnostic.message += fmt::format(", {} {} more like it", conjunction, problems.count - 1);
  std::set<std::string_view> said{kept.front().message};
  std::vector<const Diagnostic*> others, again;
  for (std::size_t i = 1; i < kept.size(); ++i)
    (said.insert(kept[i].message).second ? others : again).push_back(&kept[i]);
  others.insert(others.end(), again.begin(), again.end());
  others.resize(std::min(others.size(), places_shown - 1));
  std::sort(others.begin(), others.end(),
            [](const auto* a, const auto* b) { return a->where < b->where; });
  for (const Diagnostic* other : others)
    diagnostic.others.push_back({other->where, label_of(*other, kept.front())});
  if (problems.count > places_shown)
    diagnostic.notes.insert(
        diagnostic.notes.begin(),
        problems.count == places_shown + 1
            ? "1 more is not shown"
            : fmt::format("{} more are not shown", problems.count - places_shown));
  return diagnostic;
}

Diagnostic told_together(const std::vector<Diagnostic>& found) {
  AlikeProblems problems;
  for (const Diagnostic& diagnostic : found) problems.add(diagnostic);
  return told_together(problems);
}

void Alike::add(const Diagnostic& diagnostic) { add(diagnostic, kind_of(diagnostic)); }

void Alike::add(const Diagnostics& found) {
  for (const Diagnostic& diagnostic : found.list()) add(diagnostic);
}

void Alike::add(const Diagnostic& diagnostic, const std::string& kind) {
  const auto [place, fresh] = place_.try_emplace(kind, kinds_.size());
  if (fresh) kinds_.emplace_back();
  kinds_[place->second].add(diagnostic);
}

void Alike::finish(Diagnostics& diagnostics) const {
  for (const AlikeProblems& problems : kinds_) diagnostics.add(told_together(problems));
}

}  // namespace waystone::scenario
