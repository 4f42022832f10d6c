#include "fit/perturbed.hpp"

#include <algorithm>
#include <cmath>

namespace waystone::fit {
namespace {

constexpr std::size_t most_powers = 9;

arma::mat with_ratio(arma::mat matrix, std::size_t first, std::size_t second, double ratio) {
  matrix(first, second) = ratio;
  matrix(second, first) = ratio > 0 ? 1 / ratio : 0;
  return matrix;
}

}  // namespace

Perturbed::Perturbed(const arma::mat& comparisons, const Priorities& whole)
    : comparisons_(comparisons), right_(whole.shares), lambda_(whole.lambda_max) {
  // Transposed it is the matrix of the inverse ratios.
  const auto left = principal_eigenvector(comparisons.t());
  if (!left) return;
  left_ = left->shares / arma::dot(left->shares, right_);
  const arma::mat projection = right_ * left_.t();
  const arma::mat singular =
      lambda_ * arma::eye(comparisons.n_rows, comparisons.n_rows) - harker_matrix(comparisons);
  arma::mat inverse;
  if (!arma::inv(inverse, arma::mat(singular + projection)) || !inverse.is_finite()) return;
  powers_.push_back(inverse - projection);
  while (powers_.size() < most_powers) powers_.push_back(powers_.back() * powers_.front());
  norm_ = arma::norm(powers_.front(), "fro");
  last_norm_ = arma::norm(powers_.back(), "fro");
}

std::optional<Priorities> Perturbed::with(std::size_t first, std::size_t second,
                                          double ratio) const {
  if (ratio == 0 && !connected_without(first, second)) return std::nullopt;
  const double there = comparisons_(first, second), back = comparisons_(second, first);
  // What changes in the rows and columns of the two; a missing pair counts on the diagonal.
  const arma::mat change = ratio == 0 ? arma::mat{{1, -there}, {-back, 1}}
                                      : arma::mat{{0, ratio - there}, {1 / ratio - back, 0}};
  if (auto found = by_series(first, second, change)) return found;
  return principal_eigenvector(with_ratio(comparisons_, first, second, ratio));
}

// With R the resolvent at the new eigenvalue, lambda + d, and E the change, w = R E w. Near lambda
// R = P / d + S - d S² + …, with P the projection on the old eigenvector and S the reduced
// resolvent. E touches the rows of two members alone, so that two equations for their shares z, and
// one for d, have it all:  z = u + T E z,  d = v' E z,  where T is the series' part of those rows.
std::optional<Priorities> Perturbed::by_series(std::size_t first, std::size_t second,
                                               const arma::mat& change) const {
  if (powers_.empty()) return std::nullopt;
  const arma::uvec rows{first, second};
  std::vector<arma::mat> small;
  for (const arma::mat& power : powers_) small.push_back(power.submat(rows, rows));
  const arma::vec u = right_.elem(rows), v = left_.elem(rows);
  double shift = 0;
  arma::vec z = u;
  bool settled = false;
  for (int step = 0; step < 40 && !settled; ++step) {
    arma::mat series(2, 2, arma::fill::zeros);
    for (std::size_t k = small.size(); k-- > 0;) series = small[k] - shift * series;
    if (!arma::solve(z, arma::mat(arma::eye(2, 2) - series * change), u,
                     arma::solve_opts::fast + arma::solve_opts::no_approx))
      return std::nullopt;
    const double next = arma::dot(v, change * z);
    settled = std::fabs(next - shift) <= 1e-15 * lambda_;
    shift = next;
  }
  const arma::vec moved = change * z;
  const double reach = std::fabs(shift) * norm_;
  const double left_over =
      2 * std::pow(std::fabs(shift), double(small.size())) * last_norm_ * norm_ * arma::norm(moved);
  if (!settled || !(reach < 0.5) || !(left_over < 1e-13 * right_.min())) return std::nullopt;
  arma::vec sum(right_.n_elem, arma::fill::zeros);
  double factor = 1;
  for (const arma::mat& power : powers_) {
    sum += factor * (power.col(first) * moved[0] + power.col(second) * moved[1]);
    factor *= -shift;
  }
  const arma::vec shares = right_ + sum;
  if (!(shares.min() > 0)) return std::nullopt;  // positive, it is the principal one (Perron)
  return Priorities{normalised(shares), std::max(lambda_ + shift, double(right_.n_elem))};
}

bool Perturbed::connected_without(std::size_t first, std::size_t second) const {
  std::vector<char> reached(comparisons_.n_rows, 0);
  std::vector<std::size_t> open{first};
  reached[first] = 1;
  while (!open.empty()) {
    const std::size_t from = open.back();
    open.pop_back();
    const bool cut = from == first;  // the comparison that is left out
    if (!cut && comparisons_(from, second) > 0) return true;
    for (std::size_t to = 0; to < reached.size(); ++to) {
      if (reached[to] || !(comparisons_(from, to) > 0) || (cut && to == second)) continue;
      reached[to] = 1;
      open.push_back(to);
    }
  }
  return false;
}

}  // namespace waystone::fit
