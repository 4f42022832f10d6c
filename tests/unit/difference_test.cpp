// Two sides of a difference, parts that add up as they print, and texts that are read in pieces.
#include <algorithm>
#include <numeric>
#include <random>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/printed_parts.hpp"
#include "catch.hpp"
#include "explain/difference.hpp"
#include "small_case.hpp"

using namespace waystone;
using namespace waystone::tests;

namespace {

const std::string sign = "judged by \"d\" on 2026-11-01 because \"t\"";

// Three factors of three facts with weights, curves and a rule that differ by the number drawn.
std::string drawn_rules(std::mt19937& random) {
  std::uniform_int_distribution<int> part(1, 9), edge(40, 100);
  std::string text = "model \"Drawn\" { version \"1\" main risk }\n";
  for (const char* name : {"a", "b", "c"})
    text += fmt::format(
        "indicator {} \"I\" {{ unit points range 0 to 100 best 0, worst {} missing unknown {} }}\n",
        name, edge(random), sign);
  text += fmt::format("factor left \"L\" {{ combine arithmetic {} parts a {} parts b {} }}\n",
                      part(random), part(random), sign);
  text += fmt::format(
      "factor right \"R\" {{ combine geometric, no part below 1 {} parts b {} parts c {} }}\n",
      part(random), part(random), sign);
  text += fmt::format(
      "output risk \"Risk\" {{ scale 0 to 100, higher is worse combine arithmetic {} parts left {} "
      "parts "
      "right {} }}\n",
      part(random), part(random), sign);
  text +=
      fmt::format("rule floor \"F\" {{ when a > {} then right at least {} because \"t\" {} }}\n",
                  edge(random) / 2, edge(random), sign);
  return text;
}

std::string drawn_facts(std::mt19937& random) {
  std::uniform_int_distribution<int> points(0, 100);
  return fmt::format("[country.UKR.facts]\na = {}\nb = {}\nc = {}\n", points(random),
                     points(random), points(random));
}

explain::Corner corner(const SmallCase& small) {
  return {&small.scenario_case(), &small.separate(), {}, small.node("risk")};
}

double sum_of(const explain::Difference& difference) {
  return std::accumulate(
      difference.movers.begin(), difference.movers.end(), 0.0,
      [](double sum, const explain::DifferenceMover& mover) { return sum + mover.points; });
}

}  // namespace

TEST_CASE("facts and rules that differ split the same way there and back", "[explain]") {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    const std::string rules[] = {drawn_rules(random), drawn_rules(random)};
    const std::string facts[] = {drawn_facts(random), drawn_facts(random)};
    const SmallCase first(rules[0], facts[0]), second(rules[1], facts[1]),
        first_facts(rules[1], facts[0]), second_facts(rules[0], facts[1]);
    const explain::Corners there{
        corner(first), corner(second),
        explain::Corners::Crossed{corner(first_facts), corner(second_facts)}, false};
    const explain::Corners back{
        corner(second), corner(first),
        explain::Corners::Crossed{corner(second_facts), corner(first_facts)}, false};
    const auto to = explain::difference(there, "UKR"), from = explain::difference(back, "UKR");
    REQUIRE(to);
    REQUIRE(from);
    CHECK(to->both_orders);
    CHECK(to->rules_split);
    CHECK(to->split.total() == Approx(to->to - to->from).margin(1e-9));
    CHECK(sum_of(*to) == Approx(to->to - to->from).margin(1e-9));
    for (const explain::MoverKind kind :
         {explain::MoverKind::facts, explain::MoverKind::rules, explain::MoverKind::model})
      CHECK(to->split[kind] == Approx(-from->split[kind]).margin(1e-9));
  }
}

TEST_CASE("what only one factor's rules change is that factor's", "[explain]") {
  const auto rules = [](int worst) {
    std::string text = two_factors;
    const std::string of_c = "indicator c \"C\" { unit points range 0 to 100 best 0, worst 100";
    const std::size_t at = text.find(of_c);
    return text.replace(
        at, of_c.size(),
        fmt::format("indicator c \"C\" {{ unit points range 0 to 100 best 0, worst {}", worst));
  };
  const std::string facts = "[country.UKR.facts]\na = 30\nb = 20\nc = 40\n";
  const SmallCase first(rules(100), facts), second(rules(50), facts);
  const auto found =
      explain::difference({corner(first), corner(second),
                           explain::Corners::Crossed{corner(second), corner(first)}, true},
                          "UKR");
  REQUIRE(found);
  REQUIRE(found->movers.size() == 1);
  CHECK(found->movers[0].node == "security");  // c scores 80 and no longer 40: security 50, risk 40
  CHECK(found->split.model == Approx(10));
}

TEST_CASE("printed parts add up to the printed whole, each within a unit", "[printing]") {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> drawn(-9, 9);
  for (int round = 0; round < 500; ++round) {
    std::vector<double> parts(std::size_t(1 + round % 7));
    for (double& part : parts) part = drawn(random);
    if (parts.size() > 2) parts[1] = 0;
    const double sum = std::accumulate(parts.begin(), parts.end(), 0.0),
                 whole = std::round(sum * 10);
    const std::vector<double> units = printed_parts(whole, parts, 1);
    CHECK(std::accumulate(units.begin(), units.end(), 0.0) == whole);
    for (std::size_t k = 0; k < parts.size(); ++k) {
      CHECK(std::fabs(units[k] - 10 * parts[k]) < 1.0 + 1e-9);
      CHECK(units[k] == std::round(units[k]));
    }
    if (parts.size() > 2) CHECK(units[1] == 0);
  }
  CHECK(printed_parts(0, {}, 1).empty());
  CHECK(printed_parts(1, {0, 0}, 1) == std::vector<double>{1, 0});
}

TEST_CASE("places are found in texts of many lines", "[source]") {
  std::string text;
  for (int line = 1; line <= 500; ++line)
    text += fmt::format("line {}{}", line, line % 3 ? "\n" : "\r\n");
  SourceMap sources;
  const SourceFile& file = sources[sources.add("t", text)];
  std::size_t at = 0;
  for (int line = 1; line <= 500; ++line) {
    CHECK(file.line(line) == fmt::format("line {}", line));
    CHECK(file.place(std::uint32_t(at)).line == line);
    CHECK(file.place(std::uint32_t(at)).column == 1);
    CHECK(file.offset(line, 3) == at + 2);
    at = text.find('\n', at) + 1;
  }
  CHECK(file.place(std::uint32_t(text.size())).line == 501);
  CHECK(file.line(501).empty());
  CHECK(file.line(502).empty());
  CHECK(file.offset(900, 1) == text.size());
}

TEST_CASE("a hash of pieces is that of the whole", "[base]") {
  const std::string text(1000, 'x');
  for (const std::size_t size : {64u, 128u, 640u, 1024u}) {
    Sha256 hash;
    for (std::size_t at = 0; at < text.size(); at += size)
      hash.add(std::string_view(text).substr(at, size));
    CHECK(hash.digits() == sha256(text));
  }
}
