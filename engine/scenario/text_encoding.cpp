#include "scenario/text_encoding.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "source/file_kind.hpp"

namespace waystone::scenario {
namespace {

void append_utf8(std::string& text, char32_t point) {
  if (point < 0x80) {
    text += char(point);
  } else if (point < 0x800) {
    text += char(0xC0 | (point >> 6));
    text += char(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    text += char(0xE0 | (point >> 12));
    text += char(0x80 | ((point >> 6) & 0x3F));
    text += char(0x80 | (point & 0x3F));
  } else {
    text += char(0xF0 | (point >> 18));
    text += char(0x80 | ((point >> 12) & 0x3F));
    text += char(0x80 | ((point >> 6) & 0x3F));
    text += char(0x80 | (point & 0x3F));
  }
}

// Nothing where a unit is cut or is half a pair.
std::optional<std::string> from_utf16(std::string_view bytes, bool big) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]),
               second = static_cast<unsigned char>(bytes[at + 1]);
    return char32_t(big ? (first << 8) | second : (second << 8) | first);
  };
  std::string text;
  text.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    char32_t point = unit(at);
    if (point >= 0xDC00 && point <= 0xDFFF) return std::nullopt;
    if (point >= 0xD800 && point <= 0xDBFF) {
      const char32_t low = at + 2 < bytes.size() ? unit(at + 2) : 0;
      if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    }
    append_utf8(text, point);
  }
  return text;
}

// Nothing where a byte is no letter there.
std::optional<std::string> from_windows_1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 16);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const std::string letter = byte < 0x80 ? std::string(1, c) : in_windows_1252(byte);
    if (letter.empty()) return std::nullopt;
    text += letter;
  }
  return text;
}

Diagnostic wrong_encoding(Span where, std::string message, std::string note) {
  return {Code::E0003, where, std::move(message), {}, {}, {std::move(note)}};
}

}  // namespace

std::optional<Diagnostic> make_utf8(Bytes& bytes, Encoding declared, const std::string& path,
                                    Span where) {
  using namespace std::string_view_literals;
  const std::string_view text = bytes;
  const auto too_large = [&]() -> std::optional<Diagnostic> {
    if (text.size() <= largest_converted) return std::nullopt;
    return Diagnostic{Code::E0002,
                      where,
                      fmt::format("'{}' has {} MB and is no UTF-8: at most {} MB are converted",
                                  path, text.size() >> 20, largest_converted >> 20),
                      {},
                      {},
                      {"save it as UTF-8"}};
  };
  const bool little = text.starts_with("\xFF\xFE"sv) && !text.starts_with("\xFF\xFE\0\0"sv),
             big = text.starts_with("\xFE\xFF"sv);
  if (little || big) {
    if (auto large = too_large()) return large;
    auto converted = from_utf16(text.substr(2), big);
    if (!converted)
      return wrong_encoding(
          where, fmt::format("'{}' is UTF-16 and ends or breaks within a character", path),
          "download it again, or save it as UTF-8");
    bytes = Bytes(std::move(*converted));
    return std::nullopt;
  }
  const bool marked = text.starts_with("\xEF\xBB\xBF"sv);  // UTF-8, whatever was expected
  if (declared != Encoding::windows_1252 || marked) return std::nullopt;
  const bool plain = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (plain) return std::nullopt;
  if (auto large = too_large()) return large;
  if (!first_invalid_utf8(text))
    return wrong_encoding(where, fmt::format("'{}' is UTF-8, not Windows-1252", path),
                          "leave out 'encoding', or say encoding = \"utf-8\"");
  auto converted = from_windows_1252(text);
  if (!converted)
    return wrong_encoding(where,
                          fmt::format("'{}' has bytes that are no letter in Windows-1252", path),
                          "save it as UTF-8 and leave out 'encoding'");
  bytes = Bytes(std::move(*converted));
  return std::nullopt;
}

}  // namespace waystone::scenario
