// Weights of one group from everything that a judgement file says about them. Pools proposals and
// moves them into the limits and to where the examples hold, or sets weights so that importance
// meets its targets. Writes them in numerals, and says what each judgement does to the result.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "fit/asked.hpp"
#include "fit/numerals.hpp"
#include "fit/proposal.hpp"
#include "fit/share_importance.hpp"

namespace waystone::fit {

struct TuningQuestion : Context {
  NodeId output;                 // whose variance importance shares out
  std::vector<std::string> now;  // today's numerals, by member
  int decimals = 1;
};

enum class Status {
  tuned,
  nothing_asked,      // the judgements set no weights: benefit of the doubt, or limits that today's
                      // weights meet
  contradictory,      // no weights meet all examples: `shares` are the best compromise
  importance_missed,  // no weights within the limits give the importance wanted, or the search did
                      // not converge: `shares` are the nearest found
  failed  // a source gives no weights, or no numerals keep what was asked for: `failure` says why
};

/// What one judgement does: `without` has the weights if it had not been made.
struct Influence {
  std::string source, text;
  Span where;
  arma::vec without;  // empty where the other judgements don't determine any
  double points =
      0;  // of weight that it moves: half the sum of absolute differences, in percentage points
};

struct Tuned {
  Status status = Status::tuned;
  std::string failure;
  weights::Domain domain;
  bool found = true;                // weights were found; else `target` and `shares` are today's
  Basis figures;                    // the countries that [data] rests on
  std::vector<Proposal> proposals;  // by source
  std::vector<Proposal> doubts;     // benefit of the doubt, one a country: nothing to write
  arma::vec target;  // the proposals pooled by trust; today's weights where there are none
  arma::vec shares;  // exact
  std::optional<Written> written;     // where the status is `tuned`
  std::vector<Statement> statements;  // examples and expectations that were looked at
  std::vector<LeftOut> left_out;
  std::vector<std::size_t> statement;  // by requirement
  arma::vec slack;  // of each requirement, at the weights as written (else at `shares`), points
  std::vector<std::vector<std::string>> not_rated,  // as Asked::not_rated
      not_rated_then;  // by statement: countries that the weights of `slack` leave not rated
  std::vector<std::size_t> conflict;  // statements that contradict each other, where contradictory
  std::vector<Influence> influences;  // largest first
  std::optional<ImportanceFit> importance;
};

/// Never fails on a file that could be read; the status gives the outcome.
Tuned tune(const TuningQuestion& question);

/// The importance of each member under today's weights and under others, on a sample.
struct ImportanceReport {
  Basis basis;
  arma::vec now, then;  // shares of importance, members; empty where there are too few subjects or
                        // the score is the same for all
};
ImportanceReport importance_report(const weights::Group& group, ViewpointId viewpoint,
                                   const std::vector<weights::Subject>& subjects,
                                   const arma::vec& then);

}  // namespace waystone::fit
