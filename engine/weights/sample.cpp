// Points spread uniformly over a domain of weights.
#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "evaluate/elementary.hpp"
#include "weights/domain.hpp"

namespace waystone::weights {
namespace {

// What points are spread by.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : random_(seed) {}
  double uniform() { return random_.uniform(); }
  double exponential() { return -evaluate::natural_log(uniform()); }

 private:
  Random random_;
};

// A domain seen as its blocks: what a block's members have together, above their lows, adds up to
// `free`.
class Blocks {
 public:
  explicit Blocks(const Domain& domain) : members_(domain.low.n_elem), blocks_(blocks_of(domain)) {
    for (Block& block : blocks_) {
      block.high = std::max(block.low, block.high);
      free_ -= size(block) * block.low;
    }
    free_ = std::max(free_, 0.0);
    for (const Block& block : blocks_)
      if (block.high > block.low) moving_.push_back(&block);
  }

  bool is_point() const { return moving_.size() < 2 || free_ <= 1e-12; }

  // Spread evenly over the simplex of what is above the lows (Dirichlet with all parameters 1);
  // false where it breaks an upper limit.
  bool draw(Draws& draws, arma::vec& shares) const {
    std::vector<double> spread(moving_.size());
    double total = 0;
    for (double& part : spread) total += part = draws.exponential();
    place_lows(shares);
    for (std::size_t b = 0; b < moving_.size(); ++b) {
      const Block& block = *moving_[b];
      const double share = block.low + free_ * (spread[b] / total) / size(block);
      if (share > block.high) return false;
      for (const std::size_t member : block.members) shares[member] = share;
    }
    return true;
  }

  // A direction that keeps the sum and the ties.
  arma::vec direction(Draws& draws) const {
    std::vector<double> part(moving_.size());
    double mean = 0;
    for (double& p : part) mean += p = draws.exponential() * (draws.uniform() < 0.5 ? -1 : 1);
    mean /= double(part.size());
    arma::vec result(members_, arma::fill::zeros);
    for (std::size_t b = 0; b < moving_.size(); ++b)
      for (const std::size_t member : moving_[b]->members)
        result[member] = (part[b] - mean) / size(*moving_[b]);
    return result;
  }

  // How far one can go from `shares` along `direction` and against it.
  std::pair<double, double> chord(const arma::vec& shares, const arma::vec& direction) const {
    double back = -1e9, forth = 1e9;
    for (const Block* block : moving_) {
      const double at = shares[block->members[0]], slope = direction[block->members[0]];
      if (slope == 0) continue;
      const double to_low = (block->low - at) / slope, to_high = (block->high - at) / slope;
      back = std::max(back, std::min(to_low, to_high));
      forth = std::min(forth, std::max(to_low, to_high));
    }
    return {std::min(back, 0.0), std::max(forth, 0.0)};
  }

 private:
  static double size(const Block& block) { return double(block.members.size()); }
  void place_lows(arma::vec& shares) const {
    shares.set_size(members_);
    for (const Block& block : blocks_)
      for (const std::size_t member : block.members) shares[member] = block.low;
  }
  std::size_t members_;
  std::vector<Block> blocks_;
  std::vector<const Block*> moving_;
  double free_ = 1;
};

constexpr std::size_t batch_draws = 1024;

// Plain draws until `count` count or too few do; the share that counted of those within the limits,
// NaN where next to none were.
double by_chance(const Blocks& blocks, Draws& draws, std::size_t count, const Accepts& accepts,
                 arma::mat& found, std::size_t& have) {
  std::size_t tried = 0, within = 0, counted = 0;
  arma::mat candidates(found.n_rows, batch_draws);
  arma::vec shares;
  while (have < count) {
    std::size_t filled = 0;
    for (std::size_t k = 0; k < 64 * batch_draws && filled < batch_draws; ++k, ++tried)
      if (blocks.draw(draws, shares)) candidates.col(filled++) = shares;
    within += filled;
    if (filled > 0) {
      const arma::mat drawn = candidates.head_cols(filled);
      const auto counts = accepts(drawn);
      for (std::size_t k = 0; k < filled; ++k) {
        if (!counts[k]) continue;
        ++counted;
        if (have < count) found.col(have++) = drawn.col(k);
      }
    }
    if (tried >= 16 * batch_draws && double(counted) < 0.002 * double(tried)) break;
  }
  constexpr std::size_t enough = 256;
  return within < enough ? arma::datum::nan : double(counted) / double(within);
}

// Walks in step with each other (columns of `at`), so that one step of all is few evaluations.
class Walks {
 public:
  Walks(const Blocks& blocks, Draws& draws, const Accepts& accepts, const arma::vec& start,
        std::size_t count)
      : blocks_(blocks), draws_(draws), accepts_(accepts), at_(arma::repmat(start, 1, count)) {}

