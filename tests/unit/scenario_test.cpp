#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "catch.hpp"
#include "data/choose.hpp"
#include "small_scenario.hpp"

using namespace waystone;
using namespace waystone::tests;
using scenario::Grade;

TEST_CASE("every kind of inline fact is read in its indicator's unit", "[scenario]") {
  const Read result = read(R"([country.UKR.facts]
war          = 2.5
eu_access    = { value = 4, low = 3, high = 5, grade = "judged", by = "Waystone model desk", because = "signed in part", review = 2016-01-01 }
inflation    = [ { value = 0.07, unit = "share", valid = 2014-12-31 }, { value = 48.7, sd = 3 } ]
debt         = { value = 7, unit = "percent" }
regime       = "pegged"
wto_member   = true
last_protest = "never"
reserves     = "unknown"
)");
  const auto& read_in = result.scenario();
  CHECK(*datum(read_in, "UKR", "war").value == 2.5);
  const auto& access = datum(read_in, "UKR", "eu_access");
  CHECK(access.grade == Grade::judged);
  CHECK(*access.low == 3);
  CHECK(*access.high == 5);
  CHECK(access.evidence->by == "Waystone model desk");
  CHECK(access.evidence->source.empty());  // signed, so not out of the default source
  CHECK(to_string(*access.evidence->review) == "2016-01-01");
  const auto& inflation = read_in.facts.at("UKR").at(*small().find("inflation"));
  REQUIRE(inflation.size() == 2);
  CHECK(*inflation[0].value == 7.0);  // exactly: shifted in decimal
  CHECK(*inflation[1].low == Approx(42.7));
  CHECK(*inflation[1].high == Approx(54.7));
  CHECK(*datum(read_in, "UKR", "debt").value == 0.07);
  CHECK(*datum(read_in, "UKR", "regime").value == 2);
  CHECK(*datum(read_in, "UKR", "wto_member").value == 1);
  CHECK(*datum(read_in, "UKR", "last_protest").value == -INFINITY);
  CHECK_FALSE(datum(read_in, "UKR", "reserves").value);
  CHECK(read_in.countries == std::vector<std::string>{"UKR"});
}

TEST_CASE("a fact without 'known' is known after its source's lag", "[scenario]") {
  const Read result = read(
      Files{{"s.toml",
             "as_of = 2015-06-30\n[country.UKR.facts]\n"
             "war = { value = 1, valid = 2014-12-31, source = \"wdi\", grade = \"observed\" }\n"
             "debt = { value = 1, valid = 2014-12-31, source = \"notes\", grade = \"observed\", "
             "known = 2015-01-07 }\n"}});
  const auto& lagged = datum(result.scenario(), "UKR", "war");
  CHECK_FALSE(lagged.known_given);
  CHECK(to_string(lagged.known) == "2015-06-30");  // six months
  const auto& given = datum(result.scenario(), "UKR", "debt");
  CHECK(given.known_given);
  CHECK(to_string(given.known) == "2015-01-07");
}

TEST_CASE("a signature takes the place of the default source", "[scenario]") {
  const Read result =
      read("[country.UKR.facts]\nwar = { value = 1, by = \"Waystone model desk\" }\n");
  CHECK(datum(result.scenario(), "UKR", "war").evidence->source.empty());
  CHECK(datum(result.scenario(), "UKR", "war").evidence->by == "Waystone model desk");
}

TEST_CASE("extends hands on facts and defaults, nothing else", "[scenario]") {
  const Files files{
      {"s.toml", "as_of = 2015-06-30\nextends = \"old/base.toml\"\n[country.UKR.facts]\nwar = 3\n"},
      {"old/base.toml",
       "as_of = 2013-06-30\ntitle = \"Base\"\nhorizon = \"2 years\"\ndata = [\"f.csv\"]\n"
       "defaults = { valid = 2013-06-30, known = 2013-07-01, source = \"wdi\", grade = "
       "\"observed\" }\n"
       "[country.UKR.facts]\nwar = 1\nwto_member = true\n[[expect]]\nassert = \"risk(UKR) > 1\"\n"
       "[[override]]\ncountry = \"UKR\"\ntarget = \"risk\"\npoints = 1\nbecause = \"b\"\nby = "
       "\"c\"\nuntil = 2014-01-01\n"},
      {"old/f.csv", "country,indicator,value\nBLR,inflation,59.2\n"}};
  const Read result = read(files);
  const auto& read_in = result.scenario();
  CHECK(read_in.title == "s");
  CHECK_FALSE(read_in.horizon_years);
  CHECK(read_in.expectations.empty());
  CHECK(read_in.overrides.empty());
  CHECK(read_in.files.size() == 3);
  CHECK(read_in.countries == std::vector<std::string>{"BLR", "UKR"});
  CHECK(datum(read_in, "UKR", "war").distance == 0);
  CHECK(*datum(read_in, "UKR", "war").value == 3);
  CHECK(to_string(datum(read_in, "UKR", "war").valid) == "2013-06-30");  // the base's default
  CHECK(datum(read_in, "UKR", "wto_member").distance == 2);
  CHECK(datum(read_in, "BLR", "inflation").distance == 3);
}

