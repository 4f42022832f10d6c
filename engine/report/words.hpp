// Numbers, dates and values as people read them. evaluate/digits.hpp decides how many digits a
// score prints with; only JSON and CSV print every digit.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/model.hpp"

namespace waystone::report {

// Scores and differences of scores, with `digits` after the point.
std::string points(double score, int digits);          // "47", "0.350"; "not rated" for NaN
std::string signed_points(double points, int digits);  // "+20", "-0.3", "0"; "" for NaN
std::string small_points(
    double points,
    int digits);  // the same, but "+<1" and "-<0.1" for what is not nothing yet rounds to it
std::string point_word(double points,
                       int digits);  // "1 point", "0.119 points", "less than 1 point", without sign
/// The change between two scores printed beside it: "7 points"; "less than 1 point" if they look
/// alike.
std::string printed_change(double from, double to, int digits);
/// The same for a table's cell: "-7", "+<1".
std::string printed_move(double from, double to, int digits);
/// What a rule moves a score by, `value` minus that without it: "-7", "+<1"; where one of the two
/// is not rated "no score with it", "no score without it".
std::string moved_words(double value, double moved, int digits);
std::string interval(double low, double high,
                     int digits);  // "41 to 55"; "47" where both round to it
/// Half a unit of the last digit: anything less rounds to nothing and is summed up, not listed.
double least_told(int digits);
std::string written_points(
    double points);  // as a rule file writes them: "5 points", "0.001 points", "1 point"
std::string percent(double share);             // 0.93: "93%"
std::string amount(double value);              // "4,000", "12.4", "0.034"
std::string amount(double value, int digits);  // "4,000.0"
std::string exact(
    double value);  // shortest text that reads back to the same number; "never", "unknown"

/// A value in the node's unit: "12.4%", "USD 15 billion", "2010-12-19", "yes", `3 of 4, "written,
/// never tested"`.
std::string value_in_words(const model::Node& node, double value);
/// The same for a table's cell: a level without its anchor ("3 of 4").
std::string value_in_short(const model::Node& node, double value);
/// "3,000 to 5,200" in the node's unit; "" where both are equal or nothing is known about either
/// end.
std::string range_in_words(const model::Node& node, double low, double high);

std::string long_date(Date date);  // "30 June 2015"
std::string counted(std::size_t number, std::string_view one,
                    std::string_view many);  // "1 error", "2 errors"
std::string joined(const std::vector<std::string>& items,
                   std::string_view last = " and ");  // "a, b and c"
std::string listed(
    const std::vector<std::string>& items);  // "a; b; c": of what may hold commas itself
/// The first `most` items, then the number left out and where they are: "and 4 more (--json has
/// all)".
std::string joined_up_to(const std::vector<std::string>& items, std::size_t most,
                         std::string_view where = "--json has all");
/// " (Serbia is not rated by any weights within the limits)"; "" of none. By codes.
std::string never_rated_words(const std::vector<std::string>& countries);
std::string one_line(std::string_view text);  // runs of white space become one space
/// Text of a rule file on one line, without comments.
std::string code_line(std::string_view text);
std::string capitalised(std::string text);
std::string spoken(std::string_view name);  // "market_access": "market access"

std::string combination_in_words(const model::Factor& factor);  // "power mean of order 2"
std::string_view unit_word(model::Unit unit);                   // "percent", "yes/no"
std::string_view kind_word(model::NodeKind kind);               // "indicator"
std::string_view comparison_word(model::Op op);                 // ">="
std::string_view effect_word(model::EffectKind kind);           // "at_least"

}  // namespace waystone::report
