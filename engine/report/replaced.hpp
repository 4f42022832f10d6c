// What the command line put in place of the scenario's own, in words: a page must not contradict
// its own heading.
#pragma once
#include "report/document.hpp"
#include "report/json.hpp"

namespace waystone::report {

/// The scenario's title, followed by what differs from it: "Debt at the end of 2022, asked for 31
/// December 2019 instead of 31 December 2022 (--as-of)".
std::string titled(const std::string& title, const std::vector<Replaced>& replaced);
std::string titled(const Scored& scored);
/// The same without the title: "Asked for 31 December 2019 instead of …."; "" where nothing is.
std::string replaced_sentence(const Scored& scored);
/// "--as-of 2019-12-31; --set UKR.eu_access=6": as given, for a table's cell.
std::string options_given(const Scored& scored);
/// The same of several dates in one table: without those.
std::string options_but_dates(const Scored& scored);
/// What was put in place but the date and what it brings with it.
std::vector<Replaced> replaced_but_dates(const Scored& scored);
/// docs/schema/score.md
Json replaced_json(const std::vector<Replaced>& replaced);

/// The same for several dates in one table; `days` differ in their date only.
std::string titled(const std::vector<Scored>& days);

/// A line about --rules, for verbs that may look at scenarios of many models; "" without it.
Document rules_line(const std::string& rules);

}  // namespace waystone::report
