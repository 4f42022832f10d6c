// Areas, chances and Brier's score, against definitions written out.
#include <algorithm>
#include <cmath>

#include "backtest/chances.hpp"
#include "base/random.hpp"
#include "catch.hpp"

using namespace waystone;
using namespace waystone::backtest;

namespace {

std::vector<Point> random_points(std::uint64_t seed, std::size_t count, std::size_t scores,
                                 double base) {
  Random random(seed);
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i)
    points.push_back({double(random.below(scores)), random.uniform() < base, random.below(9)});
  return points;
}

double pairs_in_order(const std::vector<Point>& points) {
  double good = 0, all = 0;
  for (const Point& a : points)
    for (const Point& b : points)
      if (a.event && !b.event) {
        all += 1;
        good += a.score > b.score ? 1 : a.score == b.score ? 0.5 : 0;
      }
  return good / all;
}

// The mean over events of the share of events among all that score as high.
double precision_by_hand(const std::vector<Point>& points) {
  double sum = 0, events = 0;
  for (const Point& a : points) {
    if (!a.event) continue;
    double above = 0, hits = 0;
    for (const Point& b : points)
      if (b.score >= a.score) ++above, hits += b.event;
    sum += hits / above;
    ++events;
  }
  return sum / events;
}

}  // namespace

TEST_CASE("areas are those of counting pairs, ties and all") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto points = random_points(seed, 20 + seed, seed % 3 == 0 ? 4 : 1000, 0.3);
    const Areas areas = Ranked(points).areas();
    CHECK(std::fabs(areas.roc - pairs_in_order(points)) < 1e-12);
    CHECK(std::fabs(areas.precision_recall - precision_by_hand(points)) < 1e-12);
  }
}

TEST_CASE("a draw of countries is the rows of its countries, as often as they were drawn") {
  const auto points = random_points(7, 80, 12, 0.25);
  const Ranked ranked(points);
  for (const Times& times : draws_of(9, 50, 3)) {
    std::vector<Point> drawn;
    for (const Point& point : points)
      for (int k = 0; k < times[point.cluster]; ++k) drawn.push_back(point);
    std::size_t sum = 0;
    for (const auto time : times) sum += time;
    CHECK(sum == 9);
    const Areas areas = ranked.areas(times), again = Ranked(drawn).areas();
    if (std::isnan(again.roc)) {
      CHECK(std::isnan(areas.roc));
      continue;
    }
    CHECK(std::fabs(areas.roc - again.roc) < 1e-12);
    CHECK(std::fabs(areas.precision_recall - again.precision_recall) < 1e-12);
  }
}

TEST_CASE("order alone counts: what rises with the score has the same areas") {
  auto points = random_points(11, 120, 40, 0.3);
  const Areas before = Ranked(points).areas();
  for (Point& point : points) point.score = std::exp(point.score / 7) - 3;
  const Areas after = Ranked(points).areas();
  CHECK(before.roc == after.roc);
  CHECK(before.precision_recall == after.precision_recall);
  for (Point& point : points) point.score = -point.score;
  CHECK(std::fabs(Ranked(points).areas().roc - (1 - before.roc)) < 1e-12);
}

TEST_CASE("a score that says nothing is a coin, and its precision the share of events") {
  auto points = random_points(5, 100, 30, 0.2);
  for (Point& point : points) point.score = 42;
  const double share = double(std::count_if(points.begin(), points.end(),
                                            [](const Point& point) { return point.event; })) /
                       100;
  CHECK(Ranked(points).areas().roc == 0.5);
  CHECK(std::fabs(Ranked(points).areas().precision_recall - share) < 1e-12);
}

TEST_CASE("without both kinds of rows nothing is known") {
  auto points = random_points(5, 30, 30, 0.5);
  for (Point& point : points) point.event = true;
  CHECK(std::isnan(Ranked(points).areas().roc));
  CHECK(std::isnan(Ranked(points).areas().precision_recall));
  for (Point& point : points) point.event = false;
  CHECK(std::isnan(Ranked(points).areas().roc));
  CHECK(std::isnan(Ranked({}).areas().roc));
  CHECK_FALSE(fitted(points).has_value());
}

