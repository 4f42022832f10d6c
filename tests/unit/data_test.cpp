#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "data/choose.hpp"
#include "scenario/csv.hpp"
#include "scenario/faults.hpp"
#include "small_scenario.hpp"

using namespace waystone;
using namespace waystone::tests;
using scenario::Grade;

namespace {

struct Table {
  std::vector<std::vector<std::string>> rows;
  std::string problems;
};

// `asked`: a column that is asked for.
Table table_of(const std::string& text, std::string_view asked = {}) {
  SourceMap sources;
  Diagnostics diagnostics;
  const FileId file = sources.add("t.csv", text);
  scenario::CsvReader csv(sources, file, diagnostics);
  if (!asked.empty()) csv.column(asked);
  Table table;
  while (csv.next()) {
    table.rows.emplace_back();
    for (const scenario::CsvCell& cell : csv.row()) table.rows.back().emplace_back(cell.text);
  }
  for (const Diagnostic& diagnostic : diagnostics.list())
    table.problems +=
        std::string(name_of(diagnostic.code)) + sources.where(diagnostic.where).substr(5) + " ";
  return table;
}

using Rows = std::vector<std::vector<std::string>>;

data::Chosen chosen(const Read& read, const std::string& country, const std::string& indicator) {
  Diagnostics diagnostics;
  const auto ids = data::indicators(small());
  const auto column =
      std::size_t(std::find(ids.begin(), ids.end(), *small().find(indicator)) - ids.begin());
  return data::choose(read.scenario(), small(), diagnostics).at(country).at(column);
}

// What choosing says about figures that can't be read, in the form of Read::found.
std::string faults_of(const Read& read) {
  Diagnostics diagnostics, of_tables;
  data::choose(read.scenario(), small(), diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.list())
    if (diagnostic.code != Code::E0320) of_tables.add(diagnostic);
  of_tables.sort();
  std::string text;
  for (const Diagnostic& diagnostic : of_tables.list())
    text += (text.empty() ? "" : "; ") + std::string(name_of(diagnostic.code)) + " " +
            read.sources.where(diagnostic.where);
  return text;
}

}  // namespace

TEST_CASE("CSV cells", "[data]") {
  CHECK(table_of("a,b\n1,2\n").rows == Rows{{"1", "2"}});
  CHECK(table_of("a,b\r\n1,2\r\n").rows == Rows{{"1", "2"}});
  CHECK(table_of("a,b\n1,2").rows == Rows{{"1", "2"}});
  CHECK(table_of("a,b\n 1 ,\t2 \n").rows == Rows{{"1", "2"}});
  CHECK(table_of("a,b\n\"1,5\",\" x \"\n").rows == Rows{{"1,5", " x "}});
  CHECK(table_of("a,b\n\"say \"\"no\"\"\",\"\"\n").rows == Rows{{"say \"no\"", ""}});
  CHECK(table_of("a,b\n\"two\nlines\",2\n").rows == Rows{{"two\nlines", "2"}});
  CHECK(table_of("# c\na,b\n# \"c\n1,2\n\n,\n#\n3,4\n").rows == Rows{{"1", "2"}, {"3", "4"}});
  CHECK(table_of("a\n\"1\" \n").rows == Rows{{"1"}});
  CHECK(table_of("a,b").problems.empty());  // a header, and no line end anywhere
}

TEST_CASE("CSV problems have their places and cost one row", "[data]") {
  const Table table = table_of("a,b\n1,2\n1\n1,2,3\n\"x\"y,2\nx\"y,2\n3,4\n5,\"6\n");
  CHECK(table.rows == Rows{{"1", "2"}, {"3", "4"}});
  CHECK(table.problems == "E0323:3:1 E0323:4:1 E0322:5:4 E0322:6:2 E0322:8:3 ");
  CHECK(table_of("").problems == "E0322:1:1 ");
  CHECK(table_of("# only\n").problems == "E0322:1:1 ");
  CHECK(table_of("a,b,a\n1,2,3\n", "a").problems == "E0324:1:5 ");
  CHECK(table_of("a,b,a\n1,2,3\n", "b").problems.empty());
  CHECK(table_of("a,b,a\n1,2,3\n").rows == Rows{{"1", "2", "3"}});
  CHECK(table_of("a;b\n1;2\n").problems == "E0322:1:1 ");
  CHECK(table_of(",a,\n1,2,3\n").problems ==
        "");  // nameless columns can't be asked for, so they can't be mixed up
}

