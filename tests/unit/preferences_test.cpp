// Whose figure counts where several sources give one for the same date.
#include <algorithm>
#include <list>

#include "catch.hpp"
#include "data/choose.hpp"
#include "small_scenario.hpp"

using namespace waystone;
using namespace waystone::tests;

namespace {

// Notes are known at once, figures of wdi half a year after their date.
const std::string head =
    "as_of = 2016-12-31\nmodel = \"small.risk\"\ndefaults = { grade = \"observed\" }\n";
const std::string notes_first =
    "[[prefer]]\nindicator = \"inflation\"\nsources = [\"notes\", \"wdi\"]\nbecause = \"b\"\n";
const std::string wdi_first =
    "[[prefer]]\nindicator = \"inflation\"\nsources = [\"wdi\", \"notes\"]\nbecause = \"b\"\n";
const std::string war =
    "[country.UKR.facts]\nwar = { value = 1, valid = 2016-12-31, source = "
    "\"notes\" }\n";

std::string fact(double value, const std::string& valid, const std::string& source,
                 const std::string& more = {}) {
  return "{ value = " + std::to_string(value) + ", valid = " + valid + ", source = \"" + source +
         "\"" + more + " }";
}

std::string inflation(const std::vector<std::string>& facts) {
  std::string text = war + "inflation = [";
  for (const std::string& one : facts) text += one + ", ";
  return text + "]\n";
}

data::Chosen inflation_of(const Read& read) {
  Diagnostics diagnostics;
  const auto ids = data::indicators(small());
  const auto column =
      std::size_t(std::find(ids.begin(), ids.end(), *small().find("inflation")) - ids.begin());
  return data::choose(read.scenario(), small(), diagnostics).at("UKR").at(column);
}

data::Chosen of(const std::string& settings, const std::vector<std::string>& facts,
                const std::string& known_by = "2016-12-31") {
  static std::list<Read> kept;  // what is chosen points into the scenario
  kept.push_back(
      read({{"s.toml", "known_by = " + known_by + "\n" + head + settings + inflation(facts)}}));
  return inflation_of(kept.back());
}

const std::vector<std::string> both{fact(10, "2014-12-31", "notes"), fact(12, "2014-12-31", "wdi")};

}  // namespace

TEST_CASE("of one date the preferred source counts, and the other is kept", "[prefer]") {
  const auto notes = of(notes_first, both), wdi = of(wdi_first, both);
  CHECK(notes.value == 10.0);
  REQUIRE(notes.others.size() == 1);
  CHECK(notes.others[0]->value == 12.0);
  CHECK(wdi.value == 12.0);
  CHECK(wdi.others.at(0)->value == 10.0);
  CHECK(wdi.low == 12.0);
  CHECK(wdi.high == 12.0);
}

TEST_CASE("until the preferred source is known the next one counts, and says so", "[prefer]") {
  const auto early = of(wdi_first, both, "2015-06-29"), then = of(wdi_first, both, "2015-06-30");
  CHECK(early.value == 10.0);
  CHECK(early.others.empty());
  REQUIRE(early.awaited);
  CHECK(early.awaited->evidence->source == "wdi");
  CHECK(then.value == 12.0);
  CHECK(!then.awaited);
  CHECK(!of(notes_first, both, "2015-06-29").awaited);
}

TEST_CASE("a later date counts whoever gives it", "[prefer]") {
  const auto chosen =
      of(notes_first, {fact(10, "2014-12-31", "notes"), fact(12, "2015-12-31", "wdi")});
  CHECK(chosen.value == 12.0);
  CHECK(chosen.others.empty());  // of another date: no contradiction
}

TEST_CASE("a source revises itself, not another", "[prefer]") {
  const std::vector<std::string> facts{
      fact(10, "2014-12-31", "notes"),
      fact(11, "2014-12-31", "notes", ", known = 2016-01-31"),
      fact(12, "2014-12-31", "wdi", ", known = 2016-06-30"),
  };
  CHECK(of(notes_first, facts, "2015-12-31").value == 10.0);
  CHECK(of(notes_first, facts).value == 11.0);
  const auto wdi = of(wdi_first, facts);
  CHECK(wdi.value == 12.0);
  REQUIRE(wdi.others.size() == 1);
  CHECK(wdi.others[0]->value == 11.0);  // the last revision
  CHECK(of("", facts).value == 12.0);   // without an order, what was known last
}

