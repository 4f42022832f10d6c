#include "weights/domain.hpp"

#include <algorithm>
#include <numeric>

namespace waystone::weights {

std::vector<Block> blocks_of(const Domain& domain) {
  const std::size_t members = domain.low.n_elem;
  std::vector<std::size_t> first(members);  // the first member of each one's block
  std::iota(first.begin(), first.end(), std::size_t{0});
  for (const auto& tie : domain.ties)
    for (const std::size_t member : tie) {
      const auto [to, from] = std::minmax(first[tie.front()], first[member]);
      std::replace(first.begin(), first.end(), std::size_t(from), std::size_t(to));
    }
  std::vector<Block> blocks;
  for (std::size_t m = 0; m < members; ++m) {
    if (first[m] != m) continue;
    Block block;
    for (std::size_t other = m; other < members; ++other) {
      if (first[other] != m) continue;
      block.members.push_back(other);
      block.low = std::max(block.low, domain.low[other]);
      block.high = std::min(block.high, domain.high[other]);
    }
    blocks.push_back(std::move(block));
  }
  return blocks;
}

bool is_empty(const Domain& domain) {
  constexpr double rounding = 1e-12;
  double least = 0, most = 0;
  for (const Block& block : blocks_of(domain)) {
    if (block.low > block.high + rounding) return true;
    least += double(block.members.size()) * block.low;
    most += double(block.members.size()) * block.high;
  }
  return least > 1 + rounding || most < 1 - rounding;
}

bool contains(const Domain& domain, const arma::vec& shares, double tolerance) {
  if (std::abs(arma::accu(shares) - 1) > tolerance) return false;
  for (arma::uword m = 0; m < shares.n_elem; ++m)
    if (!(shares[m] >= domain.low[m] - tolerance && shares[m] <= domain.high[m] + tolerance))
      return false;
  for (const auto& tie : domain.ties)
    for (const std::size_t member : tie)
      if (std::abs(shares[member] - shares[tie.front()]) > tolerance) return false;
  return true;
}

// The nearest point adds one number to every block's mean and clamps to its limits; the sum rises
// with that number, so halving finds it.
arma::vec nearest(const Domain& domain, const arma::vec& target) {
  const auto blocks = blocks_of(domain);
  arma::vec means(blocks.size(), arma::fill::zeros);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    for (const std::size_t member : blocks[b].members) means[b] += target[member];
    means[b] /= double(blocks[b].members.size());
  }
  const auto share = [&](std::size_t b, double shift) {
    return std::clamp(means[b] + shift, std::min(blocks[b].low, blocks[b].high), blocks[b].high);
  };
  const auto sum = [&](double shift) {
    double total = 0;
    for (std::size_t b = 0; b < blocks.size(); ++b)
      total += double(blocks[b].members.size()) * share(b, shift);
    return total;
  };
  double low = -1 - means.max(), high = 1 - means.min();
  for (int step = 0; step < 200 && low < high; ++step) {
    const double middle = (low + high) / 2;
    if (middle == low || middle == high) break;
    (sum(middle) < 1 ? low : high) = middle;
  }
  arma::vec result(target.n_elem);
  for (std::size_t b = 0; b < blocks.size(); ++b)
    for (const std::size_t member : blocks[b].members) result[member] = share(b, high);
  return result;
}

Equalities equalities(const Domain& domain) {
  const arma::uword members = domain.low.n_elem;
  Equalities result{arma::ones<arma::mat>(1, members), arma::ones<arma::vec>(1)};
  for (const Block& block : blocks_of(domain))
    for (std::size_t k = 1; k < block.members.size(); ++k) {
      arma::rowvec row(members, arma::fill::zeros);
      row[block.members[0]] = 1;
      row[block.members[k]] = -1;
      result.rows = arma::join_cols(result.rows, row);
      result.equal_to = arma::join_cols(result.equal_to, arma::zeros<arma::vec>(1));
    }
  return result;
}

}  // namespace waystone::weights
