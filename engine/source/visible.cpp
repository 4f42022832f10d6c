#include "source/visible.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "source/utf8.hpp"

namespace waystone {
namespace {

std::string written_out(char32_t point) {
  const auto number = static_cast<std::uint32_t>(point);
  return number < 0x100 ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{:04x}", number);
}

// One character, or one byte that belongs to none, as it may be printed.
std::string shown(std::string_view character, bool valid) {
  if (character == "\n" || !valid) return character == "\n" ? "\n" : written_out(decode(character));
  if (character == "\t") return " ";
  const char32_t point = decode(character);
  return is_hidden(point) ? written_out(point) : std::string(character);
}

}  // namespace

bool is_hidden(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0x9F) || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069) || point == 0x200E || point == 0x200F ||
         point == 0x61C;  // marks of direction
}

std::string styled(std::string_view codes, std::string_view text) {
  const auto mark = [](std::string_view numbers) {
    return std::string(1, '\0') + "[" + std::string(numbers) + "m";
  };
  return mark(codes) + std::string(text) + mark("0");
}

std::size_t style_mark(std::string_view text) {
  if (!text.starts_with(std::string_view("\0[", 2))) return 0;
  const std::size_t end = text.find_first_not_of("0123456789;", 2);
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

std::string visible(std::string_view text, bool color) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t mark = text[at] == '\0' ? style_mark(text.substr(at)) : 0) {
      if (color) result.append("\033").append(text.substr(at + 1, mark - 1));
      at += mark;
      continue;
    }
    const std::size_t length = sequence_length(text.substr(at));
    const std::string_view character = text.substr(at, std::max<std::size_t>(length, 1));
    if (length == 1 && character[0] >= 0x20 && character[0] < 0x7F)
      result += character;
    else
      result += shown(character, length > 0);
    at += character.size();
  }
  return result;
}

std::string visible_line(std::string_view text) {
  std::string result = visible(text);
  for (std::size_t at = result.find('\n'); at != std::string::npos; at = result.find('\n', at))
    result.replace(at, 1, "\\n");
  return result;
}

std::string visible_json(std::string_view json) {
  std::string result;
  result.reserve(json.size());
  const auto is_plain = [](char c) { return (c >= ' ' && c <= '~') || c == '\n'; };
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t plain = std::size_t(
        std::find_if_not(json.begin() + std::ptrdiff_t(at), json.end(), is_plain) - json.begin());
    result += json.substr(at, plain - at);
    at = plain;
    if (at == json.size()) break;
    const std::string_view character =
        json.substr(at, std::max<std::size_t>(sequence_length(json.substr(at)), 1));
    const char32_t point = decode(character);
    if (is_hidden(point))
      result += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(point));
    else
      result += character;
    at += character.size();
  }
  return result;
}

}  // namespace waystone
