#include "robust/acceptability.hpp"

#include <algorithm>
#include <cmath>

#include "base/ties.hpp"

namespace waystone::robust {
namespace {

// Values as the decimals that they stand for, which compare as they are (base/ties.hpp).
arma::mat decimals(arma::mat values) {
  return values.transform([](double value) { return decimal(value); });
}

// Where the countries stand in one draw, by decimals. Of those that are rated: how many are higher,
// and how many are equal, itself too.
struct Places {
  std::vector<std::size_t> higher, equal;  // by country; 0 equal: not rated
  std::size_t not_rated = 0;
};

Places places_of(const arma::rowvec& values) {
  Places result{std::vector<std::size_t>(values.n_elem, 0),
                std::vector<std::size_t>(values.n_elem, 0), 0};
  std::vector<std::size_t> order;
  for (std::size_t c = 0; c < values.n_elem; ++c)
    std::isnan(values[c]) ? void(++result.not_rated) : order.push_back(c);
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  std::size_t
      higher = 0,
      end = 0;  // of the sorted: the first that isn't higher than this one, the first that is lower
  for (const std::size_t c : order) {
    while (values[order[higher]] > values[c]) ++higher;
    while (end < order.size() && values[order[end]] >= values[c]) ++end;
    result.higher[c] = higher;
    result.equal[c] = end - higher;
  }
  return result;
}

Winning winning_of(const arma::mat& values, std::size_t first, std::size_t second) {
  const double *one = values.colptr(first), *other = values.colptr(second);
  std::size_t higher = 0, lower = 0, equal = 0;
  for (arma::uword k = 0; k < values.n_rows; ++k) {  // NaN is none of them
    higher += one[k] > other[k];
    lower += one[k] < other[k];
    equal += one[k] == other[k];
  }
  const double draws = double(values.n_rows);
  Winning result{first,
                 second,
                 double(higher) / draws,
                 double(lower) / draws,
                 double(equal) / draws,
                 double(values.n_rows - higher - lower - equal) / draws,
                 0};
  result.standard_error = standard_error(result.first_higher, values.n_rows);
  return result;
}

// Whether a country is the best, equal ones each; none is where one that isn't rated might be
// better.
bool is_best(const Places& places, std::size_t country, bool high_is_best) {
  const std::size_t equal = places.equal[country], last = places.higher[country] + equal;
  if (equal == 0 || places.not_rated > 0) return false;
  return high_is_best ? places.higher[country] == 0 : last == places.higher.size();
}

// How many draws give each country each rank, at best and at worst: ranks x countries.
class RankCounts {
 public:
  explicit RankCounts(std::size_t countries)
      : first_(countries, countries, arma::fill::zeros),
        last_(first_),
        shares_(first_),
        open_(countries),
        rated_(countries) {}

  void add(const Places& places) {
    for (std::size_t c = 0; c < places.equal.size(); ++c) {
      const std::size_t higher = places.higher[c], equal = places.equal[c];
      if (equal == 0) continue;
      ++rated_[c];
      ++first_(higher, c);
      ++last_(higher + places.not_rated, c);
      if (places.not_rated > 0)
        ++open_[c];
      else
        ++shares_(higher, c);  // equal ones have the first of their ranks, as in a ranking
    }
  }
  void put(double draws, Acceptability& entry) const {
    const std::size_t c = entry.country, count = shares_.n_rows;
    for (std::size_t r = 0; r < count; ++r) entry.rank.push_back(shares_(r, c) / draws);
    entry.open = double(open_[c]) / draws;
    entry.not_rated = (draws - double(rated_[c])) / draws;
    // a draw counts against the range where its best rank lies before it, or its worst behind
    const double outside = 0.05 * double(rated_[c]);
    std::size_t first = 0, last = count - 1;
    for (double before = first_(first, c); before <= outside && first + 1 < count;
         before += first_(++first, c)) {
    }
    for (double behind = last_(last, c); behind <= outside && last > 0;
         behind += last_(--last, c)) {
    }
    entry.most = {first + 1, std::max(first, last) + 1};
  }

 private:
  arma::mat first_, last_, shares_;
  std::vector<std::size_t> open_, rated_;
};

}  // namespace

double standard_error(double share, std::size_t draws) {
  return draws == 0 ? 0 : std::sqrt(std::max(0.0, share * (1 - share)) / double(draws));
}

Acceptabilities acceptabilities(const Question& question, const Candidates& candidates,
                                const Effort& effort, bool high_is_best) {
  const std::size_t count = question.countries.size();
  Acceptabilities result{candidates.drawn, effort.seed, {}, {}};
  if (count == 0 || candidates.drawn == 0) return result;
  const arma::mat values = decimals(candidates.values.tail_cols(candidates.drawn).t()),
                  shares = candidates.shares.tail_cols(candidates.drawn);
  RankCounts ranks(count);
  arma::mat central(question.group.size(), count, arma::fill::zeros);
  arma::vec best(count, arma::fill::zeros);
  for (arma::uword k = 0; k < values.n_rows; ++k) {
    const Places places = places_of(values.row(k));
    ranks.add(places);
    for (std::size_t c = 0; c < count; ++c)
      if (is_best(places, c, high_is_best)) {
        ++best[c];
        central.col(c) += shares.col(k);
      }
  }
  for (std::size_t c = 0; c < count; ++c) {
    Acceptability entry;
    entry.country = c;
    ranks.put(double(candidates.drawn), entry);
    entry.best = best[c] / double(candidates.drawn);
    if (best[c] > 0) {
      entry.central = central.col(c) / best[c];
      const Places there = places_of(decimals(question.scores.at(entry.central).as_row()));
      entry.confidence = is_best(there, c, high_is_best) ? 1 : 0;
    }
    result.countries.push_back(std::move(entry));
  }
  for (std::size_t first = 0; first < count; ++first)
    for (std::size_t second = first + 1; second < count; ++second)
      result.pairs.push_back(winning_of(values, first, second));
  return result;
}

}  // namespace waystone::robust
