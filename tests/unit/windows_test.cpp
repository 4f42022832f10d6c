// Windows over past figures: where they begin, what counts in them, and what they come to.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "base/date.hpp"
#include "catch.hpp"
#include "data/choose.hpp"
#include "small_scenario.hpp"

using namespace waystone;
using namespace waystone::tests;
using data::Absence;
using scenario::Grade;

namespace {

std::string start(const char* end, TimeSpan span) {
  return to_string(latest_start(*parse_date(end), span));
}

// A model with one derived value a window, and a scenario of one country on 30 June 2019.
struct Looked {
  model::Model model;
  SourceMap sources;
  scenario::Scenario scenario;

  Looked(const std::vector<std::string>& windows, const std::string& figures,
         const std::string& policy = "missing unknown", const std::string& head = "") {
    std::string rules = R"(
model "Past" { version "1"  main risk }
source wdi "World Development Indicators" { publisher "World Bank" }
indicator x "Figure" { unit plain  range 0 to 100  cites wdi  )" +
                        policy + R"( }
indicator coup "Coup" { unit yes/no  missing unknown  cites wdi }
output risk "Risk" = clamp(x + (if coup then 1 else 0))";
    for (const std::string& window : windows)
      rules += " + (if known(" + window + ") then 1 else 0)";
    rules += ", 0, 100) { scale 0 to 100, higher is worse  cites wdi }\n";
    const Files files{
        {"m.risk", rules},
        {"f.csv", "country,indicator,value,low,high,valid,known,grade,by,because\n" + figures},
        {"s.toml", "as_of = 2019-06-30\ncountries = [\"KEN\"]\ndata = [\"f.csv\"]\n" + head +
                       "[defaults]\nsource = \"wdi\"\ngrade = \"observed\"\n"}};
    auto checked = model::read_model("m.risk", reader_of(files), sources);
    if (!checked) throw std::runtime_error(render_text(checked.diagnostics, sources, {}));
    model = std::move(*checked.value);
    auto read = scenario::read_scenario("s.toml", model, reader_of(files), sources);
    if (!read) throw std::runtime_error(render_text(read.diagnostics, sources, {}));
    scenario = std::move(*read.value);
  }

  data::Chosen of(const std::string& name, Diagnostics& diagnostics) const {
    const auto id = model.find(name);
    if (!id) throw std::runtime_error("no node " + name);
    const auto ids = data::indicators(model);
    const auto column = std::size_t(std::find(ids.begin(), ids.end(), *id) - ids.begin());
    return data::choose(scenario, model, diagnostics).at("KEN").at(column);
  }
  data::Chosen of(const std::string& name) const {
    Diagnostics diagnostics;
    return of(name, diagnostics);
  }
};

const std::string five_years =
    "KEN,x,10,,,2014-12-31,,,,\nKEN,x,20,,,2015-12-31,,,,\nKEN,x,30,,,2016-12-31,,,,\n"
    "KEN,x,40,,,2017-12-31,,,,\nKEN,x,60,,,2018-12-31,,,,\n";

data::Chosen one(const std::string& window, const std::string& figures,
                 const std::string& policy = "missing unknown") {
  return Looked({window}, figures, policy).of(window);
}

}  // namespace