  void step() {
    std::vector<Chord> open;
    for (arma::uword k = 0; k < at_.n_cols; ++k) {
      const arma::vec direction = blocks_.direction(draws_);
      const auto [back, forth] = blocks_.chord(at_.col(k), direction);
      open.push_back({k, direction, back, forth, 0});
    }
    for (int shrink = 0; shrink < 60 && !open.empty(); ++shrink) open = rejected(std::move(open));
  }
  const arma::mat& at() const { return at_; }

 private:
  struct Chord {
    arma::uword walk;
    arma::vec direction;
    double back, forth, along;
  };

  // Those that came to where nothing counts, with what is left of their chords.
  std::vector<Chord> rejected(std::vector<Chord> chords) {
    arma::mat next(at_.n_rows, chords.size());
    for (std::size_t k = 0; k < chords.size(); ++k) {
      Chord& chord = chords[k];
      chord.along = chord.back + (chord.forth - chord.back) * draws_.uniform();
      next.col(k) = at_.col(chord.walk) + chord.along * chord.direction;
    }
    const auto counts = accepts_(next);
    std::vector<Chord> rest;
    for (std::size_t k = 0; k < chords.size(); ++k) {
      Chord& chord = chords[k];
      if (counts[k]) {
        at_.col(chord.walk) = next.col(k);
        continue;
      }
      (chord.along < 0 ? chord.back : chord.forth) = chord.along;
      rest.push_back(std::move(chord));
    }
    return rest;
  }

  const Blocks& blocks_;
  Draws& draws_;
  const Accepts& accepts_;
  arma::mat at_;
};

void walk(const Blocks& blocks, Draws& draws, const arma::vec& inside, const Accepts& accepts,
          arma::mat& found) {
  constexpr arma::uword most_walks = 128;
  constexpr int steps_before = 1000, steps_a_point = 20;
  Walks walks(blocks, draws, accepts, inside, std::min(most_walks, found.n_cols));
  for (int step = 0; step < steps_before; ++step) walks.step();
  for (arma::uword filled = 0; filled < found.n_cols; filled += walks.at().n_cols) {
    for (int step = 0; step < steps_a_point; ++step) walks.step();
    const arma::uword taken = std::min(walks.at().n_cols, found.n_cols - filled);
    found.cols(filled, filled + taken - 1) = walks.at().head_cols(taken);
  }
}

}  // namespace

Sample sample_part(const Domain& domain, std::size_t count, std::uint64_t seed,
                   const arma::vec& inside, const Accepts& accepts) {
  const Blocks blocks(domain);
  Sample result;
  result.shares.set_size(inside.n_elem, count);
  if (blocks.is_point()) {
    result.shares.each_col() = inside;
    return result;
  }
  Draws draws(seed);
  std::size_t have = 0;
  result.accepted = by_chance(blocks, draws, count, accepts, result.shares, have);
  if (have == count) return result;
  result.walked = true;
  walk(blocks, draws, inside, accepts, result.shares);
  return result;
}

arma::mat sample(const Domain& domain, std::size_t count, std::uint64_t seed) {
  const arma::vec middle = nearest(domain, (domain.low + domain.high) / 2);
  return sample_part(
             domain, count, seed, middle,
             [](const arma::mat& candidates) { return std::vector<char>(candidates.n_cols, 1); })
      .shares;
}

}  // namespace waystone::weights
