#include "fit/best_worst.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "optimise/linear.hpp"

namespace waystone::fit {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// more = ratio x less
struct Judged {
  std::size_t more, less;  // places among the members judged
  double ratio;
  std::string text;
  Span where;
};

struct Problem {
  std::vector<std::size_t> members;  // of the group, those judged
  std::vector<Judged> judgements;
};

std::optional<double> ratio_of(const std::vector<Said>& list, std::size_t member) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Said& one) { return one.member == member; });
  return found == list.end() ? std::nullopt : std::optional(found->number);
}

// How many times as important the best is as the worst.
std::optional<double> best_to_worst(const BestWorst& said) {
  const auto there = ratio_of(said.best_to_others, said.worst);
  return there ? there : ratio_of(said.others_to_worst, said.best);
}

Problem problem_of(const BestWorst& said, const weights::Group& group) {
  Problem result;
  std::vector<std::size_t>& members = result.members;
  members = {said.best, said.worst};
  for (const auto* list : {&said.best_to_others, &said.others_to_worst})
    for (const Said& one : *list) members.push_back(one.member);
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  const auto add = [&](std::size_t more, std::size_t less, const Said& one) {
    const auto place = [&](std::size_t member) {
      return std::size_t(std::lower_bound(members.begin(), members.end(), member) -
                         members.begin());
    };
    result.judgements.push_back(
        {place(more), place(less), one.number,
         fmt::format("{} is {} times as important as {}", group.members[more],
                     fit::said(one.number), group.members[less]),
         one.where});
  };
  for (const Said& one : said.best_to_others) add(said.best, one.member, one);
  for (const Said& one : said.others_to_worst)
    if (one.member != said.best || !ratio_of(said.best_to_others, said.worst))
      add(one.member, said.worst, one);
  return result;
}

struct Solution {
  arma::vec shares;  // of the members judged; empty where the solver gave up
  double xi = 0;
};

// Deviations of all judgements: judgements x members.
arma::mat deviations(const std::vector<Judged>& judgements, std::size_t members) {
  arma::mat result(judgements.size(), members, arma::fill::zeros);
  for (std::size_t k = 0; k < judgements.size(); ++k) {
    result(k, judgements[k].more) += 1;
    result(k, judgements[k].less) -= judgements[k].ratio;
  }
  return result;
}

// |deviations w| <= slack s, Σ w = 1, over the variables w and s.
optimise::LinearProgram bounded(const arma::mat& deviations, const arma::mat& slack) {
  const arma::uword k = deviations.n_rows, n = deviations.n_cols, extra = slack.n_cols;
  optimise::LinearProgram program;
  program.rows =
      arma::join_cols(arma::join_rows(deviations, -slack), arma::join_rows(-deviations, -slack));
  program.rows = arma::join_cols(
      program.rows, arma::join_rows(arma::ones<arma::mat>(1, n), arma::zeros<arma::mat>(1, extra)));
  program.row_low = arma::vec(2 * k + 1).fill(-infinite);
  program.row_high = arma::zeros<arma::vec>(2 * k + 1);
  program.row_low[2 * k] = program.row_high[2 * k] = 1;
  program.cost = arma::join_cols(arma::zeros<arma::vec>(n), arma::ones<arma::vec>(extra));
  program.low = arma::zeros<arma::vec>(n + extra);
  program.high = arma::join_cols(arma::ones<arma::vec>(n), arma::vec(extra).fill(infinite));
  return program;
}

Solution solve(const std::vector<Judged>& judgements, std::size_t members) {
  const arma::mat rows = deviations(judgements, members);
  const arma::mat one_for_all = arma::ones<arma::mat>(rows.n_rows, 1),
                  one_each = arma::mat(rows.n_rows, rows.n_rows, arma::fill::eye);
  const optimise::LinearSolution least = optimise::solve(bounded(rows, one_for_all));
  if (least.status != optimise::Status::optimal) return {};
  Solution result{normalised(arma::clamp(arma::vec(least.x.head(members)), 0, 1)),
                  std::max(0.0, least.value)};
  optimise::LinearProgram second = bounded(rows, one_each);
  second.high.tail(rows.n_rows).fill(result.xi + 1e-9);
  const optimise::LinearSolution total = optimise::solve(second);
  if (total.status == optimise::Status::optimal)
    result.shares = normalised(arma::clamp(arma::vec(total.x.head(members)), 0, 1));
  return result;
}

BestWorstFindings findings_of(const BestWorst& said, std::size_t members, double xi) {
  BestWorstFindings result;
  result.xi = xi;
  result.input_ratio = input_consistency_ratio(said);
  const auto whole = best_to_worst(said);
  if (!whole) return result;
  result.threshold = input_threshold(members, *whole);
  double largest = 1e-9;
  for (const Said& one : said.best_to_others) {
    const auto rest = ratio_of(said.others_to_worst, one.member);
    if (one.member == said.worst || !rest || std::abs(one.number * *rest - *whole) <= largest)
      continue;
    largest = std::abs(one.number * *rest - *whole);
    result.worst_member = one.member;
  }
  return result;
}

}  // namespace

double input_consistency_ratio(const BestWorst& said) {
  const auto whole = best_to_worst(said);
  if (!whole || !(*whole > 1)) return std::numeric_limits<double>::quiet_NaN();
  double largest = 0;
  for (const Said& one : said.best_to_others) {
    const auto rest = ratio_of(said.others_to_worst, one.member);
    if (one.member != said.worst && rest)
      largest = std::max(largest, std::abs(one.number * *rest - *whole));
  }
  return largest / (*whole * *whole - *whole);
}

std::optional<double> input_threshold(std::size_t n, double best_to_worst) {
  // a_BW 2 to 9 by 3 to 9 members
  static constexpr std::array<std::array<double, 7>, 8> table{
      {{0, 0, 0, 0, 0, 0, 0},
       {0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667},
       {0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683},
       {0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960},
       {0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262},
       {0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403},
       {0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657},
       {0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662}}};
  if (n < 3 || n > 9 || !(best_to_worst >= 2 && best_to_worst <= 9) ||
      best_to_worst != std::floor(best_to_worst))
    return std::nullopt;
  return table[std::size_t(best_to_worst) - 2][n - 3];
}

Proposal propose(const BestWorst& said, const weights::Group& group) {
  Proposal result = proposed_by(said.signature, "best-worst method");
  const Problem problem = problem_of(said, group);
  const Solution solution = solve(problem.judgements, problem.members.size());
  result.shares = spread(solution.shares, problem.members, group.now);
  if (!result.found()) {
    result.failure = "the linear program of the method could not be solved";
    return result;
  }
  for (std::size_t k = 0; k < problem.judgements.size(); ++k) {
    std::vector<Judged> others = problem.judgements;
    others.erase(others.begin() + std::ptrdiff_t(k));
    arma::vec without;
    if (!others.empty())
      without = spread(solve(others, problem.members.size()).shares, problem.members, group.now);
    result.judgements.push_back(
        {problem.judgements[k].text, problem.judgements[k].where, std::move(without)});
  }
  result.findings = findings_of(said, problem.members.size(), solution.xi);
  return result;
}

}  // namespace waystone::fit
