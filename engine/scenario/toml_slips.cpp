// Lines that are no TOML: their headers, keys, brackets and ends. What is wrong with a value
// itself, toml_values.cpp tells; with what stands in braces and brackets, toml_lists.cpp.
#include "scenario/toml_slips.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "scenario/crosswalk.hpp"
#include "scenario/notation.hpp"
#include "scenario/slip_finder.hpp"

namespace waystone::scenario {

namespace {

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}
}  // namespace

bool is_bare_key(std::string_view key) {
  return !key.empty() &&
         std::all_of(key.begin(), key.end(), [](char c) { return is_bare(c) || c == '.'; });
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

// The first of some signs that stands outside quotes and, where `nested` isn't asked for, outside
// brackets.
std::size_t find_outside(std::string_view text, std::string_view signs, std::size_t from,
                         bool nested) {
  int depth = 0;
  for (std::size_t at = from; at < text.size(); ++at) {
    const char c = text[at];
    if (depth <= 0 || nested) {
      if (signs.find(c) != std::string_view::npos) return at;
    }
    if (c == '"' || c == '\'')
      at = behind_quoted(text, at) - 1;
    else if (c == '[' || c == '{')
      ++depth;
    else if (c == ']' || c == '}')
      --depth;
  }
  return std::string_view::npos;
}

// Signs that open comments elsewhere.
std::size_t comment_sign(std::string_view text) {
  constexpr std::array<std::string_view, 5> signs{"//", "--", "/*", ";", "<!"};
  for (const std::string_view sign : signs)
    if (text.starts_with(sign)) return sign.size();
  return 0;
}

namespace {

constexpr std::size_t longest_line = 4000;  // bytes; a longer one was not typed by hand

}  // namespace

SlipFinder::SlipFinder(std::string_view text, std::size_t at, const DescribeKey& describe)
    : text_(text), describe_(describe) {
  at_ = std::min(at, text.size());
  at_end_ = without_blanks(text.substr(at_)).find_first_not_of('\n') == std::string_view::npos;
  if (at_ == text.size() || text[at_] == '\n') at_ = last_sign_before(at_);
  begin_ = at_ == 0 ? 0 : text.rfind('\n', at_ - 1) + 1;  // npos + 1 is 0
  line_ = text.substr(begin_, std::min(text.find('\n', begin_), text.size()) - begin_);
}

std::optional<Slip> SlipFinder::find() const {
  if (line_.size() > longest_line) return std::nullopt;
  const std::string_view whole = without_blanks(line_);
  if (whole.empty()) return std::nullopt;
  if (const std::size_t sign = comment_sign(whole))
    return slip(whole, "comments begin with #",
                fmt::format("# {}", without_blanks(whole.substr(sign))));
  if (auto found = odd_blank()) return found;
  if (auto found = open_string()) return found;
  if (const auto opened = open_bracket()) return within(*opened, whole);
  if (whole[0] == '[' && find_outside(whole, "=", 0, true) == std::string_view::npos)
    return header(whole);
  if (auto found = behind_header(whole)) return found;
  return pair(without_comment(whole), true);
}

std::size_t SlipFinder::last_sign_before(std::size_t at) const {
  const std::size_t found = text_.substr(0, at).find_last_not_of(" \t\r\n");
  return found == std::string_view::npos ? 0 : found;
}

// The innermost bracket that the lines before leave open.
std::optional<std::size_t> SlipFinder::open_bracket() const {
  std::vector<std::size_t> open;
  for (std::size_t at = 0; at < begin_; ++at) {
    const char c = text_[at];
    if (c == '"' || c == '\'')
      at = behind_string(text_, at) - 1;
    else if (c == '#')
      at = std::min(text_.find('\n', at), begin_) - 1;
    else if (c == '[' || c == '{')
      open.push_back(at);
    else if ((c == ']' || c == '}') && !open.empty())
      open.pop_back();
  }
  return open.empty() ? std::nullopt : std::optional(open.back());
}

// A line of a list that goes over several; or one that follows a list which was never closed.
std::optional<Slip> SlipFinder::within(std::size_t opened, std::string_view whole) const {
  const bool table =
      whole[0] == '[' && find_outside(whole, "=,\"", 0, true) == std::string_view::npos;
  if (at_end_ || table || find_outside(whole, "=") != std::string_view::npos) {
    const bool list = text_[opened] == '[';
    return Slip{fmt::format("this {} is never closed", list ? "bracket" : "brace"), "", opened,
                opened + 1};
  }
  const std::string_view bare = without_comment(whole);
  for (std::size_t from = 0; from <= bare.size();) {
    const std::size_t end = std::min(find_outside(bare, ",", from), bare.size());
    if (auto found = item_of(without_blanks(bare.substr(from, end - from)))) return found;
    from = end + 1;
  }
  return comma_above();
}

// A value of a list that goes over several lines, with no comma behind it.
std::optional<Slip> SlipFinder::comma_above() const {
  if (begin_ == 0) return std::nullopt;
  const std::size_t above = begin_ == 1 ? 0 : text_.rfind('\n', begin_ - 2) + 1;
  const std::string_view bare = without_comment(text_.substr(above, begin_ - 1 - above));
  if (bare.empty() || std::string_view("[{(,=").find(bare.back()) != std::string_view::npos)
    return std::nullopt;
  const std::size_t end = std::size_t(bare.data() - text_.data()) + bare.size();
  return Slip{"a comma stands between the values of a list",
              fmt::format("{},", bare),
              end - 1,
              end,
              above,
              begin_ - 1};
}

// Three quotes that nothing closes.
std::optional<Slip> SlipFinder::open_string() const {
  if (!at_end_) return std::nullopt;
  for (std::size_t at = 0; at < text_.size(); ++at) {
    const char c = text_[at];
    if (c == '#') {
      at = std::min(text_.find('\n', at), text_.size());
    } else if (c == '"' || c == '\'') {
      const std::string closing(3, c);
      const std::size_t behind = behind_string(text_, at);
      const bool closed = behind >= at + 6 && text_.substr(at, behind - at).ends_with(closing);
      if (text_.substr(at).starts_with(closing) && !closed)
        return Slip{"these three quotes are never closed", "", at, at + 3};
      at = behind - 1;
    }
  }
  return std::nullopt;
}

// `part` is a view into the line; `mended` takes its place.
Slip SlipFinder::slip(std::string_view part, std::string message,
                      const std::optional<std::string>& mended) const {
  const std::size_t begin = std::size_t(part.data() - line_.data());
  Slip result{std::move(message),
              "",
              begin_ + begin,
              begin_ + begin + std::max<std::size_t>(part.size(), 1),
              begin_,
              begin_ + line_.size()};
  result.end = std::min(result.end, text_.size());
  if (!mended) return result;
  std::string line =
      fmt::format("{}{}{}", line_.substr(0, begin), *mended, line_.substr(begin + part.size()));
  result.line = without_blanks(line);
  return result;
}

std::string_view SlipFinder::without_comment(std::string_view line) {
  return without_blanks(line.substr(0, find_outside(line, "#", 0, true)));
}

std::optional<Slip> SlipFinder::odd_blank() const {
  const std::size_t from = at_ - begin_;
  const std::string_view rest = from < line_.size() ? line_.substr(from) : std::string_view();
  for (const std::string_view blank :
       {"\u00A0", "\u2007", "\u2009", "\u202F", "\u3000", "\u200B", "\uFEFF"}) {
    if (!rest.starts_with(blank)) continue;
    std::string line(line_);
    for (std::size_t at = 0; (at = line.find(blank, at)) != std::string::npos;)
      line.replace(at, blank.size(), " ");
    Slip result = slip(rest.substr(0, blank.size()),
                       "a blank of another kind stands here: write an ordinary one", std::nullopt);
    result.line = without_blanks(line);
    return result;
  }
  return std::nullopt;
}

std::optional<Slip> SlipFinder::header(std::string_view whole) const {
  const bool list = whole.starts_with("[[");
  const std::size_t opened = list ? 2 : 1;
  std::string_view name = without_blanks(without_comment(whole).substr(opened));
  while (name.ends_with(']')) name = without_blanks(name.substr(0, name.size() - 1));
  if (name.empty()) return std::nullopt;
  const auto written = [&](std::string_view inside) {
    return list ? fmt::format("[[{}]]", inside) : fmt::format("[{}]", inside);
  };
  const auto answer = [&](std::string_view message, const std::string& inside) {
    return slip(whole, fmt::format("{}: {}", message, written(inside)), written(inside));
  };
  if (is_bare_key(name))
    return answer("the brackets around the name of a table are not closed", std::string(name));
  if (auto country = country_header(name))
    return answer("countries are ISO codes of three letters", *country);
  if (name.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-. \t") ==
      std::string_view::npos) {
    std::string joined;
    for (const char c : name)
      if (c != ' ' && c != '\t')
        joined += c;
      else if (!joined.ends_with('.'))
        joined += '.';
    return answer("points join the parts of a name", joined);
  }
  return std::nullopt;
}

// [defaults] valid = 2019-12-31
std::optional<Slip> SlipFinder::behind_header(std::string_view whole) const {
  const std::size_t close = whole[0] == '[' ? whole.find_last_of(']', whole.find('=')) : 0;
  if (close == 0 || close == std::string_view::npos) return std::nullopt;
  const std::string_view rest = without_blanks(whole.substr(close + 1));
  if (rest.empty() || rest[0] == '=' || rest[0] == '.') return std::nullopt;
  return slip(rest,
              fmt::format("the header of a table has a line of its own: {} goes below it", rest),
              std::nullopt);
}

// "country.Türkiye.facts"
std::optional<std::string> SlipFinder::country_header(std::string_view name) {
  constexpr std::string_view front = "country.", back = ".facts";
  if (!name.starts_with(front) || !name.ends_with(back) ||
      name.size() <= front.size() + back.size())
    return std::nullopt;
  const auto match =
      recognise_country(name.substr(front.size(), name.size() - front.size() - back.size()));
  if (!match || match->codes.size() != 1) return std::nullopt;
  return fmt::format("{}{}{}", front, match->codes.front(), back);
}

std::optional<Slip> SlipFinder::pair(std::string_view whole, bool line) const {
  if (auto found = bound(whole)) return found;
  const std::size_t equals = find_outside(whole, "=");
  if (equals == std::string_view::npos) return without_equals(whole, line);
  const std::string_view key = without_blanks(whole.substr(0, equals));
  std::string_view value = without_blanks(whole.substr(equals + 1));
  if (key.ends_with(':'))
    return joined(whole, without_blanks(key.substr(0, key.size() - 1)), value);
  if (value.starts_with('=')) {
    const std::size_t begin = value.find_first_not_of('=');
    if (begin == std::string_view::npos)
      return slip(value, fmt::format("'{}' has no value after its '='", key), std::nullopt);
    return joined(whole, key, without_blanks(value.substr(begin)));
  }
  if (key.find_first_of(" \t") != std::string_view::npos &&
      key.find_first_of("\"':") == std::string_view::npos) {
    std::string name(key);
    std::replace(name.begin(), name.end(), ' ', '_');
    return slip(key, fmt::format("a key has no blanks: {}", name), name);
  }
  return value_of(key, value, whole, line);
}

Slip SlipFinder::joined(std::string_view whole, std::string_view key,
                        std::string_view value) const {
  const bool nested = value.starts_with('[') || value.starts_with('{');
  const auto mended = nested ? std::nullopt : mended_value(value, describe(key));
  const std::string line =
      fmt::format("{} = {}", key, mended && !mended->value.empty() ? mended->value : value);
  return slip(whole, fmt::format("one '=' joins a key and its value: {}", line), line);
}

// year >= 2019
std::optional<Slip> SlipFinder::bound(std::string_view whole) const {
  const std::size_t sign = find_outside(whole, "<>!");
  if (sign == 0 || sign == std::string_view::npos || find_outside(whole, "=") < sign ||
      whole[sign - 1] == '-')
    return std::nullopt;
  const std::string_view key = without_blanks(whole.substr(0, sign));
  std::string limit;
  for (const char c : whole.substr(sign))
    if (c != ' ' && c != '\t' && c != '"' && c != '\'') limit += c;
  if (!is_bare_key(key) || limit.starts_with("!")) return std::nullopt;
  const std::string mended = fmt::format("{} = \"{}\"", key, limit);
  return slip(whole, fmt::format("a bound stands between quotes: {}", mended), mended);
}

std::optional<Slip> SlipFinder::without_equals(std::string_view whole, bool line) const {
  if (!line && is_plain_number(whole)) {
    const std::string mended = fmt::format("value = {}", whole);
    return slip(whole, fmt::format("a value between braces has its key: {}", mended), mended);
  }
  for (const std::string_view sign : {":", "->", "→", "\t", " "}) {
    const std::size_t at = sign == ":" ? find_outside(whole, ":") : whole.find(sign);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string_view key = without_blanks(whole.substr(0, at)),
                           value = without_blanks(whole.substr(at + sign.size()));
    const std::string_view bare =
        key.size() > 1 && key[0] == '"' && key.back() == '"' ? key.substr(1, key.size() - 2) : key;
    if (is_bare_key(bare) && !value.empty()) return joined(whole, key, value);
  }
  if (is_bare_key(whole) && whole.find('.') != std::string_view::npos)
    return !line
               ? std::nullopt
               : std::optional(slip(
                     whole, fmt::format("the name of a table stands between brackets: [{}]", whole),
                     fmt::format("[{}]", whole)));
  return std::nullopt;
}

std::optional<Slip> SlipFinder::value_of(std::string_view key, std::string_view value,
                                         std::string_view whole, bool line) const {
  if (value.starts_with('{')) return table(key, value);
  if (value.starts_with('[')) return SlipFinder(*this, key).list(value);
  if (!line)
    if (auto found = keys_apart(value)) return found;
  if (auto found = several(key, value, whole)) return found;
  if (line)
    if (auto found = long_text(value)) return found;
  if (line)
    if (auto found = behind_value(value, whole)) return found;
  const auto mended = mended_value(value, describe(key));
  if (!mended) return std::nullopt;
  return slip(value, mended->message,
              mended->value.empty() ? std::nullopt : std::optional(mended->value));
}

namespace {

constexpr std::array<std::string_view, 12> keys_of_facts{"low",     "high",   "sd",    "valid",
                                                         "known",   "source", "grade", "by",
                                                         "because", "review", "note",  "unit"};
constexpr std::array<std::string_view, 8> lists{"countries", "viewpoints", "data",    "missing",
                                                "order",     "viewpoint",  "members", "sample"};
constexpr std::array<std::string_view, 6> dates{"as_of", "known_by", "valid",
                                                "known", "review",   "until"};

bool is_among(std::string_view word, const auto& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_quote(char c) { return c == '"' || c == '\''; }

}  // namespace

// Several values, or a value and what is said of it, without what holds them together.
std::optional<Slip> SlipFinder::several(std::string_view key, std::string_view value,
                                        std::string_view whole) const {
  if (value.empty()) return std::nullopt;
  const std::size_t comma = find_outside(value, ",");
  const bool round = value.starts_with('(') && value.ends_with(')');
  const std::string_view inside = round ? without_blanks(value.substr(1, value.size() - 2)) : value;
  const std::size_t equals = find_outside(inside, "=");
  if (round && equals != std::string_view::npos)
    return slip(value, "what is said of one fact stands between braces",
                fmt::format("{{ {} }}", inside));
  if (comma != std::string_view::npos && equals != std::string_view::npos && comma < equals &&
      is_among(without_blanks(value.substr(comma + 1, equals - comma - 1)), keys_of_facts))
    return slip(value, "what is said of one fact stands between braces",
                fmt::format("{{ value = {} }}", value));
  if (is_among(last_part(key), dates) && value[0] >= 'a' && value[0] <= 'z')
    return slip(value, fmt::format("'{}' wants a date, as 2015-06-30", key), std::nullopt);
  if (last_part(key) == "countries" && value == "all")
    return slip(whole, "without 'countries', all are scored: leave the line out", std::nullopt);
  if (equals != std::string_view::npos || comma == std::string_view::npos ||
      comma + 1 == value.size() ||
      (!round && !is_quote(value[0]) && !is_among(last_part(key), lists)))
    return std::nullopt;
  std::vector<std::string> items;
  for (std::size_t from = 0; from < inside.size();) {
    const std::size_t end = std::min(find_outside(inside, ",", from), inside.size());
    const std::string_view item = without_blanks(inside.substr(from, end - from));
    const bool plain = item.empty() || is_quote(item[0]) || is_plain_number(item);
    items.push_back(plain ? std::string(item) : fmt::format("\"{}\"", item));
    from = end + 1;
  }
  return slip(value, "a list stands between brackets", fmt::format("[{}]", fmt::join(items, ", ")));
}

// A text that goes on below, between single quotes.
std::optional<Slip> SlipFinder::long_text(std::string_view value) const {
  constexpr std::size_t most_lines = 12;
  if (value.empty() || !is_quote(value[0]) || value.starts_with(std::string(3, value[0])) ||
      value.find(value[0], 1) != std::string_view::npos)
    return std::nullopt;
  std::string joined(value);
  std::size_t at = begin_ + line_.size();
  for (std::size_t k = 0; k < most_lines && at < text_.size(); ++k) {
    const std::size_t end = std::min(text_.find('\n', at + 1), text_.size());
    const std::string_view next = without_blanks(text_.substr(at + 1, end - at - 1));
    const std::size_t quote = next.find(value[0]);
    if (next.starts_with('[') || (next.find('=') < quote)) return std::nullopt;
    joined += fmt::format(" {}", next);
    at = end;
    if (quote == std::string_view::npos) continue;
    if (quote + 1 != next.size()) return std::nullopt;
    Slip result = slip(value, "a text stands on one line, or between three quotes", joined);
    result.to = at;
    return result;
  }
  return std::nullopt;
}

std::string SlipFinder::describe(std::string_view key) const {
  const std::string inner = describe_ ? describe_(last_part(key)) : "";
  return !inner.empty() || !describe_ ? inner : describe_(last_part(outer_));
}

// Comments of other languages, commas, or a second key behind a value.
std::optional<Slip> SlipFinder::behind_value(std::string_view value, std::string_view whole) const {
  const std::size_t after = value[0] == '"' || value[0] == '\'' ? behind_quoted(value, 0) : 0;
  if (value.empty() || after == value.size()) return std::nullopt;
  for (std::size_t at = after; at < value.size(); ++at) {
    const bool apart =
        at > 0 && (value[at - 1] == ' ' || value[at - 1] == '\t' || value[at] == ';');
    const std::size_t sign = apart && at > 0 ? comment_sign(value.substr(at)) : 0;
    if (sign == 0 || at + sign >= value.size()) continue;
    return slip(value.substr(at), "comments begin with #",
                fmt::format("# {}", without_blanks(value.substr(at + sign))));
  }
  if (value.ends_with(',') || value.ends_with(';'))
    return slip(
        value.substr(value.size() - 1),
        fmt::format("a line ends without a {}", value.ends_with(',') ? "comma" : "semicolon"), "");
  if (find_outside(value, "=", after) != std::string_view::npos)
    return slip(whole, "each key stands on a line of its own", std::nullopt);
  return std::nullopt;
}

std::string with_line(std::string_view text, const Slip& slip) {
  return fmt::format("{}{}{}", text.substr(0, slip.from), slip.line, text.substr(slip.to));
}

std::optional<Slip> slip_at(std::string_view text, std::size_t at, const DescribeKey& describe) {
  if (text.empty()) return std::nullopt;
  return SlipFinder(text, at, describe).find();
}

}  // namespace waystone::scenario
