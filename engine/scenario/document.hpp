// A TOML document without toml++: values with their places, tables in the order in which they were
// written.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "diagnose/diagnostic.hpp"
#include "scenario/toml_slips.hpp"

namespace waystone::scenario {

struct Entry;

struct Value {
  enum class Kind { table, array, text, number, yes_no, date, other };
  Kind kind = Kind::table;
  Span where;
  Span inside;  // text: what stands between the quotes, escapes resolved (then in a shadow of the
                // file, at the same place)
  std::string text;
  double number = 0;  // may be infinite or not a number: TOML allows it
  bool yes = false;
  Date date;
  std::vector<Entry> entries;  // table
  std::vector<Value> items;    // array

  const Entry* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Span where;  // of the key
  Value value;
};

/// "a number", "text": for messages.
std::string_view kind_name(Value::Kind kind);

/// Reads a file as TOML 1.0. A syntax error (E0301) hides what comes after it. Strings with escapes
/// get a shadow: a copy of the file, added to `sources`, that has their resolved text, so that
/// positions inside them can be shown. `describe` helps to say what is wrong with the value of a
/// key.
std::optional<Value> read_document(SourceMap& sources, FileId file, Diagnostics& diagnostics,
                                   const DescribeKey& describe = {});

}  // namespace waystone::scenario