TEST_CASE("the range covers what others say where the scenario says so", "[prefer]") {
  const auto chosen = of(notes_first + "disagreement = \"range\"\n", both);
  CHECK(chosen.value == 10.0);
  CHECK(chosen.low == 10.0);
  CHECK(chosen.high == 12.0);
  const auto ranged =
      of(wdi_first + "disagreement = \"range\"\n",
         {fact(10, "2014-12-31", "notes", ", low = 8, high = 11"), fact(12, "2014-12-31", "wdi")});
  CHECK(ranged.low == 8.0);
  CHECK(ranged.high == 12.0);
  const auto early = of(wdi_first + "disagreement = \"range\"\n", both, "2015-01-31");
  CHECK(early.high == 10.0);  // what is not known yet widens nothing
}

TEST_CASE("what the scenario says counts before a table of a source that is preferred",
          "[prefer]") {
  const std::string table =
      "country,indicator,value,valid,source\nUKR,inflation,12,2014-12-31,wdi\n";
  const Read scenario = read({{"s.toml", "data = [\"t.csv\"]\n" + head + wdi_first +
                                             inflation({fact(10, "2014-12-31", "notes")})},
                              {"t.csv", table}});
  const auto chosen = inflation_of(scenario);
  CHECK(chosen.value == 10.0);
  REQUIRE(chosen.others.size() == 1);
  CHECK(chosen.others[0]->value == 12.0);
}

TEST_CASE("a source that is preferred counts before a nearer file", "[prefer]") {
  const std::string columns = "country,indicator,value,valid,source\n";
  const std::string base = head + "data = [\"far.csv\"]\n" + inflation({});
  const auto chosen_of = [&](const std::string& order) {
    static std::list<Read> kept;
    kept.push_back(read({{"s.toml", "extends = \"b.toml\"\ndata = [\"near.csv\"]\n" + head + order},
                         {"b.toml", base},
                         {"near.csv", columns + "UKR,inflation,10,2014-12-31,notes\n"},
                         {"far.csv", columns + "UKR,inflation,12,2014-12-31,wdi\n"}}));
    return inflation_of(kept.back());
  };
  CHECK(chosen_of("").value == 10.0);
  CHECK(chosen_of(notes_first).value == 10.0);
  CHECK(chosen_of(wdi_first).value == 12.0);
  REQUIRE(chosen_of(wdi_first).others.size() == 1);
  CHECK(chosen_of(wdi_first).others[0]->value == 10.0);
}

TEST_CASE("an order is inherited with the facts, and replaced", "[prefer]") {
  const std::string base = head + wdi_first + inflation(both);
  const auto extended = [&](const std::string& more) {
    return inflation_of(
        read({{"s.toml", "extends = \"b.toml\"\n" + head + more}, {"b.toml", base}}));
  };
  CHECK(extended("").value == 12.0);
  CHECK(extended(notes_first).value == 10.0);
}

TEST_CASE("what nobody puts in an order is a fault", "[prefer]") {
  const std::string table =
      "country,indicator,value,valid,known,source\nUKR,inflation,10,2014-12-31,2015-01-31,notes\n"
      "UKR,inflation,12,2014-12-31,2015-01-31,wdi\n";
  const Files files{{"s.toml", "data = [\"t.csv\"]\n" + head + war}, {"t.csv", table}};
  const Read found = read(files);
  Diagnostics diagnostics;
  data::choose(found.scenario(), small(), diagnostics);
  REQUIRE(diagnostics.errors() == 1);
  CHECK(diagnostics.list()[0].code == Code::E0326);
  CHECK(diagnostics.list()[0].message.find("of notes and of wdi") != std::string::npos);
  Files ordered = files;
  ordered["s.toml"] = "data = [\"t.csv\"]\n" + head + wdi_first + war;
  CHECK(inflation_of(read(ordered)).value == 12.0);
}

TEST_CASE("figures differ by more than the rounding of the coarser one", "[prefer]") {
  const auto apart = [](const std::string& name, double a, double b) {
    return data::differ(small()[*small().find(name)], a, b);
  };
  CHECK(!apart("inflation", 12.4, 12.4));
  CHECK(!apart("inflation", 12.4, 12.43));
  CHECK(!apart("inflation", 12, 12.43));
  CHECK(!apart("inflation", 12.4, 12.45));
  CHECK(apart("inflation", 12.4, 12.46));
  CHECK(apart("inflation", 12.4, 12.5));
  CHECK(apart("war", 2, 2.5));  // levels don't round
  CHECK(apart("wto_member", 0, 1));
}
