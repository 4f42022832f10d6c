// Judgement files: the golden cases of faulty ones, and what a good one reads as. A golden case is
// a folder with model.risk and judgements.toml, about the main output under the first viewpoint,
// and expected.txt: what the reader and the methods say. With the environment variable
// WAYSTONE_BLESS set, expected.txt is written instead of compared.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "catch.hpp"
#include "fit/direct.hpp"
#include "model/check.hpp"
#include "program/program.hpp"

using namespace waystone;

namespace {

const std::filesystem::path golden =
    std::filesystem::path(WAYSTONE_ROOT) / "tests/golden/judgements";

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Read {
  SourceMap sources;
  weights::Group group;
  Outcome<fit::Judgements> outcome;
  Diagnostics all;  // what the methods remark included

  std::string said() const { return render_text(all, sources, {}); }
  const fit::Judgements& judgements() const {
    if (!outcome) throw std::runtime_error(said());
    return *outcome.value;
  }
};

// `text` stands for the folder's judgements.toml where it is given.
Read read(const std::filesystem::path& folder, const std::string& text = {}) {
  const model::ReadFile read_in = [&](const std::string& path) {
    Outcome<std::string> outcome;
    if (path == "judgements.toml" && !text.empty())
      outcome.value = text;
    else if (std::filesystem::is_regular_file(folder / path))
      outcome.value = bytes_of(folder / path);
    else
      outcome.diagnostics.add(Code::E0001, {}, "no such file");
    return outcome;
  };
  Read result;
  const auto checked = model::read_model("model.risk", read_in, result.sources);
  if (!checked) throw std::runtime_error(render_text(checked.diagnostics, result.sources, {}));
  const model::Model& model = *checked.value;
  result.group = *weights::group_of(model, program::compile(model), model.main, ViewpointId{0});
  result.outcome =
      fit::read_judgements("judgements.toml", model, result.group, read_in, result.sources);
  result.all = result.outcome.diagnostics;
  if (result.outcome)
    result.all.append(
        fit::remarks(fit::propose(*result.outcome.value, result.group), result.group));
  result.all.sort();
  return result;
}

Read read_text(const std::string& text) {
  return read(golden / "E0329-examples", "by = \"A\"\n" + text);
}

const std::string all_points = "{ security = 100, economy = 80, corridor = 60, access = 10 }";

}  // namespace

TEST_CASE("golden cases of judgement files", "[fit][golden]") {
  int cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(golden)) {
    const std::string name = entry.path().filename().string();
    INFO(name);
    const std::string said = read(entry.path()).said();
    if (std::getenv("WAYSTONE_BLESS"))
      std::ofstream(entry.path() / "expected.txt", std::ios::binary) << said;
    CHECK(said == bytes_of(entry.path() / "expected.txt"));
    CHECK(said.find("[" + name.substr(0, 5) + "]") != std::string::npos);
    ++cases;
  }
  CHECK(cases > 20);
}