TEST_CASE("a window begins on the latest day from which its span is over", "[windows]") {
  CHECK(start("2019-06-30", {12, 0}) == "2018-06-30");
  CHECK(start("2019-06-30", {6, 0}) ==
        "2018-12-31");  // the month's last day: its half year is over
  CHECK(start("2018-04-30", {1, 0}) == "2018-03-31");
  CHECK(start("2019-02-28", {1, 0}) == "2019-01-31");
  CHECK(start("2021-02-28", {12, 0}) == "2020-02-29");
  CHECK(start("2020-02-29", {12, 0}) == "2019-02-28");
  CHECK(start("2020-03-01", {12, 0}) == "2019-03-01");
  CHECK(start("2019-06-30", {0, 90}) == "2019-04-01");
  CHECK(start("2019-06-30", {0, 0.5}) == "2019-06-30");  // it ends within that day
  CHECK(latest_start(first_date, {12, 0}) < first_date);
  CHECK(latest_start(last_date, {12, 0}) <= last_date);
  // One day later is no earlier, and every span laid from it is over while the next day's is not.
  for (const TimeSpan span :
       {TimeSpan{1, 0}, TimeSpan{12, 0}, TimeSpan{15, 0.25}, TimeSpan{0, 31}}) {
    Date before = latest_start(*parse_date("2015-12-31"), span);
    for (Date day = *parse_date("2016-01-01"); day < *parse_date("2020-03-05"); ++day.days) {
      const Date begins = latest_start(day, span);
      REQUIRE(begins >= before);
      REQUIRE(last_day(begins, span) <= day);
      REQUIRE((begins == day || last_day({begins.days + 1}, span) > day));
      before = begins;
    }
  }
}

TEST_CASE("five years hold five yearly figures, and the lag the one before", "[windows]") {
  const Looked looked({"mean(x, 5 years, at least 5)", "lag(x, 5 years)",
                       "mean(x, 4 years, at least 1)", "lag(x, 1 year)"},
                      "KEN,x,90,,,2013-12-31,,,,\n" + five_years);
  CHECK(*looked.of("mean(x, 5 years, at least 5)").value == 32);
  CHECK(*looked.of("lag(x, 5 years)").value == 90);
  CHECK(*looked.of("mean(x, 4 years, at least 1)").value == 37.5);
  CHECK(*looked.of("lag(x, 1 year)").value == 40);
  CHECK(looked.of("mean(x, 5 years, at least 5)").past.size() == 5);
  CHECK(to_string(looked.of("mean(x, 5 years, at least 5)").datum->valid) == "2018-12-31");
}

TEST_CASE("what each window comes to", "[windows]") {
  CHECK(*one("min(x, 5 years, at least 2)", five_years).value == 10);
  CHECK(*one("max(x, 5 years, at least 2)", five_years).value == 60);
  CHECK(*one("sum(x, 5 years, at least 2 of 5)", five_years).value == 160);
  CHECK(std::abs(*one("sd(x, 5 years, at least 2)", five_years).value - std::sqrt(370.0)) < 1e-12);
  CHECK(*one("count(x >= 30, 5 years, at least 2 of 5)", five_years).value == 3);
  CHECK(*one("count(x < 10, 5 years, at least 2 of 5)", five_years).value == 0);
  const double slope = *one("trend(x, 2 years, at least 2)", five_years).value;
  CHECK(std::abs(slope - 20) < 1e-12);  // in a year of the calendar, leap years included
  const std::string coups =
      "KEN,coup,yes,,,2016-12-31,,,,\nKEN,coup,no,,,2017-12-31,,,,\nKEN,coup,yes,,,2018-12-31,,,,\n"
      "KEN,coup,no,,,2019-05-01,,,,\n";
  CHECK(*one("mean(coup, 5 years, at least 2)", coups).value == 0.5);
  CHECK(*one("count(coup, 5 years, at least 2 of 5)", coups).value == 2);
  CHECK(*one("lag(coup, 4 months)", coups).value == 1);  // back from 1 May
  CHECK(*one("lag(coup, 6 months)", coups).value == 0);
}

TEST_CASE("a trend of two figures a day apart is cut at the width of the range", "[windows]") {
  const data::Chosen trend =
      one("trend(x, 1 year, at least 2)", "KEN,x,10,,,2019-06-01,,,,\nKEN,x,20,,,2019-06-02,,,,\n");
  CHECK(*trend.value == 100);
}