TEST_CASE("draws are the same for one seed, and others for another") {
  CHECK(draws_of(20, 5, 1) == draws_of(20, 5, 1));
  CHECK(draws_of(20, 5, 1) != draws_of(20, 5, 2));
}

TEST_CASE("the middle nine tenths leave out what is not known, if it is less than half") {
  std::vector<double> values;
  for (int i = 0; i <= 100; ++i) values.push_back(i);
  CHECK(middle_of(values).low == 5);
  CHECK(middle_of(values).high == 95);
  values.push_back(not_known);
  CHECK(middle_of(values).low == 5);
  CHECK(std::isnan(middle_of({1, not_known, not_known}).low));
  CHECK(std::isnan(middle_of({}).high));
}

TEST_CASE("a curve of chances has no slope left to go down") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto points = random_points(seed, 300, 100, 0.2);
    for (Point& point : points) point.score += point.event ? 20 : 0;
    const auto curve = fitted(points);
    REQUIRE(curve.has_value());
    const double events = double(std::count_if(points.begin(), points.end(),
                                               [](const Point& point) { return point.event; }));
    const double others = double(points.size()) - events;
    double by_intercept = 0, by_slope = 0;
    for (const Point& point : points) {
      const double target = point.event ? (events + 1) / (events + 2) : 1 / (others + 2);
      const double off = curve->chance(point.score) - target;
      by_intercept += off, by_slope += off * point.score;
    }
    CHECK(std::fabs(by_intercept) < 1e-4);
    CHECK(std::fabs(by_slope) < 1e-2);
  }
}

TEST_CASE("there is a curve where a score parts all, and where it parts none") {
  std::vector<Point> points;
  for (int i = 0; i < 40; ++i) points.push_back({double(i), i >= 30, 0});
  const auto parting = fitted(points);
  REQUIRE(parting.has_value());
  CHECK(std::isfinite(parting->slope));
  CHECK(parting->chance(35) > 0.8);
  CHECK(parting->chance(5) < 0.1);
  for (Point& point : points) point.score = 3;
  const auto flat = fitted(points);
  REQUIRE(flat.has_value());
  CHECK(std::fabs(flat->chance(3) - 0.25) < 0.02);
}

TEST_CASE("too few events teach no chance") {
  std::vector<Point> points;
  for (int i = 0; i < 40; ++i) points.push_back({double(i), i >= 36, 0});
  CHECK_FALSE(fitted(points).has_value());
}

TEST_CASE("Murphy's parts add up to Brier's score, and one chance a bin leaves nothing within") {
  Random random(3);
  std::vector<Forecast> forecasts;
  for (int i = 0; i < 500; ++i) {
    const double chance = random.uniform();
    forecasts.push_back({chance, random.uniform() < chance});
  }
  const Brier parts = brier_of(forecasts);
  CHECK(std::fabs(parts.score - (parts.reliability - parts.resolution + parts.uncertainty +
                                 parts.within)) < 1e-12);
  std::size_t counted = 0;
  for (const Bin& bin : parts.bins) counted += bin.forecasts;
  CHECK(counted == 500);
  const double chances[] = {0.005, 0.015, 0.03, 0.07, 0.15, 0.3, 0.7};
  for (std::size_t i = 0; i < forecasts.size(); ++i) forecasts[i].chance = chances[i % 7];
  CHECK(std::fabs(brier_of(forecasts).within) < 1e-12);
  CHECK(std::isnan(brier_of({}).score));
}

TEST_CASE("a chance of 1 belongs to the last bin") {
  const Brier parts = brier_of({{1, true}, {0, false}});
  CHECK(parts.score == 0);
  REQUIRE(parts.bins.size() == 2);
  CHECK(parts.bins.back().high == 1);
  CHECK(parts.reliability == 0);
}
