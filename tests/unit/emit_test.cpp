// What is said of a program in another language: phrases filled in, refusals, texts that end
// nothing.
#include "catch.hpp"

#include <cmath>
#include <limits>

#include "emit/backend.hpp"
#include "emit/script_text.hpp"
#include "single_operation.hpp"

namespace {

using namespace waystone;
using program::OpCode;

emit::Phrases phrases_of(std::initializer_list<std::pair<OpCode, std::string_view>> known) {
  emit::Phrases phrases;
  for (const auto& [code, phrase] : known) phrases[std::size_t(code)] = phrase;
  return phrases;
}

emit::Backend backend_of(const emit::Phrases& phrases) {
  return {"Abacus", &phrases, [](double value) { return emit::script_number(value); },
          emit::script_string, "NULL"};
}

std::string said(std::string_view phrase, program::Operation op, const std::vector<double>& slots,
                 std::size_t operands) {
  const emit::Phrases phrases = phrases_of({{op.code, phrase}});
  const auto program = tests::program_of(std::move(op), slots, operands);
  return emit::said(backend_of(phrases), program.operations.back(), program.slots);
}

TEST_CASE("a phrase is filled in with registers and numerals") {
  CHECK(said("LN($1)", tests::operation(OpCode::ln), {}, 1) == "LN(0)");
  CHECK(said("($1 - $2)", tests::operation(OpCode::subtract), {}, 2) == "(0 - 1)");
  CHECK(said("$in: $n1 to $n2", tests::operation(OpCode::linear), {0.1, 1e300}, 1) ==
        "0: 0.1 to 1e+300");
  CHECK(said("[$at] [$scores]", tests::operation(OpCode::knots), {1, 2, 3, 4}, 1) ==
        "[1, 3] [2, 4]");
}

TEST_CASE("the numerals of a mean have names, and what it lacks the language's word for nothing") {
  const std::string_view phrase = "$weights; $floor; $order; $least";
  CHECK(said(phrase, tests::mean(OpCode::arithmetic, false, false), {3, 4}, 2) ==
        "3, 4; NULL; NULL; NULL");
  CHECK(said(phrase, tests::mean(OpCode::power_mean, true, true), {3, 4, 5, 2, 0.6}, 2) ==
        "3, 4; 5; 2; 0.6");
  CHECK(said("$least", tests::mean(OpCode::median, false, true), {0.5}, 3) == "0.5");
}

TEST_CASE("effects are named by kind") {
  using model::EffectKind;
  const auto op = tests::effects_of({EffectKind::at_least, EffectKind::scale});
  CHECK(said("$kinds", op, {}, 5) == "\"at_least\", \"scale\"");
}

TEST_CASE("what a language can't say is refused by name, E0430, once for each operation") {
  const emit::Phrases phrases = phrases_of({{OpCode::input, "$column"}, {OpCode::add, "$1 + $2"}});
  auto program = tests::program_of(tests::operation(OpCode::ln), {}, 1);
  program.operations.push_back(program.operations.back());
  program.operations.push_back(tests::operation(OpCode::exp));
  const Diagnostics said = emit::unsaid(backend_of(phrases), program);
  REQUIRE(said.list().size() == 2);
  CHECK(said.has_errors());
  CHECK(name_of(said.list()[0].code) == "E0430");
  CHECK(said.list()[0].message == "'ln' can't be said in Abacus");
  CHECK(said.list()[1].message == "'exp' can't be said in Abacus");
  CHECK(emit::unsaid(backend_of(phrases), tests::program_of(tests::operation(OpCode::add), {}, 2))
            .empty());
}

TEST_CASE("numbers read back to the same bits") {
  CHECK(emit::script_number(0.1 + 0.2) == "0.30000000000000004");
  CHECK(emit::script_number(-0.0) == "-0");
  CHECK(emit::script_number(5e-324) == "5e-324");
  CHECK(emit::script_number(std::nan("")) == "NaN");
  CHECK(emit::script_number(-std::numeric_limits<double>::infinity()) == "-Infinity");
  CHECK(emit::script_number(std::nullopt) == "null");
}

TEST_CASE("no text ends a string, a remark or a script element") {
  CHECK(emit::script_string("a\"b\\c") == "\"a\\\"b\\\\c\"");
  CHECK(emit::script_string("</script><!--") == "\"\\u003c/script>\\u003c!--\"");
  CHECK(emit::script_string("a\nb\r\xE2\x80\xA8\xE2\x80\xAE") ==
        "\"a\\u000ab\\u000d\\u2028\\u202e\"");
  CHECK(emit::script_string("\xC3\xA9 \xE4\xB8\xAD") == "\"\xC3\xA9 \xE4\xB8\xAD\"");
  CHECK(emit::script_remark("*/\nalert(1)") == "*/\\u000aalert(1)");
}

}  // namespace
