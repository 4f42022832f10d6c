// What stands in braces and brackets of a line that is no TOML.
#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "scenario/notation.hpp"
#include "scenario/slip_finder.hpp"

namespace waystone::scenario {

std::optional<Slip> SlipFinder::table(std::string_view key, std::string_view value) const {
  const std::size_t close = find_outside(value, "}", 1);
  if (close == std::string_view::npos) return open_table(key, value);
  const std::string_view inside = value.substr(1, close - 1);
  if (without_blanks(inside).ends_with(',')) {
    const std::size_t comma = inside.rfind(',');
    return slip(inside.substr(comma, 1), "no comma stands before the closing brace", "");
  }
  const SlipFinder inner(*this, key);
  for (const std::string_view part : parts_of(inside))
    if (auto found = inner.pair(without_blanks(part), false)) return found;
  if (const std::string_view rest = without_blanks(value.substr(close + 1)); !rest.empty())
    return behind_bracket(rest);
  return std::nullopt;
}

// The table goes on below, or is not closed.
std::optional<Slip> SlipFinder::open_table(std::string_view key, std::string_view value) const {
  const SlipFinder inner(*this, key);
  for (const std::string_view part : parts_of(value.substr(1)))
    if (const std::string_view one = without_blanks(part); !one.empty())
      if (auto found = inner.pair(one, false)) return found;
  constexpr std::size_t most_bytes = 400;
  const std::size_t close = text_.find('}', begin_), next = text_.find('=', begin_ + line_.size());
  std::string joined;
  const std::size_t from = std::size_t(value.data() - text_.data());
  if (close != std::string_view::npos && close - from < most_bytes &&
      text_.substr(from, close - from).find("[") == std::string_view::npos &&
      (next == std::string_view::npos || next < close || without_blanks(value).ends_with(','))) {
    for (const char c : text_.substr(from, close + 1 - from))
      if (c != '\n' && c != '\r')
        joined += c;
      else
        joined += ' ';
    Slip result = slip(value, "a table in braces stands on one line", tidy(joined));
    result.to = close + 1;
    return result;
  }
  return slip(value, "the brace is not closed", fmt::format("{} }}", value));
}

// Single blanks, no comma before the brace, one between the lines.
std::string SlipFinder::tidy(std::string_view text) {
  std::string result;
  for (const char c : text)
    if (c != ' ' || !result.ends_with(' ')) result += c;
  for (const std::string_view comma : {", }", ",}"})
    if (result.ends_with(comma)) result.replace(result.size() - comma.size(), comma.size(), " }");
  return result;
}

// Cut at commas; what has no '=' belongs to the value before it.
std::vector<std::string_view> SlipFinder::parts_of(std::string_view inside) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0; from <= inside.size();) {
    const std::size_t end = std::min(find_outside(inside, ",", from), inside.size());
    const std::string_view part = inside.substr(from, end - from);
    const bool nothing = end == inside.size() && without_blanks(part).empty();
    const bool of_last = !parts.empty() && find_outside(part, "=:<>") == std::string_view::npos;
    if (nothing && !parts.empty()) break;  // the line ends in a comma
    if (of_last)
      parts.back() = inside.substr(std::size_t(parts.back().data() - inside.data()),
                                   end - std::size_t(parts.back().data() - inside.data()));
    else
      parts.push_back(part);
    from = end + 1;
  }
  return parts;
}

// { value = 4.9 low = 4.5 }, { value = 4.9; low = 4.5 }
std::optional<Slip> SlipFinder::keys_apart(std::string_view value) const {
  const std::size_t equals = find_outside(value, "=");
  if (equals == 0 || equals == std::string_view::npos) return std::nullopt;
  const std::string_view before = without_blanks(value.substr(0, equals));
  const std::size_t gap = before.find_last_of(" \t;");
  if (gap == std::string_view::npos || !is_bare_key(before.substr(gap + 1))) return std::nullopt;
  const std::size_t end = before.find_last_not_of(" \t;", gap);
  if (end == std::string_view::npos) return std::nullopt;
  return slip(value, "a comma stands between the keys in braces",
              fmt::format("{}, {}", before.substr(0, end + 1), value.substr(gap + 1)));
}

