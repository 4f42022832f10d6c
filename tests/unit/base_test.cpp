#include "catch.hpp"

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/period.hpp"
#include "diagnose/diagnostic.hpp"
#include "source/source.hpp"

using namespace waystone;

TEST_CASE("dates exist or are refused") {
  REQUIRE(parse_date("1970-01-01")->days == 0);
  REQUIRE(to_string(*parse_date("2015-06-30")) == "2015-06-30");
  REQUIRE(parse_date("2016-02-29"));
  for (const char* bad :
       {"2015-02-29", "2015-13-01", "2015-6-30", "2015/06/30", "0000-01-01", "", "2015-06-30x"})
    REQUIRE(!parse_date(bad));
  REQUIRE(year_of(*parse_date("1969-12-31")) == 1969);
}

TEST_CASE("periods run from their first to their last day") {
  const auto days = [](const char* text) {
    const auto period = parse_period(text);
    return period ? to_string(period->first) + " " + to_string(period->last) : "none";
  };
  CHECK(days("2019") == "2019-01-01 2019-12-31");
  CHECK(days("YR2019") == "2019-01-01 2019-12-31");
  CHECK(days("2019-06") == "2019-06-01 2019-06-30");
  CHECK(days("2020-02") == "2020-02-01 2020-02-29");
  for (const char* december : {"2019-12", "2019M12", "2019-M12"})
    CHECK(days(december) == "2019-12-01 2019-12-31");
  for (const char* third : {"2019Q3", "2019-Q3"}) CHECK(days(third) == "2019-07-01 2019-09-30");
  for (const char* half : {"2019S1", "2019-S1"}) CHECK(days(half) == "2019-01-01 2019-06-30");
  CHECK(days("2019-06-15") == "2019-06-15 2019-06-15");
  CHECK(days("9999") == "9999-01-01 9999-12-31");
  for (const char* bad :
       {"",       "0000",   "YR",         "19",     "2019-",  "2019-13",   "2019-00", "2019-6",
        "2019Q0", "2019Q5", "2019S3",     "2019M6", "2019Q",  "2019-2020", "2019/20", "20190630",
        "2019.0", " 2019",  "2019-02-30", "+019",   "2019-Q", "2019QQ"})
    CHECK(days(bad) == "none");
}

TEST_CASE("percentages add up in decimal arithmetic") {
  std::vector<Decimal> tenths(10, *parse_decimal("0.1"));
  REQUIRE(equal(*sum(tenths), *parse_decimal("1")));
  REQUIRE(sum(tenths)->text() == "1");
  REQUIRE(parse_decimal("0.050")->text() == "0.05");
  REQUIRE(!equal(*parse_decimal("33.33"), *parse_decimal("33.3")));
  for (const char* bad : {"", ".", "1e3", "-1", "1.2.3", "1234567890123456789"})
    REQUIRE(!parse_decimal(bad));
  REQUIRE(!sum(std::vector{*parse_decimal("999999999999999999"), *parse_decimal("0.1")}));
}

TEST_CASE("numerals are read to the nearest double, never to infinity") {
  REQUIRE(*parse_double("0.1") == 0.1);
  REQUIRE(*parse_double("1e-3") == 0.001);
  REQUIRE(*parse_double("0.12345678901234567") == 0.12345678901234567);
  for (const char* bad : {"1e999", "", "x", "1x"}) REQUIRE(!parse_double(bad));
}

TEST_CASE("UTF-8 is checked byte by byte") {
  REQUIRE(!first_invalid_utf8("Беларусь 白俄罗斯 €"));
  REQUIRE(first_invalid_utf8("ab\xFF") == 2u);
  REQUIRE(first_invalid_utf8("\xC0\xAF") == 0u);      // overlong
  REQUIRE(first_invalid_utf8("\xED\xA0\x80") == 0u);  // surrogate
  REQUIRE(first_invalid_utf8(std::string("a\0b", 3)) == 1u);
  REQUIRE(first_invalid_utf8("\xE2\x82") == 0u);  // cut short
  REQUIRE(length_in_characters("白俄罗斯") == 4);
  REQUIRE(display_width("白俄罗斯") == 8);
}

TEST_CASE("places are lines and characters") {
  const SourceFile file("x", "первая\nsecond\r\nthird", false);
  REQUIRE(file.place(0).line == 1);
  REQUIRE(file.place(std::uint32_t(std::string("первая\nsec").size())).column == 4);
  REQUIRE(file.line(2) == "second");
  REQUIRE(file.line(9).empty());
  REQUIRE(file.offset(1, 3) == 4);  // two Cyrillic letters are four bytes
}

TEST_CASE("the nearest name is near enough to be meant") {
  const std::vector<std::string> names{"security", "power_transit", "corridor"};
  REQUIRE(nearest("securtiy", names) == "security");
  REQUIRE(nearest("corider", names) == "corridor");
  REQUIRE(!nearest("inflation", names));
}

TEST_CASE("diagnostics are sorted, without repeats, and bounded") {
  Diagnostics diagnostics;
  for (std::uint32_t k = 0; k < 3000; ++k)
    diagnostics.add(Code::E0101, {FileId{0}, 5000 - k, 5001 - k}, "x");
  REQUIRE(diagnostics.errors() == 3000);
  REQUIRE(diagnostics.list().size() == Diagnostics::most);
  Diagnostics few;
  few.add(Code::E0102, {FileId{0}, 9, 10}, "b");
  few.add(Code::E0101, {FileId{0}, 2, 3}, "a");
  few.add(Code::E0102, {FileId{0}, 9, 10}, "b");
  few.sort();
  REQUIRE(few.errors() == 2);
  REQUIRE(few.list()[0].message == "a");
}