TEST_CASE("fewer figures than are enough leave a window unknown", "[windows]") {
  const data::Chosen few = one("mean(x, 5 years, at least 3)",
                               "KEN,x,10,,,2017-12-31,,,,\nKEN,x,unknown,,,2016-12-31,,,,\n"
                               "KEN,x,20,,,2018-12-31,,,,\n");
  CHECK(!few.value);
  CHECK(!few.known);
  CHECK(few.absence == Absence::too_few);
  CHECK(few.note == "only 2 of the 3 figures that it needs since 2014-01-01");
  CHECK(few.low == 10);  // three figures there are: 10, 20 and one that may be anything
  CHECK(std::abs(few.high - 130 / 3.0) < 1e-12);
  const std::string two = "KEN,x,10,,,2017-12-31,,,,\nKEN,x,20,,,2018-12-31,,,,\n";
  CHECK(one("mean(x, 5 years, at least 3)", two).low == 0);  // and a third that nobody gave
  CHECK(one("mean(x, 5 years, at least 3)", two).high == 100);
  CHECK(one("max(x, 5 years, at least 3)", two).low == 20);
  CHECK(one("min(x, 5 years, at least 3)", two).high == 10);
  // of M bounds it all the same: two figures, one that may be anything, and one missing
  const data::Chosen of = one("sum(x, 5 years, at least 3 of 4)",
                              "KEN,x,10,,,2017-12-31,,,,\nKEN,x,unknown,30,40,2016-12-31,,,,\n"
                              "KEN,x,20,,,2018-12-31,,,,\n");
  CHECK(!of.value);
  CHECK(of.low == 30);  // one more that becomes known is enough
  CHECK(of.high == 170);
  CHECK(one("mean(x, 5 years, at least 3)", "").absence == Absence::no_figure);
}

TEST_CASE("what a missing policy fills in is no figure", "[windows]") {
  const std::string policy = "missing assume 50, between 40 and 60, because \"made up\"";
  const Looked looked({"mean(x, 5 years, at least 1)", "lag(x, 1 year)"}, "", policy);
  CHECK(!looked.of("mean(x, 5 years, at least 1)").value);
  CHECK(!looked.of("mean(x, 5 years, at least 1)").known);
  const data::Chosen lag = looked.of("lag(x, 1 year)");
  CHECK(*lag.value == 50);
  CHECK(!lag.known);
  CHECK(lag.grade == Grade::assumed);
  CHECK(lag.low == 40);
}

TEST_CASE("a lag without a figure is unknown where the fact itself is refused", "[windows]") {
  const Looked looked({"lag(x, 5 years)"}, "KEN,x,10,,,2018-12-31,,,,\n", "missing refuse");
  Diagnostics diagnostics;
  CHECK(!looked.of("lag(x, 5 years)", diagnostics).value);
  CHECK(!diagnostics.has_errors());
}

TEST_CASE("carry forward and age hold for the day that a lag looks at", "[windows]") {
  const std::string figures = "KEN,x,10,,,2013-12-31,,,,\nKEN,x,30,,,2018-12-31,,,,\n";
  CHECK(*one("lag(x, 2 years)", figures, "missing carry forward up to 3 years").value == 10);
  CHECK(!one("lag(x, 1 year)", figures, "missing carry forward up to 3 years").value);
  const data::Chosen aged =
      one("lag(x, 2 years)", figures, "missing unknown  stale after 12 months, widen 10% a year");
  CHECK(aged.stale);
  CHECK(std::abs(aged.high - 30) < 0.1);  // from the end of 2014 to that of 2016
  CHECK(aged.older);
}

TEST_CASE("a window looks back from the figure that counts", "[windows]") {
  // that of 2018 comes out late: a change of a year is not one of none
  const std::string figures =
      "KEN,x,10,,,2016-12-31,,,,\nKEN,x,30,,,2017-12-31,,,,\nKEN,x,70,,,2018-12-31,2019-09-01,,,\n";
  const Looked looked({"lag(x, 1 year)", "mean(x, 2 years, at least 2)"}, figures);
  CHECK(*looked.of("x").value == 30);
  CHECK(*looked.of("lag(x, 1 year)").value == 10);
  CHECK(*looked.of("mean(x, 2 years, at least 2)").value == 20);
}