TEST_CASE("long figures", "[data]") {
  const std::string head = "data = [\"f.csv\"]\n";
  const auto with = [&](const std::string& csv) {
    return read(Files{{"s.toml", scenario_text(head)}, {"f.csv", csv}});
  };
  const Read result = with(
      "country,indicator,value,low,high,unit,valid,known,source,grade,by,because,note\n"
      "UKR,war,2.5,2,3,,2014-06-30,2014-07-01,notes,judged,Waystone model desk,\"seen, and "
      "heard\",n\n"
      "UKR,debt,70.3,,,percent,2013,2014-04-01,,,,,\n"
      "UKR,inflation,,,,,,,,,,,\n"
      "BLR,eu_access,unknown,0,2,,,,,,,,\n"
      "BLR,wto_member,no,,,,,,,,,,\nBLR,last_protest,never,,,,,,,,,,\nBLR,regime,managed,,,,,,,,,,"
      "\n");
  const auto& war = datum(result.scenario(), "UKR", "war");
  CHECK(war.evidence->because == "seen, and heard");
  CHECK(war.distance == 1);
  CHECK(war.evidence->source == "notes");
  CHECK(*datum(result.scenario(), "UKR", "debt").value == 0.703);
  CHECK(to_string(datum(result.scenario(), "UKR", "debt").valid) ==
        "2013-12-31");  // a year is over on its last day
  CHECK_FALSE(result.scenario().facts.at("UKR").contains(*small().find("inflation")));
  CHECK(*datum(result.scenario(), "BLR", "eu_access").high == 2);
  CHECK(*datum(result.scenario(), "BLR", "last_protest").value == -INFINITY);

  CHECK(with("country,indicator,value,vlid\nUKR,war,1,2015\n").found() == "E0325 f.csv:1:25");
  CHECK(with("country,value\nUKR,1\n").found() == "E0325 f.csv:1:1");
  CHECK(faults_of(with("country,indicator,value\nUKR,war,1\nUKR,war,2\n")) == "E0326 f.csv:3:9");
  CHECK(with("country,indicator,value\nUKR,warr,1\nUKR,warr,2\nUKX,war,1\nUKX,war,2\n").found() ==
        "E0308 f.csv:2:5; E0307 f.csv:4:1");
  CHECK(with("country,indicator,value\n,war,1\nUKR,,1\nUKR,war,NaN\nUKR,war,1e999\nUKR,war,inf\n")
            .found() ==
        "E0303 f.csv:2:1; E0303 f.csv:3:1; E0315 f.csv:4:9; W0307 f.csv:5:9; W0307 f.csv:6:9");
  CHECK(faults_of(with("country,indicator,value,low\nUKR,war,,1\n")) == "E0303 f.csv:2:10");
}

TEST_CASE("wide figures", "[data]") {
  const auto with = [&](const std::string& block, const std::string& csv) {
    return read(
        Files{{"s.toml", scenario_text("[[wide]]\nfile = \"w.csv\"\n" + block)}, {"w.csv", csv}});
  };
  const Read result = with(
      "country = \"iso3\"\nvalid = \"year\"\nwhere = { year = 2013, kind = \"final\" }\nsource = "
      "\"notes\"\n"
      "columns = { inflation = \"cpi\", debt = { column = \"debt_gdp\", unit = \"percent\" } }\n",
      "iso3,year,kind,cpi,debt_gdp\nUKR,2013,final,-0.3,40.5\nUKR,2014,final,12.1,70.3\nUKR,2013,"
      "draft,9,9\nBLR,2013,final,18.3,\n");
  CHECK(*datum(result.scenario(), "UKR", "inflation").value == -0.3);
  CHECK(*datum(result.scenario(), "UKR", "debt").value == 0.405);
  CHECK(datum(result.scenario(), "UKR", "debt").evidence->source == "notes");
  CHECK(to_string(datum(result.scenario(), "UKR", "debt").valid) == "2013-12-31");
  CHECK(datum(result.scenario(), "BLR", "inflation").distance == 1);
  CHECK(result.sources.text(datum(result.scenario(), "BLR", "inflation").where) == "18.3");

  const Read by_name =
      with("valid = 2014-01-01\n", "country,debt,inflation,population\nUKR,0.4,12,45\n");
  CHECK(*datum(by_name.scenario(), "UKR", "inflation").value == 12);
  CHECK(to_string(datum(by_name.scenario(), "UKR", "debt").valid) == "2014-01-01");
  CHECK(by_name.found() == "");

  CHECK(with("", "country,debt,inflatoin\nUKR,0.4,12\n").found() == "W0304 w.csv:1:14");
  CHECK(with("", "country,population\nUKR,45\n").found() == "E0325 s.toml:4:8");
  CHECK(with("country = \"iso\"\n", "iso3,debt\nUKR,1\n").found() == "E0325 s.toml:5:11");
  CHECK(with("columns = { dept = \"debt\", debt = \"dept\" }\n", "country,debt\nUKR,1\n").found() ==
        "E0308 s.toml:5:13; E0325 s.toml:5:35");
  CHECK(with("", "country,debt\nUKR,1\nUKX,1\nUKX,2\nUKR,2\n").found() ==
        "E0307 w.csv:3:1; E0326 w.csv:5:5");
}

