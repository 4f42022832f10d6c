#include "catch.hpp"

#include "syntax/parse.hpp"

using namespace waystone;
using namespace waystone::syntax;

namespace {

struct Parsed {
  SourceMap sources;
  Diagnostics diagnostics;
  File file;
  explicit Parsed(std::string text) {
    const FileId id = sources.add("test.risk", std::move(text));
    file = parse_file(sources, id, diagnostics);
  }
};

std::string codes(const Parsed& parsed) {
  std::string all;
  for (const Diagnostic& d : parsed.diagnostics.list()) all += std::string(name_of(d.code)) + " ";
  return all;
}

}  // namespace

TEST_CASE("names that begin like infinity or like a keyword are names") {
  const Parsed parsed("derived x = infrastructure + nano + order * state - and_more\n");
  REQUIRE(codes(parsed).empty());
  const auto& x = std::get<Derived>(parsed.file.declarations.at(0)).value;
  REQUIRE(x.op == Operator::subtract);
  REQUIRE(x.arguments[1].name.text == "and_more");
}

TEST_CASE("each declaration that can't be read costs only itself") {
  const Parsed parsed(
      "rule a { when }\nindicator b { colour blue }\nrule c { because \"open }\nparameter d { "
      "always 3 }\nexmple \"x\" { }\n"
      "indicator e { unit plain range 0 to 1 missing unknown }\n");
  REQUIRE(codes(parsed) == "E0101 E0106 E0102 E0105 ");
  REQUIRE(parsed.file.declarations.size() == 2);
  REQUIRE(parsed.file.broken.size() >= 3);
}

TEST_CASE("places are those of the text itself, without blanks") {
  const Parsed parsed(
      "factor f {\n  combine arithmetic\n  25%   a   \n  0.75 parts b # comment\n}\n");
  const auto& factor = std::get<Factor>(parsed.file.declarations.at(0));
  REQUIRE(parsed.sources.text(factor.members.at(0).where) == "25%   a");
  REQUIRE(parsed.sources.text(factor.members.at(0).weight.numeral_where) == "25");
  REQUIRE(parsed.sources.text(factor.members.at(1).weight.numeral_where) == "0.75");
  REQUIRE(parsed.sources.text(factor.where).front() == 'f');
  REQUIRE(parsed.sources.text(factor.where).back() == '}');
}

TEST_CASE("limits and ties of weights, members may bear the names of their words") {
  const Parsed parsed(
      "factor f {\n  combine arithmetic\n  20% locked locked between 5% and 30%\n  20% tied "
      "between 0.1 share and 40 locked # why\n  60% b\n"
      "  tied locked, tied\n  tied b, tied\n}\n"
      "viewpoint v { 1 part tied locked  2 parts locked  tied tied, locked  for g { 100% a locked  "
      "tied a, b } }\n");
  REQUIRE(codes(parsed).empty());
  const auto& factor = std::get<Factor>(parsed.file.declarations.at(0));
  REQUIRE(factor.members.size() == 3);
  REQUIRE(factor.members[0].limits->locked);
  REQUIRE(parsed.sources.text(factor.members[0].limits->where) == "locked between 5% and 30%");
  REQUIRE(parsed.sources.text(factor.members[1].where) ==
          "20% tied between 0.1 share and 40 locked");
  REQUIRE(factor.members[1].limits->low->unit == Unit::share);
  REQUIRE(!factor.members[2].limits);
  REQUIRE(factor.ties.size() == 2);
  REQUIRE(factor.ties[1].members[1].text == "tied");
  const auto& viewpoint = std::get<Viewpoint>(parsed.file.declarations.at(1));
  REQUIRE(viewpoint.profiles.size() == 2);
  REQUIRE(viewpoint.profiles[0].members[0].limits);
  REQUIRE(!viewpoint.profiles[0].members[1].limits);
  REQUIRE(viewpoint.profiles[0].ties.size() == 1);
  REQUIRE(viewpoint.profiles[1].ties.size() == 1);
  REQUIRE(
      codes(Parsed("factor f {\n  20% a locked between 1% and 2% locked between 3% and 4%\n}\n")) ==
      "E0107 E0107 ");
  REQUIRE(codes(Parsed("factor f {\n  20% a between 1%\n}\nfactor g {\n  tied a\n}\n")) ==
          "E0101 E0101 ");
}

TEST_CASE("precedence: or, and, not, comparison, sum, product, minus, power") {
  const Parsed parsed("derived x = a or b and not c < d + e * -f ^ g\n");
  REQUIRE(codes(parsed).empty());
  const auto* e = &std::get<Derived>(parsed.file.declarations.at(0)).value;
  for (const Operator expected :
       {Operator::logical_or, Operator::logical_and, Operator::logical_not, Operator::less,
        Operator::add, Operator::multiply, Operator::negate, Operator::power}) {
    REQUIRE(e->op == expected);
    e = &e->arguments.back();
  }
}

TEST_CASE("a chain of comparisons is their conjunction, parentheses break it") {
  SourceMap sources;
  Diagnostics diagnostics;
  const std::string text = "risk(AAA) < risk(BBB) < risk(CCC) by 2";
  const FileId id = sources.add("x", text);
  const auto chain = parse_expectation(sources, {id, 0, std::uint32_t(text.size())}, diagnostics);
  REQUIRE(chain);
  REQUIRE(chain->condition->op == Operator::logical_and);
  REQUIRE(chain->condition->arguments[1].arguments[0].country.text == "BBB");
}

TEST_CASE("nesting is bounded before it can hurt") {
  for (const std::string& deep :
       {std::string(100000, '('), "derived x = " + std::string(5000, '-') + "1", [] {
          std::string s = "rule r { when ";
          for (int i = 0; i < 5000; ++i) s += "not ";
          return s + "x }";
        }()}) {
    const Parsed parsed("derived x = " + deep);
    REQUIRE(!parsed.diagnostics.empty());
  }
  std::string fine = "derived x = ";
  for (int i = 0; i < 60; ++i) fine += "(";
  fine += "1";
  for (int i = 0; i < 60; ++i) fine += ")";
  REQUIRE(codes(Parsed(fine + "\n")).empty());
}

TEST_CASE(
    "text that is not UTF-8 is refused at its first bad byte, other letters are fine in strings") {
  REQUIRE(codes(Parsed("source a \"\xFF\"\n")) == "E0003 ");
  REQUIRE(
      codes(Parsed("\xEF\xBB\xBFsource a \"Беларусь 白俄罗斯\"\r\nsource b \"x\"\r\n")).empty());
}

TEST_CASE("a hundred thousand declarations are read") {
  std::string text;
  for (int i = 0; i < 100000; ++i)
    text += "source s" + std::to_string(i) + " \"t\" { publisher \"p\" }\n";
  const Parsed parsed(text);
  REQUIRE(parsed.diagnostics.empty());
  REQUIRE(parsed.file.declarations.size() == 100000);
}

TEST_CASE("what comes after the hundred-thousandth declaration of a file is not read") {
  std::string text;
  for (std::size_t i = 0; i < most_declarations; ++i) text += "include \"a.risk\"\n";
  REQUIRE(codes(Parsed(text)).empty());
  const Parsed parsed(text + "include \"a.risk\"\nrule r { when }\n");
  REQUIRE(codes(parsed) == "E0002 ");
  REQUIRE(parsed.file.declarations.size() == most_declarations);
  REQUIRE(parsed.file.broken.size() == 1);
}
