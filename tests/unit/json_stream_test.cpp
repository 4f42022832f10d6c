// A document written as it is made has the bytes of one written whole.
#include <random>

#include "catch.hpp"

#include "report/json_stream.hpp"

using namespace waystone;
using report::Json;

namespace {

class Documents {
 public:
  explicit Documents(unsigned seed) : random_(seed) {}

  Json any(int depth) {
    const unsigned kind = below(depth > 0 ? 8 : 5);
    if (kind == 0) return nullptr;
    if (kind == 1) return below(2) == 0;
    if (kind == 2) return double(below(1000)) / 7;
    if (kind < 5) return text();
    return kind == 5 ? array(depth - 1) : object(depth - 1);
  }
  Json object(int depth) {
    Json json = Json::object();
    for (unsigned k = below(4); k > 0; --k) json[text() + std::to_string(k)] = any(depth);
    return json;
  }
  Json array(int depth) {
    Json json = Json::array();
    for (unsigned k = below(4); k > 0; --k) json.push_back(any(depth));
    return json;
  }
  unsigned below(unsigned end) { return unsigned(random_() % end); }

 private:
  std::string text() {
    static const std::vector<std::string> parts{"a",    "\n",   "\"", "\\", "é",   "\x1b", "\u202e",
                                                "\xff", "\x7f", " ",  "{",  ",\n", "[]",   "日本"};
    std::string text;
    for (unsigned k = below(4); k > 0; --k) text += parts[below(unsigned(parts.size()))];
    return text;
  }
  std::mt19937 random_;
};

// What is inside is opened or written at once, by turns.
void put_inside(const Json& json, report::JsonStream& stream, Documents& random) {
  for (const auto& entry : json.items()) {
    const Json& value = entry.value();
    const bool opens = (value.is_object() || value.is_array()) && random.below(2) == 0;
    if (!opens && json.is_object())
      stream.member(entry.key(), value);
    else if (!opens)
      stream.item(value);
    else if (value.is_object() && json.is_object())
      stream.open_object(entry.key());
    else if (value.is_object())
      stream.open_object();
    else
      stream.open_array(json.is_object() ? entry.key() : "");
    if (!opens) continue;
    put_inside(value, stream, random);
    stream.close();
  }
}

}  // namespace

TEST_CASE("a document in pieces has the bytes of the whole") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    Documents random(seed);
    const Json document = random.object(4);
    std::string text;
    report::JsonStream stream([&](const std::string& piece) { text += piece; });
    stream.open_object();
    put_inside(document, stream, random);
    stream.close();
    REQUIRE(text == report::text_of(document));
  }
}
