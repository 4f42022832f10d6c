#include "report/document.hpp"

#include "catch.hpp"

using namespace waystone::report;

namespace {

Table two_columns() {
  Table table({{"country"},
               {"", Align::right},
               {"state", Align::left, 1, true},
               {"bounds"},
               {"", Align::left, 0}});
  table.add({"Belarus", "+9", "  │██", "3 to 9", "o"});
  table.add_blank();
  table.add({"  of which|x", "7", "│", "", ""});
  return table;
}

}  // namespace

TEST_CASE("a document is written as text with the indents it asks for") {
  const Document document = document_title("Belarus or Ukraine?") + gap() +
                            section("Rules", " (points)") + paragraph("holds", 2, 4) +
                            labelled("pass ", "risk > 3", 8, true) + stamped("waystone 1");
  CHECK(to_text(document, {}) ==
        "Belarus or Ukraine?\n\nRules (points)\n  holds\npass risk > 3\n\nwaystone 1\n");
}

TEST_CASE("headings and labels are strong in colour, and take no more room") {
  const std::string text =
      to_text(section("Rules", " (points)") + labelled("FAIL ", "x", 8, true), {true});
  CHECK(text.find(" (points)\n") != std::string::npos);
  CHECK(text.size() >
        to_text(section("Rules", " (points)") + labelled("FAIL ", "x", 8, true), {}).size());
}

TEST_CASE("Markdown nests items by their indents and keeps words from becoming markup") {
  const Document document = document_title("A *b* <c>") + paragraph("1. first", 0, 3) +
                            paragraph("- inner", 4, 6) + paragraph("goes on", 4, 4) +
                            paragraph(" 2. second", 0, 4) + gap() + paragraph("#1 of a_b_c, _d_");
  CHECK(to_markdown(document) ==
        "# A \\*b\\* \\<c\\>\n\n1. first\n    - inner\n\n    goes on\n\n2. second\n\n"
        "\\#1 of a_b_c, \\_d\\_\n");
}

TEST_CASE("Markdown tables put marks into the cell before and leave out bars and blank rows") {
  CHECK(to_markdown(inset(two_columns(), 2)) ==
        "| country | state | bounds |\n|---|---:|---|\n| Belarus | +9 | 3 to 9o |\n"
        "| &nbsp;&nbsp;of which\\|x | 7 |  |\n");
}

TEST_CASE("an empty document is no text") {
  CHECK(to_text({}, {}).empty());
  CHECK(to_markdown({}).empty());
}
