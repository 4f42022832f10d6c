// What a part is worth at its best, and what keeps it from being worth more.
#include "explain/influence.hpp"
#include "catch.hpp"
#include "small_case.hpp"

using namespace waystone;
using namespace waystone::tests;

namespace {

// security = (b + c) / 2, risk = (security + economy) / 2
const std::string facts = R"(countries = ["UKR"]
[country.UKR.facts]
a = 40
b = 90
c = 90
)";

std::map<std::string, explain::AtBest> at_best(const std::string& rules,
                                               const std::string& output = "risk") {
  const SmallCase small(two_factors + rules, facts);
  std::map<std::string, explain::AtBest> named;
  for (const auto& [node, best] :
       explain::at_best(small.scenario_case(), {}, "UKR", small.node(output)))
    named[small.model().nodes[node.index].name] = best;
  return named;
}

std::string rule(const std::string& name, const std::string& effect,
                 const std::string& when = "c > 50") {
  return "rule " + name + " \"R\" { when " + when + " then " + effect +
         " because \"r\" judged by \"d\" on 2026-11-01 because \"t\" }\n";
}

}  // namespace

TEST_CASE("without rules nothing holds a part", "[explain]") {
  const auto best = at_best("");
  CHECK(best.at("security").value == Approx(20));
  CHECK(best.at("b").value == Approx(42.5));
  CHECK(best.at("b").held_by.empty());
  CHECK(best.at("b").without_holds == best.at("b").value);
}

TEST_CASE("a floor on the output is named, with what would be without it", "[explain]") {
  const auto best = at_best(rule("war", "risk at least 60"));
  REQUIRE(best.at("security").held_by.size() == 1);
  CHECK(best.at("security").held_by[0].amount == 60);
  CHECK(best.at("security").value == 60);
  CHECK(best.at("security").without_holds == Approx(20));
}

TEST_CASE("a floor on a part holds the part and what is below it", "[explain]") {
  const auto best = at_best(rule("war", "security at least 85"));
  CHECK(best.at("b").value == Approx(62.5));
  REQUIRE(best.at("b").held_by.size() == 1);
  CHECK(best.at("b").without_holds == Approx(42.5));
  CHECK(best.at("security").value == Approx(62.5));  // its own rule holds: 85 is as low as it goes
  REQUIRE(best.at("security").held_by.size() == 1);
  CHECK(best.at("security").without_holds == Approx(20));
  CHECK(best.at("security").unheld_today == Approx(65));  // 90 and 40: the floor does nothing today
  CHECK(best.at("economy").held_by.empty());
}

TEST_CASE("a part that a floor holds at its best already is worth nothing without the floor either",
          "[explain]") {
  // a = 0: economy is at its best; the floor on the risk is not its doing
  const SmallCase small(two_factors + rule("war", "risk at least 60"),
                        "countries = [\"UKR\"]\n[country.UKR.facts]\na = 0\nb = 90\nc = 90\n");
  const auto best = explain::at_best(small.scenario_case(), {}, "UKR", small.node("risk"));
  CHECK(best.at(small.node("economy")).value == 60);
  CHECK(best.at(small.node("economy")).held_by.empty());
  CHECK_FALSE(best.at(small.node("security")).held_by.empty());
  CHECK(best.at(small.node("security")).unheld_today == Approx(45));
}

TEST_CASE("floors one above the other are lifted together, one that is not reached is not named",
          "[explain]") {
  const auto best = at_best(rule("deep", "security at least 85") +
                            rule("high", "risk at least 62.5") + rule("idle", "risk at least 10"));
  const auto& held = best.at("b").held_by;
  REQUIRE(held.size() == 2);
  CHECK(best.at("b").without_holds == Approx(42.5));
}

TEST_CASE("two rules with the same floor are both named", "[explain]") {
  const auto best = at_best(rule("one", "risk at least 60") + rule("two", "risk at least 60"));
  CHECK(best.at("security").held_by.size() == 2);
  CHECK(best.at("security").without_holds == Approx(20));
}

TEST_CASE("a rule that does not hold, a cap, and a floor reached by chance hold nothing",
          "[explain]") {
  CHECK(at_best(rule("war", "risk at least 60", "c > 95")).at("security").held_by.empty());
  CHECK(at_best(rule("calm", "risk at most 30")).at("security").held_by.empty());
  CHECK(at_best(rule("war", "risk at least 20")).at("security").held_by.empty());
}

TEST_CASE("a cap holds what is best at 100", "[explain]") {
  const auto best = at_best(rule("closed", "chance at most 50"), "chance");
  CHECK(best.at("gains").value == 50);
  REQUIRE(best.at("gains").held_by.size() == 1);
  CHECK(best.at("gains").without_holds == Approx(100));
}

TEST_CASE("a floor on a fact keeps it from its best", "[explain]") {
  const auto best = at_best(rule("seen", "b at least 50"));
  REQUIRE(best.at("b").held_by.size() == 1);
  CHECK(best.at("b").held_by[0].amount == 50);
  CHECK(best.at("b").without_holds < best.at("b").value);
  CHECK(best.at("security").held_by.empty());
}
