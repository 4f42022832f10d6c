// What all parts of the scenario reader share: the model, the files, the diagnostics, and careful
// reading of tables.
#pragma once
#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/document.hpp"
#include "scenario/scenario.hpp"
#include "scenario/text_encoding.hpp"

namespace waystone::scenario {

inline constexpr std::size_t largest_scenario = 8u << 20;   // bytes
inline constexpr std::size_t largest_figures = 512u << 20;  // bytes of one CSV file

struct Reading {
  const model::Model& model;
  const model::ReadFile& read;
  SourceMap& sources;
  Diagnostics& diagnostics;
  std::string_view document = "scenario";  // what is read: its keys go above the first table
  mutable std::size_t comparisons_left =
      200'000;  // of names for suggestions, so that a file full of wrong names costs no minutes
  bool knows_model = true;  // false: `model` is empty, its names may stand for anything, and what
                            // hangs on them is left unread

  /// The nearest of the names that `candidates()` gives, while there are comparisons left.
  template <class Candidates>
  std::optional<std::string> near(std::string_view name, const Candidates& candidates) const {
    if (comparisons_left == 0) return std::nullopt;
    const std::vector<std::string> names = candidates();
    comparisons_left -= std::min(comparisons_left, names.size());
    return nearest(name, names);
  }
  /// The same as a note: {"did you mean 'x'?"} or {}.
  template <class Candidates>
  std::vector<std::string> suggest(std::string_view name, const Candidates& candidates) const {
    const auto found = near(name, candidates);
    return found ? std::vector<std::string>{"did you mean '" + *found + "'?"}
                 : std::vector<std::string>{};
  }
  /// The same, with what is found kept apart.
  Reading into(Diagnostics& apart) const {
    return {model, read, sources, apart, document, comparisons_left, knows_model};
  }
  void error(Code code, Span where, std::string message,
             std::vector<std::string> notes = {}) const {
    diagnostics.add(code, where, std::move(message), {}, std::move(notes));
  }
};

/// Something with the place where it was said.
template <class T>
struct Said {
  T value;
  Span where;
};

/// Reads a file whole into the source map: size (E0002) and UTF-8 (E0003) checked, a byte order
/// mark dropped. `where` is where it was asked for. `what` is wanted: "a scenario", "a table", "a
/// judgement file"; E0004 where the file is evidently something else. A table may be in another
/// encoding.
std::optional<FileId> open_file(const std::string& path, std::string_view what, Span where,
                                std::size_t largest, const model::ReadFile& read,
                                SourceMap& sources, Diagnostics& diagnostics,
                                Encoding encoding = Encoding::utf8);

/// E0001 if a file that another file names here can't be read.
void check_readable(const std::string& path, Span where, const Reading& reading);

/// One table, read key by key. A key that nobody reads is unknown.
class Keys {
 public:
  /// `what` names the table in messages: "[defaults]".
  Keys(const Value& table, std::string what, const Reading& reading)
      : table_(table), what_(std::move(what)), reading_(reading) {}

  const Entry* take(std::string_view key);
  /// As take, but `finish` reports E0303 where it is absent.
  const Entry* need(std::string_view key);
  /// Has `finish` report that a key is absent, unless an unknown key is that one misspelt.
  void lacks(std::string_view key, Span where, std::string message, std::vector<std::string> notes);
  std::optional<Said<std::string>> text(std::string_view key);
  /// Text that headings and tables have on one line: runs of white space become one space.
  std::optional<Said<std::string>> line(std::string_view key);
  std::optional<Said<Date>> date(std::string_view key);
  std::optional<Said<double>> number(std::string_view key);  // finite
  /// A name or a list of names; E0304 for a list that is written as one text.
  std::vector<Said<std::string>> texts(std::string_view key);
  /// A list of tables; empty where absent.
  std::vector<const Value*> tables(std::string_view key);
  const Value* table(std::string_view key);
  /// Reports every key that was not taken, then those that are lacking; true if all keys are known.
  /// `hint` gives advice on a key, or "".
  bool finish(const std::function<std::string(const Entry&)>& hint = {}) const;
  /// Skips a key that has been reported.
  void pass_over(std::string_view key) { take(key); }

 private:
  struct Lacking {
    std::string key;
    Diagnostic diagnostic;
  };
  void wrong(const Entry& entry, const Value& found, std::string_view wanted) const;
  std::vector<std::string> absent() const;
  std::string meant_by(const Entry& entry,
                       const std::function<std::string(const Entry&)>& hint) const;
  const Value& table_;
  std::string what_;
  const Reading& reading_;
  std::vector<std::string> taken_;
  std::vector<Lacking> lacking_;
};

/// The one of `keys` that another word stands for elsewhere: "because" for "reason"; "" for none.
std::string key_meant_by(std::string_view said, const std::vector<std::string>& keys);

/// E0302 if a key of the whole file is within a table, `what`; returns whether it is.
bool report_misplaced(const Entry& entry, const std::string& what, const Reading& reading);
/// Whether such a key is within any table of a document.
bool stands_within(const Value& document, std::string_view key);

/// E0304 in one form for all.
void wrong_kind(const Reading& reading, const std::string& name, const Value& found,
                std::string_view wanted);

// Names of a model, for suggestions.
std::vector<std::string> indicator_names(const model::Model& model);
std::vector<std::string> target_names(const model::Model& model);
std::vector<std::string> viewpoint_names(const model::Model& model);
std::vector<std::string> source_names(const model::Model& model);

/// What a text that is no code may mean: "Poland is POL".
std::vector<std::string> country_hints(std::string_view text, const Reading& reading);

/// Which names mean countries in one file.
struct CountryRule {
  bool own = false;  // codes = "own"
  /// Whether `code` can be a country's name here.
  bool allows(std::string_view code) const;
  /// E0307 where `code` can't be a country's name here.
  bool check(const std::string& code, Span where, const Reading& reading) const;
};

}  // namespace waystone::scenario
