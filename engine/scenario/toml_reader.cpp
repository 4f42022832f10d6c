// The only file that sees toml++, and the only place where its exceptions are caught.
#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "scenario/document.hpp"
#include "scenario/toml_repeats.hpp"

namespace waystone::scenario {
namespace {

// toml++ counts lines and characters. One table for the whole file keeps the way back to bytes
// linear even where all stands on one line.
class Places {
 public:
  explicit Places(std::string_view text) : line_first_{0} {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
      start_.push_back(static_cast<std::uint32_t>(i));
      if (text[i] == '\n') line_first_.push_back(start_.size());
    }
    start_.push_back(static_cast<std::uint32_t>(text.size()));
  }

  std::uint32_t offset(const toml::source_position& position) const {
    if (position.line == 0 || position.line > line_first_.size())
      return position.line == 0 ? 0 : start_.back();
    const std::size_t index =
        line_first_[position.line - 1] + (position.column > 0 ? position.column - 1 : 0);
    return start_[std::min(index, start_.size() - 1)];
  }

 private:
  std::vector<std::uint32_t> start_;     // byte at which each character begins
  std::vector<std::size_t> line_first_;  // first character of each line
};

class Converter {
 public:
  Converter(SourceMap& sources, FileId file)
      : sources_(sources), file_(file), places_(sources[file].text()) {}

  Span span(const toml::source_region& region) const {
    const std::uint32_t begin = places_.offset(region.begin);
    return {file_, begin, std::max(begin, places_.offset(region.end))};
  }

  Value convert(const toml::node& node) {
    Value value;
    value.where = span(node.source());
    if (const auto* table = node.as_table())
      convert_table(*table, value);
    else if (const auto* array = node.as_array())
      convert_array(*array, value);
    else
      convert_single(node, value);
    return value;
  }

  /// The first text or key with a zero byte, which only an escape can put there.
  const std::optional<Span>& zero() const { return zero_; }

  // Strings with escapes were pointed at the shadow before it existed; its text is complete only
  // now.
  void add_shadow() {
    if (!shadow_.empty()) sources_.add(sources_[file_].path(), std::move(shadow_));
  }

 private:
  void convert_table(const toml::table& table, Value& value) {
    value.kind = Value::Kind::table;
    for (auto&& [key, child] : table) {
      value.entries.push_back({std::string(key.str()), span(key.source()), convert(child)});
      forbid_zero(value.entries.back().key, value.entries.back().where);
    }
    std::sort(value.entries.begin(), value.entries.end(),
              [](const Entry& a, const Entry& b) { return a.where < b.where; });
  }

  // No other way leads a zero byte into a text of ours, and what prints rests on that
  // (source/visible.hpp).
  void forbid_zero(std::string_view text, const Span& where) {
    if (!zero_ && text.find('\0') != std::string_view::npos) zero_ = where;
  }

  void convert_array(const toml::array& array, Value& value) {
    value.kind = Value::Kind::array;
    for (const toml::node& child : array) value.items.push_back(convert(child));
  }

  void convert_single(const toml::node& node, Value& value) {
    value.kind = Value::Kind::other;
    if (const auto* text = node.as_string()) {
      value.kind = Value::Kind::text;
      value.text = text->get();
      forbid_zero(value.text, value.where);
      value.inside = inside(value);
    } else if (node.is_integer() || node.is_floating_point()) {
      value.kind = Value::Kind::number;
      value.number =
          node.is_integer() ? double(node.as_integer()->get()) : node.as_floating_point()->get();
    } else if (const auto* yes = node.as_boolean()) {
      value.kind = Value::Kind::yes_no;
      value.yes = yes->get();
    } else if (const auto* date = node.as_date()) {
      if (const auto day = make_date(date->get().year, date->get().month, date->get().day)) {
        value.kind = Value::Kind::date;
        value.date = *day;
      }
    }
  }

  Span inside(const Value& value) {
    const std::string_view raw = sources_.text(value.where);
    const std::uint32_t quotes = raw.starts_with("\"\"\"") || raw.starts_with("'''") ? 3 : 1;
    const std::uint32_t begin = value.where.begin + quotes;
    const std::uint32_t end = std::max(begin, value.where.end - quotes);
    if (raw.size() >= 2 * quotes && raw.substr(quotes, raw.size() - 2 * quotes) == value.text)
      return {file_, begin, end};
    const auto length = static_cast<std::uint32_t>(value.text.size());
    if (begin + length > end)
      return {file_, begin, end};  // an escape is never shorter than what it stands for
    if (shadow_.empty()) shadow_ = std::string(sources_[file_].text());
    std::fill(shadow_.begin() + begin, shadow_.begin() + end, ' ');
    std::copy(value.text.begin(), value.text.end(), shadow_.begin() + begin);
    return {FileId{sources_.size()}, begin, begin + length};
  }

