// `score` for people and for spreadsheets.
#pragma once
#include <set>

#include "explain/causes.hpp"
#include "report/document.hpp"
#include "report/pieces.hpp"
#include "report/ranking.hpp"
#include "report/results.hpp"

namespace waystone::report {

/// Tables of more countries than this have one row a country and outputs only.
inline constexpr std::size_t most_in_columns = 6;

struct ScoreOptions {
  bool all = false;  // factors of any number of countries, inner factors too
};

/// Tables of one scenario, at most `page_width` columns wide. Of few countries all outputs, unless
/// the ranking asks for something particular.
Document score_text(const Scored& scored, const Ranking& ranking, const ScoreOptions& options);

/// One scenario on several dates, ascending: tables of country by date, of what is ranked by.
Document dates_text(const std::vector<RankedScored>& days);

/// One row a scenario, viewpoint, country and node (outputs, factors, derived values, indicators),
/// every digit; with the header line. Row by row.
void put_score_csv(const std::vector<Scored>& scenarios, const Put& put);
/// How every table begins that `put_score_csv` gives.
inline constexpr std::string_view score_csv_begin = "scenario,as_of,viewpoint,country,kind,name,";

// ---- parts of score_text

/// The factors of every output, a column a country. `explained`: marks explained above.
Document factor_tables(const Scored& scored, const ScoreOptions& options,
                       const std::set<char>& explained);
/// What is missing, old, overridden, fired or binding. `ranked`: the node of whose missing values a
/// ranking tells; none where there is no ranking.
Document score_notes(const Scored& scored, NodeId ranked);
/// Branch by branch and expected values; "" where the scenario has none.
Document branch_tables(const Scored& scored);

/// Whether, from some viewpoint, a country's output leaves out rules that would move it if they
/// held.
bool leaves_out_rules(const Scored& scored, const std::string& country, NodeId output);

/// Whether a country has an output in the first viewpoint.
bool is_rated(const Scored& scored, const std::string& code, NodeId output);
/// The order in which countries are listed: by an output in the first viewpoint, highest first,
/// then by name; those not rated last, by name.
std::vector<std::string> in_order(const Scored& scored, NodeId output);
/// The overrides of these countries, one a paragraph: target, points, who, until when, why; whether
/// applied.
Document override_notes(const Scored& scored, const std::vector<std::string>& countries);

/// Dates as short as tells them apart: "2019" where all end years, "2019-06" where all end months.
std::vector<std::string> date_headers(const std::vector<Scored>& days);
/// "high", "high (was elevated)"; "" where there are no bands.
std::string band_cell(const Scored& scored, const std::string& code, std::size_t view,
                      NodeId output);
/// "Ukraine"; "UKR" where the code is a name of one's own.
std::string country_title(const std::string& code);
/// "100 is worst" or "100 is best".
std::string direction_words(const model::Node& node);

}  // namespace waystone::report
