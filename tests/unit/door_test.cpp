// The public interface, as somebody outside sees it: no other header of the engine.
#include <atomic>
#include <cmath>
#include <map>
#include <thread>

#include "waystone/waystone.hpp"

#include "catch.hpp"

using namespace waystone;

namespace {

const std::string signed_by = R"(judged by "d" on 2026-11-01 because "t")";

std::string indicator(const std::string& name) {
  return "indicator " + name + " \"" + name +
         "\" { unit points range 0 to 100 best 0, worst 100 missing unknown " + signed_by + " }\n";
}

const std::map<std::string, std::string>& files() {
  static const std::map<std::string, std::string> known{
      {"m.risk", "model \"Small\" { version \"1\" main risk }\n" + indicator("a") + indicator("b") +
                     "factor order \"O\" { combine arithmetic 1 part a " + signed_by +
                     " }\nfactor money \"M\" { combine arithmetic 1 part b " + signed_by +
                     " }\noutput risk \"Risk\" { scale 0 to 100, higher is worse combine "
                     "arithmetic 60% order 40% money bands low, high from 50 " +
                     signed_by +
                     " }\nrule alarm \"Alarm\" { when a >= 80 then risk at least 90 because "
                     "\"t\" " +
                     signed_by + " }\n"},
      {"s.toml",
       "title = \"S\"\nas_of = 2020-01-01\nmodel = \"m.risk\"\ndefaults = { valid = 2019-06-30, "
       "by = \"d\", grade = \"judged\", because = \"t\" }\n[country.UKR.facts]\na = 80\nb = "
       "10\n[country.BLR.facts]\na = 20\nb = \"unknown\"\n[[expect]]\nassert = \"risk(UKR) at "
       "least 90\"\nbecause = \"t\"\n[[branch]]\nname = \"peace\"\nprobability = 1\nset = { "
       "\"UKR.a\" = 0 }\n"},
      {"swing.toml",
       "title = \"J\"\nby = \"d\"\non = 2020-01-01\nbecause = \"t\"\n[swing]\npoints "
       "= { order = 30, money = 70 }\n"},
      {"wrong.risk", "model \"W\" { version \"1\" main risk }\n"}};
  return known;
}

FileText in_memory(const std::string& path) {
  const auto found = files().find(path);
  return found != files().end() ? FileText{found->second, ""}
                                : FileText{std::nullopt, "no such file"};
}

Rules rules() { return *Rules::read("m.risk", in_memory); }
Situation situation(const Asking& asking = {}) {
  const auto result = Situation::read(rules(), "s.toml", asking);
  INFO(result.text());
  REQUIRE(result);
  return *result;
}

double risk(const Situation& asked, const std::string& country) {
  return asked.score(country)->value;
}

}  // namespace

TEST_CASE("rules say what they have, and what is wrong with them") {
  CHECK(rules().outputs() == std::vector<std::string>{"risk"});
  CHECK(rules().factors() == std::vector<std::string>{"money", "order"});
  CHECK(rules().indicators() == std::vector<std::string>{"a", "b"});
  CHECK(rules().viewpoints().empty());
  CHECK(rules().hash().size() == 64);
  CHECK(Rules::of_scenario("s.toml", in_memory)->path() == "m.risk");

  const auto wrong = Rules::read("wrong.risk", in_memory);
  REQUIRE(!wrong);
  CHECK(wrong.problems().front().error);
  CHECK(wrong.problems().front().path == "wrong.risk");
  CHECK(wrong.problems().front().line == 1);
  CHECK(wrong.text().find("wrong.risk:1:") != std::string::npos);
  const auto missing = Rules::read("none.risk", in_memory);
  REQUIRE(!missing);
  CHECK(missing.text().find("no such file") != std::string::npos);
}

TEST_CASE("a situation has the scores of its scenario") {
  const Situation asked = situation();
  CHECK(asked.countries() == std::vector<std::string>{"BLR", "UKR"});
  CHECK(asked.viewpoints() == std::vector<std::string>{""});
  CHECK(asked.as_of() == "2020-01-01");
  const Score score = *asked.score("UKR");
  CHECK(score.value == 90);
  CHECK(score.band == "high");
  CHECK(score.rank == 1);
  CHECK(score.coverage == 1);
  CHECK(asked.score("UKR", "order")->value == 80);
  CHECK(std::isnan(risk(asked, "BLR")));
  CHECK(asked.score("BLR")->low == 12);
  CHECK(asked.score("BLR")->high == 52);
  CHECK(asked.scores().size() == 2);
  CHECK(asked.before().empty());
  CHECK(asked.text().find("Ukraine") != std::string::npos);
  CHECK(asked.json().find("waystone/score/") != std::string::npos);
  CHECK(asked.csv().find("UKR") != std::string::npos);
  const RuleState rule = asked.rules("UKR")->front();
  CHECK(rule.name == "alarm");
  CHECK(rule.condition == true);
  CHECK(rule.binding);
  CHECK(rule.moved.front().points == 38);  // 52 without it
}

TEST_CASE("what is asked for takes the place of what a scenario says") {
  Asking asking;
  asking.settings = {"UKR.a=50"};
  asking.branches = true;
  const Situation asked = situation(asking);
  CHECK(risk(asked, "UKR") == 34);
  REQUIRE(asked.before().size() == 2);
  CHECK(asked.before()[1].value == 90);
  REQUIRE(asked.branches().size() == 1);
  CHECK(asked.branches()[0].name == "peace");
  CHECK(asked.branches()[0].scores[1].value == 4);
  asking = {};
  asking.as_of = "2018-01-01";
  CHECK(std::isnan(risk(situation(asking), "UKR")));
}

