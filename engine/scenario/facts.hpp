// One fact: where it comes from (attributes) and what it says (a quantity), as written in TOML, CSV
// or on the command line, and the typed datum made of it.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "scenario/reading.hpp"

namespace waystone::scenario {

/// A value as written, before its indicator says what it must be. `text` is a view into a document
/// or a file.
struct Written {
  enum class Kind { number, yes_no, date, text, other };
  Kind kind = Kind::text;
  double number = 0;
  bool yes = false;
  Date date;
  std::string_view text;
  bool in_toml = false;  // else a cell of a CSV file, or the command line
  Span where;
};

Written written(const Value& value);
/// A cell of a CSV file or the right side of a setting, read as the unit asks.
Written written(std::string_view text, model::Unit unit, Span where);

struct Quantity {
  std::optional<Written> value, low, high, sd;
  std::optional<Said<std::string_view>> unit;
};

/// What a fact, `[defaults]`, a `[[wide]]` block or a row says about where a value comes from.
/// Words are checked when they are read.
struct Attributes {
  std::optional<Said<Date>> valid, known, review;
  std::optional<Said<std::string>> source, by, because, note;
  std::optional<Said<Grade>> grade;
  bool broken = false;  // one of these could not be read and has a stand-in; what rests on them is
                        // checked, but not kept
  bool misnamed = false;  // an unknown key is beside them, which may have meant one of those that
                          // are missing
};

/// valid, known, source, grade, by, because, review, note of a table.
Attributes read_attributes(Keys& keys, const Reading& reading);
/// The same without `valid`, for tables in which that key may be something other than a date.
Attributes read_dateless_attributes(Keys& keys, const Reading& reading);
/// `own`, completed by `defaults`. A signed fact takes no source from the defaults. A fact with a
/// source takes no signature from them, unless it is judged.
Attributes completed(const Attributes& own, const Attributes& defaults);

bool known_source(const std::string& name, Span where, const Reading& reading);            // E0309
std::optional<Grade> grade_of(std::string_view word, Span where, const Reading& reading);  // E0314
std::optional<NodeId> indicator_of(const std::string& name, Span where,
                                   const Reading& reading);  // E0308

/// How long after its date a figure of a source is known, by default; none if there is no such
/// source.
TimeSpan lag_of(std::string_view source, const model::Model& model);

/// Dates, source, grade and signature of a datum; E0310 to E0313, W0301. `name` is what messages
/// call the fact.
bool settle(const Attributes& attributes, Span where, const std::string& name,
            const Reading& reading, Datum& datum);
/// Value and range of a datum in the indicator's unit; E0304, E0315 to E0319, E0321.
bool quantify(const Quantity& quantity, const model::Node& node, const Reading& reading,
              Datum& datum);

/// Whether a figure in that unit can be turned into the indicator's; E0318.
bool unit_fits(const Said<std::string_view>& unit, const model::Node& node, const Reading& reading);
/// Advice if a value is of another kind than the indicator wants: how to write it, or how to say
/// that there is none. `fits` tells whether a number is possible there.
std::vector<std::string> hints_for(const Written& written, const model::Node& node,
                                   const std::function<bool(double)>& fits);
/// "'growth' is in percent", "'deaths' is a count"
std::string in_unit(const model::Node& node);
/// Advice if a unit is not a word of the language: the word for it, or how to do without.
std::vector<std::string> hints_for_unit(std::string_view said, const model::Node& node);
/// How to say that there is no value, in place of `written`.
std::string absence_hint(const Written& written);

/// One entry of a facts table or a branch: a bare value, or a table with attributes. Without a node
/// all but the value is checked, and nothing comes of it.
std::optional<Datum> read_fact(const Value& value, const std::string& name, const model::Node* node,
                               const Attributes& defaults, const Reading& reading);

/// The tables `[country.X.facts]`.
void read_inline_facts(const Value& countries, const CountryRule& rule, const Attributes& defaults,
                       const Reading& reading, std::map<std::string, Facts>& facts);

/// Orders the data of every fact by date and finds duplicates of one source: E0326, or a fault if
/// both are figures of tables.
void order_facts(std::map<std::string, Facts>& facts, std::vector<Fault>& faults,
                 const Reading& reading);

}  // namespace waystone::scenario
