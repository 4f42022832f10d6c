#include "robust/preferences.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace waystone::robust {
namespace {

// The weights that count, those of the region among the candidates and one inside, with the values
// that they give.
struct Tried {
  arma::mat shares;                // members x weights
  arma::mat values;                // weights x countries
  std::vector<char> always_rated;  // by country

  Tried(const Question& question, const Candidates& candidates, const Region& region,
        const arma::vec& inside) {
    const auto count = counts(region, candidates.shares);
    std::vector<arma::uword> which;
    for (arma::uword k = 0; k < count.size(); ++k)
      if (count[k]) which.push_back(k);
    const arma::uvec chosen(which);
    shares = arma::join_rows(candidates.shares.cols(chosen), inside);
    values = arma::join_cols(candidates.values.cols(chosen).t(), question.scores.at(inside).t());
    for (arma::uword c = 0; c < values.n_cols; ++c)
      always_rated.push_back(!values.col(c).has_nan());
  }
  arma::vec gaps(std::size_t first, std::size_t second) const {
    return values.col(first) - values.col(second);
  }
};

Preference among_tried(const Question& question, const Tried& tried, std::size_t first,
                       std::size_t second) {
  Preference found;
  found.first = first;
  found.second = second;
  found.today = question.today[first] - question.today[second];
  const arma::vec gaps = tried.gaps(first, second);
  double smallest = arma::datum::inf, largest = -arma::datum::inf;
  arma::uword at_smallest = 0, at_largest = 0;
  for (arma::uword k = 0; k < gaps.n_elem; ++k) {
    if (gaps[k] < smallest) smallest = gaps[at_smallest = k];
    if (gaps[k] > largest) largest = gaps[at_largest = k];
  }
  found.first_rated = tried.always_rated[first];
  found.second_rated = tried.always_rated[second];
  found.smallest = found.largest = arma::datum::nan;
  if (smallest > largest) return found;
  found.smallest = smallest;
  found.largest = largest;
  found.at_smallest = tried.shares.col(at_smallest);
  found.at_largest = tried.shares.col(at_largest);
  return found;
}

// Where the gap of a pair is sought by climbing.
class Climber {
 public:
  Climber(const Question& question, const Tried& tried, const Region& region, std::size_t most)
      : question_(question), tried_(tried), region_(region), most_(most) {}

  void towards_both(Preference& found) const {
    const Question pair = question_.about({found.first, found.second});
    largest(pair, found);
    smallest(pair, found);
    found.searched = true;
  }
  // To the order that the weights tried don't show.
  void towards_other(Preference& found) const {
    const Question pair = question_.about({found.first, found.second});
    if (!(found.largest > equal_within)) largest(pair, found);
    if (!(found.smallest < -equal_within)) smallest(pair, found);
    found.searched = true;
  }

 private:
  void largest(const Question& pair, Preference& found) const {
    const arma::vec gaps = tried_.gaps(found.first, found.second);
    for (const arma::vec& top : tops(pair, turned(1, 0), gaps)) {
      const arma::mat values = pair.scores.at(top);
      if (!(values[0] - values[1] > found.largest)) continue;
      found.largest = values[0] - values[1];
      found.at_largest = top;
    }
  }
  void smallest(const Question& pair, Preference& found) const {
    const arma::vec gaps = -tried_.gaps(found.first, found.second);
    for (const arma::vec& top : tops(pair, turned(0, 1), gaps)) {
      const arma::mat values = pair.scores.at(top);
      if (!(values[0] - values[1] < found.smallest)) continue;
      found.smallest = values[0] - values[1];
      found.at_smallest = top;
    }
  }
  // From the highest of the weights tried and from those inside, the last.
  std::vector<arma::vec> tops(const Question& pair, const Target& target,
                              const arma::vec& heights) const {
    std::vector<arma::uword> from;
    for (arma::uword k = 0; k + 1 < heights.n_elem; ++k)
      if (!std::isnan(heights[k])) from.push_back(k);
    const std::size_t most = std::min(most_, from.size());
    std::partial_sort(from.begin(), from.begin() + std::ptrdiff_t(most), from.end(),
                      [&](auto a, auto b) { return heights[a] > heights[b]; });
    from.resize(most);
    from.push_back(heights.n_elem - 1);
    std::vector<arma::vec> result;
    for (const arma::uword k : from)
      result.push_back(climb(pair, target, region_, tried_.shares.col(k)));
    return result;
  }

