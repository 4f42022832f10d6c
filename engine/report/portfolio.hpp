// `portfolio`: what is at stake, weighed by risk.
#pragma once
#include <optional>

#include "explain/portfolio.hpp"
#include "report/document.hpp"
#include "report/json.hpp"
#include "report/pieces.hpp"
#include "report/results.hpp"

namespace waystone::report {

struct Weighed {
  enum class Change {
    none,
    settings,  // facts that the command line put in place
    scenario,  // from this scenario to another
    date       // from an earlier date to this one
  };
  Scored scored;
  const scenario::Portfolio* portfolio = nullptr;
  explain::PortfolioResult result;
  std::optional<explain::PortfolioResult> before;  // without what the command line put in place
  std::size_t told = 0;                            // index of the viewpoint whose scores count
  Change change = Change::none;
  std::optional<Scored> against;  // the other scenario or date
  bool earlier = false;
};

/// docs/schema/portfolio.md
Json portfolio_json(const Weighed& weighed);
Document portfolio_text(const Weighed& weighed);
/// A row an exposure, every digit, with the header line.
void put_portfolio_csv(const Weighed& weighed, const Put& put);
/// How every table begins that `put_portfolio_csv` gives.
inline constexpr std::string_view portfolio_csv_begin =
    "scenario,as_of,output,viewpoint,exposure_of,country_name,name,currency,";

/// The marks of a line's score, as `score` prints them: "r*".
std::string portfolio_marks(const Weighed& weighed, const explain::BookLine& line);
/// "--set UKR.eu_access=6", "another.toml", "30 June 2019": what changed.
std::string change_words(const Weighed& weighed);

}  // namespace waystone::report
