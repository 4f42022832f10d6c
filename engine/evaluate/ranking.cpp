#include "evaluate/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/ties.hpp"

namespace waystone::evaluate {
namespace {

// The countries' scores in decimals, those not rated below all others.
std::vector<double> keys(const ViewResult& view, NodeId output) {
  std::vector<double> keys;
  for (const CountryResult& country : view.countries) {
    const double score = country[output].value;
    keys.push_back(std::isnan(score) ? -std::numeric_limits<double>::infinity() : decimal(score));
  }
  return keys;
}

}  // namespace

bool is_level(double first, double second, double margin) {
  const double gap = std::fabs(decimal(second) - decimal(first));
  return gap == 0 || below(gap, margin);
}

std::vector<Place> ranking(const ViewResult& view, NodeId output, double margin) {
  const std::vector<double> score = keys(view, output);
  std::vector<Place> places(view.countries.size());
  for (std::size_t c = 0; c < places.size(); ++c) places[c].country = c;
  std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
    if (score[a.country] != score[b.country]) return score[a.country] > score[b.country];
    return scenario::named_before(view.countries[a.country].code, view.countries[b.country].code);
  });
  const auto end = std::find_if(places.begin(), places.end(), [&](const Place& place) {
    return std::isinf(score[place.country]);
  });
  const std::size_t rated = std::size_t(end - places.begin());
  const auto level = [&](std::size_t i, std::size_t j) {
    return is_level(score[places[i].country], score[places[j].country], margin);
  };
  for (std::size_t i = 0, first = 0, last = 0; i < rated; ++i) {
    while (!level(first, i)) ++first;
    while (last < rated && level(i, last)) ++last;
    const bool tied = i > 0 && score[places[i - 1].country] == score[places[i].country];
    places[i].rank = tied ? places[i - 1].rank : i + 1;
    places[i].level_from = first + 1;
    places[i].level_to = last;
  }
  return places;
}

std::vector<RankRange> ranks_within_bounds(const ViewResult& view, NodeId output) {
  std::vector<double> lows, highs;
  for (const CountryResult& country : view.countries) {
    if (std::isnan(country[output].value)) continue;
    lows.push_back(decimal(country[output].low));
    highs.push_back(decimal(country[output].high));
  }
  std::sort(lows.begin(), lows.end());
  std::sort(highs.begin(), highs.end());
  const auto above = [](const std::vector<double>& sorted, double value) {
    return std::size_t(sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), value));
  };
  std::vector<RankRange> ranges(view.countries.size());
  for (std::size_t c = 0; c < ranges.size(); ++c) {
    const NodeResult& result = view.countries[c][output];
    if (std::isnan(result.value)) continue;
    const double low = decimal(result.low), high = decimal(result.high);
    ranges[c] = {1 + above(lows, high), above(highs, low) + (high > low ? 0 : 1)};
  }
  return ranges;
}

std::vector<Place> places(const ViewResult& view, NodeId output, double margin) {
  std::vector<Place> by_country = ranking(view, output, margin);
  std::sort(by_country.begin(), by_country.end(),
            [](const Place& a, const Place& b) { return a.country < b.country; });
  return by_country;
}

}  // namespace waystone::evaluate