TEST_CASE("scenarios that extend each other in a circle, or too often, end", "[scenario]") {
  Files files{{"s.toml", scenario_text("extends = \"b.toml\"\n")},
              {"b.toml", scenario_text("extends = \"s.toml\"\n")}};
  CHECK(read(files).found() == "E0305 b.toml:3:11");
  files["b.toml"] = scenario_text("extends = \"b.toml\"\n");
  CHECK(read(files).found() == "E0305 b.toml:3:11");
  for (int i = 0; i < 40; ++i)
    files["c" + std::to_string(i) + ".toml"] =
        scenario_text("extends = \"c" + std::to_string(i + 1) + ".toml\"\n");
  files["s.toml"] = scenario_text("extends = \"c0.toml\"\n");
  CHECK(read(files).found() == "E0306 c14.toml:3:11");
}

TEST_CASE("all problems of a scenario and of what it extends are found in one run", "[scenario]") {
  const Files files{
      {"s.toml",
       "as_of = 2015-06-30\nextends = \"b.toml\"\nhorizn = 1\n[country.UKR.facts]\nwar = 9\nwarr = "
       "1\n[[expect]]\nassert = \"risk(UKR) "
       "< risc(BLR)\"\n"},
      {"b.toml", scenario_text("data = [\"f.csv\"]\n[country.BLR.facts]\nregime = \"fre\"\n")},
      {"f.csv", "country,indicator,value\nBLR,inflation,x\nBLX,inflation,1\n"}};
  CHECK(read(files).found() ==
        "E0302 s.toml:3:1; E0316 s.toml:5:7; E0308 s.toml:6:1; E0329 s.toml:8:23; E0321 "
        "b.toml:5:10; E0304 f.csv:2:15; E0307 f.csv:3:1");
}

TEST_CASE("what follows from another problem is not reported", "[scenario]") {
  SECTION("a broken default is one problem, not one a fact") {
    const Read result = read(Files{{"s.toml",
                                    "as_of = 2015-06-30\ndefaults = { valid = \"2015\", source = "
                                    "5, grade = \"obs\" }\n[country.UKR.facts]\nwar = "
                                    "1\ndebt = 1\n[[expect]]\nassert = \"risk(UKR) > 1\"\n"}});
    CHECK(result.found() == "E0304 s.toml:2:22; E0304 s.toml:2:39; E0314 s.toml:2:50");
  }
  SECTION("a missing file does not make its countries wrong") {
    CHECK(read("data = [\"none.csv\"]\n[[expect]]\nassert = \"risk(UKR) > 1\"\n").found() ==
          "E0001 s.toml:3:9");
  }
}

TEST_CASE("strings with escapes keep their places", "[scenario]") {
  const Read result =
      read(Files{{"s.toml", scenario_text("[country.UKR.facts]\nwar = 1\n[[expect]]\nassert = "
                                          "\"risk(UKR) in \\\"b.toml\\\" < risc(UKR)\"\n")},
                 {"b.toml", ""}});
  CHECK(result.found() == "E0329 s.toml:6:35");  // as shown, without the escapes
  const Read good =
      read(Files{{"s.toml", scenario_text("[country.UKR.facts]\nwar = 1\n[[expect]]\nassert = "
                                          "'risk(UKR) - risk(UKR) in \"b.toml\" >= 4'\n")},
                 {"b.toml", ""}});
  REQUIRE(good.scenario().expectations.size() == 1);
  CHECK(good.sources.text(good.scenario().expectations[0].where) ==
        "risk(UKR) - risk(UKR) in \"b.toml\" >= 4");
}

