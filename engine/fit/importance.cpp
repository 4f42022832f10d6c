#include "fit/importance.hpp"

#include <cmath>

namespace waystone::fit {
namespace {

double mean_of(const arma::vec& x) { return arma::accu(x) / double(x.n_elem); }

// Sum of squares around the mean.
double scatter(const arma::vec& x) {
  const arma::vec away = x - mean_of(x);
  return arma::dot(away, away);
}

arma::vec around_mean(const arma::vec& x) { return x - mean_of(x); }

}  // namespace

arma::mat local_linear_smoother(const arma::vec& x) {
  const arma::uword n = x.n_elem;
  const double bandwidth = 1.06 * std::sqrt(scatter(x) / double(n - 1)) * std::pow(double(n), -0.2);
  arma::mat smoother(n, n);
  for (arma::uword i = 0; i < n; ++i) {
    const arma::vec away = x - x[i];
    const arma::vec kernel = arma::exp(-0.5 * arma::square(away / bandwidth));
    const double s0 = arma::accu(kernel), s1 = arma::dot(kernel, away),
                 s2 = arma::dot(kernel, arma::square(away));
    const double determinant = s0 * s2 - s1 * s1;
    // Alone within the kernel's reach there is no slope to fit: the local mean stands.
    const arma::vec row = determinant > 1e-10 * s0 * s0 * bandwidth * bandwidth
                              ? arma::vec(kernel % (s2 - s1 * away) / determinant)
                              : arma::vec(kernel / s0);
    smoother.row(i) = row.t();
  }
  return smoother;
}

ImportanceMeasure::ImportanceMeasure(const weights::Group& group, ViewpointId viewpoint,
                                     Sample sample)
    : sample_(std::move(sample)), scores_(group, viewpoint, sample_.subjects) {
  for (arma::uword m = 0; m < sample_.members.n_cols; ++m) {
    const arma::vec x = sample_.members.col(m);
    smoothers_.push_back(scatter(x) > 1e-12 * double(x.n_elem) ? local_linear_smoother(x)
                                                               : arma::mat());
  }
}

// S = scatter(L y) / scatter(y); dS = (2 (L y - mean)' L dy - S 2 (y - mean)' dy) / scatter(y)
ImportanceMeasure::Indices ImportanceMeasure::at(const arma::vec& shares,
                                                 bool with_derivative) const {
  const arma::uword members = smoothers_.size();
  weights::Scores::Slopes slopes;
  if (with_derivative)
    slopes = scores_.slopes(shares);
  else
    slopes.value = scores_.at(shares);
  const arma::vec& y = slopes.value;
  const double total = scatter(y);
  Indices result{arma::vec(members, arma::fill::zeros),
                 with_derivative ? arma::mat(members, members, arma::fill::zeros) : arma::mat()};
  if (!(total > 1e-12 * double(y.n_elem))) {
    result.first_order.fill(evaluate::unknown_value);
    return result;
  }
  for (arma::uword m = 0; m < members; ++m) {
    if (smoothers_[m].is_empty()) continue;
    const arma::vec smooth = smoothers_[m] * y;
    result.first_order[m] = scatter(smooth) / total;
    if (!with_derivative) continue;
    const arma::vec by_y =
        2 * (smoothers_[m].t() * around_mean(smooth) - result.first_order[m] * around_mean(y)) /
        total;
    result.derivative.row(m) = by_y.t() * slopes.derivative;
  }
  return result;
}

}  // namespace waystone::fit
