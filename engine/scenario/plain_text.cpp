// Characters of typesetting and of other alphabets, as the plain ones that they look like.
#include <array>

#include "scenario/notation.hpp"

namespace waystone::scenario {
namespace {

struct Character {
  char32_t point;
  std::size_t length;  // bytes
};

// The text is UTF-8: files are checked when they are opened.
Character first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const unsigned lead = byte(0);
  if (lead < 0xC0) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  char32_t point = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (byte(i) & 0x3F);
  return {point, length};
}

struct Range {
  char32_t first, last;
  std::string_view plain;
};

// In the order of the characters. "eur" stands for any currency other than dollars.
constexpr std::array ranges{
    Range{0xA0, 0xA0, " "},        Range{0xA2, 0xA5, "eur"},
    Range{0xA7, 0xA7, "*"},        Range{0xAD, 0xAD, ""},
    Range{0xB0, 0xB0, "?"},        Range{0xB1, 0xB1, "+-"},
    Range{0xB4, 0xB4, "'"},        Range{0xB6, 0xB6, "*"},
    Range{0xB7, 0xB7, "."},        Range{0xBC, 0xBC, " 1/4"},
    Range{0xBD, 0xBD, " 1/2"},     Range{0xBE, 0xBE, " 3/4"},
    Range{0xD7, 0xD7, "x"},        Range{0x2BC, 0x2BC, "'"},
    Range{0x66A, 0x66A, "%"},      Range{0x66B, 0x66B, "."},
    Range{0x66C, 0x66C, ","},      Range{0x2000, 0x200A, " "},
    Range{0x200B, 0x200F, ""},     Range{0x2010, 0x2015, "-"},
    Range{0x2018, 0x201B, "'"},    Range{0x201C, 0x201F, "\""},
    Range{0x2020, 0x2022, "*"},    Range{0x2026, 0x2026, "..."},
    Range{0x202F, 0x202F, " "},    Range{0x2030, 0x2030, " permille"},
    Range{0x2032, 0x2032, "'"},    Range{0x205F, 0x205F, " "},
    Range{0x2060, 0x2060, ""},     Range{0x20A0, 0x20C0, "eur"},
    Range{0x2153, 0x2153, " 1/3"}, Range{0x2154, 0x2154, " 2/3"},
    Range{0x215B, 0x215B, " 1/8"}, Range{0x2212, 0x2212, "-"},
    Range{0x223C, 0x223C, "~"},    Range{0x2248, 0x2248, "~"},
    Range{0x2264, 0x2264, "<="},   Range{0x2265, 0x2265, ">="},
    Range{0x3000, 0x3000, " "},    Range{0xFE58, 0xFE58, "-"},
    Range{0xFE63, 0xFE63, "-"},    Range{0xFEFF, 0xFEFF, ""},
};

// Digits that stand in a row of ten, and the full-width copies of ASCII.
char plain_of(char32_t point) {
  for (const char32_t zero : {0x660, 0x6F0, 0x966})
    if (point >= zero && point <= zero + 9) return char('0' + (point - zero));
  if (point >= 0xFF01 && point <= 0xFF5E) return char(point - 0xFF01 + '!');
  return '?';
}

// The digit of a raised one, or nothing.
char raised(char32_t point) {
  if (point == 0xB2 || point == 0xB3) return char(point - 0xB0 + '0');
  if (point == 0xB9) return '1';
  return point == 0x2070 || (point >= 0x2074 && point <= 0x2079) ? char(point - 0x2070 + '0')
                                                                 : '\0';
}

void append(std::string& result, char32_t point, bool& after_raised) {
  const char digit = raised(point);
  if (digit != '\0') {
    if (!after_raised) result += '^';
    result += digit;
  }
  after_raised = digit != '\0';
  if (after_raised) return;
  if (point < 0x80) {
    const char c = char(point);
    result += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c == '\t' ? ' ' : c == '`' ? '\'' : c;
    return;
  }
  for (const Range& range : ranges) {
    if (point < range.first || point > range.last) continue;
    result += range.plain;
    return;
  }
  result += plain_of(point);
}

}  // namespace

std::string plain(std::string_view text) {
  std::string result;
  bool after_raised = false;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = first_of(text.substr(at));
    append(result, next.point, after_raised);
    at += next.length;
  }
  const std::size_t begin = std::min(result.find_first_not_of(' '), result.size());
  return result.substr(begin, result.find_last_not_of(' ') + 1 - begin);
}

}  // namespace waystone::scenario