TEST_CASE("a judgement file of everything", "[fit]") {
  const Read file = read(golden / "E0329-examples", R"(
title   = "Weights of the state"
by      = "Waystone model desk"
because = "review of the autumn"
on      = 2026-11-20
pool    = "geometric"
[limits]
security = "5% to 60%"
economy  = "at least 10%"
corridor = "at most 40.5%"
locked   = ["access"]
ties     = [["economy", "corridor"]]
[swing]
trust  = 2
points = { security = 100, economy = 80, corridor = 60 }
[ahp]
compare = [["security", "economy", 3], ["corridor", "economy", 0.5]]
[best_worst]
best            = "security"
worst           = "corridor"
best_to_others  = { economy = 2, corridor = 4, security = 1 }
others_to_worst = { economy = 2 }
[[budget]]
by     = "A"
points = { security = 40, economy = 30, corridor = 20 }
[[budget]]
by      = "B"
because = "the corridor is built"
on      = 2026-10-01
points  = { security = 30, economy = 30, corridor = 30, access = 10 }
[[example]]
assert    = "risk(UKR) > risk(BLR) by 12"
scenario  = "scenario.toml"
viewpoint = "state"
[examples]
scenarios = ["scenario.toml"]
[data]
method    = "benefit of the doubt"
scenarios = ["scenario.toml"]
country   = "UKR"
)");
  const fit::Judgements& found = file.judgements();
  REQUIRE(file.group.members ==
          std::vector<std::string>{"access", "corridor", "economy", "security"});
  CHECK(found.title == "Weights of the state");
  CHECK(found.pool == fit::Pool::geometric);
  CHECK(arma::approx_equal(found.domain.low, arma::vec{0.1, 0, 0.1, 0.05}, "absdiff", 1e-15));
  CHECK(arma::approx_equal(found.domain.high, arma::vec{0.1, 0.405, 1, 0.6}, "absdiff", 1e-15));
  CHECK(found.domain.ties == std::vector<std::vector<std::size_t>>{{1, 2}});
  CHECK(found.locked == std::vector<bool>{true, false, false, false});
  REQUIRE(found.swing);
  CHECK(found.swing->signature.by == "Waystone model desk");
  CHECK(found.swing->signature.because == "review of the autumn");
  CHECK(found.swing->signature.trust == 2);
  CHECK(found.swing->points.size() == 3);
  CHECK(file.sources.text(found.swing->points[0].where) == "60");
  REQUIRE(found.ahp);
  CHECK(found.ahp->comparisons[1].first == 1);
  CHECK(found.ahp->comparisons[1].second == 2);
  CHECK(found.ahp->comparisons[1].ratio == 0.5);
  REQUIRE(found.best_worst);
  CHECK(found.best_worst->best == 3);
  CHECK(found.best_worst->best_to_others.size() == 2);
  REQUIRE(found.budgets.size() == 2);
  CHECK(found.budgets[1].signature.by == "B");
  CHECK(found.budgets[1].signature.because == "the corridor is built");
  CHECK(found.budgets[1].signature.on == make_date(2026, 10, 1));
  REQUIRE(found.example_list.size() == 1);
  CHECK(found.example_list[0].text == "risk(UKR) > risk(BLR) by 12");
  CHECK(file.sources.text(found.example_list[0].where) == found.example_list[0].text);
  CHECK(found.example_list[0].viewpoints == std::vector<std::string>{"state"});
  CHECK(found.scenarios.at("scenario.toml").countries == std::vector<std::string>{"BLR", "UKR"});
  CHECK(found.examples->scenarios[0].path == "scenario.toml");
  CHECK(found.data->method == fit::DataMethod::benefit_of_the_doubt);
  CHECK(found.data->country == "UKR");

  const auto proposals = fit::propose(found, file.group);
  REQUIRE(proposals.size() == 4);
  for (const fit::Proposal& proposal : proposals) {
    REQUIRE(proposal.found());
    CHECK(arma::accu(proposal.shares) == Approx(1));
    if (proposal.source != "budget allocation")
      CHECK(proposal.shares[0] == Approx(0.1));  // locked, and nobody said anything
  }
  CHECK(
      arma::approx_equal(proposals[0].shares, arma::vec{0.1, 0.225, 0.3, 0.375}, "absdiff", 1e-15));
}

TEST_CASE("wanted importance stands beside limits", "[fit]") {
  const Read file = read(golden / "E0329-examples",
                         "by = \"desk\"\n[importance]\ntargets = \"equal\"\nsample = "
                         "\"scenario.toml\"\n[limits]\nsecurity = \"5% to 60%\"\n");
  CHECK(file.judgements().importance->equal);
  CHECK(file.judgements().importance->sample[0].path == "scenario.toml");
  CHECK(file.judgements().domain.high[3] == 0.6);
}

TEST_CASE("a limit that leaves one value is no lock", "[fit]") {
  const Read file = read(golden / "E0329-examples",
                         "by = \"desk\"\n[limits]\nsecurity = \"55% to 55%\"\n[swing]\npoints = { "
                         "security = 1, economy = 1, corridor = 1, access = 1 }\n");
  CHECK_FALSE(file.judgements().locked[3]);
  CHECK(file.judgements().domain.low[3] == 0.55);
}

TEST_CASE("the order of a judgement file changes nothing", "[fit]") {
  const Read plain = read_text("[swing]\npoints = " + all_points +
                               "\n[ahp]\ncompare = [[\"security\", \"economy\", 3], [\"economy\", "
                               "\"corridor\", 2], [\"corridor\", \"access\", 2], "
                               "[\"security\", \"access\", 9]]\n");
  const Read turned = read_text(
      "[ahp]\ncompare = [[\"access\", \"corridor\", 0.5], [\"security\", \"access\", 9], "
      "[\"security\", \"economy\", 3], "
      "[\"economy\", \"corridor\", 2]]\n[swing]\npoints = { access = 10, corridor = 60, economy = "
      "80, security = 100 }\n");
  const auto first = fit::propose(plain.judgements(), plain.group),
             second = fit::propose(turned.judgements(), turned.group);
  for (std::size_t k = 0; k < 2; ++k)
    CHECK(arma::approx_equal(first[k].shares, second[k].shares, "absdiff", 1e-15));
}

TEST_CASE("limits at their edges", "[fit]") {
  CHECK(read_text("[limits]\nsecurity = \"0% to 100%\"\n").outcome);
  CHECK(read_text("[limits]\nsecurity = \"25% to 25%\"\neconomy = \"75%to75%\"\n")
            .said()
            .find("E0403") != std::string::npos);
  CHECK(read_text("[limits]\nsecurity = \"50% to 50%\"\neconomy = \"at least 50%\"\n").outcome);
  CHECK(read_text("[limits]\nlocked = [\"security\", \"economy\", \"corridor\", \"access\"]\n")
            .outcome);
}
