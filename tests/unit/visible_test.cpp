#include "source/visible.hpp"
#include "catch.hpp"
#include "source/source.hpp"

using namespace waystone;

TEST_CASE("what controls a terminal is written out") {
  CHECK(visible("a\x1b[31mb") == "a\\x1b[31mb");
  CHECK(visible("\xc2\x9b"
                "31m") == "\\x9b31m");
  CHECK(visible("\x7f\r") == "\\x7f\\x0d");
  CHECK(visible("left \u202eright\u2069 \u2028") == "left \\u202eright\\u2069 \\u2028");
  CHECK(visible("a\u200eb\u200fc\u061cd") == "a\\u200eb\\u200fc\\u061cd");
  CHECK(visible("\xff\xc3") == "\\xff\\xc3");
  CHECK(visible("two\nlines\tand Ελλάδα 中文") == "two\nlines and Ελλάδα 中文");
  CHECK(visible_line("two\nlines") == "two\\nlines");
}

TEST_CASE("our own colours, and nobody else's, reach the terminal") {
  const std::string text = styled("1;31", "red \x1b[32m");
  CHECK(visible(text, true) == "\x1b[1;31mred \\x1b[32m\x1b[0m");
  CHECK(visible(text) == "red \\x1b[32m");
  CHECK(display_width(styled("1", "four")) == 4);
  CHECK(visible(std::string("\0[31", 4), true) == "\\x00[31");  // no whole mark
}

TEST_CASE("a width is that of what is printed") {
  CHECK(display_width("\x1b") == 4);
  CHECK(display_width("\u202e") == 6);
  CHECK(display_width("\xff") == 4);
  CHECK(display_width("中a\t") == 4);
}

TEST_CASE("JSON stays the same document") {
  CHECK(visible_json("{\n \"a\": \"\u202e\xc2\x9b\x7f é\"\n}") ==
        "{\n \"a\": \"\\u202e\\u009b\\u007f é\"\n}");
}