TEST_CASE("what looks back from a figure past its time is no surer than it", "[windows]") {
  const std::string figures = "KEN,x,10,,,2014-12-31,,,,\nKEN,x,30,,,2015-12-31,,,,\n";
  for (const std::string window : {"lag(x, 1 year)", "mean(x, 2 years, at least 2)"}) {
    CHECK(one(window, figures, "missing carry forward up to 3 years").absence == Absence::too_old);
    const data::Chosen aged =
        one(window, figures, "missing unknown  stale after 12 months, widen 10% a year");
    CHECK(aged.stale);
    CHECK(aged.older);
    CHECK(std::abs(aged.high - *aged.value - 25) < 0.1);  // from the end of 2016 to June 2019
  }
}

TEST_CASE("a window is as old as its newest figure with a value", "[windows]") {
  const std::string policy = "missing unknown  stale after 12 months, widen 10% a year";
  const data::Chosen young = one("mean(x, 5 years, at least 3)", five_years, policy);
  CHECK(!young.stale);
  CHECK(!young.older);
  CHECK(young.low == 32);
  const data::Chosen old = one("mean(x, 5 years, at least 2)",
                               "KEN,x,10,,,2015-12-31,,,,\nKEN,x,20,,,2016-12-31,,,,\n"
                               "KEN,x,unknown,,,2018-12-31,,,,\n",
                               policy);
  CHECK(old.stale);
  CHECK(old.older);
  CHECK(*old.value == 15);
  CHECK(std::abs(old.high - (130 / 3.0 + 15)) < 0.1);  // a year and a half past its time
}

TEST_CASE("a revision counts from the day on which it is known", "[windows]") {
  const std::string figures =
      "KEN,x,10,,,2016-12-31,,,,\nKEN,x,20,,,2017-12-31,2018-03-01,,,\n"
      "KEN,x,40,,,2017-12-31,2019-03-01,,,\nKEN,x,30,,,2018-12-31,2019-05-01,,,\n";
  Looked looked({"mean(x, 5 years, at least 2)", "lag(x, 1 year)"}, figures);
  CHECK(std::abs(*looked.of("mean(x, 5 years, at least 2)").value - 80 / 3.0) < 1e-12);
  CHECK(*looked.of("lag(x, 1 year)").value == 40);
  looked.scenario.known_by = *parse_date("2019-02-28");
  CHECK(*looked.of("mean(x, 5 years, at least 2)").value == 15);
  CHECK(*looked.of("lag(x, 1 year)").value == 10);  // that of 2018 is not known yet
}

TEST_CASE("a window has the weakest grade of its figures", "[windows]") {
  const data::Chosen mixed = one("mean(x, 5 years, at least 2)",
                                 "KEN,x,10,,,2016-12-31,,judged,desk,seen\n"
                                 "KEN,x,20,,,2017-12-31,,estimated,,\nKEN,x,30,,,2018-12-31,,,,\n");
  CHECK(mixed.grade == Grade::judged);
  CHECK(mixed.known);
}

TEST_CASE("bounds of a window", "[windows]") {
  const std::string ranged = "KEN,x,10,5,20,2017-12-31,,,,\nKEN,x,30,,,2018-12-31,,,,\n";
  const auto bounds = [&](const std::string& window) {
    const data::Chosen chosen = one(window, ranged);
    return std::pair(chosen.low, chosen.high);
  };
  CHECK(bounds("mean(x, 5 years, at least 2)") == std::pair(17.5, 25.0));
  CHECK(bounds("mean(x, 5 years, at least 2 of 4)") == std::pair(8.75, 62.5));
  CHECK(bounds("max(x, 5 years, at least 2 of 3)") == std::pair(30.0, 100.0));
  CHECK(bounds("min(x, 5 years, at least 2)") == std::pair(5.0, 20.0));
  CHECK(bounds("count(x > 15, 5 years, at least 2 of 3)") == std::pair(1.0, 3.0));
  CHECK(bounds("count(x = 30, 5 years, at least 2 of 2)") == std::pair(1.0, 1.0));
  const data::Chosen spread = one("sd(x, 5 years, at least 2)", ranged);
  CHECK(std::abs(spread.low - 10 / std::sqrt(2)) < 1e-9);
  CHECK(std::abs(spread.high - 25 / std::sqrt(2)) < 1e-9);
}