TEST_CASE("a question that the files can't answer says so") {
  const Situation asked = situation();
  CHECK(asked.score("UKK").problems().front().message.find("did you mean 'UKR'?") !=
        std::string::npos);
  CHECK(!asked.score("UKR", "riks"));
  CHECK(!asked.score("UKR", "risk", "nobody"));
  CHECK(!asked.explain("XXX"));
  CHECK(!asked.compare("UKR", "UKR"));
  Asking asking;
  asking.as_of = "2018";
  CHECK(!Situation::read(rules(), "s.toml", asking));
  asking = {};
  asking.settings = {"UKR.c=1"};
  CHECK(!Situation::read(rules(), "s.toml", asking));
  CHECK(!Situation::read(rules(), "none.toml"));
  RobustAsking robust;
  robust.first = "UKR";
  CHECK(!asked.robust(robust));
}

TEST_CASE("a situation explains, compares and shows how firm it is") {
  const Situation asked = situation({"", "", {"BLR.b=90"}, "", false});
  const auto why = asked.explain("UKR");
  REQUIRE(why);
  const ExplainedView view = why->views().front();
  CHECK(view.score.value == 90);
  CHECK(view.rules.front().name == "alarm");
  REQUIRE(view.worth.size() == 4);
  CHECK(view.worth.front().node == "a");
  CHECK(view.worth.front().value == 4);
  CHECK(why->text().find("Ukraine") != std::string::npos);
  CHECK(why->markdown().find("# ") != std::string::npos);
  CHECK(why->ledger().find("risk") != std::string::npos);
  CHECK(why->json().find("waystone/explain/") != std::string::npos);

  const auto both = asked.compare("BLR", "UKR");
  REQUIRE(both);
  CHECK(both->overall() == "agreed");
  CHECK(both->views().front().verdict == "second");
  CHECK(both->views().front().gap == 42);  // 48 and 90

  RobustAsking firm;
  firm.samples = 200;
  const auto order = asked.robust(firm);
  REQUIRE(order);
  CHECK(order->views().front().ranking == std::vector<std::string>{"UKR", "BLR"});
  CHECK(order->views().front().weights.size() == 2);
  firm.judgements = "swing.toml";
  CHECK(asked.robust(firm)->text().find("swing.toml") != std::string::npos);
}

TEST_CASE("a situation says which data it has, and whose") {
  const auto data = situation().data();
  REQUIRE(data);
  REQUIRE(data->sources().size() == 1);
  CHECK(data->sources().front().by == "d");
  CHECK(data->sources().front().figures == 3);
  CHECK(data->sources().front().weight == Approx(0.8));  // b of Belarus is unknown
  CHECK(data->known_weight() == Approx(0.8));
  CHECK(data->json().find("waystone/data/1") != std::string::npos);
  CHECK(data->csv().find(",a,2,2,") != std::string::npos);
  const auto told = situation().data({{"UKR"}, false, "order"});
  REQUIRE(told);
  CHECK(told->text().find("Ukraine: 2 of 2 facts known") != std::string::npos);
  CHECK(told->markdown().find("## Ukraine") != std::string::npos);
  CHECK(!situation().data({{"POL"}, false, ""}));
  CHECK(!situation().data({{}, false, "nothing"}));
}

TEST_CASE("judgements give weights, and expectations hold or not") {
  const auto tuned = rules().tune("swing.toml");
  INFO(tuned.text());
  REQUIRE(tuned);
  CHECK(tuned->succeeded());
  CHECK(tuned->weights()[0].member == "money");
  CHECK(tuned->weights()[0].numeral == "70");
  REQUIRE(tuned->new_file());
  CHECK(tuned->new_file()->text.find("30% order 70% money") != std::string::npos);
  CHECK(!rules().tune("none.toml"));

  CHECK(situation().test()->passed());
  CHECK(situation().test()->results().front().line == 12);
  CHECK(!situation({"", "", {"UKR.a=0"}, "", false}).test()->passed());
  CHECK(rules().test()->results().empty());
}

TEST_CASE("facts in memory are scored as those of a file") {
  const std::vector<Fact> facts{{"UKR", "a", 80.0, {}, {}, "", "", "", "", "", ""},
                                {"UKR", "b", 10.0, 5.0, 15.0, "2019-06-30", "", "", "d", "t", ""},
                                {"BLR", "a", 20.0, {}, {}, "", "", "", "", "", ""},
                                {"BLR", "b", "unknown", {}, {}, "", "", "", "", "", ""}};
  const auto asked = Situation::from_facts(rules(), "2020-01-01", facts);
  INFO(asked.text());
  REQUIRE(asked);
  CHECK(risk(*asked, "UKR") == 90);
  CHECK(std::isnan(risk(*asked, "BLR")));
  CHECK(asked->score("UKR", "money")->high == 15);
  const auto wrong = Situation::from_facts(rules(), "2020-01-01",
                                           {{"UKR", "c\"\n", 1.0, {}, {}, "", "", "", "", "", ""}});
  REQUIRE(!wrong);
  CHECK(wrong.problems().front().path == "facts.toml");
  CHECK(!Situation::from_facts(rules(), "today", facts));
}

TEST_CASE("threads share rules and situations") {
  const Rules shared = rules();
  const Situation asked = situation();
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int k = 0; k < 4; ++k)
    threads.emplace_back([&] {
      const auto own = Situation::read(shared, "s.toml");
      right += risk(*own, "UKR") == 90;
      right += std::isnan(asked.compare("BLR", "UKR")->views().front().gap);
      right += asked.test()->passed();
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(right == 12);
}