  SourceMap& sources_;
  FileId file_;
  Places places_;
  std::string shadow_;
  std::optional<Span> zero_;
};

constexpr std::size_t deepest = 100;  // tables and lists one inside the other; toml++ bounds
                                      // brackets alone, and goes down by recursion

// Where the parts of keys and the brackets that are open come to too many, if they do.
std::optional<std::size_t> too_deep(std::string_view text) {
  std::vector<std::size_t>
      open;  // levels that each open bracket stands for: itself, and the dots of the key before it
  std::size_t outside = 0, dots = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = behind_string(text, at) - 1;
    } else if (c == '#') {
      at = std::min(text.find('\n', at), text.size()) - 1;
    } else if (c == '{' || c == '[') {
      open.push_back(dots + 1);
      outside += open.back();
      dots = 0;
    } else if ((c == '}' || c == ']') && !open.empty()) {
      outside -= open.back();
      open.pop_back();
      dots = 0;
    } else if (c == ',' || c == '\n') {
      dots = 0;
    } else if (c == '.') {
      ++dots;
    }
    if (outside + dots >= deepest) return at;
  }
  return std::nullopt;
}

std::string quoted_in(std::string_view description) {
  const std::size_t from = description.find('\''), to = description.rfind('\'');
  return from == std::string_view::npos || from >= to
             ? ""
             : std::string(description.substr(from + 1, to - from - 1));
}

bool says_twice(std::string_view description) {
  return description.find("cannot redefine existing") != std::string_view::npos ||
         description.find("cannot insert") != std::string_view::npos;
}

// The library's words, for what is no known slip.
std::string explain(std::string_view description) {
  const auto says = [&](std::string_view words) {
    return description.find(words) != std::string_view::npos;
  };
  if (says("string") && says("control characters"))
    return "a string is not closed on its line, or holds a control character";
  if (says("expected value, saw")) return "a value is missing after '='";
  const std::size_t after = description.find(": ");
  return "not valid TOML: " +
         std::string(after == std::string_view::npos ? description : description.substr(after + 2));
}

// Where a text stops being TOML, in bytes, and the library's words for it; nothing where it is.
std::optional<std::pair<std::size_t, std::string>> stop_of(const std::string& text) {
  try {
    std::ignore = toml::parse(std::string_view(text));
    return std::nullopt;
  } catch (const toml::parse_error& error) {
    return std::pair(std::size_t(Places(text).offset(error.source().begin)),
                     std::string(error.description()));
  }
}

// The corrected line, with its further slips corrected, too; "" where it would still be no TOML.
std::string sound_line(std::string_view original, Slip slip, const DescribeKey& describe) {
  constexpr std::size_t most_slips = 16, most_bytes = 1 << 20;
  if (slip.line.empty() || original.size() > most_bytes) return slip.line;
  std::string text(original);
  for (std::size_t k = 0; k < most_slips; ++k) {
    text = with_line(text, slip);
    const std::size_t begin = slip.from, end = begin + slip.line.size();
    const auto stop = stop_of(text);
    if (!stop || stop->first < begin || stop->first > end || says_twice(stop->second))
      return slip.line;
    auto next = slip_at(text, stop->first, describe);
    if (!next || next->line.empty() || next->from < begin || next->from > end) return "";
    slip = std::move(*next);
  }
  return "";
}

Diagnostic unreadable(const SourceFile& source, FileId file, Span where,
                      std::string_view description, const DescribeKey& describe) {
  constexpr std::string_view unread = "what follows in this file was not read";
  const std::string_view text = source.text();
  if (says_twice(description)) {
    Diagnostic twice = says_twice_at(text, file, where.begin, quoted_in(description));
    twice.notes.emplace_back(unread);
    return twice;
  }
  if (const auto slip = slip_at(text, where.begin, describe)) {
    Diagnostic result{Code::E0301,
                      {file, std::uint32_t(slip->begin), std::uint32_t(slip->end)},
                      slip->message,
                      {},
                      {},
                      {}};
    if (const std::string line = sound_line(text, *slip, describe); !line.empty())
      result.notes.push_back("write: " + line);
    result.notes.emplace_back(unread);
    return result;
  }
  if (where.begin == where.end && where.end < text.size()) ++where.end;
  return {Code::E0301, where, explain(description), {}, {}, {std::string(unread)}};
}

}  // namespace

const Entry* Value::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

std::string_view kind_name(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::table: return "a table";
    case Value::Kind::array: return "a list";
    case Value::Kind::text: return "text";
    case Value::Kind::number: return "a number";
    case Value::Kind::yes_no: return "true or false";
    case Value::Kind::date: return "a date";
    case Value::Kind::other: return "a time of day, or no date of the calendar";
  }
  return "";
}

std::optional<Value> read_document(SourceMap& sources, FileId file, Diagnostics& diagnostics,
                                   const DescribeKey& describe) {
  if (const auto at = too_deep(sources[file].text())) {
    const auto begin = static_cast<std::uint32_t>(*at);
    diagnostics.add(Code::E0301, {file, begin, begin + 1},
                    fmt::format("keys and brackets more than {} deep", deepest), {},
                    {"nothing of this file was read"});
    return std::nullopt;
  }
  Converter converter(sources, file);
  try {
    const toml::table table = toml::parse(sources[file].text());
    Value value = converter.convert(table);
    converter.add_shadow();
    if (!converter.zero()) return value;
    diagnostics.add(Code::E0301, *converter.zero(), "the character U+0000 can't stand in a text",
                    {}, {"nothing of this file was read"});
  } catch (const toml::parse_error& error) {
    diagnostics.add(unreadable(sources[file], file, converter.span(error.source()),
                               error.description(), describe));
  }
  return std::nullopt;
}

}  // namespace waystone::scenario
