#include "emit/script_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "source/utf8.hpp"
#include "source/visible.hpp"

namespace waystone::emit {
namespace {

// What may not stand in a text as it is: `<` could end a <script>, U+FEFF and the like are unseen.
bool is_escaped(char32_t point) {
  return point < 0x20 || point == '<' || point == 0xFEFF || (point >= 0x200B && point <= 0x200F) ||
         point == 0x061C || is_hidden(point);
}

std::string escape_of(char32_t point) { return fmt::format("\\u{:04x}", std::uint32_t(point)); }

}  // namespace

std::string script_number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return fmt::format("{}", value);
}

std::string script_number(const std::optional<double>& value) {
  return value ? script_number(*value) : "null";
}

std::string script_string(std::string_view text) {
  std::string quoted = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(sequence_length(text.substr(at)), 1);
    const std::string_view character = text.substr(at, length);
    const char32_t point = decode(character);
    if (point == '"' || point == '\\')
      quoted += fmt::format("\\{}", char(point));
    else if (is_escaped(point))
      quoted += escape_of(point);
    else
      quoted += character;
    at += length;
  }
  return quoted + "\"";
}

std::string script_remark(std::string_view text) {
  const std::string quoted = script_string(text);
  return quoted.substr(1, quoted.size() - 2);
}

std::string script_list(const std::vector<std::string>& items) {
  return fmt::format("[{}]", fmt::join(items, ", "));
}

}  // namespace waystone::emit
