#include "backtest/areas.hpp"

#include <algorithm>
#include <cmath>

#include "base/random.hpp"

namespace waystone::backtest {

Ranked::Ranked(std::vector<Point> points) {
  std::stable_sort(points.begin(), points.end(),
                   [](const Point& a, const Point& b) { return a.score > b.score; });
  for (std::size_t i = 0; i < points.size(); ++i) {
    cluster_.push_back(std::uint32_t(points[i].cluster));
    event_.push_back(points[i].event);
    ends_.push_back(i + 1 == points.size() || points[i + 1].score != points[i].score);
    events_ += points[i].event;
  }
}

template <class Weight>
Areas Ranked::sum(const Weight& weight) const {
  // Counts are whole numbers, so that sums are exact in whatever order rows of one score stand.
  std::int64_t events = 0, others = 0;            // of higher scores
  std::int64_t tied_events = 0, tied_others = 0;  // of this one
  double pairs = 0, precision = 0;
  for (std::size_t i = 0; i < cluster_.size(); ++i) {
    const std::int64_t times = weight(cluster_[i]);
    (event_[i] ? tied_events : tied_others) += times;
    if (!ends_[i]) continue;
    pairs += double(tied_others) * (double(events) + 0.5 * double(tied_events));
    events += tied_events;
    others += tied_others;
    if (tied_events > 0)
      precision += double(tied_events) * double(events) / double(events + others);
    tied_events = tied_others = 0;
  }
  if (events == 0 || others == 0) return {};
  return {pairs / (double(events) * double(others)), precision / double(events)};
}

Areas Ranked::areas() const {
  return sum([](std::uint32_t) { return 1u; });
}

Areas Ranked::areas(const Times& times) const {
  return sum([&](std::uint32_t cluster) { return times[cluster]; });
}

std::vector<Times> draws_of(std::size_t clusters, std::size_t draws, std::uint64_t seed) {
  Random random(seed);
  std::vector<Times> all(draws, Times(clusters, 0));
  for (Times& times : all)
    for (std::size_t i = 0; i < clusters; ++i) ++times[random.below(clusters)];
  return all;
}

Interval middle_of(std::vector<double> values) {
  const std::size_t asked = values.size();
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty() || 2 * values.size() < asked) return {};
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    const double place = share * double(values.size() - 1);
    const std::size_t below = std::size_t(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - double(below)) * (values[above] - values[below]);
  };
  return {at(0.05), at(0.95)};
}

}  // namespace waystone::backtest