TEST_CASE("bounds hold whether or not what is unknown becomes known", "[windows]") {
  const std::string open = "KEN,x,30,7,54,2015-12-31,,,,\nKEN,x,99,,,2016-12-31,,,,\n"
                           "KEN,x,unknown,30,39,2017-12-31,,,,\nKEN,x,43,10,51,2018-12-31,,,,\n";
  const auto bounds = [&](const std::string& window) {
    const data::Chosen chosen = one(window, open);
    return std::pair(chosen.low, chosen.high);
  };
  CHECK(bounds("mean(x, 4 years, at least 2)") == std::pair(36.5, 68.0));   // 68 without it
  CHECK(bounds("min(x, 4 years, at least 2)") == std::pair(7.0, 51.0));
  CHECK(bounds("sum(x, 4 years, at least 2 of 4)") == std::pair(116.0, 243.0));
  CHECK(bounds("count(x > 14, 4 years, at least 2 of 4)") == std::pair(2.0, 4.0));
  CHECK(one("sd(x, 4 years, at least 2)", open).high > 52.2);  // of 7, 99 and 10
  CHECK(one("trend(x, 4 years, at least 2)", open).high > 9);  // of 7, 99 and 51
}

TEST_CASE("of more figures than there are, the newest count", "[windows]") {
  CHECK(*one("mean(x, 5 years, at least 2 of 2)", five_years).value == 50);
}

TEST_CASE("a setting keeps the past", "[windows]") {
  const Looked looked({"mean(x, 5 years, at least 2)", "lag(x, 1 year)"}, five_years);
  Diagnostics diagnostics;
  const auto settings =
      scenario::read_settings({"KEN.x=100"}, looked.scenario, looked.model, diagnostics);
  const scenario::Scenario set = scenario::with(looked.scenario, settings);
  const auto row = data::choose(set, looked.model, diagnostics).at("KEN");
  const auto ids = data::indicators(looked.model);
  for (std::size_t k = 0; k < ids.size(); ++k) {
    const std::string& name = looked.model[ids[k]].name;
    if (name == "x") CHECK(*row[k].value == 100);
    if (name == "lag(x, 1 year)") CHECK(*row[k].value == 40);
    if (name == "mean(x, 5 years, at least 2)") CHECK(std::abs(*row[k].value - 260 / 6.0) < 1e-12);
  }
  CHECK(!diagnostics.has_errors());
}

TEST_CASE("a past figure that can't be read stops what would read it", "[windows]") {
  const std::string figures = "KEN,x,none,,,2017-12-31,,,,\nKEN,x,30,,,2018-12-31,,,,\n";
  Diagnostics diagnostics;
  Looked({"lag(x, 5 years)"}, figures).of("lag(x, 5 years)", diagnostics);
  CHECK(!diagnostics.has_errors());
  for (const std::string window : {"lag(x, 1 year)", "mean(x, 2 years, at least 1)"}) {
    Diagnostics found;
    Looked({window}, figures).of(window, found);
    CHECK(found.has_errors());
  }
}

TEST_CASE("windows written alike are one node, whatever their spelling", "[windows]") {
  const Looked looked({"mean(x, 5 years, at least 3)", "mean( x , 5.0 years, at least 3 )"}, "");
  CHECK(data::indicators(looked.model).size() == 3);
}
