#include "robust/preferences.hpp"

#include <algorithm>
#include <cmath>

namespace waystone::robust {
namespace {

// The gap's largest value over what counts, with where it is. NaN columns never win.
struct Extreme {
  double height = -arma::datum::inf;
  arma::vec shares;
  void offer(double candidate, const arma::vec& at) {
    if (!(candidate > height)) return;
    height = candidate;
    shares = at;
  }
};

std::vector<arma::uword> highest(const arma::rowvec& heights, const std::vector<char>& count, std::size_t most) {
  std::vector<arma::uword> which;
  for (arma::uword k = 0; k < heights.n_elem; ++k)
    if (count[k] && !std::isnan(heights[k])) which.push_back(k);
  most = std::min(most, which.size());
  std::partial_sort(which.begin(), which.begin() + most, which.end(), [&](auto a, auto b) { return heights[a] > heights[b]; });
  which.resize(most);
  return which;
}

class Extremes {
 public:
  Extremes(const Question& question, const Candidates& candidates, Region region, const arma::vec& inside, std::size_t most)
      : question_(question), candidates_(candidates), region_(region), inside_(inside), most_(most), counts_(counts(region, candidates.shares)) {}

  Extreme among_candidates(const Target& target) const {
    Extreme best;
    best.offer(target.height(question_.scores.at(inside_))[0], inside_);
    const arma::rowvec heights = target.height(candidates_.values);
    for (const arma::uword k : highest(heights, counts_, 1)) best.offer(heights[k], candidates_.shares.col(k));
    return best;
  }

  Extreme by_climbing(const Target& target, Extreme best) const {
    const arma::rowvec heights = target.height(candidates_.values);
    std::vector<arma::vec> from;
    for (const arma::uword k : highest(heights, counts_, most_)) from.push_back(candidates_.shares.col(k));
    from.push_back(inside_);
    for (const arma::vec& start : from) {
      const arma::vec top = climb(question_, target, region_, start);
      best.offer(target.height(question_.scores.at(top))[0], top);
    }
    return best;
  }

 private:
  const Question& question_;
  const Candidates& candidates_;
  Region region_;
  const arma::vec& inside_;
  std::size_t most_;
  std::vector<char> counts_;
};

Standing standing_of(double smallest, double largest) {
  const bool never_lower = smallest >= -equal_within, never_higher = largest <= equal_within;
  if (never_lower && never_higher) return Standing::always_equal;
  if (never_lower) return Standing::first_necessary;
  if (never_higher) return Standing::second_necessary;
  return Standing::possible;
}

}  // namespace

std::string_view word_of(Standing standing) {
  static constexpr std::string_view words[] = {"first necessary", "second necessary", "possible", "equal"};
  return words[std::size_t(standing)];
}

std::vector<Preference> preferences(const Question& question, const Candidates& candidates, const std::vector<std::size_t>& countries, const Effort& effort,
                                    bool search_all, const Region& region, const arma::vec& inside) {
  const Extremes extremes(question, candidates, region, inside, std::size_t(effort.starts));
  std::vector<Preference> result;
  for (std::size_t i = 0; i < countries.size(); ++i)
    for (std::size_t j = i + 1; j < countries.size(); ++j) {
      const std::size_t first = countries[i], second = countries[j];
      const Target up = turned(second, first), down = turned(first, second);
      Extreme largest = extremes.among_candidates(up), smallest = extremes.among_candidates(down);
      const bool decided = largest.height > equal_within && smallest.height > equal_within;
      Preference found{first, second, Standing::possible, question.today[first] - question.today[second], 0, 0, {}, {}, search_all || !decided, false};
      if (found.searched) {
        largest = extremes.by_climbing(up, largest);
        smallest = extremes.by_climbing(down, smallest);
      }
      found.largest = largest.height;
      found.smallest = -smallest.height;
      found.at_largest = largest.shares;
      found.at_smallest = smallest.shares;
      found.standing = standing_of(found.smallest, found.largest);
      const bool necessary = found.standing == Standing::first_necessary || found.standing == Standing::second_necessary;
      found.proved = necessary && !region.requirements && question.sign_linear && candidates.all_corners;
      result.push_back(std::move(found));
    }
  return result;
}

std::vector<Preference> preferences(const Question& question, const Candidates& candidates, const std::vector<std::size_t>& countries, const Effort& effort,
                                    bool search_all) {
  return preferences(question, candidates, countries, effort, search_all, {&question.group.domain, nullptr}, question.group.now);
}

}  // namespace waystone::robust
