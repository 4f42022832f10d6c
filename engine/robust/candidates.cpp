// The weights that are tried for every question.
#include <algorithm>

#include "robust/question.hpp"

namespace waystone::robust {
namespace {

using weights::Block;
using weights::Domain;

// One block's weight given to another in even steps, up to the limits.
void transfer(const arma::vec& now, const Block& from, const Block& to, std::size_t steps,
              std::vector<arma::vec>& result) {
  const double sizes[] = {double(from.members.size()), double(to.members.size())};
  const double room = std::min(sizes[0] * (now[from.members[0]] - from.low),
                               sizes[1] * (to.high - now[to.members[0]]));
  if (!(room > 1e-12)) return;
  for (std::size_t step = 1; step <= steps; ++step) {
    arma::vec shares = now;
    const double moved = room * double(step) / double(steps);
    for (const std::size_t member : from.members)
      shares[member] = std::max(from.low, shares[member] - moved / sizes[0]);
    for (const std::size_t member : to.members)
      shares[member] = std::min(to.high, shares[member] + moved / sizes[1]);
    result.push_back(std::move(shares));
  }
}

// From every block to every other; where that is more than `most` allows at the fewest steps, from
// an even choice of the pairs.
std::vector<arma::vec> transfers(const Domain& domain, const arma::vec& now, std::size_t most) {
  constexpr std::size_t fewest_steps = 4, most_steps = 64;
  const auto blocks = weights::blocks_of(domain);
  const std::size_t count = blocks.size(), pairs = count * (count - 1),
                    chosen = std::min(pairs, most / fewest_steps);
  std::vector<arma::vec> result;
  if (chosen == 0) return result;
  const std::size_t steps = std::clamp(most / pairs, fewest_steps, most_steps);
  for (std::size_t k = 0; k < chosen; ++k) {
    const std::size_t pair = k * pairs / chosen, from = pair / (count - 1),
                      other = pair % (count - 1);
    transfer(now, blocks[from], blocks[other + (other >= from)], steps, result);
  }
  return result;
}

}  // namespace

Candidates candidates_for(const Question& question, const Effort& effort) {
  const Domain& domain = question.group.domain;
  const arma::vec& now = question.group.now;
  Candidates result;
  const std::vector<arma::vec> moved = transfers(domain, now, effort.transfers);
  const auto corners = weights::corners(domain, effort.corners);
  const arma::mat drawn = weights::sample(domain, effort.samples, effort.seed);
  result.transfers = moved.size();
  result.corners = corners ? corners->n_cols : 0;
  result.drawn = drawn.n_cols;
  result.all_corners = corners.has_value();
  result.shares.set_size(now.n_elem, result.transfers + result.corners + result.drawn);
  for (std::size_t k = 0; k < moved.size(); ++k) result.shares.col(k) = moved[k];
  if (result.corners > 0)
    result.shares.cols(moved.size(), moved.size() + result.corners - 1) = *corners;
  if (result.drawn > 0) result.shares.tail_cols(result.drawn) = drawn;
  result.values = question.scores.at(result.shares);
  result.points.set_size(result.shares.n_cols);
  for (arma::uword k = 0; k < result.shares.n_cols; ++k)
    result.points[k] = points_moved(now, result.shares.col(k));
  return result;
}

}  // namespace waystone::robust
