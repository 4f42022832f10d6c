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

// Turns are found where decimals differ, so next to where two are equal they come to some 1e-10 of
// the share. What holds over less than this, an equality at a point or its last decimals, is no
// stretch of an order of its own.
constexpr double least_stretch = 1e-8;
// Two that are equal at a limit, and before it only over less than this, are equal there.
constexpr double least_way = 1e-4;

// Where the order ends, comes back and ends again, in turn.
std::vector<double> told_apart(const std::vector<optimise::Turn>& turns) {
  std::vector<double> places;
  for (const optimise::Turn& turn : turns)
    if (!places.empty() && std::fabs(turn.middle() - places.back()) < least_stretch)
      places.pop_back();
    else
      places.push_back(turn.middle());
  return places;
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
    end.share = ends[0];
    end.again.assign(ends.begin() + 1, ends.end());
    if (name_unrated(just_beyond(ends, limit), end)) {
      find_turn(today, limit, end);
      return end;
    }
    end.turns = true;
    name_pair(ends, limit, end.share, end);
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
  std::vector<double> turns_of(bool (*stands)(double high, double low), double today,
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
    auto places = told_apart(optimise::sign_turns(all_stand, today, limit, steps));
    if (!places.empty() && std::fabs(places.back() - limit) < least_stretch) {
      if (places.size() % 2 == 0)
        places.pop_back();  // it would come back at the limit alone
      else
        places.back() = limit;
    }
    return places;
  }
  // Places behind the first of `ends`, before the next: near it, and half way.
  static double just_beyond(const std::vector<double>& ends, double limit) {
    return ends[0] + std::clamp(limit - ends[0], -least_stretch, least_stretch);
  }
  static double beyond(const std::vector<double>& ends, double limit) {
    return (ends[0] + (ends.size() > 1 ? ends[1] : limit)) / 2;
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
    end.turned_at = turns[0];
    name_pair(turns, limit, *end.turned_at, end);
  }
  // Just behind the turn two that turn are still next to equal, so whether they are is asked
  // further on. A gap that flattens towards 0 comes and goes there by its last decimals.
  void name_pair(const std::vector<double>& ends, double limit, double& share, End& end) const {
    const double next = ends.size() > 1 ? ends[1] : limit;
    const arma::mat of = values({just_beyond(ends, limit), beyond(ends, limit), next});
    const auto pair = [&](arma::uword place) {
      return std::find_if(pairs_.begin(), pairs_.end(), [&](const auto& two) {
        const double high = of(two.first, place), low = of(two.second, place);
        return !below(low, high) && !std::isnan(high) && !std::isnan(low);
      });
    };
    auto found = pair(0);
    for (arma::uword place = 1; place < 3 && found == pairs_.end(); ++place) found = pair(place);
    if (found == pairs_.end()) found = pairs_.begin();
    const auto equal_at = [&](arma::uword place) {
      return tie(of(found->first, place), of(found->second, place));
    };
    end.high = found->first;
    end.low = found->second;
    const bool at_the_end = ends.size() == 1 && std::fabs(limit - share) < least_way;
    const bool equal_there = at_the_end && equal_at(2);
    if (equal_there) share = limit;
    end.equal = equal_there || equal_at(1);
    end.last = share == limit;
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
