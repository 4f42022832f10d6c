#include "fit/statistical.hpp"

#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "optimise/linear.hpp"

namespace waystone::fit {

Proposal equal_weights(const weights::Group& group) {
  Proposal result;
  result.source = "equal weights";
  result.shares = normalised(arma::ones<arma::vec>(group.size()));
  return result;
}

namespace {

constexpr double same_score = 1e-9;  // points: scores no further apart than this don't vary

struct Components {
  arma::vec shares;  // of the members of the group; empty where there are none
  ComponentFindings findings;
  std::string failure;
};

arma::uvec rated_rows(const arma::mat& scores) {
  std::vector<arma::uword> rows;
  for (arma::uword i = 0; i < scores.n_rows; ++i)
    if (scores.row(i).is_finite()) rows.push_back(i);
  return arma::uvec(rows);
}

// Correlations of columns that vary.
arma::mat correlations(const arma::mat& scores) {
  arma::mat standard = scores.each_row() - arma::mean(scores, 0);
  for (arma::uword j = 0; j < standard.n_cols; ++j) standard.col(j) /= arma::norm(standard.col(j));
  arma::mat result = standard.t() * standard;
  result.diag().ones();
  return result;
}

std::size_t retained(const arma::vec& eigenvalues, std::size_t asked) {
  if (asked > 0) return std::min<std::size_t>(asked, eigenvalues.n_elem);
  if (eigenvalues.n_elem == 1) return 1;
  return arma::accu(eigenvalues > 1 + 1e-9);
}

std::string too_few(arma::uword rated) {
  static constexpr std::array<std::string_view, 3> words{"are none", "is one", "are two"};
  return fmt::format("at least three countries have to be rated in all members, and there {}",
                     words[rated]);
}

Components components_of(const arma::mat& all, std::size_t asked, const arma::vec& now) {
  Components result;
  ComponentFindings& findings = result.findings;
  const arma::uvec rated = rated_rows(all);
  for (arma::uword i = 0, k = 0; i < all.n_rows; ++i) {
    if (k < rated.n_elem && rated[k] == i)
      ++k;
    else
      findings.unrated.push_back(i);
  }
  const arma::mat scores = all.rows(rated);
  std::vector<std::size_t> varying;
  for (arma::uword j = 0; j < all.n_cols; ++j) {
    const bool varies = scores.n_rows > 1 && arma::range(scores.col(j)) > same_score;
    (varies ? varying : findings.constant).push_back(j);
  }
  constexpr arma::uword fewest_subjects =
      3;  // over two, all correlations are 1 or -1, whatever the figures
  if (scores.n_rows < fewest_subjects || varying.empty()) {
    result.failure = scores.n_rows < fewest_subjects ? too_few(scores.n_rows)
                                                     : "no member's scores vary over the countries";
    return result;
  }
  findings.fewer_subjects = scores.n_rows < varying.size();
  arma::vec rising;
  arma::mat vectors;
  if (!arma::eig_sym(rising, vectors,
                     correlations(scores.cols(arma::conv_to<arma::uvec>::from(varying))))) {
    result.failure = "the correlation matrix has no eigenvalues that could be found";
    return result;
  }
  findings.eigenvalues = arma::clamp(arma::reverse(rising), 0, double(varying.size()));
  findings.retained = retained(findings.eigenvalues, asked);
  if (findings.retained == 0) {
    result.failure =
        "the members' scores are not correlated: no component explains more than one of them";
    return result;
  }
  const arma::vec kept = findings.eigenvalues.head(findings.retained);
  findings.explained = arma::accu(kept) / double(varying.size());
  findings.loadings = arma::fliplr(vectors).eval().head_cols(findings.retained);
  findings.loadings.each_row() %= arma::sqrt(kept).t();
  result.shares = spread(normalised(arma::sum(arma::square(findings.loadings), 1)), varying, now);
  return result;
}

}  // namespace

Proposal principal_components(const ScoreTable& table, const weights::Group& group,
                              std::size_t components) {
  Proposal result;
  result.source = "principal components";
  Components found = components_of(table.scores, components, group.now);
  result.shares = std::move(found.shares);
  result.failure = std::move(found.failure);
  if (!result.found() && !table.countries.empty())
    result.failure += fmt::format(" ({})", table.countries);
  result.findings = std::move(found.findings);
  for (arma::uword i = 0; i < table.scores.n_rows; ++i) {
    arma::mat others = table.scores;
    others.shed_row(i);
    result.judgements.push_back(
        {table.subjects[i], {}, components_of(others, components, group.now).shares});
  }
  return result;
}

namespace {

// Variables: shares, then by how much each differs from today's.
optimise::LinearProgram nearest_program(const weights::Domain& domain, const arma::vec& now) {
  const arma::uword n = now.n_elem;
  const weights::Equalities equal = weights::equalities(domain);
  const arma::mat one(n, n, arma::fill::eye), none(equal.rows.n_rows, n, arma::fill::zeros);
  optimise::LinearProgram program;
  program.rows = arma::join_cols(arma::join_rows(equal.rows, none), arma::join_rows(one, -one),
                                 arma::join_rows(-one, -one));
  const arma::vec unlimited = arma::vec(2 * n).fill(-std::numeric_limits<double>::infinity());
  program.row_low = arma::join_cols(equal.equal_to, unlimited);
  program.row_high = arma::join_cols(equal.equal_to, now, -now);
  program.cost = arma::join_cols(arma::zeros<arma::vec>(n), arma::ones<arma::vec>(n));
  program.low = arma::join_cols(domain.low, arma::zeros<arma::vec>(n));
  program.high = arma::join_cols(domain.high, arma::vec(n).fill(2));
  return program;
}

// How far the shares of one member can go among those no worse than the best: whether these are the
// only ones.
bool is_unique(optimise::LinearProgram program, const arma::vec& shares) {
  for (arma::uword m = 0; m < shares.n_elem; ++m)
    for (const double direction : {1.0, -1.0}) {
      program.cost.zeros();
      program.cost[m] = direction;
      const auto solution = optimise::solve(program);
      if (solution.status != optimise::Status::optimal ||
          std::abs(solution.x[m] - shares[m]) > 1e-6)
        return false;
    }
  return true;
}

}  // namespace

Proposal benefit_of_the_doubt(const arma::vec& scores, const std::string& subject,
                              bool higher_is_better, const weights::Domain& domain,
                              const weights::Group& group) {
  Proposal result;
  result.source = fmt::format("benefit of the doubt for {}", subject);
  if (!scores.is_finite()) {
    result.failure = fmt::format("a member of {} is not rated", subject);
    return result;
  }
  optimise::LinearProgram program = nearest_program(domain, group.now);
  const arma::vec nearness = program.cost;
  const arma::vec worth = arma::join_cols(higher_is_better ? arma::vec(-scores) : scores,
                                          arma::zeros<arma::vec>(group.size()));
  program.cost = worth;
  const auto best = optimise::solve(program);
  if (best.status != optimise::Status::optimal) {
    result.failure = "the linear program of the method could not be solved";
    return result;
  }
  program.rows = arma::join_cols(program.rows, worth.t());
  program.row_low =
      arma::join_cols(program.row_low, arma::vec{-std::numeric_limits<double>::infinity()});
  program.row_high = arma::join_cols(program.row_high, arma::vec{best.value + 1e-9});
  program.cost = nearness;
  const auto nearest = optimise::solve(program);
  const arma::vec& x = nearest.status == optimise::Status::optimal ? nearest.x : best.x;
  result.shares = normalised(arma::clamp(arma::vec(x.head(group.size())), 0, 1));
  result.findings =
      DoubtFindings{arma::dot(scores, result.shares), is_unique(program, result.shares)};
  return result;
}

}  // namespace waystone::fit
