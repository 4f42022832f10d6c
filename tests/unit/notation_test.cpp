// Figures, dates and gaps in other notations, and lines that are no TOML: what a message says is
// meant.
#include <array>

#include "catch.hpp"
#include "scenario/notation.hpp"
#include "scenario/toml_slips.hpp"

using namespace waystone::scenario;

namespace {

std::string numeral_of(std::string_view text) {
  const auto figure = figure_in(text);
  return figure ? figure->numeral : "";
}

struct Pair {
  std::string_view text, wanted;
};

// The message and the mended line of the slip on the last line of `text`, where a reader stopped at
// `sign`.
std::optional<Slip> slip_of(const std::string& text, std::string_view sign) {
  return slip_at(text, text.rfind(sign), [](std::string_view key) {
    return key == "growth" ? "'growth' is in percent" : "";
  });
}

}  // namespace

TEST_CASE("figures keep their digits whatever marks stand among and around them") {
  constexpr std::array pairs{
      Pair{"4,5", "4.5"},
      Pair{"16 700", "16700"},
      Pair{"16\u00A0700", "16700"},
      Pair{"16\u2009700", "16700"},
      Pair{"16\u202F700", "16700"},
      Pair{"1'234'567", "1234567"},
      Pair{"1.234.567", "1234567"},
      Pair{"1,234,567.8", "1234567.8"},
      Pair{"1.234,56", "1234.56"},
      Pair{"1,00,000", "100000"},
      Pair{"\u22121.5", "-1.5"},
      Pair{"\u20131,5", "-1.5"},
      Pair{"(3.2)", "-3.2"},
      Pair{"5-", "-5"},
      Pair{"- 5", "-5"},
      Pair{"€4,5", "4.5"},
      Pair{"4.5%", "4.5"},
      Pair{"15700 USD", "15700"},
      Pair{"1,5e3", "1.5e3"},
      Pair{"1.5×10³", "1.5e3"},
      Pair{"15.7a", "15.7"},
      Pair{"15.7*", "15.7"},
      Pair{"15.7[1]", "15.7"},
      Pair{"15.7¹", "15.7"},
      Pair{"~15", "15"},
      Pair{"<5", "high = 5"},
      Pair{"≥90", "low = 90"},
      Pair{"15k", "15000"},
      Pair{"1.2 million", "1200000"},
      Pair{"3bn", "3000000000"},
      Pair{"1/2", "0.5"},
      Pair{"2½", "2.5"},
      Pair{"３，５", "3.5"},
      Pair{"3–5", "low = 3, high = 5"},
      Pair{"4.5 ± 0.3", "4.5, low = 4.2, high = 4.8"},
      Pair{".5", "0.5"},
  };
  for (const Pair& pair : pairs) {
    INFO(pair.text);
    CHECK(numeral_of(pair.text) == pair.wanted);
  }
}

TEST_CASE("what is no figure, and what is a plain one, is left alone") {
  for (const std::string_view text : {"4.5", "-1.5e3", "157", "", "high", "..", "3 4", "12 34",
                                      "1,234,56", "15 or so", "2015-06-30", "4:5", "e5", "1.2.3"}) {
    INFO(text);
    CHECK_FALSE(figure_in(text));
  }
}

TEST_CASE(
    "a mark with two readings is read as what can stand there, and both are named where both can") {
  const auto from = [](double low, double high) {
    return [=](double value) { return value >= low && value <= high; };
  };
  CHECK(figure_in("15,700", from(50, 200000))->numeral == "15700");
  CHECK(figure_in("15,700", from(50, 200000))->otherwise.empty());
  CHECK(figure_in("15,700", from(0, 100))->numeral == "15.700");
  CHECK(figure_in("15,700", from(0, 200000))->otherwise == "15.700");
  CHECK(figure_in("1.2m", from(0, 1e9))->numeral == "1200000");
  CHECK(figure_in("1.2m", from(0, 100))->numeral == "1.2");
  CHECK(without_point("23.500") == "23500");
  CHECK_FALSE(without_point("23.50"));
  CHECK_FALSE(without_point("0.500"));
}

TEST_CASE("markers of absence are told from figures and words") {
  for (const std::string_view text :
       {"..", "...", "…", "n/a", "N/A", "NA", "-", "–", "—", "NaN", "null", "None", "#N/A", "x",
        "*", ":", "(n.a.)", "#DIV/0!", "Unknown"}) {
    INFO(text);
    CHECK(marks_absence(text));
  }
  for (const std::string_view text : {"0", "high", "no", "4.5"}) CHECK_FALSE(marks_absence(text));
}

TEST_CASE("dates in other orders are told as days, all of them where the order is open") {
  constexpr std::array pairs{Pair{"30.06.2015", "2015-06-30"},
                             Pair{"2015/06/30", "2015-06-30"},
                             Pair{"30 June 2015", "2015-06-30"},
                             Pair{"June 30, 2015", "2015-06-30"},
                             Pair{"June 2015", "2015-06-30"},
                             Pair{"2015-06", "2015-06-30"},
                             Pair{"2015Q2", "2015-06-30"},
                             Pair{"2015M06", "2015-06-30"},
                             Pair{"20150630", "2015-06-30"},
                             Pair{"2015", "2015-12-31"},
                             Pair{"06/07/2015", "2015-07-06 or 2015-06-07"},
                             Pair{"2015-06-30T00:00:00Z", "2015-06-30"}};
  for (const Pair& pair : pairs) {
    INFO(pair.text);
    CHECK(date_hint(pair.text) == "dates are written year-month-day: " + std::string(pair.wanted));
  }
  CHECK(date_hint("31.02.2015").empty());
  CHECK(date_hint("soon").empty());
}