TEST_CASE("what can't be read in a table is an error only where it would count", "[data]") {
  const std::string head = "country,indicator,value,valid,known\n";
  const auto with = [&](const std::string& scenario, const std::string& rows) {
    return read(Files{{"s.toml", scenario_text("data = [\"f.csv\"]\n" + scenario)},
                      {"f.csv", head + rows}});
  };
  CHECK(faults_of(with("", "UKR,inflation,900,2014,\n")) == "E0316 f.csv:2:15");
  CHECK(faults_of(with("", "UKR,inflation,900,2013,\nUKR,inflation,20,2014,\n")) ==
        "W0307 f.csv:2:15");
  CHECK(faults_of(with("", "UKR,inflation,900,2016,\n")) == "W0307 f.csv:2:15");
  CHECK(faults_of(with("", "UKR,inflation,900,2014,2016-01-01\n")) == "W0307 f.csv:2:15");
  CHECK(faults_of(with("countries = [\"BLR\"]\n",
                       "UKR,inflation,900,2014,\nBLR,inflation,9,2014,\n")) == "W0307 f.csv:2:15");
  CHECK(faults_of(with("", "UKR,debt,9,2010,\n")) ==
        "W0307 f.csv:2:10");  // too old to be carried forward
  CHECK(faults_of(with("", "UKR,debt,9,2013,\n")) == "E0316 f.csv:2:10");
  const std::string own = "[country.UKR.facts]\ninflation = { value = 20, valid = 2014-12-31 }\n";
  CHECK(faults_of(with(own, "UKR,inflation,900,2014,\n")) == "W0307 f.csv:2:15");
  CHECK(faults_of(with("", "UKR,inflation,many,2014,\nUKR,inflation,20,2013,\n")) ==
        "E0304 f.csv:2:15");
  // a fault is absent from the facts, and does not count where a fact is put in its place
  const Read idle = with("", "UKR,inflation,900,2013,\nUKR,inflation,20,2014,\n");
  CHECK(idle.scenario().facts.at("UKR").at(*small().find("inflation")).size() == 1);
  const Read used = with("", "UKR,inflation,900,2014,\n");
  Diagnostics none;
  const auto settings =
      scenario::read_settings({"UKR.inflation=30"}, used.scenario(), small(), none);
  CHECK(none.empty());
  const scenario::Scenario changed = scenario::with(used.scenario(), settings);
  CHECK(scenario::faults_that_count(changed, small()).empty());
}

