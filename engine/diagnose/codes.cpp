#include "diagnose/diagnostic.hpp"

#include <array>

namespace waystone {
namespace {

struct Row {
  Code code;
  std::string_view name, title;
};

constexpr std::array rows{
#define WAYSTONE_CODE(code, title) Row{Code::code, #code, title},
#include "diagnose/codes.def"
#undef WAYSTONE_CODE
};

}  // namespace

std::string_view name_of(Code code) { return rows[std::size_t(code)].name; }
std::string_view title_of(Code code) { return rows[std::size_t(code)].title; }
Severity severity_of(Code code) {
  return name_of(code).starts_with('W') ? Severity::warning : Severity::error;
}

std::optional<Code> find_code(std::string_view name) {
  for (const Row& row : rows)
    if (row.name == name) return row.code;
  return std::nullopt;
}

std::vector<Code> all_codes() {
  std::vector<Code> codes;
  for (const Row& row : rows) codes.push_back(row.code);
  return codes;
}

}  // namespace waystone
