// Corners of a domain: all blocks but one at a limit, the last taking what is left.
#include <algorithm>

#include "weights/domain.hpp"

namespace waystone::weights {
namespace {

class Corners {
 public:
  Corners(const Domain& domain, std::size_t most) : blocks_(blocks_of(domain)), share_(blocks_.size()), members_(domain.low.n_elem), most_(most) {}

  // Nothing where they are more than `most`.
  std::optional<arma::mat> find() {
    bool free = false;
    for (open_ = 0; open_ < blocks_.size(); ++open_) {
      if (blocks_[open_].high <= blocks_[open_].low) continue;
      free = true;
      if (!place(0, 1)) return std::nullopt;
    }
    if (!free) open_ = 0, place(0, 1);  // a point, if anything
    arma::mat result(members_, found_.size());
    for (std::size_t k = 0; k < found_.size(); ++k) result.col(k) = found_[k];
    return result;
  }

 private:
  // Blocks from `b` on are still to be placed and share `rest`. False once there are too many.
  bool place(std::size_t b, double rest) {
    double least = 0, most = 0;
    for (std::size_t other = b; other < blocks_.size(); ++other) {
      least += size(other) * blocks_[other].low;
      most += size(other) * blocks_[other].high;
    }
    if (open_ < b) {
      least += size(open_) * blocks_[open_].low;
      most += size(open_) * blocks_[open_].high;
    }
    if (rest < least - rounding || rest > most + rounding) return true;
    if (b == blocks_.size()) return keep(rest);
    if (b == open_) return place(b + 1, rest);
    for (const double limit : {blocks_[b].low, blocks_[b].high}) {
      share_[b] = limit;
      if (!place(b + 1, rest - size(b) * limit)) return false;
      if (blocks_[b].low == blocks_[b].high) break;
    }
    return true;
  }

  bool keep(double rest) {
    share_[open_] = std::clamp(rest / size(open_), blocks_[open_].low, blocks_[open_].high);
    arma::vec corner(members_);
    for (std::size_t b = 0; b < blocks_.size(); ++b)
      for (const std::size_t member : blocks_[b].members) corner[member] = share_[b];
    for (const arma::vec& other : found_)
      if (arma::abs(other - corner).max() <= 1e-9) return true;
    found_.push_back(corner);
    return found_.size() <= most_;
  }

  double size(std::size_t b) const { return double(blocks_[b].members.size()); }
  static constexpr double rounding = 1e-12;
  std::vector<Block> blocks_;
  std::vector<double> share_;
  std::size_t members_, most_, open_ = 0;
  std::vector<arma::vec> found_;
};

}  // namespace

std::optional<arma::mat> corners(const Domain& domain, std::size_t most) { return Corners(domain, most).find(); }

}  // namespace waystone::weights
