#include "source/file_kind.hpp"

#include <algorithm>
#include <array>

namespace waystone {
namespace {

using namespace std::string_view_literals;

constexpr FileKind workbook{"a workbook", "export the sheet as CSV, in UTF-8, and name that file",
                            true};
constexpr FileKind document{"a document of a word processor", "save it as plain text"};
constexpr FileKind archive{"a compressed file", "unpack it, and name the file within"};
constexpr FileKind utf16{"text in UTF-16", "save it as UTF-8"};
constexpr FileKind utf32{"text in UTF-32", "save it as UTF-8"};
constexpr FileKind columns{"a table in a binary format", "write it as CSV, in UTF-8", true};
constexpr FileKind web_page{
    "a web page", "download the table itself, as CSV, rather than the page that shows it", true};
constexpr FileKind pdf{"a PDF document", "get the table as CSV from its publisher", true};
constexpr FileKind json_text{"JSON", "write it as CSV", true};
constexpr FileKind xml{"XML", "get the table as CSV from its publisher", true};
constexpr FileKind picture{"a picture", "get the table as CSV from its publisher", true};

struct Signature {
  std::string_view bytes;
  FileKind kind;
};
constexpr std::array signatures{
    Signature{"\xFF\xFE\0\0"sv, utf32},
    Signature{"\0\0\xFE\xFF"sv, utf32},
    Signature{"\xFF\xFE"sv, utf16},
    Signature{"\xFE\xFF"sv, utf16},
    Signature{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv,
              {"a workbook of an old version, or another office file", workbook.step, true}},
    Signature{"\x1F\x8B"sv, archive},          // gzip
    Signature{"BZh"sv, archive},               // bzip2
    Signature{"\xFD\x37zXZ\0"sv, archive},     // xz
    Signature{"\x28\xB5\x2F\xFD"sv, archive},  // Zstandard
    Signature{"7z\xBC\xAF\x27\x1C"sv, archive},
    Signature{"Rar!\x1A\x07"sv, archive},
    Signature{"%PDF-"sv, pdf},
    Signature{"PAR1"sv, columns},  // Parquet
    Signature{"ARROW1"sv, columns},
    Signature{"\x89HDF\r\n"sv, columns},
    Signature{"SQLite format 3\0"sv, {"a database", columns.step, true}},
    Signature{"<stata_dta>"sv, columns},
    Signature{"$FL2"sv, columns},  // SPSS
    Signature{"RDX"sv, columns},   // R
    Signature{"\x89PNG"sv, picture},
    Signature{"\xFF\xD8\xFF"sv, picture},  // JPEG
    Signature{"{\\rtf"sv, document},
    Signature{"version https://git-lfs"sv,
              {"a pointer of Git LFS to a file that isn't here", "fetch it: git lfs pull"}},
};

std::string small(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return result;
}

bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> endings) {
  const std::string lower = small(path);
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return lower.ends_with(ending); });
}

// What stands in a zip file: the names of its first members are near its start.
FileKind zipped(std::string_view bytes, std::string_view path) {
  const std::string_view start = bytes.substr(0, 1 << 14);
  const auto holds = [&](std::string_view name) {
    return start.find(name) != std::string_view::npos;
  };
  if (holds("xl/") || holds("opendocument.spreadsheet") ||
      ends_with_any(path, {".xlsx", ".xlsm", ".xlsb", ".ods"}))
    return workbook;
  if (holds("word/") || holds("opendocument.text") || ends_with_any(path, {".docx", ".odt"}))
    return document;
  return archive;
}

// Text of two bytes a character without its mark: every other byte is zero.
bool alternates(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, 64);
  if (start.size() < 8) return false;
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < start.size(); ++i) (i % 2 == 0 ? even : odd) += start[i] == '\0';
  return std::max(even, odd) * 2 >= start.size() - 1 && std::min(even, odd) == 0;
}

std::string_view behind_blanks(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

bool is_json(std::string_view text) {
  if (text.starts_with('{')) {
    const std::string_view next = behind_blanks(text.substr(1));
    return next.starts_with('"') || next.starts_with('}');
  }
  if (!text.starts_with('[')) return false;  // TOML begins so, too, with a name behind it
  std::string_view next = behind_blanks(text.substr(1));
  if (next.starts_with('{')) return true;
  if (next.starts_with('[')) next = behind_blanks(next.substr(1));
  return next.size() < text.size() - 1 && (next.starts_with('"') || next.starts_with('-') ||
                                           (!next.empty() && next[0] >= '0' && next[0] <= '9'));
}

}  // namespace

std::optional<FileKind> foreign_kind(std::string_view bytes, std::string_view path) {
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06"))
    return zipped(bytes, path);
  for (const Signature& signature : signatures)
    if (bytes.starts_with(signature.bytes)) return signature.kind;
  if (alternates(bytes)) return utf16;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::string_view text = behind_blanks(bytes);
  const std::string start = small(text.substr(0, 512));
  for (const std::string_view tag : {"<!doctype html", "<html", "<head", "<table", "<body"})
    if (start.starts_with(tag)) return web_page;
  if (start.starts_with("<?xml")) {
    if (start.find("office:spreadsheet") != std::string::npos) return workbook;
    return start.find("html") != std::string::npos ? web_page : xml;
  }
  if (is_json(text)) return json_text;
  return std::nullopt;
}

std::string in_windows_1252(unsigned char byte) {
  constexpr std::array<std::string_view, 32> special{
      "€", "",  "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "", "Ž", "",
      "",  "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "", "ž", "Ÿ"};
  if (byte < 0x80) return {};
  if (byte < 0xA0) return std::string(special[byte - 0x80]);
  return {char(0xC0 | (byte >> 6)), char(0x80 | (byte & 0x3F))};
}

}  // namespace waystone
