// The weights that are tried for every question.
#include <algorithm>

#include "robust/question.hpp"

namespace waystone::robust {
namespace {

using weights::Block;
using weights::Domain;

// From every block to every other, in even steps up to the limits; `most` in all, but at least four steps.
arma::mat transfers(const Domain& domain, const arma::vec& now, std::size_t most) {
  const auto blocks = weights::blocks_of(domain);
  const std::size_t pairs = blocks.size() * (blocks.size() - 1);
  arma::mat result(now.n_elem, 0);
  if (pairs == 0) return result;
  const std::size_t steps = std::clamp<std::size_t>(most / pairs, 4, 64);
  result.set_size(now.n_elem, pairs * steps);
  std::size_t filled = 0;
  for (const Block& from : blocks)
    for (const Block& to : blocks) {
      const double sizes[] = {double(from.members.size()), double(to.members.size())};
      const double room = std::min(sizes[0] * (now[from.members[0]] - from.low), sizes[1] * (to.high - now[to.members[0]]));
      if (&from == &to || !(room > 1e-12)) continue;
      for (std::size_t step = 1; step <= steps; ++step) {
        arma::vec shares = now;
        const double moved = room * double(step) / double(steps);
        for (const std::size_t member : from.members) shares[member] = std::max(from.low, shares[member] - moved / sizes[0]);
        for (const std::size_t member : to.members) shares[member] = std::min(to.high, shares[member] + moved / sizes[1]);
        result.col(filled++) = shares;
      }
    }
  result.resize(now.n_elem, filled);
  return result;
}

}  // namespace

Candidates candidates_for(const Question& question, const Effort& effort) {
  const Domain& domain = question.group.domain;
  const arma::vec& now = question.group.now;
  Candidates result;
  const arma::mat moved = transfers(domain, now, effort.transfers);
  const auto corners = weights::corners(domain, effort.corners);
  const arma::mat drawn = weights::sample(domain, effort.samples, effort.seed);
  result.transfers = moved.n_cols;
  result.corners = corners ? corners->n_cols : 0;
  result.drawn = drawn.n_cols;
  result.all_corners = corners.has_value();
  result.shares = arma::join_rows(moved, corners ? *corners : arma::mat(now.n_elem, 0), drawn);
  result.values = question.scores.at(result.shares);
  result.points.set_size(result.shares.n_cols);
  for (arma::uword k = 0; k < result.shares.n_cols; ++k) result.points[k] = points_moved(now, result.shares.col(k));
  return result;
}

}  // namespace waystone::robust