  const Question& question_;
  const Tried& tried_;
  const Region& region_;
  std::size_t most_;
};

Standing standing_of(double smallest, double largest) {
  if (std::isnan(smallest)) return Standing::not_rated;
  const bool never_lower = smallest >= -equal_within, never_higher = largest <= equal_within;
  if (never_lower && never_higher) return Standing::always_equal;
  if (never_lower) return Standing::first_necessary;
  if (never_higher) return Standing::second_necessary;
  return Standing::possible;
}

// How far the weights tried stay from the order that they don't show; nothing where they show both,
// or nothing can be shown.
std::optional<double> distance(const Preference& found) {
  if (std::isnan(found.smallest) ||
      (found.largest > equal_within && found.smallest < -equal_within))
    return std::nullopt;
  return std::min(std::fabs(found.smallest), std::fabs(found.largest));
}

// Indices of the pairs that climbing might turn, the nearest first.
std::vector<std::size_t> worth_searching(const std::vector<Preference>& pairs, std::size_t most,
                                         const auto& is_settled) {
  std::vector<std::pair<double, std::size_t>> open;
  for (std::size_t k = 0; k < pairs.size(); ++k)
    if (const auto away = distance(pairs[k]); away && !is_settled(pairs[k]))
      open.emplace_back(*away, k);
  std::sort(open.begin(), open.end());
  open.resize(std::min(open.size(), most));
  std::vector<std::size_t> result;
  for (const auto& [away, k] : open) result.push_back(k);
  return result;
}

}  // namespace

std::string_view word_of(Standing standing) {
  static constexpr std::string_view words[] = {"first necessary", "second necessary", "possible",
                                               "equal", "not rated"};
  return words[std::size_t(standing)];
}

std::vector<Preference> preferences(const Question& question, const Candidates& candidates,
                                    const std::vector<std::size_t>& countries, const Effort& effort,
                                    bool search_all, const Region& region,
                                    const arma::vec& inside) {
  const Tried tried(question, candidates, region, inside);
  std::vector<Preference> result;
  for (std::size_t i = 0; i < countries.size(); ++i)
    for (std::size_t j = i + 1; j < countries.size(); ++j)
      result.push_back(among_tried(question, tried, countries[i], countries[j]));
  // Of a linear sign the corners show all.
  const auto is_settled = [&](const Preference& found) {
    return !region.requirements && candidates.all_corners && question.linear[found.first] &&
           question.linear[found.second];
  };
  const Climber climber(question, tried, region, std::size_t(effort.starts));
  if (search_all)
    for (Preference& found : result) climber.towards_both(found);
  else
    for (const std::size_t k : worth_searching(result, effort.searched, is_settled))
      climber.towards_other(result[k]);
  for (Preference& found : result) {
    found.standing = standing_of(found.smallest, found.largest);
    found.proved = found.necessary() && is_settled(found);
  }
  return result;
}

std::vector<Preference> preferences(const Question& question, const Candidates& candidates,
                                    const std::vector<std::size_t>& countries, const Effort& effort,
                                    bool search_all) {
  return preferences(question, candidates, countries, effort, search_all,
                     {&question.group.domain, nullptr}, question.group.now);
}

std::vector<RankRange> ranks_always(std::size_t countries, const std::vector<Preference>& pairs) {
  std::vector<RankRange> result(countries, {1, countries});
  for (const Preference& pair : pairs) {
    if (pair.standing == Standing::not_rated) continue;
    // the one is always above the other, or never above it
    if (pair.first_rated && pair.smallest > equal_within) ++result[pair.second].first;
    if (pair.second_rated && pair.smallest >= -equal_within) --result[pair.first].last;
    if (pair.second_rated && pair.largest < -equal_within) ++result[pair.first].first;
    if (pair.first_rated && pair.largest <= equal_within) --result[pair.second].last;
  }
  return result;
}

}  // namespace waystone::robust