TEST_CASE("tables are read in the form that their publishers gave them", "[data]") {
  const auto with = [&](const std::string& block, const std::string& csv) {
    return read(
        Files{{"s.toml", scenario_text("[[wide]]\nfile = \"w.csv\"\n" + block)}, {"w.csv", csv}});
  };
  const auto value = [](const Read& read, const std::string& country) {
    return *datum(read.scenario(), country, "inflation").value;
  };
  const std::string years = "country,year,inflation\nUKR,2012,1\nUKR,2013,2\nUKR,2014,3\n";
  const auto kept = [&](const std::string& where) {
    const Read result = with("valid = \"year\"\nwhere = { year = " + where + " }\n", years);
    const auto facts = result.scenario().facts.find("UKR");
    const std::size_t count = facts == result.scenario().facts.end()
                                  ? 0
                                  : facts->second.at(*small().find("inflation")).size();
    return std::to_string(count) + " " + result.found();
  };
  CHECK(kept("\"2013\"") == "1 ");
  CHECK(kept("2013") == "1 ");
  CHECK(kept("2013.0") == "1 ");
  CHECK(kept("[\"2012\", 2014]") == "2 ");
  CHECK(kept("\"2013..2014\"") == "2 ");
  CHECK(kept("\">=2013\"") == "2 ");
  CHECK(kept("\"> 2013\"") == "1 ");
  CHECK(kept("\"<2013\"") == "1 ");
  CHECK(kept("\"<= 2014-06\"") == "2 ");  // no number: 2014 ends after June
  CHECK(kept("\"2013.0\"") == "0 W0306 s.toml:6:18");
  CHECK(kept("[\"2013\", \"1999\"]") == "1 W0306 s.toml:6:27");
  CHECK(kept("\"2014..2012\"") == "0 W0306 s.toml:6:18");

  const std::string preamble = "A title\n\n\"Updated\",2015\n";
  CHECK(value(with("skip = 3\n", preamble + "country,inflation\nUKR,5\n"), "UKR") == 5);
  CHECK(with("", preamble + "country,inflation\nUKR,5\n").found() == "E0325 s.toml:4:8");
  CHECK(with("skip = 4\n", preamble + "country,inflation\nUKR,5\n").found() == "E0325 s.toml:4:8");
  CHECK(with("skip = 1.5\n", preamble + "country,inflation\nUKR,5\n").found() ==
        "E0304 s.toml:5:8");

  const std::string marked = "country,inflation\nUKR,..\nBLR,-99\nPOL,4\n";
  CHECK(faults_of(with("missing = [\"..\", -99]\n", marked)).empty());
  CHECK(faults_of(with("missing = \"..\"\n", marked)) == "E0316 w.csv:3:5");

  const std::string regions = "country,inflation\nUKR,5\nWLD,6\nEUU,7\n,8\nLast updated\n";
  CHECK(with("", regions).found() == "E0307 w.csv:3:1; E0303 w.csv:5:1; E0323 w.csv:6:1");
  const Read skipped = with("others = \"skip\"\n", regions);
  REQUIRE(skipped.scenario().left_out.size() == 2);
  CHECK(skipped.scenario().left_out[0].reason == scenario::LeftOut::Reason::no_code);
  CHECK(skipped.scenario().left_out[0].rows == 1);
  CHECK(skipped.scenario().left_out[1].codes ==
        std::vector<std::string>{"WLD", "EUU", "Last updated"});
  CHECK(with("others = \"drop\"\n", regions).found() == "E0314 s.toml:5:10");

  const std::string ranges = "country,inflation,se,lo,hi\nUKR,5,1,4,7\nBLR,6,,,\n";
  const Read sd =
      with("columns = { inflation = { column = \"inflation\", sd = \"se\" } }\n", ranges);
  CHECK(*datum(sd.scenario(), "UKR", "inflation").low == 3);
  CHECK(!datum(sd.scenario(), "BLR", "inflation").low);
  const Read ends =
      with("columns = { inflation = { column = \"inflation\", low = \"lo\", high = \"hi\" } }\n",
           ranges);
  CHECK(*datum(ends.scenario(), "UKR", "inflation").high == 7);
}

TEST_CASE("the latest datum that was true and known counts, nearest file first", "[data]") {
  const Files files{
      {"s.toml",
       "as_of = 2015-06-30\nknown_by = 2015-03-31\nextends = \"b.toml\"\ndata = [\"f.csv\"]\n"
       "defaults = { source = \"notes\", grade = \"observed\", valid = 2014-12-31 }\n"
       "[country.UKR.facts]\nwar = [ { value = 1 }, { value = 2, valid = 2015-01-31 }, { value = "
       "3, valid = 2015-02-28, known = "
       "2015-04-01 }, { value = 4, valid = 2016-01-01 } ]\n"
       "[country.BLR.facts]\nwar = 0\n"},
      {"b.toml",
       "as_of = 2014-12-31\ndefaults = { source = \"notes\", grade = \"observed\", valid = "
       "2014-12-31 }\n"
       "[country.UKR.facts]\nwar = 0\ninflation = 20\ndebt = 1\n"},
      {"f.csv", "country,indicator,value\nUKR,inflation,30\n"}};
  const Read result = read(files);
  CHECK(*chosen(result, "UKR", "war").value == 2);
  CHECK(*chosen(result, "UKR", "inflation").value ==
        30);  // the CSV of this file beats what is inherited
  CHECK(*chosen(result, "UKR", "debt").value == 1);
  CHECK(chosen(result, "UKR", "war").age_days == 150);
  CHECK(chosen(result, "UKR", "war").known);
  CHECK(chosen(result, "UKR", "war").low == 2);
  CHECK(chosen(result, "UKR", "war").high == 2);
}

