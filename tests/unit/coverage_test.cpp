// When does a weight matter? By hand, on factors small enough to see.
#include "catch.hpp"

#include "model/check.hpp"
#include "small_scenario.hpp"
#include "validate/coverage.hpp"

namespace {

using namespace waystone;

const std::string sign = R"( judged by "Waystone model desk" on 2026-11-01 because "for the test")";

std::string indicator(const std::string& name) {
  return "indicator " + name +
         " \"X\" { unit percent range 0% to 100% best 0%, worst 100% missing unknown " + sign +
         " }\n";
}

/// A model of one factor, `heat` of a and b, with `lines` in its block and `rules` after it; one
/// country with the facts given.
struct Counted {
  SourceMap sources;
  model::Model model;
  program::Program program;
  validate::Coverage coverage;

  Counted(const std::string& lines, const std::string& rules, const std::string& facts) {
    const tests::Files files{
        {"m.risk",
         "model \"M\" { version \"1\" main risk }\noutput risk \"Risk\" { scale 0 to 100, higher "
         "is worse combine arithmetic 1 part heat " +
             sign + " }\nfactor heat \"Heat\" { combine arithmetic " + lines +
             " 1 part a 1 part b " + sign + " }\n" + indicator("a") + indicator("b") + rules},
        {"s.toml",
         "as_of = 2015-06-30\ndefaults = { valid = 2015-06-30, known = 2015-06-30, grade = "
         "\"judged\", by = \"desk\", because = \"x\" }\n"
         "[country.DEU.facts]\n" +
             facts}};
    auto read = model::read_model("m.risk", tests::reader_of(files), sources);
    INFO(render_text(read.diagnostics, sources, {}));
    REQUIRE(read);
    model = std::move(*read.value);
    program = program::compile(model);
    auto scenario = scenario::read_scenario("s.toml", model, tests::reader_of(files), sources);
    INFO(render_text(scenario.diagnostics, sources, {}));
    REQUIRE(scenario);
    const auto bound = evaluate::bind(model, program, std::move(*scenario.value));
    REQUIRE(bound);
    coverage = validate::cover(model, program, {&*bound.value});
  }

  const validate::WeightCoverage& weight(const std::string& member) const {
    for (const auto& weight : coverage.weights)
      if (model[model[weight.node].factor().members[weight.member].node].name == member)
        return weight;
    throw std::runtime_error("no weight of " + member);
  }
};

std::string rule(const std::string& effect) {
  return "rule r \"R\" { when a >= 0.1% then heat " + effect + " because \"for the test\"" + sign +
         " }\n";
}

}  // namespace

TEST_CASE("a weight matters where members score unlike") {
  const Counted counted("", "", "a = 80\nb = 20\n");
  REQUIRE(counted.weight("a").lanes == 1);
  REQUIRE(counted.weight("a").combination == 1);
  REQUIRE(counted.weight("a").outputs == 1);
  REQUIRE(counted.weight("b").outputs == 1);
  REQUIRE_FALSE(counted.weight("a").alone);
  REQUIRE(counted.weight("heat").alone);  // the only member of risk
  REQUIRE(counted.weight("heat").outputs == 0);
}

TEST_CASE("a weight does not matter where members score alike") {
  const Counted counted("", "", "a = 40\nb = 40\n");
  REQUIRE(counted.weight("a").combination == 0);
  REQUIRE(counted.weight("a").outputs == 0);
}

TEST_CASE("a floor above all that doubling and halving reach hides weights, one below does not") {
  // 80 and 20: 50 as written; 60 and 40 with one weight doubled or halved
  const Counted hidden("", rule("at least 61"), "a = 80\nb = 20\n");
  REQUIRE(hidden.weight("a").combination == 1);
  REQUIRE(hidden.weight("a").value == 0);
  REQUIRE(hidden.weight("a").outputs == 0);
  const Counted shown("", rule("at least 59"), "a = 80\nb = 20\n");
  REQUIRE(shown.weight("a").value == 1);
  REQUIRE(shown.weight("a").outputs == 1);
}

TEST_CASE("a cap that hides the doubled weight does not hide the halved one") {
  const Counted counted("", rule("at most 50"), "a = 80\nb = 20\n");
  REQUIRE(counted.weight("a").outputs == 1);
}

TEST_CASE("an unknown member's weight matters only for whether enough is known") {
  // half is known as written; a third with b doubled
  const Counted tight("reweight if at least 50% known", "", "a = 80\n");
  REQUIRE(tight.weight("b").combination == 1);
  REQUIRE(tight.weight("b").outputs == 1);
  const Counted loose("reweight if at least 20% known", "", "a = 80\n");
  REQUIRE(loose.weight("b").combination == 0);
  const Counted unrated("", "", "a = 80\n");  // no reweighting: never rated, whatever the weights
  REQUIRE(unrated.weight("a").combination == 0);
  REQUIRE(unrated.weight("b").outputs == 0);
}

TEST_CASE("without a scenario every count is nothing") {
  const Counted counted("", rule("at least 61"), "a = 80\n");
  const validate::Coverage none = validate::cover(counted.model, counted.program, {});
  REQUIRE(none.lanes == 0);
  REQUIRE(none.rules.at(0).truth.total() == 0);
  REQUIRE(none.weights.at(0).lanes == 0);
}
