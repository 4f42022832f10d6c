// How far values over several figures may go, against every choice of the figures and their ends.
#include "data/reach.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "catch.hpp"

using namespace waystone::data;

namespace {

using Value = std::function<double(const std::vector<Ranged>& figures)>;  // of their low ends
using Reach = Range (*)(const std::vector<Ranged>& figures, std::size_t fewest);

double mean_of(const std::vector<Ranged>& figures) {
  double sum = 0, weight = 0;
  for (const Ranged& figure : figures) {
    sum += figure.weight * figure.low;
    weight += figure.weight;
  }
  return sum / weight;
}

double sum_of(const std::vector<Ranged>& figures) {
  double sum = 0;
  for (const Ranged& figure : figures) sum += figure.weight * figure.low;
  return sum;
}

double minimum_of(const std::vector<Ranged>& figures) {
  double least = std::numeric_limits<double>::infinity();
  for (const Ranged& figure : figures) least = std::min(least, figure.low);
  return least;
}

double maximum_of(const std::vector<Ranged>& figures) {
  double most = -std::numeric_limits<double>::infinity();
  for (const Ranged& figure : figures) most = std::max(most, figure.low);
  return most;
}

double deviation_of(const std::vector<Ranged>& figures) {
  double middle = 0, squares = 0;
  for (const Ranged& figure : figures) middle += figure.low / double(figures.size());
  for (const Ranged& figure : figures) squares += (figure.low - middle) * (figure.low - middle);
  return std::sqrt(squares / double(figures.size() - 1));
}

// Each figure at either end or between; each that may join there or not.
Range brute_force(const std::vector<Ranged>& figures, std::size_t fewest, const Value& value) {
  Range found{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  const auto go = [&](auto& self, std::size_t at, std::vector<Ranged>& chosen) -> void {
    if (at == figures.size()) {
      if (chosen.size() < fewest) return;
      const double one = value(chosen);
      found = {std::min(found.low, one), std::max(found.high, one)};
      return;
    }
    const Ranged& figure = figures[at];
    if (!figure.counts) self(self, at + 1, chosen);
    for (const double part : {0.0, 0.5, 1.0}) {
      const double point = figure.low + part * (figure.high - figure.low);
      chosen.push_back({point, point, figure.weight, true});
      self(self, at + 1, chosen);
      chosen.pop_back();
    }
  };
  std::vector<Ranged> chosen;
  go(go, 0, chosen);
  return found;
}

std::vector<Ranged> drawn(std::mt19937& random, std::size_t count, bool weighted) {
  const auto draw = [&](double from, double to) {
    return from + (to - from) * double(random() % 1000) / 999;
  };
  std::vector<Ranged> figures;
  for (std::size_t k = 0; k < count; ++k) {
    const double low = draw(-20, 60);
    figures.push_back({low, random() % 3 == 0 ? low : low + draw(0, 40),
                       weighted ? draw(0.1, 3) : 1, random() % 2 == 0});
  }
  return figures;
}

}  // namespace

TEST_CASE("the reach of a value is that of every choice of figures", "[windows]") {
  const struct {
    const char* name;
    Reach reach;
    Value value;
    bool weighted;
  } kinds[] = {{"mean", mean_reach, mean_of, true},
               {"sum", sum_reach, sum_of, true},
               {"minimum", minimum_reach, minimum_of, false},
               {"maximum", maximum_reach, maximum_of, false}};
  std::mt19937 random(5);
  for (const auto& kind : kinds)
    for (int round = 0; round < 200; ++round) {
      const auto figures = drawn(random, 1 + round % 5, kind.weighted);
      const std::size_t fewest = 1 + random() % figures.size();
      const Range found = kind.reach(figures, fewest);
      const Range brute = brute_force(figures, fewest, kind.value);
      INFO(kind.name << ", round " << round << ", " << fewest << " at least");
      CHECK(found.low == Approx(brute.low).margin(1e-9));
      CHECK(found.high == Approx(brute.high).margin(1e-9));
    }
}

TEST_CASE("no choice of figures deviates beyond the reach of the deviation", "[windows]") {
  std::mt19937 random(6);
  for (int round = 0; round < 200; ++round) {
    const auto figures = drawn(random, 2 + round % 4, false);
    const std::size_t fewest = 2 + random() % (figures.size() - 1);
    const Range found = deviation_reach(figures, fewest);
    const Range brute = brute_force(figures, fewest, deviation_of);
    INFO("round " << round);
    CHECK(found.low <= brute.low + 1e-9);
    CHECK(found.high >= brute.high - 1e-9);
  }
}

TEST_CASE("the reach of a deviation is tight where all figures count", "[windows]") {
  const Range found = deviation_reach({{10, 20, 1, true}, {30, 30, 1, true}, {25, 50, 1, true}}, 2);
  CHECK(found.high == Approx(deviation_of({{10}, {30}, {50}})));
  CHECK(found.low == Approx(deviation_of({{20}, {30}, {25}})));
  const Range all = deviation_reach({{10, 20, 1, true}, {30, 30, 1, false}, {25, 50, 1, false}}, 3);
  CHECK(all.low == Approx(found.low));
  CHECK(all.high == Approx(found.high));
}