TEST_CASE("branches and settings", "[scenario]") {
  const Read result = read(R"([country.UKR.facts]
war = 1
[[branch]]
name = "signed"
group = "Vilnius"
probability = 0.7
set = { "UKR.eu_access" = 4 }
[[branch]]
name = "refused"
group = "Vilnius"
probability = 0.3
set = { UKR.eu_access = { value = "unknown", low = 0, high = 3 }, "UKR.last_protest" = 2015-06-01 }
)");
  const auto& branches = result.scenario().branches;
  REQUIRE(branches.size() == 2);
  CHECK(branches[0].probability == 0.7);
  CHECK(branches[0].settings.at(0).datum.grade == Grade::expected);
  CHECK(branches[1].settings.size() == 2);
  CHECK_FALSE(branches[1].settings[0].datum.value);
  CHECK(*branches[1].settings[0].datum.high == 3);
  CHECK(read("[country.UKR.facts]\nwar = 1\n[[branch]]\nname = \"a\"\nprobability = "
             "0.333333333\nset = {}\n[[branch]]\nname = \"b\"\nprobability = "
             "0.333333333\nset = {}\n"
             "[[branch]]\nname = \"c\"\nprobability = 0.333333333\nset = {}\n")
            .found() == "");
}

TEST_CASE("settings of the command line", "[scenario]") {
  const Read result =
      read("[country.UKR.facts]\nwar = 1\neu_access = [ { value = 1, valid = 2013-01-01 }, 2 ]\n");
  Diagnostics diagnostics;
  const auto set = [&](const std::string& text) {
    return scenario::read_settings({text}, result.scenario(), small(), diagnostics).at(0);
  };
  const scenario::Branch::Setting setting = set("UKR.eu_access=6");
  CHECK(*setting.datum.value == 6);
  CHECK(setting.datum.evidence->by == "command line");
  CHECK(setting.datum.grade == Grade::judged);
  CHECK(*set("UKR.wto_member=yes").datum.value == 1);
  CHECK(*set("UKR.last_protest=2015-01-01").datum.value == parse_date("2015-01-01")->days);
  CHECK(*set("UKR.regime=managed").datum.value == 1);
  CHECK_FALSE(set("UKR.inflation=unknown").datum.value);
  CHECK(diagnostics.empty());
  const scenario::Scenario changed = scenario::with(result.scenario(), {setting});
  // what was true before stays: windows look back on it
  CHECK(changed.facts.at("UKR").at(*small().find("eu_access")).size() == 2);
  CHECK(*datum(changed, "UKR", "eu_access").value == 6);
  CHECK(*datum(changed, "UKR", "war").value == 1);
  for (const char* wrong :
       {"UKR.eu_access", "eu_access=6", "UKR.eu_access=", "POL.eu_access=6", "UKR.eu_acess=6",
        "UKR.eu_access=9", "UKR.inflation=nan", "=", ".=1", "UKR.=1"}) {
    Diagnostics found;
    CHECK(scenario::read_settings({wrong}, result.scenario(), small(), found).empty());
    CHECK(found.errors() == 1);
  }
  Diagnostics found;
  scenario::read_settings({"UKR.war=1", "UKR.eu_access=1", "UKR.war=2"}, result.scenario(), small(),
                          found);
  REQUIRE(found.errors() == 1);
  CHECK(found.list().front().message == "'UKR.war' is set twice");
}

TEST_CASE("the model a scenario names", "[scenario]") {
  const auto path = [](const std::string& text) {
    return scenario::model_path_of("a/b/s.toml", reader_of({{"a/b/s.toml", text}}));
  };
  CHECK(path("model = \"../../rules/x.risk\"\n") == "rules/x.risk");
  CHECK(path("model = \"x.risk\"\n") == "a/b/x.risk");
  CHECK(path("model = 5\n").empty());
  CHECK(path("title = \"none\"\n").empty());
  CHECK(path("= no TOML").empty());
  CHECK(scenario::model_path_of("none.toml", reader_of({})).empty());
}

