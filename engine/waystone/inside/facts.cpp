// Facts in memory as the text of a scenario, so that they are checked as those of a file are.
#include <map>

#include <fmt/format.h>

#include "waystone/inside/inside.hpp"

namespace waystone::inside {
namespace {

// A string of TOML.
std::string quoted_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      result += fmt::format("\\{}", c);
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      result += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
    else
      result += c;
  }
  return result + '"';
}

// A day stands bare; anything else is said to be no day where it is read.
std::string day_text(const std::string& text) {
  return parse_date(text) ? text : quoted_text(text);
}

std::string number_text(double number) {
  if (std::isnan(number)) return quoted_text("unknown");
  return fmt::format("{}", number);
}

struct ValueText {
  const model::Node* node;
  std::string operator()(double number) const { return number_text(number); }
  std::string operator()(bool yes) const { return yes ? "true" : "false"; }
  std::string operator()(const std::string& text) const {
    return node && node->unit == model::Unit::date ? day_text(text) : quoted_text(text);
  }
};

// With what it rests on; a fact that says nothing about that is the program's own judgement.
std::string datum_text(const Fact& fact, const model::Node* node) {
  const bool signed_here = fact.source.empty() && fact.by.empty();
  const std::string by = signed_here ? "the program that asks" : fact.by;
  const std::string because =
      fact.because.empty() && signed_here ? "given in memory" : fact.because;
  const std::string grade = !fact.grade.empty()   ? fact.grade
                            : fact.source.empty() ? "judged"
                                                  : "observed";
  std::string text = fmt::format("{{ value = {}", std::visit(ValueText{node}, fact.value));
  const auto add = [&](std::string_view key, const std::string& value) {
    text += fmt::format(", {} = {}", key, value);
  };
  if (fact.low) add("low", number_text(*fact.low));
  if (fact.high) add("high", number_text(*fact.high));
  if (!fact.valid.empty()) add("valid", day_text(fact.valid));
  if (!fact.known.empty()) add("known", day_text(fact.known));
  if (!fact.source.empty()) add("source", quoted_text(fact.source));
  if (!by.empty()) add("by", quoted_text(by));
  if (!because.empty()) add("because", quoted_text(because));
  add("grade", quoted_text(grade));
  return text + " }";
}

}  // namespace

std::string scenario_of(const model::Model& model, const std::string& as_of,
                        const std::vector<Fact>& facts) {
  std::map<std::string, std::map<std::string, std::string>> data;  // by country and indicator
  for (const Fact& fact : facts) {
    const auto node = model.find(fact.indicator);
    std::string& list = data[fact.country][fact.indicator];
    list += (list.empty() ? "" : ", ") + datum_text(fact, node ? &model[*node] : nullptr);
  }
  std::string text = fmt::format("title = {}\nas_of = {}\ndefaults = {{ valid = {} }}\n",
                                 quoted_text(model.title), day_text(as_of), day_text(as_of));
  for (const auto& [country, indicators] : data) {
    text += fmt::format("[country.{}.facts]\n", quoted_text(country));
    for (const auto& [indicator, list] : indicators)
      text += fmt::format("{} = [{}]\n", quoted_text(indicator), list);
  }
  return text;
}

}  // namespace waystone::inside