TEST_CASE("missing policies", "[data]") {
  const Read result = read(
      "[country.UKR.facts]\nwar = { value = \"unknown\", low = 1, high = 3 }\neu_access = "
      "\"unknown\"\nwto_member = \"unknown\"\n"
      "[country.BLR.facts]\nwar = 0\ndebt = { value = 0.5, valid = 2012-06-29 "
      "}\n[country.ARM.facts]\nwar = 0\ndebt = { value = 0.5, valid = "
      "2012-06-30 }\n");
  const auto range = [](const data::Chosen& c) { return std::pair(c.low, c.high); };
  const auto war = chosen(result, "UKR", "war");
  CHECK_FALSE(war.value);
  CHECK_FALSE(war.known);
  CHECK(range(war) == std::pair(1.0, 3.0));
  CHECK(range(chosen(result, "UKR", "eu_access")) == std::pair(0.0, 8.0));
  CHECK_FALSE(chosen(result, "UKR", "wto_member").value);  // said to be unknown: nothing is assumed
  CHECK(range(chosen(result, "UKR", "wto_member")) == std::pair(0.0, 1.0));

  const auto assumed = chosen(result, "BLR", "wto_member");
  CHECK(*assumed.value == 0);
  CHECK_FALSE(assumed.known);
  CHECK(assumed.grade == Grade::assumed);
  CHECK(assumed.datum == nullptr);
  CHECK(assumed.note == "assumed: few candidates are");
  const auto typical = chosen(result, "BLR", "reserves");
  CHECK(*typical.value == 4);
  CHECK(typical.grade == Grade::typical);
  CHECK(range(typical) == std::pair(0.0, 36.0));
  CHECK_FALSE(chosen(result, "BLR", "debt").value);
  CHECK(chosen(result, "BLR", "debt").note == "too old to carry forward");
  CHECK(chosen(result, "BLR", "debt").absence == data::Absence::too_old);
  CHECK(war.absence == data::Absence::said_unknown);
  CHECK(assumed.absence == data::Absence::no_figure);
  CHECK(chosen(result, "UKR", "wto_member").absence == data::Absence::said_unknown);
  CHECK(chosen(result, "ARM", "debt").absence == data::Absence::none);
  CHECK(range(chosen(result, "BLR", "debt")) == std::pair(0.0, 3.0));
  CHECK(*chosen(result, "ARM", "debt").value == 0.5);
  CHECK(range(chosen(result, "BLR", "last_protest")) ==
        std::pair<double, double>(-INFINITY, INFINITY));
  CHECK(range(chosen(result, "BLR", "regime")) == std::pair(0.0, 2.0));
}

TEST_CASE("a refused fact is asked for", "[data]") {
  const Read result = read("[country.UKR.facts]\ninflation = 12\n");
  Diagnostics diagnostics;
  data::choose(result.scenario(), small(), diagnostics);
  REQUIRE(diagnostics.errors() == 1);
  CHECK(diagnostics.list()[0].code == Code::E0320);
  CHECK(result.sources.where(diagnostics.list()[0].where) == "s.toml:1:1");
}

TEST_CASE("age widens the range on either side, within the declared one", "[data]") {
  const auto reserves = [](const std::string& fact) {
    return chosen(read("[country.UKR.facts]\nwar = 1\nreserves = " + fact + "\n"), "UKR",
                  "reserves");
  };
  const auto fresh = reserves("{ value = 6, valid = 2014-07-01 }");
  CHECK_FALSE(fresh.stale);
  CHECK(fresh.low == 6);
  CHECK_FALSE(reserves("{ value = 6, valid = 2014-06-30 }").stale);  // twelve months to the day
  const auto old =
      reserves("{ value = 6, low = 5, high = 7, valid = 2013-06-29 }");  // a year past twelve
                                                                         // months, and a day
  CHECK(old.stale);
  const double widening = 0.1 * 36 * (1 + 1 / days_per_year);
  CHECK(old.low == Approx(5 - widening));
  CHECK(old.high == Approx(7 + widening));
  CHECK(*old.value == 6);
  const auto ancient = reserves("{ value = 6, valid = 1990-01-01 }");
  CHECK(ancient.low == 0);
  CHECK(ancient.high == 36);
}
