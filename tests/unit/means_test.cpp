// Means of members: between them, exact where they are equal, whatever the order.
#include <cmath>

#include <fmt/format.h>

#include "catch.hpp"
#include "weighted_model.hpp"

using namespace waystone;
using tests::Weighted;

namespace {

evaluate::NodeResult score_of(const std::string& combine, const std::vector<double>& facts) {
  const std::vector<std::string> lines{"33.4% a", "33.3% b", "33.3% c"};
  const Weighted model(combine, lines, {{"AAA", facts}});
  return evaluate::assess(model.scenario_case).views[0].countries[0][model.model.main];
}

const std::vector<std::string> means{"arithmetic",
                                     "geometric, no part below 5",
                                     "harmonic, no part below 5",
                                     "power mean of order 2",
                                     "power mean of order 1.5",
                                     "power mean of order 90",
                                     "power mean of order 3",
                                     "power mean of order -90, no part below 5"};

}  // namespace

TEST_CASE("equal members have exactly their value as mean, and as bounds", "[evaluate]") {
  for (const std::string& mean : means)
    for (const double value : {25.0, 50.0, 60.0, 75.0, 77.7, 100.0}) {
      INFO(mean << " of " << value);
      const evaluate::NodeResult result = score_of(mean, {value, value, value});
      CHECK(result.value == value);
      CHECK(result.low == value);
      CHECK(result.high == value);
    }
}

TEST_CASE("a mean lies between its members, and a power mean of any order does not overflow",
          "[evaluate]") {
  for (const std::string& mean : means) {
    INFO(mean);
    const evaluate::NodeResult result = score_of(mean, {60, 80, 70});
    CHECK(result.value > 60);
    CHECK(result.value < 80);
    CHECK(result.low <= result.value);
    CHECK(result.value <= result.high);
  }
  CHECK(score_of("power mean of order 90", {60, 80, 80}).value ==
        Approx(80 * std::pow(0.666, 1.0 / 90)).epsilon(1e-9));
  CHECK(score_of("power mean of order -90, no part below 5", {0, 100, 100}).value ==
        Approx(5 * std::pow(0.334, -1.0 / 90)).epsilon(1e-9));
  CHECK(score_of("power mean of order 3", {0, 0, 0}).value == 0);
}

TEST_CASE("a band stands until the score has passed each edge by the margin", "[evaluate]") {
  const model::Bands bands{{"low", "guarded", "elevated", "high"}, {20, 40, 60}, 2};
  const auto band = [&](double score, const std::string& previous) {
    return evaluate::band_of(bands, score, previous);
  };
  CHECK(band(21.9, "low") == "low");
  CHECK(band(22, "low") == "guarded");
  CHECK(band(41, "low") == "guarded");  // past 20 by the margin, not past 40
  CHECK(band(41.9, "guarded") == "guarded");
  CHECK(band(42, "low") == "elevated");
  CHECK(band(38.1, "high") == "elevated");
  CHECK(band(38, "high") == "guarded");
  CHECK(band(19, "high") == "guarded");
  CHECK(band(18, "high") == "low");
  CHECK(band(41, "no such band") == "elevated");
}
