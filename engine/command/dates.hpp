// Dates on the command line.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"

namespace waystone::command {

/// Days of an option that takes several: "2015-06-30", "2015-06", "2015Q2", "2015" (the last day of
/// each), "2013..2023" (every year, or every month or quarter where the ends are such),
/// "2013..2023/5" (every fifth), and lists of these with commas. Ascending, each once.
/// Stop{wrong_use} if a text is none of these, a range runs backwards, or there are more than
/// `most_dates`.
std::vector<Date> dates_of(const std::vector<std::string>& texts, const std::string& option);

/// The day of an option that takes one; nothing if the option is absent.
std::optional<Date> date_of(const std::string& text, const std::string& option);

inline constexpr std::size_t most_dates = 200;

}  // namespace waystone::command
