// Words that other programs, and people, have for the keys of scenarios.
#include <algorithm>
#include <array>

#include "scenario/reading.hpp"

namespace waystone::scenario {
namespace {

struct OtherWord {
  std::string_view said, meant;
};
// One word may mean several keys, each of another table.
constexpr std::array<OtherWord, 45> other_words{
    {{"col", "column"},         {"columns", "column"},     {"field", "column"},
     {"path", "file"},          {"filename", "file"},      {"csv", "file"},
     {"table", "file"},         {"that", "assert"},        {"check", "assert"},
     {"expectation", "assert"}, {"condition", "assert"},   {"reason", "because"},
     {"why", "because"},        {"rationale", "because"},  {"comment", "note"},
     {"remark", "note"},        {"author", "by"},          {"who", "by"},
     {"signed", "by"},          {"analyst", "by"},         {"expires", "until"},
     {"ends", "until"},         {"end", "until"},          {"date", "valid"},
     {"year", "valid"},         {"published", "known"},    {"amount", "points"},
     {"adjustment", "points"},  {"delta", "points"},       {"value", "points"},
     {"factor", "target"},      {"output", "target"},      {"node", "target"},
     {"prob", "probability"},   {"chance", "probability"}, {"likelihood", "probability"},
     {"p", "probability"},      {"facts", "set"},          {"settings", "set"},
     {"values", "set"},         {"weights", "weight"},     {"partner", "to"},
     {"reporter", "from"},      {"iso3", "country"},       {"relation", "name"}}};

}  // namespace

std::string key_meant_by(std::string_view said, const std::vector<std::string>& keys) {
  for (const OtherWord& word : other_words)
    if (word.said == said && std::find(keys.begin(), keys.end(), word.meant) != keys.end())
      return std::string(word.meant);
  return {};
}

}  // namespace waystone::scenario
