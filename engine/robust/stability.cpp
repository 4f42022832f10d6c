#include "robust/stability.hpp"

#include <algorithm>
#include <cmath>

#include "base/ties.hpp"
#include "optimise/turns.hpp"

namespace waystone::robust {
namespace {

using weights::Block;
using weights::Group;

// The others that scale, and how far this allows each of `moved` to go.
class Path {
 public:
  Path(const Group& group, const Block& moved) : group_(group), moved_(moved) {
    for (const Block& block : weights::blocks_of(group.domain)) {
      if (block.members[0] == moved.members[0]) continue;
      if (block.high <= block.low) {
        for (const std::size_t member : block.members) locked_ += group.now[member];
      } else {
        scaled_.push_back(block);
        for (const std::size_t member : block.members) total_ += group.now[member];
      }
    }
  }

  arma::vec at(double share) const {
    arma::vec shares = group_.now;
    for (const std::size_t member : moved_.members) shares[member] = share;
    const double rest = 1 - locked_ - size(moved_) * share;
    double count = 0;
    for (const Block& block : scaled_) count += size(block);
    for (const Block& block : scaled_)
      for (const std::size_t member : block.members)
        shares[member] = total_ > 0 ? group_.now[member] * (rest / total_) : rest / count;
    return shares;
  }

  // Lowest and highest share within all limits; today's lies between.
  std::pair<double, double> range() const {
    double low = moved_.low, high = moved_.high;
    const double all = 1 - locked_, many = size(moved_);
    high = std::min(high, all / many);
    for (const Block& block : scaled_) {
      const double now = group_.now[block.members[0]];
      if (!(now > 0)) continue;
      high = std::min(high, (all - block.low * total_ / now) / many);
      low = std::max(low, (all - block.high * total_ / now) / many);
    }
    const double now = group_.now[moved_.members[0]];
    if (scaled_.empty()) return {now, now};
    return {std::min(low, now), std::max(high, now)};
  }

 private:
  static double size(const Block& block) { return double(block.members.size()); }
  const Group& group_;
  const Block& moved_;
  std::vector<Block> scaled_;
  double locked_ = 0, total_ = 0;
};

// Neighbours of the ranking that differ today.
std::vector<std::pair<std::size_t, std::size_t>> pairs_of(const Question& question,
                                                          const std::vector<std::size_t>& ranking) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t k = 0; k + 1 < ranking.size(); ++k)
    if (below(question.today[ranking[k + 1]], question.today[ranking[k]]))
      pairs.emplace_back(ranking[k], ranking[k + 1]);
  return pairs;
}

class Search {
 public:
  Search(const Question& question, const Path& path,
         const std::vector<std::pair<std::size_t, std::size_t>>& pairs)
      : question_(question), path_(path), pairs_(pairs) {}

  // From today's share to the limit.
  End towards(double today, double limit) const {
    End end;
    end.share = limit;
    if (pairs_.empty() || std::fabs(limit - today) < 1e-12) return end;
    const auto ends =
        turns_of([](double high, double low) { return below(low, high); }, today, limit);
    if (ends.empty()) return end;
    end.share = ends[0].middle();
    for (std::size_t k = 1; k < ends.size(); ++k) end.again.push_back(ends[k].middle());
    if (name_unrated(ends[0].after, end)) {
      find_turn(today, limit, end);
      return end;
    }
    end.turns = true;
    const double next = ends.size() > 1 ? ends[1].middle() : limit;
    name_pair(ends[0].after, (ends[0].after + next) / 2, end);
    return end;
  }

 private:
  arma::mat values(const std::vector<double>& at) const {
    arma::mat shares(question_.group.size(), at.size());
    for (std::size_t k = 0; k < at.size(); ++k) shares.col(k) = path_.at(at[k]);
    return question_.scores.at(shares);
  }
  // Where it changes whether all pairs, higher value first, NaN of one that is not rated, are as
  // they should be.
  std::vector<optimise::Turn> turns_of(bool (*stands)(double high, double low), double today,
                                       double limit) const {
    constexpr std::size_t steps = 1024;
    const auto all_stand = [&](const std::vector<double>& at) {
      const arma::mat of = values(at);
      std::vector<double> result(at.size(), 1);
      for (std::size_t k = 0; k < at.size(); ++k)
        for (const auto& [high, low] : pairs_)
          if (!stands(of(high, k), of(low, k))) result[k] = -1;
      return result;
    };
    return optimise::sign_turns(all_stand, today, limit, steps);
  }
  // Whether the order ends at a share since a country isn't rated there.
  bool name_unrated(double share, End& end) const {
    const arma::mat of = values({share});
    for (const auto& [high, low] : pairs_)
      for (const std::size_t country : {high, low}) {
        if (!std::isnan(of(country, 0))) continue;
        end.not_rated = country;
        end.knows_too_little = question_.knows_too_little(country, path_.at(share));
        return true;
      }
    return false;
  }
  // Beyond where it lapses the order may turn among those that are rated.
  void find_turn(double today, double limit, End& end) const {
    const auto turns =
        turns_of([](double high,
                    double low) { return below(low, high) || std::isnan(high) || std::isnan(low); },
                 today, limit);
    if (turns.empty()) return;
    end.turned_at = turns[0].middle();
    const double next = turns.size() > 1 ? turns[1].middle() : limit;
    name_pair(turns[0].after, (turns[0].after + next) / 2, end);
  }
  // Just behind the turn two that turn are still next to equal, so whether they are is asked
  // further on.
  void name_pair(double share, double beyond, End& end) const {
    const arma::mat of = values({share, beyond});
    for (const auto& [high, low] : pairs_) {
      if (below(of(low, 0), of(high, 0)) || std::isnan(of(high, 0)) || std::isnan(of(low, 0)))
        continue;
      end.high = high;
      end.low = low;
      end.equal = tie(of(high, 1), of(low, 1));
      return;
    }
  }
  const Question& question_;
  const Path& path_;
  const std::vector<std::pair<std::size_t, std::size_t>>& pairs_;
};

}  // namespace

arma::vec one_moved(const Group& group, const std::vector<std::size_t>& members, double share) {
  return Path(group, {members, 0, 1}).at(share);
}

std::vector<Stability> stability(const Question& question,
                                 const std::vector<std::size_t>& ranking) {
  const auto pairs = pairs_of(question, ranking);
  std::vector<Stability> result;
  for (const Block& block : weights::blocks_of(question.group.domain)) {
    const Path path(question.group, block);
    const Search search(question, path, pairs);
    const double today = question.group.now[block.members[0]];
    const auto [low, high] = path.range();
    result.push_back({block.members, today, search.towards(today, low), search.towards(today, high),
                      high - low < 1e-12});
  }
  return result;
}

}  // namespace waystone::robust
