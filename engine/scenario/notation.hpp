// Figures, dates and gaps as spreadsheets and publishers write them. The reader accepts none of
// them; the message that refuses one says how to write it.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waystone::scenario {

/// A figure in another notation than a plain number.
struct Figure {
  std::vector<std::string>
      advice;             // "a point is the decimal mark"; empty where signs around it are all
  std::string numeral;    // the figure as a plain number, "4.5"; two of them for a range
  std::string otherwise;  // the other meaning of an ambiguous mark; mostly ""
  bool alone = false;     // leaves out a sign beside it (%, a currency, a unit)
  bool percent = false;   // that sign is one for percent
  bool foreign = false;   // that sign is a currency other than USD

  /// One note, "a point is the decimal mark: 4.5". `unit` says what goes without a sign: "'growth'
  /// is in percent", or "" where nothing is known of it.
  std::string hint(std::string_view unit = {}) const;
  /// Whether the number alone would be wrong: an amount of another currency where USD are wanted.
  bool wants_conversion(std::string_view unit) const;
};

/// The figure that a text evidently means; nothing for a plain number or for something that is not
/// a figure. `fits` tells whether a value is possible there, which decides between the readings of
/// "15,700" if only one is.
std::optional<Figure> figure_in(
    std::string_view text, const std::function<bool(double)>& fits = [](double) { return true; });

/// Whether a text is a number as CSV files and the command line have it: "-1.5e3", "+2", ".5".
bool is_plain_number(std::string_view text);

/// "23500" for "23.500", where the point may have been set between thousands; else nothing.
std::optional<std::string> without_point(std::string_view numeral);

/// "5" for "1/5": a fraction below 1 turned round; else nothing.
std::optional<std::string> turned_fraction(std::string_view text);

/// Whether a text says that there is no value: "..", "n/a", "NaN", a dash.
bool marks_absence(std::string_view text);
/// Whether a number is one that publishers write where there is no value: -9999, 999, 99.99, -77.
bool stands_for_none(double number);
bool stands_for_none(std::string_view numeral);

/// Days that a text in another notation may mean, as 2015-06-30, the likelier first; empty for
/// something that is not a date. A month, quarter or year means its last day.
std::vector<std::string> dates_in(std::string_view text);
/// The same as one note, or "".
std::string date_hint(std::string_view text);

/// A text in small letters and ASCII where it has an equal there: blanks, dashes, digits, quotes
/// and marks of other alphabets and of typesetting become the plain ones; what has none becomes
/// '?'.
std::string plain(std::string_view text);

}  // namespace waystone::scenario
