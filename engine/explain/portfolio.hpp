// What is at stake in which country, weighed by its risk: concentration, limits, and what a change
// of scores costs, name by name.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/assess.hpp"
#include "explain/attribution.hpp"

namespace waystone::explain {

/// One exposure with its country's score.
struct BookLine {
  const scenario::Exposure* exposure = nullptr;
  double amount = 0;                        // in the book's currency
  double share = 0;                         // of the book, 0..1
  double score = evaluate::unknown_value;   // of its country; NaN: not rated, or not scored at all
  bool scored = false;                      // the scenario has the country
  std::string band;                         // "" without
  std::string main_band;                    // that of the main output, which limits are on
  double points = evaluate::unknown_value;  // its part of the weighted score; all add up to it
};

/// A part of a book: a country, a band, a group.
struct BookSlice {
  std::string name;              // code; name of the band; name of the group; "" of those in none
  std::string kind;              // of groups: "region"; else ""
  double amount = 0, share = 0;  // of the book, 0..1
  double weighted = evaluate::unknown_value;  // the mean score of its rated amounts
};

/// More at stake than there may be.
struct BrokenLimit {
  const scenario::Exposure* exposure = nullptr;    // either this
  const scenario::ExposureLimit* limit = nullptr;  // or this, on a band or group
  std::string currency;                            // of the two amounts
  double amount = 0, allowed = 0;
};

/// All exposures of one currency, or of all turned into one.
struct Book {
  std::string currency;
  bool converted = false;                     // from several
  std::vector<BookLine> lines;                // in order of the table
  double total = 0, rated = 0;                // amounts; of countries with a score
  double weighted = evaluate::unknown_value;  // mean score by amount, of the rated
  std::vector<double> by_view;                // the same, by viewpoint of the assessment
  std::vector<double> rated_by_view;          // amounts that it rates
  double herfindahl = 0;                      // sum of squared shares of countries, 0..1
  std::vector<BookSlice> countries;           // most amount first, then by code
  std::vector<BookSlice> bands;               // in order of the model; then not rated, if any is
  std::vector<BookSlice> groups;              // by kind and name; of each kind those in none last
};

/// One side of a change: scores of the same output.
struct ScoreSide {
  const evaluate::Case* scenario_case = nullptr;
  const evaluate::ViewResult* view = nullptr;
};

/// What a country adds to a change of the weighted score.
struct CostPart {
  std::string country;
  double share = 0;           // of what is rated on both sides
  double from = 0, to = 0;    // its score
  double points = 0;          // share * (to - from)
  std::vector<Part> because;  // which factors moved its score, largest first; of the leading names
};

/// A change of the weighted score; over the amounts rated on both sides.
struct BookCost {
  double from = 0, to = 0, points = 0;  // weighted scores; `points` is the sum of all parts
  std::vector<CostPart> parts;          // those that move, largest first, then by code
  std::vector<std::string> one_sided;   // countries rated on one side alone: left out
  double one_sided_share = 0;           // of the book
  bool none_on_both = false;  // no country at stake is rated on both sides: the rest says nothing
};

struct PortfolioResult {
  NodeId output;
  std::vector<Book> books;  // with rates the converted one first; then each currency, by code
  std::vector<BrokenLimit> broken;
  std::vector<const scenario::ExposureLimit*> unseen;  // nothing is at stake in their currency
  std::vector<BookCost> costs;                         // by book; empty without another side
};

/// `rates` of the portfolio must have every currency, or there are none at all. `told`: index of
/// the view whose scores count.
PortfolioResult portfolio(const evaluate::Case& scenario_case,
                          const evaluate::Assessment& assessment, std::size_t told, NodeId output,
                          const scenario::Portfolio& portfolio);

/// Adds `costs`: from one side to another, of the output of that name, which the rules of both
/// have. `separate`: the program of both, with Sharing::separate, to say which factors moved; null
/// where the rules differ.
void add_costs(PortfolioResult& result, const std::string& output, const ScoreSide& from,
               const ScoreSide& to, const program::Program* separate);

/// Numbers as whole multiples of 10^-digits that add up to their rounded sum: each is one of the
/// two nearest.
std::vector<std::int64_t> units_that_add_up(const std::vector<double>& numbers, int digits);

}  // namespace waystone::explain
