// What the checked model says about limits and ties of weights.
#include "catch.hpp"

#include <fstream>
#include <iterator>

#include "model/check.hpp"

using namespace waystone;

namespace {

model::Model read(const std::string& path, const model::ReadFile& read_file) {
  SourceMap sources;
  auto outcome = model::read_model(path, read_file, sources);
  INFO(render_text(outcome.diagnostics, sources, {}));
  REQUIRE(outcome);
  return std::move(*outcome.value);
}

model::Model read_text(const std::string& text) {
  return read("test.risk", [&](const std::string&) {
    Outcome<std::string> outcome;
    outcome.value = text;
    return outcome;
  });
}

// An output over indicators a to e, with these lines.
std::string small(const std::string& combine, const std::string& lines,
                  const std::string& rest = "") {
  std::string text =
      "source s \"S\"\noutput risk \"Risk\" {\n  scale 0 to 100, higher is worse\n  combine " +
      combine + "\n" + lines + "  cites s\n}\n" + rest;
  for (const char* name : {"a", "b", "c", "d", "e"})
    text += std::string("indicator ") + name +
            " \"I\" {\n  unit percent\n  range 0% to 100%\n  best 0%, worst 100%\n  missing "
            "unknown\n  cites s\n}\n";
  return text;
}

const model::Factor& risk_of(const model::Model& model) {
  return model[*model.find("risk")].factor();
}

using Ties = std::vector<std::vector<std::size_t>>;

}  // namespace

TEST_CASE("limits are shares in the order of the members, ties that meet are one") {
  const auto model = read_text(small("arithmetic",
                                     "  20% e between 10% and 0.5 share\n  20% d locked\n  20% c\n "
                                     " 20% b between 5 and 30 locked\n  20% a\n"
                                     "  tied e, d\n  tied a, c\n  tied b, e\n"));
  const model::Factor& risk = risk_of(model);
  REQUIRE(risk.limits.size() == 1);
  const auto& limits = risk.limits[0];
  REQUIRE(limits.size() == 5);
  REQUIRE(limits[0].low == 0);
  REQUIRE(limits[0].high == 1);
  REQUIRE(!limits[0].where.valid());
  REQUIRE(limits[1].low == 0.05);
  REQUIRE(limits[1].high == 0.3);
  REQUIRE(limits[1].locked);
  REQUIRE(limits[1].where.valid());
  REQUIRE(limits[3].locked);
  REQUIRE(limits[3].high == 1);
  REQUIRE(limits[4].low == 0.1);
  REQUIRE(limits[4].high == 0.5);
  REQUIRE(!limits[4].locked);
  REQUIRE(risk.ties == std::vector<Ties>{{{0, 2}, {1, 3, 4}}});
}

TEST_CASE("each viewpoint has limits and ties of its own, lists without weights have none") {
  const auto model = read_text(small(
      "arithmetic, weights from viewpoint", "",
      "viewpoint second \"V\" {\n  cites s\n  60% a between 50% and 70%\n  10% b\n  10% c\n  10% "
      "d\n  10% e\n  tied c, b\n}\n"
      "viewpoint first \"V\" {\n  cites s\n  60% a locked\n  10% b\n  10% c\n  10% d\n  10% e\n}\n"
      "output other \"O\" {\n  scale 0 to 100, higher is worse\n  combine worst\n  member a\n  "
      "member b\n  cites s\n}\n"));
  const model::Factor& risk = risk_of(model);
  REQUIRE(risk.limits.size() == 2);
  REQUIRE(risk.limits[0][0].locked);
  REQUIRE(!risk.limits[1][0].locked);
  REQUIRE(risk.limits[1][0].low == 0.5);
  REQUIRE(risk.ties == std::vector<Ties>{{}, {{1, 2}}});
  const model::Factor& other = model[*model.find("other")].factor();
  REQUIRE(other.limits.empty());
  REQUIRE(other.ties.empty());
}

TEST_CASE("the shipped viewpoints keep every factor between 3 and 30 percent") {
  const auto model =
      read(std::string(WAYSTONE_ROOT) + "/rules/belt-and-road.risk", [](const std::string& path) {
        Outcome<std::string> outcome;
        std::ifstream in(path, std::ios::binary);
        outcome.value = std::string(std::istreambuf_iterator<char>(in), {});
        return outcome;
      });
  const model::Factor& risk = risk_of(model);
  REQUIRE(risk.limits.size() == 3);
  for (const auto& profile : risk.limits) {
    REQUIRE(profile.size() == 9);
    for (const model::WeightLimits& limits : profile)
      REQUIRE((limits.low == 0.03 && limits.high == 0.3 && !limits.locked));
  }
}

TEST_CASE("a model may stand a thousand steps above its facts, and not one more") {
  const auto chain = [](int steps) {
    std::string text = small("arithmetic", "  100% d" + std::to_string(steps - 2) + "\n");
    for (int i = 0; i < steps - 1; ++i) {
      const std::string below = i == 0 ? "a" : "d" + std::to_string(i - 1);
      text += "derived d" + std::to_string(i) + " = " + below +
              " * 1 {\n  range 0% to 100%\n  best 0%, worst 100%\n  cites s\n}\n";
    }
    SourceMap sources;
    return model::read_model(
        "test.risk",
        [&](const std::string&) {
          Outcome<std::string> outcome;
          outcome.value = text;
          return outcome;
        },
        sources);
  };
  REQUIRE(chain(1000));
  const auto deeper = chain(1001);
  REQUIRE(!deeper);
  REQUIRE(deeper.diagnostics.errors() == 1);
  REQUIRE(deeper.diagnostics.list().front().code == Code::E0005);
}
