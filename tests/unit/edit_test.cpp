// Edits of rule files change their own bytes and no others.
#include "catch.hpp"

#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>

#include "syntax/edit.hpp"
#include "syntax/parse.hpp"

using namespace waystone;
using namespace waystone::syntax;

namespace {

struct Written {
  SourceMap sources;
  FileId file;
  explicit Written(std::string text) : file(sources.add("test.risk", std::move(text))) {}
  std::string_view text() const { return sources[file].text(); }
  Span find(std::string_view part) const {
    const std::size_t at = text().find(part);
    REQUIRE(at != std::string_view::npos);
    return {file, std::uint32_t(at), std::uint32_t(at + part.size())};
  }
  std::string with(const std::vector<Edit>& edits) const { return edited(sources, file, edits); }
  std::string commented(std::string_view part, std::string_view text) const {
    return with({comment_on_line(sources, find(part), text)});
  }
};

std::vector<std::string> weights_of(const std::string& text) {
  Written written(text);
  Diagnostics diagnostics;
  const File file = parse_file(written.sources, written.file, diagnostics);
  REQUIRE(diagnostics.empty());
  std::vector<std::string> numerals;
  for (const Declaration& declaration : file.declarations)
    if (const auto* factor = std::get_if<Factor>(&declaration))
      for (const Member& member : factor->members)
        numerals.push_back(std::string(written.sources.text(member.weight.numeral_where)) + " " +
                           member.name.text);
  return numerals;
}

}  // namespace

TEST_CASE("numerals found by the grammar are replaced, and nothing else") {
  const std::string text =
      "\xEF\xBB\xBF# первый\r\nfactor f {\r\n  combine arithmetic\r\n  25%   a   # \"half\" "
      "\t\r\n\t75 % b between 5% and 90%\r\n}";
  Written written(text);
  Diagnostics diagnostics;
  const File file = parse_file(written.sources, written.file, diagnostics);
  REQUIRE(diagnostics.empty());
  const auto& members = std::get<Factor>(file.declarations.at(0)).members;
  const std::string after = written.with(
      {{members[1].weight.numeral_where, "67.5"}, {members[0].weight.numeral_where, "32.5"}});
  REQUIRE(after ==
          "\xEF\xBB\xBF# первый\r\nfactor f {\r\n  combine arithmetic\r\n  32.5%   a   # \"half\" "
          "\t\r\n\t67.5 % b between 5% and 90%\r\n}");
  REQUIRE(weights_of(after) == std::vector<std::string>{"32.5 a", "67.5 b"});
}

TEST_CASE("edits of other files are not looked at, insertions at one place keep their order") {
  Written written("abcdef");
  const FileId other = written.sources.add("other.risk", "xyz");
  REQUIRE(written.with({{{other, 0, 3}, "!"},
                        {{written.file, 3, 3}, "1"},
                        {{written.file, 3, 3}, "2"},
                        {{written.file, 1, 3}, ""},
                        {{written.file, 6, 6}, "."}}) == "a12def.");
  REQUIRE(written.with({}) == "abcdef");
  REQUIRE_THROWS_AS(written.with({{{written.file, 1, 4}, "x"}, {{written.file, 3, 5}, "y"}}),
                    std::logic_error);
  REQUIRE_THROWS_AS(written.with({{{written.file, 1, 7}, "x"}}), std::logic_error);
}

TEST_CASE("a comment stands after the code of its line, or after the comment there") {
  const auto comment = [](std::string text) {
    return Written(std::move(text)).commented("22", "tuned");
  };
  REQUIRE(comment("a\n  22% b\nc\n") == "a\n  22% b  # tuned\nc\n");
  REQUIRE(comment("a\r\n  22% b\r\nc\r\n") == "a\r\n  22% b  # tuned\r\nc\r\n");
  REQUIRE(comment("  22% b") == "  22% b  # tuned");  // a last line without its end
  REQUIRE(comment("22% b \t\r\n") == "22% b  # tuned \t\r\n");
  REQUIRE(comment("22% b # why\n# 22\n") == "22% b # why; tuned\n# 22\n");
  REQUIRE(comment("22% b # why \r\n") == "22% b # why; tuned \r\n");
  REQUIRE(comment("22% b #\n") == "22% b # tuned\n");
  REQUIRE(comment("label de \"# \\\" #\" 22% b\n") == "label de \"# \\\" #\" 22% b  # tuned\n");
  REQUIRE(comment("label de \"#\" 22% b # \"why\n") == "label de \"#\" 22% b # \"why; tuned\n");
  REQUIRE(comment("\xEF\xBB\xBF"
                  "22% b\n") ==
          "\xEF\xBB\xBF"
          "22% b  # tuned\n");
  REQUIRE_THROWS_AS(comment_on_line(Written("22").sources, {FileId{0}, 0, 2}, "two\nlines"),
                    std::logic_error);
}

TEST_CASE("random edits can be undone to the byte") {
  std::mt19937_64 random(21);
  const std::string alphabet = "ab \n\r\t#\"\\\xC3";
  const auto any_text = [&](std::size_t most) {
    std::string text;
    for (std::size_t n = random() % (most + 1); n > 0; --n)
      text += alphabet[random() % alphabet.size()];
    return text;
  };
  for (int trial = 0; trial < 3'000; ++trial) {
    const Written before(any_text(80));
    std::vector<Edit> edits;
    std::vector<std::pair<std::size_t, std::string>> undo;  // length of the new text, old text
    for (std::size_t at = 0; at <= before.text().size(); at += 1 + random() % 9) {
      const std::size_t end = std::min(before.text().size(), at + random() % 6);
      edits.push_back({{before.file, std::uint32_t(at), std::uint32_t(end)}, any_text(7)});
      undo.emplace_back(edits.back().text.size(),
                        std::string(before.sources.text(edits.back().where)));
      at = end;
    }
    std::vector<Edit> shuffled = edits;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    const Written after(before.with(shuffled));
    std::vector<Edit> back;
    std::ptrdiff_t moved = 0;
    for (std::size_t k = 0; k < edits.size(); ++k) {
      const auto at = std::uint32_t(std::ptrdiff_t(edits[k].where.begin) + moved);
      back.push_back({{after.file, at, std::uint32_t(at + undo[k].first)}, undo[k].second});
      moved += std::ptrdiff_t(undo[k].first) - std::ptrdiff_t(undo[k].second.size());
      REQUIRE(after.sources.text(back.back().where) == edits[k].text);
    }
    REQUIRE(after.with(back) == before.text());
  }
}

TEST_CASE(
    "comments on the shipped rule files leave what they say as it was, with either line ending") {
  std::ifstream in(std::string(WAYSTONE_ROOT) + "/rules/factors/corridor.risk", std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  REQUIRE(!text.empty());
  const auto weights = weights_of(text);
  REQUIRE(!weights.empty());
  std::string crlf;
  for (const char c : text) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  for (const std::string& version : {text, crlf}) {
    const Written written(version);
    std::vector<Edit> edits;
    for (std::size_t at = 0; at < version.size(); at = version.find('\n', at) + 1)
      edits.push_back(comment_on_line(
          written.sources, {written.file, std::uint32_t(at), std::uint32_t(at)}, "seen"));
    const std::string after = written.with(edits);
    REQUIRE(after.size() > version.size());
    REQUIRE(weights_of(after) == weights);
  }
}
