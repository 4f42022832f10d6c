// Which data a scenario has, what rests on them, and what their licences ask.
#include "explain/holdings.hpp"
#include "catch.hpp"
#include "small_case.hpp"

using namespace waystone;
using namespace waystone::tests;

namespace {

const std::string held_rules = two_factors + R"(
source one "One" { publisher "P" licence "CC BY-SA 4.0" lag 6 months }
source two "Two" { publisher "Q" }
)";

explain::Holdings held(const SmallCase& small, std::vector<std::string> countries) {
  return explain::holdings(small.scenario_case(), {}, small.node("risk"), countries);
}

double coverage_of(const SmallCase& small, const std::string& country) {
  const auto assessment = evaluate::assess(small.scenario_case());
  return (*assessment.views[0].find(country))[small.node("risk")].coverage;
}

}  // namespace

TEST_CASE("the shares of all givers and of what is missing add up", "[holdings]") {
  const SmallCase small(held_rules, R"(
[country.UKR.facts]
a = { value = 40, source = "one", grade = "observed", known = 2015-06-30 }
b = 90
[country.BLR.facts]
a = { value = 40, source = "two", grade = "observed" }
b = 90
c = 20
)");
  const auto holdings = held(small, {"BLR", "UKR"});
  double sum = 0;
  for (const auto& giver : holdings.givers) sum += giver.weight;
  CHECK(sum == Approx((coverage_of(small, "BLR") + coverage_of(small, "UKR")) / 2));
  CHECK(sum == Approx(holdings.total.known_weight));
  CHECK(holdings.total.known_weight + holdings.total.missing_weight == Approx(1));
  CHECK(holdings.total.rules_weight == Approx(0).margin(1e-12));
  CHECK(holdings.total.missing == 1);
  CHECK(holdings.countries[1].tally.missing_weight == Approx(0.25));
  REQUIRE(holdings.givers.size() == 3);
  CHECK(explain::name_of(holdings.givers[0].giver, small.model()) == "by d");
  CHECK(holdings.givers[0].figures == 3);
}

TEST_CASE("a choice in an expression moves the weight to what it reads", "[holdings]") {
  const std::string rules = R"(model "M" { version "1" main risk }
indicator a "A" { unit points range 0 to 100 best 0, worst 100 missing unknown judged by "d" on 2026-11-01 because "t" }
indicator b "B" { unit points range 0 to 100 best 0, worst 100 missing unknown judged by "d" on 2026-11-01 because "t" }
derived either "E" = if known(a) then a else b { unit points range 0 to 100 best 0, worst 100 judged by "d" on 2026-11-01 because "t" }
output risk "Risk" { scale 0 to 100, higher is worse combine arithmetic 1 part either judged by "d" on 2026-11-01 because "t" }
)";
  const SmallCase small(rules,
                        "[country.UKR.facts]\na = 10\nb = 20\n[country.BLR.facts]\nb = 20\n");
  for (const std::string country : {"BLR", "UKR"}) {
    const auto holdings = held(small, {country});
    CHECK(holdings.total.known_weight == Approx(coverage_of(small, country)));
  }
  CHECK(held(small, {"UKR"}).indicators[0].weight == Approx(1));
}

TEST_CASE("what takes a fact's place next", "[holdings]") {
  const SmallCase small(held_rules, R"(countries = ["UKR"]
[country.UKR.facts]
a = [ { value = 1, valid = 2013-12-31 }, { value = 2, valid = 2014-12-31, known = 2015-09-30 }, { value = 3, valid = 2015-12-31 } ]
b = [ { value = 1 }, { value = 2, valid = 2014-12-31, known = 2016-01-01 } ]
c = [ { value = 7, valid = 2016-12-31 }, { value = "unknown", low = 1, high = 2, valid = 2015-09-30 } ]
)");
  const auto facts = held(small, {"UKR"}).countries[0].facts;
  REQUIRE(facts[0].next);
  CHECK(facts[0].next->value == 2.0);  // known before the third is true
  CHECK(!facts[1].next);               // known late, and older than what counts by then
  REQUIRE(facts[2].next);
  CHECK(facts[2].next->value == 7.0);  // said to be unknown is no figure
}

TEST_CASE("ages are of the facts that count", "[holdings]") {
  const SmallCase small(held_rules, R"(
[country.AUT.facts]
a = { value = 1, valid = 2015-06-28 }
[country.BLR.facts]
a = { value = 1, valid = 2015-06-26 }
[country.UKR.facts]
a = { value = 1, valid = 2015-06-20 }
[country.POL.facts]
b = 1
)");
  const auto column = held(small, {"AUT", "BLR", "POL", "UKR"}).indicators[0];
  CHECK(column.tally.known() == 3);
  CHECK(column.median_age_days == 4);
  CHECK(column.worst_age_days == 10);
  CHECK(column.worst == std::vector<std::string>{"UKR"});
  CHECK(to_string(*column.first) == "2015-06-20");
  CHECK(to_string(*column.last) == "2015-06-28");
}

TEST_CASE("what a licence asks", "[holdings]") {
  CHECK(!explain::terms_of("").stated);
  CHECK(explain::terms_of("CC BY-SA 4.0").share_alike);
  CHECK(explain::terms_of("ODbL 1.0 (borders), CC BY 4.0 (deaths)").share_alike);
  CHECK(!explain::terms_of("CC BY 4.0").share_alike);
  CHECK(explain::terms_of("facts, cited").cited_only);
  CHECK(explain::terms_of("cited").cited_only);
  CHECK(explain::terms_of("CC BY-NC-ND 4.0").non_commercial);
  CHECK(explain::terms_of("CC BY-NC-ND 4.0").no_derivatives);
}
