#include "syntax/foreign.hpp"
#include "catch.hpp"

using waystone::syntax::foreign_operator;
using waystone::syntax::instead_of_function;

namespace {

// What is marked in `text` when the reader stumbles at `found`, "" where nothing is foreign.
std::string marked(const std::string& text, const std::string& found) {
  const auto met = foreign_operator(text, text.find(found));
  return met ? text.substr(met->begin, met->end - met->begin) : "";
}

}  // namespace

TEST_CASE("operators of other languages are found where they begin", "[syntax]") {
  CHECK(marked("= a == b", "= b") == "==");
  CHECK(marked("a ** 2", "* 2") == "**");
  CHECK(marked("a <> b", "> b") == "<>");
  CHECK(marked("a =< b", "< b") == "=<");
  CHECK(marked("a // b", "/ b") == "//");
  CHECK(marked("a > 1 && b", "&&") == "&&");
  CHECK(marked("!(a > 1)", "!") == "!");
  CHECK(marked("a % b", "%") == "%");
  CHECK(marked("a mod b", "mod") == "mod");
  CHECK(marked("a AND b", "AND") == "AND");
  CHECK(marked("a \xE2\x89\xA5 b", "\xE2\x89\xA5") == "\xE2\x89\xA5");
  CHECK(marked("if a then 1 elif b", "elif") == "elif");
  CHECK(marked("if(a, 1, 0)", ", 1") == "if");
}

TEST_CASE("asking whether a value is known keeps its sense", "[syntax]") {
  const auto instead = [](const std::string& text) {
    const auto met = foreign_operator(text, text.find("is"));
    return met ? met->note : "";
  };
  CHECK(instead("x is unknown") == "write 'not known(x)'");
  CHECK(instead("x  is  null") == "write 'not known(x)'");
  CHECK(instead("x is not unknown") == "write 'known(x)'");
  CHECK(instead("x is known") == "write 'known(x)'");
  CHECK(instead("x is not known") == "write 'not known(x)'");
  CHECK(instead("x is 5") == "write '='");
  CHECK(instead_of_function("unknown", {"x"}) == "write not known(x)");
}

TEST_CASE("a percentage is no remainder, and a line may open with any word", "[syntax]") {
  CHECK(marked("2 * 5 % b", "b") == "%");
  CHECK(marked("50% security", "security").empty());
  CHECK(marked("a != b", "!=").empty());
  CHECK(marked("x\n  over 3", "over").empty());
  CHECK(marked("max(a, b, c", ", c").empty());
}

TEST_CASE("functions of other languages have their way of being written", "[syntax]") {
  CHECK(instead_of_function("mean", {"a", "b"}) == "write (a + b) / 2");
  CHECK(instead_of_function("pow", {"a", "2"}) == "write a ^ 2");
  CHECK(instead_of_function("coalesce", {"a", "b"}) == "write if known(a) then a else b");
  CHECK(instead_of_function("unheard_of", {"a"}).empty());
}