TEST_CASE("files that are no scenarios", "[scenario]") {
  const auto of_bytes = [](const std::string& bytes) {
    return read(Files{{"s.toml", bytes}}).found();
  };
  CHECK(read(Files{}).found() == "E0001 ");
  CHECK(of_bytes("title = \"\xFF\"") == "E0003 s.toml:1:10");
  CHECK(of_bytes(std::string("title = \0", 9)) == "E0004 s.toml:1:9");
  CHECK(of_bytes("") == "E0340 s.toml:1:1");
  CHECK(of_bytes("[country.UKR.facts]\n[country.UKR.facts]\n") == "E0301 s.toml:2:14");
  CHECK(of_bytes(std::string(9u << 20, '#')) == "E0002 ");
  CHECK(of_bytes("x = " + std::string(100000, '[')).substr(0, 5) == "E0301");
}

TEST_CASE("a byte order mark and CRLF do no harm", "[scenario]") {
  const Read result = read(Files{{"s.toml",
                                  "\xEF\xBB\xBF"
                                  "as_of = 2015-06-30\r\ntitel = 1\r\n"}});
  CHECK(result.found() == "E0302 s.toml:2:1");
}

TEST_CASE("countries", "[scenario]") {
  CHECK(scenario::is_country_code("UKR"));
  CHECK(scenario::is_country_code("XKX"));
  CHECK_FALSE(scenario::is_country_code("ukr"));
  CHECK_FALSE(scenario::is_country_code("XXX"));
  CHECK(scenario::country_name("BLR") == "Belarus");
  CHECK(scenario::country_name("NORTH") == "NORTH");
  int codes = 0;
  for (char a = 'A'; a <= 'Z'; ++a)
    for (char b = 'A'; b <= 'Z'; ++b)
      for (char c = 'A'; c <= 'Z'; ++c) codes += scenario::is_country_code(std::string{a, b, c});
  CHECK(codes == 250);
  CHECK(read("codes = \"own\"\n[country.NORTH_1.facts]\nwar = 1\n").scenario().countries ==
        std::vector<std::string>{"NORTH_1"});
  CHECK(read("codes = \"own\"\n[country.north.facts]\nwar = 1\n").found() == "E0307 s.toml:4:10");
  CHECK(read("countries = [\"UKR\", \"BLR\"]\n[country.UKR.facts]\nwar = 1\n").found() ==
        "W0305 s.toml:3:21");
}

TEST_CASE("horizons", "[scenario]") {
  const auto years = [](const std::string& text) {
    return *read("horizon = \"" + text + "\"\n").scenario().horizon_years;
  };
  CHECK(years("5 years") == 5);
  CHECK(years("30 months") == 2.5);
  CHECK(years("365.2425 days") == Approx(1));
  CHECK(read("horizon = \"5\"\n").found() == "E0318 s.toml:3:11");
  CHECK(read("horizon = \"0 years\"\n").found() == "E0316 s.toml:3:11");
}

namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What a scenario's reader and the choice of its data say about a folder's scenario.toml, as it
// would be read within that folder.
std::string said_about(const std::filesystem::path& folder) {
  const model::ReadFile read_in = [&](const std::string& path) {
    Outcome<std::string> outcome;
    if (std::filesystem::is_regular_file(folder / path))
      outcome.value = bytes_of(folder / path);
    else
      outcome.diagnostics.add(Code::E0001, {}, "no such file");
    return outcome;
  };
  SourceMap sources;
  const auto checked = model::read_model("model.risk", read_in, sources);
  if (!checked) return render_text(checked.diagnostics, sources, {});
  const auto outcome = scenario::read_scenario("scenario.toml", *checked.value, read_in, sources);
  Diagnostics all = outcome.diagnostics;
  if (outcome) data::choose(*outcome.value, *checked.value, all);
  all.sort();
  return render_text(all, sources, {});
}

}  // namespace

TEST_CASE("golden cases of scenarios", "[scenario][golden]") {
  int cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(WAYSTONE_ROOT) / "tests/golden/scenario")) {
    const std::string name = entry.path().filename().string();
    INFO(name);
    // what is said where there is no sound model, and of other scenarios, is the verb's
    if (name.ends_with("-model-is-broken") || name.ends_with("-no-model-and-more") ||
        name == "W0340-rated-later")
      continue;
    const std::string said = said_about(entry.path());
    // the verb adds a line of its own where there are warnings only
    const std::string expected = bytes_of(entry.path() / "expected.txt");
    CHECK(expected.substr(0, said.size()) == said);
    CHECK((name[0] == 'W' || expected.size() == said.size()));
    CHECK(said.find("[" + name.substr(0, 5) + "]") != std::string::npos);
    ++cases;
  }
  CHECK(cases > 0);
}
