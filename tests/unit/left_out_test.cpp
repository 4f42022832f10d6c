// What rules left out for want of a fact would do to a score.
#include <cmath>

#include "catch.hpp"
#include "evaluate/assess.hpp"
#include "small_case.hpp"

using namespace waystone;
using namespace waystone::tests;

namespace {

// a 40, b and c 90, so economy 40, security 90, risk 65, chance 60; d is not known
const std::string facts = "[country.UKR.facts]\na = 40\nb = 90\nc = 90\n";

std::string with_rules(const std::string& rules) {
  return two_factors +
         "indicator d \"D\" { unit points range 0 to 100 missing unknown judged by \"d\" on "
         "2026-11-01 because \"t\" }\n" +
         rules;
}

std::string rule(const std::string& name, const std::string& when, const std::string& effect) {
  return "rule " + name + " \"R\" { when " + when + " then " + effect +
         " because \"r\" judged by \"d\" on 2026-11-01 because \"t\" }\n";
}

// By output, what the rule "r" would move it by.
std::map<std::string, double> would_move(const std::string& rules) {
  const SmallCase small(with_rules(rules), facts);
  const auto assessment = evaluate::assess(small.scenario_case());
  const auto& country = assessment.views[0].countries[0];
  std::map<std::string, double> named;
  for (const auto& [output, points] : country[*small.model().find_rule("r")].would_move)
    named[small.model()[output].name] = points;
  return named;
}

}  // namespace

TEST_CASE("a rule whose condition is unknown would move what its effect reaches", "[assess]") {
  const auto moves = would_move(rule("r", "d > 50", "economy at least 90"));
  REQUIRE(moves.size() == 1);
  CHECK(moves.at("risk") == Approx(25));
}

TEST_CASE("a rule that is left out but would change nothing moves nothing", "[assess]") {
  CHECK(would_move(rule("r", "d > 50", "economy at least 30")).empty());
  CHECK(would_move(rule("r", "d > 50", "gains at most 30")).contains("chance"));
}

TEST_CASE("a rule that holds, and one that does not, is not left out", "[assess]") {
  CHECK(would_move(rule("r", "a > 30", "economy at least 90")).empty());
  CHECK(would_move(rule("r", "a > 50", "economy at least 90")).empty());
}

TEST_CASE("a rule that waits for another is counted with what follows from it", "[assess]") {
  const auto moves = would_move(rule("r", "d > 50", "economy at least 50") +
                                rule("follows", "holds(r)", "security add 4"));
  CHECK(moves.at("risk") == Approx(7));
}

TEST_CASE("where the amount is unknown, too, it is not said how far", "[assess]") {
  // A floor of unknown height is left out, a sum with an unknown amount is unknown itself.
  CHECK(would_move(rule("r", "a > 30", "economy add d")).empty());
  const auto moves = would_move(rule("r", "a > 30", "economy at least d"));
  REQUIRE(moves.contains("risk"));
  CHECK(std::isnan(moves.at("risk")));
}
