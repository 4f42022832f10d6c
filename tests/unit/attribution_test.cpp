// Attributions where a factor is taken in by two others.
#include <fmt/format.h>

#include "catch.hpp"
#include "explain/attribution.hpp"
#include "small_case.hpp"

using namespace waystone;
using namespace waystone::tests;

namespace {

const std::string signature = "judged by \"d\" on 2026-11-01 because \"t\" }\n";

// risk = left and right; both take in `third`, which has so many facts; left has one fact of its
// own, right as many as are asked for.
struct Shared {
  int third, right;
};

std::string rules(const Shared& shared) {
  std::string text = "model \"Shared\" { version \"1\" main risk }\n";
  const auto factor = [&](const std::string& name, const std::string& first,
                          const std::string& prefix, int facts) {
    std::string members = first;
    for (int k = 0; k < facts; ++k) {
      text += fmt::format(
          "indicator {}{} \"I\" {{ unit points range 0 to 100 best 0, worst 100 missing unknown {}",
          prefix, k, signature);
      members += fmt::format("1 part {}{} ", prefix, k);
    }
    text += fmt::format("factor {} \"F\" {{ combine geometric, no part below 5\n{}{}", name,
                        members, signature);
  };
  factor("third", "", "x", shared.third);
  factor("left", "1 part third ", "l", 1);
  factor("right", "1 part third ", "r", shared.right);
  return text +
         "output risk \"R\" { scale 0 to 100, higher is worse combine arithmetic\n1 part left 1 "
         "part right " +
         signature;
}

std::string facts(const Shared& shared) {
  std::string text;
  for (const auto& [country, base] : {std::pair{"BLR", 10}, std::pair{"UKR", 60}}) {
    text += fmt::format("[country.{}.facts]\nl0 = {}\n", country, base);
    for (int k = 0; k < shared.right; ++k) text += fmt::format("r{} = {}\n", k, base + k);
    for (int k = 0; k < shared.third; ++k) text += fmt::format("x{} = {}\n", k, base + k);
  }
  return text;
}

explain::Attribution attribution(const Shared& shared) {
  const SmallCase small(rules(shared), facts(shared));
  const auto found =
      explain::attribute(small.separate(), small.node("risk"), {&small.scenario_case(), {}, "BLR"},
                         {&small.scenario_case(), {}, "UKR"});
  REQUIRE(found.has_value());
  return *found;
}

double sum(const explain::Attribution& attribution) {
  double points = 0;
  for (const explain::Player& player : attribution.players) points += player.points;
  return points;
}

}  // namespace

TEST_CASE("a small factor that two others share is attributed exactly", "[explain]") {
  const auto found = attribution({4, 3});
  CHECK_FALSE(found.sampled);
  CHECK(sum(found) == Approx(found.to - found.from).epsilon(1e-9));
}

// Each group alone is small; but the facts of the third are outside for `right`, and their 2^16
// states multiply its 2^10 coalitions.
TEST_CASE("a large factor that two others share is sampled rather than summed over all its states",
          "[explain]") {
  const auto found = attribution({16, 10});
  CHECK(found.sampled);
  CHECK(sum(found) == Approx(found.to - found.from).epsilon(1e-6));
}