TEST_CASE("lines that are no TOML are mended") {
  const std::string head = "title = \"t\"\n[country.POL.facts]\n";
  struct Line {
    std::string_view line, sign, wanted;
  };
  const std::array lines{
      Line{"growth = 4,5", ",", "growth = 4.5"},
      Line{"growth = 4.5%", "%", "growth = 4.5"},
      Line{"growth = 4.5 %  # a rise", "%", "growth = 4.5  # a rise"},
      Line{"growth = −1.5", "−", "growth = -1.5"},
      Line{"growth = 15 700", "7", "growth = 15700"},
      Line{"growth = 1/5", "/", "growth = 0.2"},
      Line{"growth = .5", ".", "growth = 0.5"},
      Line{"growth = 007", "7", "growth = 7"},
      Line{"growth = { value = 4,5 }", "}", "growth = { value = 4.5 }"},
      Line{"growth = { value = 4, low = 3,5, high = 5 }", ", high",
           "growth = { value = 4, low = 3.5, high = 5 }"},
      Line{"growth = { value = 4.5, valid = 2015/06/30 }", "/",
           "growth = { value = 4.5, valid = 2015-06-30 }"},
      Line{"growth = { value = 4.5, valid = 30 June 2015 }", "J",
           "growth = { value = 4.5, valid = 2015-06-30 }"},
      Line{"growth = yes", "y", "growth = true"},
      Line{"growth = True", "T", "growth = true"},
      Line{"growth = ..", ".", "growth = \"unknown\""},
      Line{"growth = { value = 4, grade = observed }", "o",
           "growth = { value = 4, grade = \"observed\" }"},
      Line{"title = “Belarus and Ukraine”", "“", "title = \"Belarus and Ukraine\""},
      Line{"growth = ‘4’", "‘", "growth = 4"},
      Line{"growth : 4.5", ":", "growth = 4.5"},
      Line{"growth := 4.5", ":", "growth = 4.5"},
      Line{"growth == 4.5", "= 4", "growth = 4.5"},
      Line{"growth 4.5", "4", "growth = 4.5"},
      Line{"\"growth\": 4.5", ":", "\"growth\" = 4.5"},
      Line{"growth = 4.5 // a note", "/", "growth = 4.5 # a note"},
      Line{"growth = 4.5 ; a note", ";", "growth = 4.5 # a note"},
      Line{"growth = 4.5,", ",", "growth = 4.5"},
      Line{"growth = 4.5;", ";", "growth = 4.5"},
      Line{"-- a note", "a", "# a note"},
      Line{"growth = { value = 4, }", "}", "growth = { value = 4 }"},
      Line{"growth = { value: 4.5 }", ":", "growth = { value = 4.5 }"},
      Line{"growth = [ { value = 1 } { value = 2 } ]", "{ value = 2",
           "growth = [ { value = 1 }, { value = 2 } ]"},
      Line{"battle deaths = 4", "d", "battle_deaths = 4"},
      Line{"model = \"..\\rules\\x.risk\"", "x", "model = \"../rules/x.risk\""},
      Line{"[[expect]", "]", "[[expect]]"},
      Line{"[country.UKR.facts", "s", "[country.UKR.facts]"},
      Line{"[country UKR facts]", "U", "[country.UKR.facts]"},
      Line{"[country.Türkiye.facts]", "ü", "[country.TUR.facts]"},
      Line{"country.UKR.facts", "s", "[country.UKR.facts]"},
      Line{"compare = [[\"growth\", \"debt\", 1/5]]", "/", "compare = [[\"debt\", \"growth\", 5]]"},
      Line{"growth\u00A0= 4.5", "\u00A0", "growth = 4.5"},
  };
  for (const Line& line : lines) {
    INFO(line.line);
    const auto slip = slip_of(head + std::string(line.line), line.sign);
    REQUIRE(slip);
    CHECK(slip->line == line.wanted);
    CHECK_FALSE(slip->message.empty());
    CHECK(slip->begin >= head.size());
    CHECK(slip->begin < slip->end);
  }
}

TEST_CASE("the message of a slip says what is wrong") {
  CHECK(slip_of("growth = 4,5\n", ",")->message == "a point is the decimal mark: 4.5");
  CHECK(slip_of("growth = 4.5%\n", "%")->message ==
        "write the number alone: 'growth' is in percent, so 4.5");
  CHECK(slip_of("growth = { value = 4.5% }\n", "%")->message ==
        "write the number alone: 'growth' is in percent, so 4.5");
  CHECK(slip_of("valid = 2015-06-31\n", "1")->message == "the calendar has no day 2015-06-31");
  CHECK(slip_of("data = [ \"a.csv\"\n[defaults]\n", "d")->message ==
        "this bracket is never closed");
  CHECK(slip_of("growth = {\n  value = 4.5,\n  low = 3,\n}\n", "{")->line ==
        "growth = { value = 4.5, low = 3 }");
}

TEST_CASE("any text at all can be looked at for slips") {
  const std::string text = "a = [ \"\\\n{,= '“ ;[[x\n\"\"\" = \n]}=,\n\u00A0# //\n";
  for (std::size_t size = 0; size <= text.size(); ++size)
    for (std::size_t at = 0; at <= size; ++at) {
      const auto slip = slip_at(std::string_view(text).substr(0, size), at, {});
      if (slip) CHECK(slip->end <= size);
    }
}
