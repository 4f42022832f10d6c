// Where the weights of one group may lie: shares that add up to 1, each within its limits, some
// tied to be equal.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <armadillo>

namespace waystone::weights {

struct Domain {
  arma::vec low, high;  // members; shares, 0 <= low <= high <= 1. A locked weight has low = high
  std::vector<std::vector<std::size_t>>
      ties;  // sets of members whose weights are equal; may overlap
};

/// Members that move as one, with the limits that hold for all of them.
struct Block {
  std::vector<std::size_t> members;
  double low = 0, high = 1;  // of each member
};
/// Every member in exactly one block, in order of the first member; ties that share a member are
/// one block.
std::vector<Block> blocks_of(const Domain& domain);

/// Whether it is empty: limits or ties contradict each other or the sum. To 1e-12.
bool is_empty(const Domain& domain);
bool contains(const Domain& domain, const arma::vec& shares, double tolerance = 1e-9);

/// The point of the domain nearest to `target` (members; any numbers) in Euclidean distance. The
/// domain must not be empty.
arma::vec nearest(const Domain& domain, const arma::vec& target);

/// The sum and the ties as rows: rows * shares = equal_to.
struct Equalities {
  arma::mat rows;
  arma::vec equal_to;
};
Equalities equalities(const Domain& domain);

/// Its corners (members x count): every point of the domain is a mix of them. Nothing where they
/// are more than `most`.
std::optional<arma::mat> corners(const Domain& domain, std::size_t most);

/// `count` points, uniform over the domain (members x count); the same on every machine for the
/// same seed. The domain must not be empty.
arma::mat sample(const Domain& domain, std::size_t count, std::uint64_t seed);

/// Which of some candidates (members x n) count: 1 or 0 each.
using Accepts = std::function<std::vector<char>(const arma::mat& candidates)>;

struct Sample {
  arma::mat shares;     // members x count
  double accepted = 1;  // share of even draws over the domain that counted: how much of it the part
                        // fills; NaN where that wasn't measured
  bool walked = false;  // the points are of walks, so they are not independent
};
/// The same over the part of the domain that counts, in which `inside` must lie. If plain draws hit
/// it too seldom, up to 128 walks start from `inside` along random directions (hit-and-run, Smith
/// 1984, with chords shrunk as in Neal 2003). Each takes a thousand steps before its first point
/// and twenty between points.
Sample sample_part(const Domain& domain, std::size_t count, std::uint64_t seed,
                   const arma::vec& inside, const Accepts& accepts);

}  // namespace waystone::weights
