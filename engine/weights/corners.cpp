// Corners of a domain: all blocks but one at a limit, the last taking what is left.
#include <algorithm>

#include "weights/domain.hpp"

namespace waystone::weights {
namespace {

// A corner has all blocks at a limit but at most one, the open one. Each is found once: with the
// open block strictly between its limits, or, where none is, with the first that can move as the
// open one.
class Corners {
 public:
  Corners(const Domain& domain, std::size_t most)
      : blocks_(blocks_of(domain)),
        share_(blocks_.size()),
        members_(domain.low.n_elem),
        most_(most) {}

  // Nothing where they are more than `most`.
  std::optional<arma::mat> find() {
    first_ = 0;
    while (first_ < blocks_.size() && !moves(first_)) ++first_;
    if (first_ == blocks_.size()) first_ = 0;  // a point, if anything
    for (open_ = first_; open_ < blocks_.size(); ++open_) {
      if (open_ != first_ && !moves(open_)) continue;
      sum_up();
      if (!place(0, 1)) return std::nullopt;
    }
    arma::mat result(members_, found_.size());
    for (std::size_t k = 0; k < found_.size(); ++k) result.col(k) = found_[k];
    return result;
  }

 private:
  bool moves(std::size_t b) const { return blocks_[b].high > blocks_[b].low; }

  // The least and the most that the blocks from each one on can have together, the open one always
  // among them.
  void sum_up() {
    least_.assign(blocks_.size() + 1, size(open_) * blocks_[open_].low);
    most_left_.assign(blocks_.size() + 1, size(open_) * blocks_[open_].high);
    for (std::size_t b = blocks_.size(); b-- > 0;) {
      least_[b] = least_[b + 1] + (b == open_ ? 0 : size(b) * blocks_[b].low);
      most_left_[b] = most_left_[b + 1] + (b == open_ ? 0 : size(b) * blocks_[b].high);
    }
  }

  // Blocks from `b` on are still to be placed and share `rest`. False once there are too many.
  bool place(std::size_t b, double rest) {
    if (rest < least_[b] - rounding || rest > most_left_[b] + rounding) return true;
    if (b == blocks_.size()) return keep(rest);
    if (b == open_) return place(b + 1, rest);
    for (const double limit : {blocks_[b].low, blocks_[b].high}) {
      share_[b] = limit;
      if (!place(b + 1, rest - size(b) * limit)) return false;
      if (!moves(b)) break;
    }
    return true;
  }

  bool keep(double rest) {
    const Block& open = blocks_[open_];
    share_[open_] = std::clamp(rest / size(open_), open.low, open.high);
    const bool between = share_[open_] > open.low + nearest && share_[open_] < open.high - nearest;
    if (!between && open_ != first_) return true;
    arma::vec corner(members_);
    for (std::size_t b = 0; b < blocks_.size(); ++b)
      for (const std::size_t member : blocks_[b].members) corner[member] = share_[b];
    found_.push_back(corner);
    return found_.size() <= most_;
  }

  double size(std::size_t b) const { return double(blocks_[b].members.size()); }
  static constexpr double rounding = 1e-12, nearest = 1e-9;
  std::vector<Block> blocks_;
  std::vector<double> share_, least_, most_left_;
  std::size_t members_, most_, open_ = 0, first_ = 0;
  std::vector<arma::vec> found_;
};

}  // namespace

std::optional<arma::mat> corners(const Domain& domain, std::size_t most) {
  return Corners(domain, most).find();
}

}  // namespace waystone::weights
