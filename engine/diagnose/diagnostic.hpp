// What Waystone says when something is wrong with a file: a stable code, a place, one plain
// sentence, and what would help.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/source.hpp"

namespace waystone {

enum class Severity { error, warning };

/// Stable codes; codes.def is the one table. E… are errors, W… warnings. Each has a page
/// docs/diagnostics/CODE.md.
enum class Code {
#define WAYSTONE_CODE(code, title) code,
#include "diagnose/codes.def"
#undef WAYSTONE_CODE
};

std::string_view name_of(Code code);   // "E0210"
std::string_view title_of(Code code);  // "weights don't add up"
Severity severity_of(Code code);
std::optional<Code> find_code(std::string_view name);
std::vector<Code> all_codes();

struct Label {
  Span where;
  std::string text;  // a remark on it; may be empty for the main place
};

struct Diagnostic {
  Code code;
  Span where;                 // main place; invalid for the command line
  std::string message;        // one sentence, no full stop: what was found and what was expected
  std::string label;          // beside the caret; may be empty
  std::vector<Label> others;  // other places that matter
  std::vector<std::string> notes;  // what would help: "did you mean 'security'?"

  Severity severity() const { return severity_of(code); }
};

/// Everything said in one run, in the order found. Bounded: past `most` only the number is kept.
class Diagnostics {
 public:
  static constexpr std::size_t most = 1000;
  void add(Diagnostic diagnostic);
  void add(Code code, Span where, std::string message, std::string label = {},
           std::vector<std::string> notes = {});
  void append(const Diagnostics& others);
  bool has_errors() const { return errors_ > 0; }
  std::size_t errors() const { return errors_; }
  std::size_t warnings() const { return warnings_; }
  bool empty() const { return errors_ + warnings_ == 0; }
  const std::vector<Diagnostic>& list() const { return list_; }
  /// By file, place and code; duplicates removed.
  void sort();

 private:
  std::vector<Diagnostic> list_;
  std::size_t errors_ = 0, warnings_ = 0;
};

/// A value, or nothing where the diagnostics hold an error. Warnings may come with a value.
template <class T>
struct Outcome {
  std::optional<T> value;
  Diagnostics diagnostics;
  explicit operator bool() const { return value.has_value(); }
  /// The same of what a value turns into.
  template <class U>
  requires(std::is_convertible_v<T, U> && !std::is_same_v<T, U>) operator Outcome<U>() const {
    Outcome<U> turned;
    if (value) turned.value.emplace(*value);
    turned.diagnostics = diagnostics;
    return turned;
  }
};

/// The nearest of `candidates` to `name` by edit distance (transpositions count one), if it is near
/// enough to be meant.
std::optional<std::string> nearest(std::string_view name,
                                   const std::vector<std::string>& candidates);
/// Whether two names differ by one letter that is wrong, missing, too many, or in the other's
/// place.
bool one_slip_apart(std::string_view a, std::string_view b);
/// {"did you mean 'x'?"} or {}: ready for Diagnostic::notes.
std::vector<std::string> suggestion(std::string_view name,
                                    const std::vector<std::string>& candidates);

struct TextStyle {
  bool color = false;
  std::size_t most = 20;  // diagnostics printed; the rest are counted
};
/// The diagnostic as it may be shown: of a place in a file that is withheld no more than what its
/// code says of any.
Diagnostic presentable(const Diagnostic& diagnostic, const SourceMap& sources);

/// The diagnostics for people: message, place, line, caret, notes, page.
std::string render_text(const Diagnostics& diagnostics, const SourceMap& sources,
                        const TextStyle& style);

}  // namespace waystone
