// What a method makes of judgements: weights, what each judgement contributes to them, and how well
// the judgements agree. Limits and ties play no part here (except in benefit of the doubt): what
// people said and what is allowed are two things, and a report shows both.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "fit/judgements.hpp"

namespace waystone::fit {

/// One judgement, and the weights without it.
struct Contribution {
  std::string text;  // "corridor: 80 points"
  Span where;
  arma::vec without;  // shares of members; empty where the other judgements don't determine any
};

/// A comparison of pairs, and what it does to consistency. The nearer `error` is to 1, the better
/// it fits.
struct ComparisonFit {
  std::size_t comparison = 0;           // index in Ahp::comparisons
  double error = 1;                     // ratio as judged / ratio of the weights
  double implied = 1;                   // the ratio that the weights found give it
  std::optional<double> ratio_without;  // consistency ratio if it is left out; none where the
                                        // others then don't connect all members
  double ratio_replaced = 0;            // consistency ratio if `implied` is said instead
};

struct AhpFindings {
  double lambda_max = 0;  // principal eigenvalue; the number of members where all comparisons agree
  double consistency_index = 0;  // (lambda_max - n) / (n - 1); 0 below 2 members
  double random_index =
      0;  // the mean of random comparisons; 0 where no comparison could disagree with others
  double consistency_ratio = 0;     // consistency_index / random_index; 0 where that is 0
  std::size_t missing = 0;          // pairs not compared
  std::vector<ComparisonFit> fits;  // those whose replacement helps most first
};
inline constexpr double accepted_consistency_ratio = 0.1;  // Saaty's rule of thumb

struct BestWorstFindings {
  double xi = 0;           // largest deviation of a judgement, in shares: 0 where all agree
  double input_ratio = 0;  // input-based consistency ratio, from 0; NaN where the best isn't
                           // compared with the worst or is as important
  std::optional<double>
      threshold;  // up to which input_ratio is acceptable; none where the table ends
  std::optional<std::size_t>
      worst_member;  // the member whose judgements disagree most; none where all agree
};

struct BudgetFindings {
  arma::vec lowest, highest, deviation;  // by member: smallest and largest share, and standard
                                         // deviation (n - 1; 0 for one person)
};

struct ComponentFindings {
  arma::vec eigenvalues;     // of the correlation matrix, falling
  std::size_t retained = 0;  // components with an eigenvalue above 1
  double explained = 0;      // share of the variance that they explain, 0..1
  arma::mat loadings;        // members that vary x retained
  std::vector<std::size_t>
      constant;  // members whose scores are all the same: they keep today's share
  std::vector<std::size_t> unrated;  // subjects left out since a score is unknown
  bool fewer_subjects = false;       // than members that vary: the components rest on little
};

struct DoubtFindings {
  double score = 0;     // weighted mean of the members' scores at the weights found, points
  bool unique = false;  // no other weights within the limits give it
};

using Findings = std::variant<std::monostate, AhpFindings, BestWorstFindings, BudgetFindings,
                              ComponentFindings, DoubtFindings>;

struct Proposal {
  std::string source;  // "swing weights"
  arma::vec shares;    // members, 0 or more, adding up to 1; empty where the method finds none, and
                       // then `failure` says why
  double trust = 1;
  std::vector<Contribution> judgements;
  Findings findings;
  std::string failure;
  Span where;

  bool found() const { return !shares.is_empty(); }
};

/// Numbers as shares of their sum: 0 or more, finite, at least one above 0; else empty. Sums beyond
/// the largest double do no harm.
arma::vec normalised(const arma::vec& numbers);

/// Shares of some members (`given`, indices; adding up to 1 among them) as shares of all: members
/// not given keep `now`, the given ones divide the rest. Empty in, empty out.
arma::vec spread(const arma::vec& shares, const std::vector<std::size_t>& given,
                 const arma::vec& now);

/// A number without needless digits: "3", "0.333333".
std::string said(double number);

/// An empty proposal of a source; "comparisons of pairs (AHP)".
Proposal proposed_by(const Signature& signature, std::string source);

}  // namespace waystone::fit
