// Ranks within bounds, what drives a score, and splits of a move that add up.
#include <algorithm>
#include <random>

#include <fmt/format.h>

#include "base/ties.hpp"
#include "catch.hpp"
#include "explain/movement.hpp"
#include "explain/standing.hpp"
#include "small_case.hpp"

using namespace waystone;
using namespace waystone::tests;

namespace {

// Scores with bounds, some of them exact, some equal.
evaluate::ViewResult scores(std::mt19937& random, std::size_t countries) {
  std::uniform_int_distribution<int> points(0, 20), room(0, 5);
  evaluate::ViewResult view;
  for (std::size_t c = 0; c < countries; ++c) {
    evaluate::CountryResult country;
    country.code = fmt::format("C{:02}", c);
    country.nodes.resize(1);
    evaluate::NodeResult& node = country.nodes[0];
    node.value = points(random);
    node.low = node.value - room(random);
    node.high = node.value + room(random);
    if (c % 7 == 6) node.value = evaluate::unknown_value;
    view.countries.push_back(std::move(country));
  }
  return view;
}

double within(std::mt19937& random, const evaluate::NodeResult& node) {
  const double share = std::uniform_int_distribution<int>(0, 4)(random) / 4.0;
  return node.low + share * (node.high - node.low);
}

const std::string by_rule = R"(model "Rule" { version "1" main risk }
source own "Own" { publisher "d" licence "own" lag 0 days }
indicator a "A" { unit points range 0 to 100 best 0, worst 100 missing carry forward up to 1 year cites own }
indicator b "B" { unit points range 0 to 100 best 0, worst 100 missing typical of peers cites own }
indicator c "C" { unit points range 0 to 100 best 0, worst 100 missing carry forward up to 12 months cites own }
group peers "Peers" { b 50 points cites own }
factor economy "E" { combine geometric, no part below 5  1 part a  judged by "d" on 2026-11-01 because "t" }
factor security "S" { combine arithmetic  reweight if at least 20% known  1 part b  1 part c  judged by "d" on 2026-11-01 because "t" }
output risk "Risk" { scale 0 to 100, higher is worse combine arithmetic 1 part economy 1 part security judged by "d" on 2026-11-01 because "t" }
rule war "War" { when c >= 60 then security at least 80 because "t" judged by "d" on 2026-11-01 because "t" }
)";

// A fact of the end of 2013 or of 2014, of both, or of neither.
std::string maybe(std::mt19937& random, const std::string& fact) {
  std::uniform_int_distribution<int> points(0, 100), absent(0, 3);
  std::string values;
  for (const int year : {2013, 2014})
    if (absent(random) != 0)
      values += fmt::format("{{ value = {}, valid = {}-12-31 }}, ", points(random), year);
  return fmt::format("{} = [{}]\n", fact, values);
}

evaluate::Case at(const SmallCase& small, Date date) {
  scenario::Scenario scenario = small.scenario_case().scenario;
  scenario.as_of = scenario.known_by = date;
  return *evaluate::bind(small.model(), *small.scenario_case().program, std::move(scenario)).value;
}

}  // namespace

TEST_CASE("ranks within bounds cover the ranks of whatever lies within the bounds", "[ranking]") {
  std::mt19937 random(20190801);
  for (int round = 0; round < 40; ++round) {
    const evaluate::ViewResult view = scores(random, 12);
    const auto ranges = evaluate::ranks_within_bounds(view, NodeId{0});
    for (int filling = 0; filling < 20; ++filling) {
      evaluate::ViewResult filled = view;
      for (auto& country : filled.countries)
        if (!std::isnan(country.nodes[0].value))
          country.nodes[0].value = within(random, country.nodes[0]);
      const auto places = evaluate::places(filled, NodeId{0}, 0);
      for (std::size_t c = 0; c < places.size(); ++c) {
        if (!places[c].rated()) {
          CHECK(ranges[c].first == 0);
          continue;
        }
        CHECK(ranges[c].first <= places[c].rank);
        CHECK(places[c].rank <= ranges[c].last);
      }
    }
  }
}

TEST_CASE("ranks within bounds are reached", "[ranking]") {
  std::mt19937 random(7);
  const evaluate::ViewResult view = scores(random, 12);
  const auto ranges = evaluate::ranks_within_bounds(view, NodeId{0});
  for (std::size_t c = 0; c < view.countries.size(); ++c) {
    if (ranges[c].first == 0) continue;
    for (const bool best : {false, true}) {
      evaluate::ViewResult ends = view;
      for (std::size_t other = 0; other < ends.countries.size(); ++other) {
        evaluate::NodeResult& node = ends.countries[other].nodes[0];
        if (!std::isnan(node.value)) node.value = (other == c) == best ? node.high : node.low;
      }
      const auto places = evaluate::places(ends, NodeId{0}, 0);
      CHECK(places[c].rank == (best ? ranges[c].first : ranges[c].last));
    }
  }
}

TEST_CASE("a move's kinds and its parts add up to it", "[explain]") {
  std::mt19937 random(42);
  std::size_t split = 0, with_data = 0;
  for (int round = 0; round < 60; ++round) {
    const SmallCase small(by_rule, "[country.UKR.facts]\n" + maybe(random, "a") +
                                       maybe(random, "b") + maybe(random, "c"));
    const evaluate::Case before = at(small, *parse_date("2014-01-31"));
    const auto found = explain::movement(small.separate(), small.node("risk"), {&before, {}, "UKR"},
                                         {&small.scenario_case(), {}, "UKR"});
    if (!found) continue;
    ++split;
    with_data += found->split.data != 0;
    CHECK(found->split.total() == Approx(found->to - found->from).margin(1e-9));
    double sum = 0;
    for (const explain::Mover& mover : found->movers) sum += mover.player.points;
    CHECK(sum == Approx(found->to - found->from).margin(1e-9));
  }
  CHECK(split > 15);
  CHECK(with_data > 0);
}

TEST_CASE("what drives a score is what costs it most, a rule on it included", "[explain]") {
  const SmallCase small(
      two_factors + R"(
rule doubt "Doubt" { when b > 50 then risk at least 70 because "t" judged by "d" on 2026-11-01 because "t" }
)",
      "[country.UKR.facts]\na = 20\nb = 60\nc = 40\n[country.BLR.facts]\na = 80\nb = 10\nc = 10\n");
  const evaluate::Assessment assessment = evaluate::assess(small.scenario_case());
  const auto drivers =
      explain::drivers(small.scenario_case(), assessment.views[0], small.node("risk"));
  // Belarus: economy 80 and security 10, half of each; Ukraine: 35, lifted to 70 by the rule.
  REQUIRE(drivers[0].size() == 2);
  CHECK(drivers[0][0].node == small.node("economy"));
  CHECK(drivers[0][0].points == Approx(40));
  CHECK(drivers[0][1].points == Approx(5));
  // The floor comes first; behind it the parts by what they would be worth without it.
  REQUIRE(drivers[1].size() == 3);
  CHECK_FALSE(drivers[1][0].node.valid());
  CHECK(drivers[1][0].points == Approx(35));
  CHECK(drivers[1][1].points == Approx(0).margin(1e-9));
  CHECK(drivers[1][1].unheld >= drivers[1][2].unheld);
}
