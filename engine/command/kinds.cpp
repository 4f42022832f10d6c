#include "command/kinds.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace waystone::command {
namespace {

constexpr std::array<std::string_view, 3> tables{".csv", ".tsv", ".tab"};
// Opened only to say what they are, and what to do instead.
constexpr std::array<std::string_view, 11> others{
    ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".gz", ".zip", ".bz2", ".xz", ".pdf", ".parquet"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

bool ends_with(std::string_view path, std::string_view ending) {
  return path.size() > ending.size() &&
         std::equal(ending.begin(), ending.end(), path.end() - std::ptrdiff_t(ending.size()),
                    [](char a, char b) { return a == lower(b); });
}

template <std::size_t n>
bool ends_with_any(std::string_view path, const std::array<std::string_view, n>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return ends_with(path, ending); });
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// A line without what stands before and after its words; "" where it is a comment.
std::string_view words_in(std::string_view line) {
  while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
  return line.starts_with('#') ? std::string_view() : line;
}

// The first line with words, or "".
std::string_view first_line(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = words_in(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty()) return line;
  }
  return {};
}

}  // namespace

bool is_rules(std::string_view path) { return ends_with(path, ".risk"); }
bool is_settings(std::string_view path) { return ends_with(path, ".toml"); }
bool is_table(std::string_view path) {
  return ends_with_any(path, tables) || ends_with_any(path, others);
}
bool is_ours(std::string_view path) {
  return is_rules(path) || is_settings(path) || is_table(path);
}

std::string our_endings() { return fmt::format(".risk, .toml, {}", fmt::join(tables, ", ")); }

bool reads_as_scenario(std::string_view text) {
  const std::string_view line = first_line(text);
  const std::size_t key =
      line.find_first_of(" \t=");  // `output net = …` has its sign after a second word
  const std::size_t sign = key == std::string_view::npos ? key : line.find_first_not_of(" \t", key);
  return line.starts_with('[') || line.starts_with('"') ||
         (sign != std::string_view::npos && line[sign] == '=');
}

bool reads_as_map(std::string_view text) {
  const std::string_view line = first_line(text);
  const std::size_t sign = line.find('=');
  return line.starts_with("map") && sign != std::string_view::npos &&
         line.substr(3, sign - 3).find_first_not_of(" \t") == std::string_view::npos;
}

std::string_view kind_of(const struct stat& status) {
  if (S_ISREG(status.st_mode)) return "a file";
  if (S_ISDIR(status.st_mode)) return "a directory";
  if (S_ISFIFO(status.st_mode)) return "a pipe";
  if (S_ISSOCK(status.st_mode)) return "a socket";
  return "a device";
}

}  // namespace waystone::command