std::optional<Slip> SlipFinder::behind_bracket(std::string_view rest) const {
  if (const std::size_t sign = comment_sign(rest))
    if (rest.size() > sign)
      return slip(rest, "comments begin with #",
                  fmt::format("# {}", without_blanks(rest.substr(sign))));
  if (rest == "," || rest == ";") return slip(rest, "a line ends without a comma", "");
  return std::nullopt;
}

std::optional<Slip> SlipFinder::list(std::string_view value) const {
  const std::size_t close = find_outside(value, "]", 1);
  const std::string_view inside = value.substr(1, std::min(close, value.size()) - 1);
  std::vector<std::string_view> items;
  for (std::size_t from = 0; from <= inside.size();) {
    const std::size_t end = std::min(find_outside(inside, ",", from), inside.size());
    items.push_back(without_blanks(inside.substr(from, end - from)));
    from = end + 1;
  }
  if (auto found = turned_pair(items, value.substr(0, std::min(close, value.size() - 1) + 1)))
    return found;
  for (const std::string_view item : items)
    if (auto found = item_of(item)) return found;
  if (close == std::string_view::npos)
    return slip(value, "the bracket of this list is not closed", std::nullopt);
  if (const std::string_view rest = without_blanks(value.substr(close + 1)); !rest.empty())
    return behind_bracket(rest);
  return std::nullopt;
}

std::optional<Slip> SlipFinder::item_of(std::string_view item) const {
  if (item.empty()) return std::nullopt;
  if (item[0] == '[') return list(item);
  if (item[0] == '{') {
    const std::size_t close = find_outside(item, "}", 1);
    const std::string_view rest = close == std::string_view::npos
                                      ? std::string_view()
                                      : without_blanks(item.substr(close + 1));
    if (rest.starts_with('{')) {
      const std::size_t next = std::size_t(rest.data() - item.data());
      return slip(item.substr(close + 1, next - close),
                  "a comma stands between the values of a list", ", {");
    }
    return table("", item);
  }
  if (auto found = without_commas(item)) return found;
  if (outer_ == "missing" && item.front() != '"' && item.front() != '\'' &&
      !is_plain_number(item)) {
    const std::string mended = fmt::format("\"{}\"", item);
    return slip(item, fmt::format("text stands between quotes: {}", mended), mended);
  }
  const auto mended = mended_value(item, "");
  if (!mended) return std::nullopt;
  return slip(item, mended->message,
              mended->value.empty() ? std::nullopt : std::optional(mended->value));
}

// "POL" "HUN"; "POL"; "HUN"
std::optional<Slip> SlipFinder::without_commas(std::string_view item) const {
  if (item.front() != '"' && item.front() != '\'') return std::nullopt;
  std::vector<std::string_view> values;
  for (std::size_t at = 0; at < item.size();) {
    const bool quoted = item[at] == '"' || item[at] == '\'';
    const std::size_t end =
        quoted ? behind_quoted(item, at) : std::min(item.find_first_of(" \t;\"'", at), item.size());
    const std::string_view value = item.substr(at, end - at);
    if (quoted ? value.size() < 2 || value.back() != value.front() : !is_plain_number(value))
      return std::nullopt;
    values.push_back(value);
    at = std::min(item.find_first_not_of(" \t;", end), item.size());
  }
  if (values.size() < 2) return std::nullopt;
  return slip(item, "a comma stands between the values of a list",
              fmt::format("{}", fmt::join(values, ", ")));
}

// ["growth", "debt", 1/5] of a judgement file
std::optional<Slip> SlipFinder::turned_pair(const std::vector<std::string_view>& items,
                                            std::string_view whole) const {
  if (items.size() != 3 || !items[0].starts_with('"') || !items[1].starts_with('"'))
    return std::nullopt;
  const auto turned = turned_fraction(items[2]);
  if (!turned) return std::nullopt;
  const std::string mended = fmt::format("[{}, {}, {}]", items[1], items[0], *turned);
  return slip(whole, fmt::format("turn the pair round: {}", mended), mended);
}

}  // namespace waystone::scenario
