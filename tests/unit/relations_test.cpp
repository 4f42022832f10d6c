// Values over the partners of a country: which rows count, and what they come to.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "catch.hpp"
#include "data/choose.hpp"
#include "scenario/relations.hpp"
#include "small_scenario.hpp"

using namespace waystone;
using namespace waystone::tests;
using data::Absence;
using scenario::Grade;

namespace {

// A model with one value over a relation, and a scenario that scores KEN on 30 June 2019.
struct Neighbours {
  model::Model model;
  SourceMap sources;
  scenario::Scenario scenario;
  std::string name;

  Neighbours(const std::string& over, const std::string& relation, const std::string& rows,
             const std::string& figures, const std::string& policy = "missing unknown")
      : name(over) {
    const bool weighted = relation.find("weight") != std::string::npos;
    const Files files{
        {"m.risk", R"(
model "Past" { version "1"  main risk }
source wdi "World Development Indicators" { publisher "World Bank" }
relation r "Partners" { )" +
                       relation +
                       R"( }
indicator x "Figure" { unit plain  range 0 to 100  cites wdi  )" +
                       policy + R"( }
output risk "Risk" = clamp()" +
                       over + R"(, 0, 100) { scale 0 to 100, higher is worse  cites wdi }
)"},
        {"f.csv", "country,indicator,value,valid,low,high\n" + figures},
        {"r.csv", "from,to,weight,valid\n" + rows},
        {"s.toml", std::string("as_of = 2019-06-30\ncountries = [\"KEN\"]\ndata = [\"f.csv\"]\n") +
                       "[defaults]\nsource = \"wdi\"\ngrade = \"observed\"\n[[relation]]\n" +
                       "name = \"r\"\nfile = \"r.csv\"\nvalid = \"valid\"\n" +
                       (weighted ? "weight = \"weight\"\n" : "")}};
    auto checked = model::read_model("m.risk", reader_of(files), sources);
    if (!checked) throw std::runtime_error(render_text(checked.diagnostics, sources, {}));
    model = std::move(*checked.value);
    auto read = scenario::read_scenario("s.toml", model, reader_of(files), sources);
    if (!read) throw std::runtime_error(render_text(read.diagnostics, sources, {}));
    scenario = std::move(*read.value);
  }

  data::Chosen chosen() const {
    Diagnostics diagnostics;
    const auto ids = data::indicators(model);
    const auto at = std::find(ids.begin(), ids.end(), *model.find(name));
    return data::choose(scenario, model, diagnostics).at("KEN").at(std::size_t(at - ids.begin()));
  }
  std::string partners(const std::string& country) const {
    std::string text;
    for (const scenario::Tie* tie : scenario::partners_of(
             *scenario.relations, RelationId{0}, country, scenario.as_of, scenario.known_by))
      text += tie->partner + " ";
    return text;
  }
};

const std::string rows = "KEN,UGA,0.2,2018\nKEN,ETH,0.3,2018\nKEN,SOM,0,2018\nTZA,KEN,0.5,2018\n";
const std::string figures =
    "KEN,x,1,2018,,\nUGA,x,10,2018,,\nETH,x,40,2018,30,50\nTZA,x,90,2018,,\n";

data::Chosen one(const std::string& over, const std::string& relation = "weight share") {
  return Neighbours(over, relation, rows, figures).chosen();
}

}  // namespace

TEST_CASE("what each value over a relation comes to", "[relations]") {
  CHECK(*one("max over r of x").value == 40);
  CHECK(*one("min over r of x").value == 10);
  CHECK(*one("mean over r of x").value == 28);
  CHECK(*one("sum over r of x").value == 14);
  CHECK(*one("count over r of (x >= 40)").value == 1);
  CHECK(!one("mean over r of x", "symmetric").value);  // of SOM, whose weight is no matter here
}

TEST_CASE("bounds over a relation hold those of every partner", "[relations]") {
  const data::Chosen highest = one("max over r of x");
  CHECK(highest.low == 30);
  CHECK(highest.high == 50);
  const data::Chosen counted = one("count over r of (x >= 40)");
  CHECK(counted.low == 0);
  CHECK(counted.high == 1);
}

TEST_CASE("the latest list of a country counts, as far as it is known", "[relations]") {
  const std::string dated =
      "KEN,UGA,1,2017\nKEN,ETH,1,2017\nKEN,TZA,1,2018\nKEN,SOM,0,2018\nKEN,RWA,1,2019\n";
  Neighbours asked("max over r of x", "weight plain", dated, figures);
  CHECK(asked.partners("KEN") == "TZA ");
  asked.scenario.known_by = *parse_date("2018-06-30");
  CHECK(asked.partners("KEN") == "ETH UGA ");
  CHECK(asked.partners("UGA").empty());
  const Neighbours symmetric("max over r of x", "symmetric", "KEN,UGA,,2017\nUGA,KEN,,2017\n",
                             figures);
  CHECK(symmetric.partners("UGA") == "KEN ");
}

TEST_CASE("a partner of whom nothing is known stays out of the value", "[relations]") {
  const std::string three = "KEN,UGA,0.2,2018\nKEN,ETH,0.3,2018\nKEN,RWA,0.5,2018\n";
  const auto chosen = [&](const std::string& over, const std::string& policy = "missing unknown") {
    return Neighbours(over, "weight share", three, figures, policy).chosen();
  };
  const data::Chosen all = chosen("mean over r of x");
  CHECK(!all.value);
  CHECK(all.absence == Absence::too_few);
  CHECK(all.note == "not known of 1 of 3 partners: RWA");
  CHECK(std::abs(all.high - (2 + 15 + 50)) < 1e-12);
  const data::Chosen half = chosen("mean over r of x known for 50%");
  CHECK(*half.value == 28);
  CHECK(half.known);
  CHECK(half.high > 60);
  const data::Chosen filled = chosen("mean over r of x", "missing assume 20, because \"made up\"");
  CHECK(*filled.value == 24);
  CHECK(!filled.known);
  CHECK(filled.grade == Grade::assumed);
  CHECK(filled.note == "filled in for 1 of 3 partners");
}

TEST_CASE("a country without partners", "[relations]") {
  const auto alone = [&](const std::string& over, const std::string& rows_of_others) {
    return Neighbours(over, "", rows_of_others, figures).chosen();
  };
  CHECK(!alone("max over r of x", "UGA,ETH,,2018\n").value);
  const data::Chosen said = alone("max over r of x without partners 0", "UGA,ETH,,2018\n");
  CHECK(*said.value == 0);
  CHECK(said.known);
  // nothing is known of anybody's partners yet
  CHECK(!alone("max over r of x without partners 0", "UGA,ETH,,2019\n").value);
}
