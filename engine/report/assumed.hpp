// `assumptions`: what scores rest on that nobody measured, who answers for it, and how much it is.
#pragma once
#include "explain/assumptions.hpp"
#include "report/document.hpp"
#include "report/json.hpp"
#include "report/pieces.hpp"

namespace waystone::report {

struct Assumed {
  Scored scored;
  explain::Assumptions found;
  bool one_by_one = false;  // facts of each country apart, for people; else an indicator at a time
};

/// docs/schema/assumptions.md
Json assumptions_json(const Assumed& assumed);
Document assumptions_text(const Assumed& assumed);
/// A row an assumption, every digit, with the header line.
void put_assumptions_csv(const Assumed& assumed, const Put& put);
/// How every table begins that `put_assumptions_csv` gives.
inline constexpr std::string_view assumptions_csv_begin =
    "scenario,as_of,output,viewpoint,assumption,country,country_name,name,";

/// "0 of 8", "security at least 65", "+5 points", "unknown: it stays without a value": what is
/// assumed.
std::string assumed_words(const Assumed& assumed, const explain::Assumption& one);
/// The name of what it is about: of an indicator, factor, rule, viewpoint.
std::string assumed_name(const Assumed& assumed, const explain::Assumption& one);
/// "reviewed by 1 May 2027", "review was due on 1 January 2016", "until …"; "" without a date.
std::string review_words(const Assumed& assumed, const explain::Assumption& one);

}  // namespace waystone::report
