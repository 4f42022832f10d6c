#include "scenario/reading.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "diagnose/file_kinds.hpp"
#include "scenario/notation.hpp"
#include "source/paths.hpp"

namespace waystone::scenario {

namespace {

struct Refusal {
  Code code;
  std::string reason;
};

// Why a file could not be read, from whatever the caller's reader said.
Refusal refusal_of(const Outcome<std::string>& outcome) {
  if (outcome.diagnostics.list().empty()) return {Code::E0001, "no such file"};
  const Diagnostic& first = outcome.diagnostics.list().front();
  return {first.code, first.message};
}

}  // namespace

std::optional<FileId> open_file(const std::string& path, std::string_view what, Span where,
                                std::size_t largest, const model::ReadFile& read,
                                SourceMap& sources, Diagnostics& diagnostics, Encoding encoding) {
  Outcome<std::string> outcome = read(path);
  if (!outcome) {
    const Refusal refusal = refusal_of(outcome);
    std::vector<std::string> notes;
    if (std::any_of(path.begin(), path.end(), [](char c) { return c > 0 && c < ' '; }))
      notes.emplace_back("a path has forward slashes: a backslash stands for a special character");
    diagnostics.add(refusal.code, where,
                    fmt::format("'{}' can't be read: {}", path, refusal.reason), {},
                    std::move(notes));
    return std::nullopt;
  }
  std::string text = std::move(*outcome.value);
  if (text.size() > largest) {
    diagnostics.add(Code::E0002, where,
                    fmt::format("'{}' has {} MB, at most {} MB can be read", path,
                                text.size() >> 20, largest >> 20));
    return std::nullopt;
  }
  auto foreign = wrong_ending(path, what, where);
  if (!foreign && what == "a table") foreign = make_utf8(text, encoding, path, where);
  if (!foreign) foreign = refused_kind(text, path, what, where);
  if (foreign) {
    diagnostics.add(std::move(*foreign));
    return std::nullopt;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  const auto invalid = first_invalid_utf8(text);
  const unsigned char byte = invalid ? static_cast<unsigned char>(text[*invalid]) : 0;
  if (invalid) {
    // shown with '?' in place of what no terminal could print
    text.resize(std::min(text.size(), *invalid + 1));
    text[*invalid] = '?';
  }
  const FileId file = sources.add(path, std::move(text));
  if (!invalid) {
    auto empty = empty_text(sources, file, what);
    if (!empty) return file;
    diagnostics.add(std::move(*empty));
    return std::nullopt;
  }
  diagnostics.add(no_text(sources, file, std::uint32_t(*invalid), byte));
  return std::nullopt;
}

void check_readable(const std::string& path, Span where, const Reading& reading) {
  const Outcome<std::string> outcome = reading.read(path);
  if (outcome) return;
  const Refusal refusal = refusal_of(outcome);
  reading.error(refusal.code, where, fmt::format("'{}' can't be read: {}", path, refusal.reason));
}

namespace {

void add_note(std::vector<std::string>& notes, std::string note) {
  if (!note.empty()) notes.push_back(std::move(note));
}

}  // namespace

void wrong_kind(const Reading& reading, const std::string& name, const Value& found,
                std::string_view wanted) {
  std::vector<std::string> notes;
  const bool text = found.kind == Value::Kind::text, number = found.kind == Value::Kind::number;
  if (text && wanted == "a date" && parse_date(found.text))
    notes.push_back("dates stand without quotes: " + found.text);
  else if ((text || number) && wanted.starts_with("a date"))
    add_note(notes, date_hint(text ? found.text : std::string(reading.sources.text(found.where))));
  else if (text && wanted == "a number" && is_plain_number(found.text))
    notes.push_back("numbers stand without quotes: " + found.text);
  else if (const auto figure = text && wanted == "a number" ? figure_in(found.text) : std::nullopt)
    notes.push_back(name == "probability" && figure->percent
                        ? fmt::format("a probability is a part of 1: {} percent is {}",
                                      figure->numeral, std::stod(figure->numeral) / 100)
                        : figure->hint());
  else if (found.kind == Value::Kind::other)
    notes.push_back("dates are written 2015-06-30, without a time");
  else if (wanted == "text" && found.items.size() == 1 &&
           found.items.front().kind == Value::Kind::text)
    notes.push_back(fmt::format("write {} = \"{}\"", name, found.items.front().text));
  reading.error(Code::E0304, found.where,
                fmt::format("'{}' wants {}, this is {}", name, wanted, kind_name(found.kind)),
                std::move(notes));
}

// ---- tables

namespace {

// The names that a text lists with commas or semicolons, "POL, CZE"; none where it is no such list.
std::vector<std::string> names_listed_in(std::string_view text) {
  std::vector<std::string> names(1);
  for (const char c : text) {
    const bool word =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (word)
      names.back() += c;
    else if (c == ',' || c == ';')
      names.emplace_back();
    else if (c != ' ')
      return {};
  }
  if (std::any_of(names.begin(), names.end(), [](const auto& name) { return name.empty(); }))
    return {};
  return names;
}

}  // namespace

const Entry* Keys::take(std::string_view key) {
  if (std::find(taken_.begin(), taken_.end(), key) == taken_.end()) taken_.emplace_back(key);
  return table_.find(key);
}

const Entry* Keys::need(std::string_view key) {
  const Entry* entry = take(key);
  if (!entry) lacks(key, table_.where, fmt::format("{} lacks '{}'", what_, key), {});
  return entry;
}

void Keys::lacks(std::string_view key, Span where, std::string message,
                 std::vector<std::string> notes) {
  Diagnostic diagnostic{Code::E0303, where, std::move(message), {}, {}, std::move(notes)};
  lacking_.push_back({std::string(key), std::move(diagnostic)});
}

void Keys::wrong(const Entry& entry, const Value& found, std::string_view wanted) const {
  wrong_kind(reading_, entry.key, found, wanted);
}

std::optional<Said<std::string>> Keys::text(std::string_view key) {
  const Entry* entry = take(key);
  if (!entry) return std::nullopt;
  if (entry->value.kind != Value::Kind::text) {
    wrong(*entry, entry->value, "text");
    return std::nullopt;
  }
  return Said<std::string>{entry->value.text, entry->value.where};
}

std::optional<Said<std::string>> Keys::line(std::string_view key) {
  auto said = text(key);
  if (!said) return said;
  std::string result;
  for (const char c : said->value) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  if (result.ends_with(' ')) result.pop_back();
  said->value = std::move(result);
  return said;
}

std::optional<Said<Date>> Keys::date(std::string_view key) {
  const Entry* entry = take(key);
  if (!entry) return std::nullopt;
  if (entry->value.kind != Value::Kind::date) {
    wrong(*entry, entry->value, "a date");
    return std::nullopt;
  }
  return Said<Date>{entry->value.date, entry->value.where};
}

std::optional<Said<double>> Keys::number(std::string_view key) {
  const Entry* entry = take(key);
  if (!entry) return std::nullopt;
  if (entry->value.kind != Value::Kind::number) {
    wrong(*entry, entry->value, "a number");
    return std::nullopt;
  }
  if (!std::isfinite(entry->value.number)) {
    reading_.error(Code::E0315, entry->value.where,
                   fmt::format("'{}' must be a finite number", key));
    return std::nullopt;
  }
  return Said<double>{entry->value.number, entry->value.where};
}

std::vector<Said<std::string>> Keys::texts(std::string_view key) {
  std::vector<Said<std::string>> result;
  const Entry* entry = take(key);
  if (!entry) return result;
  const auto add = [&](const Value& value) {
    if (value.kind == Value::Kind::text)
      result.push_back({value.text, value.where});
    else
      wrong(*entry, value, "text");
  };
  if (entry->value.kind == Value::Kind::array)
    std::for_each(entry->value.items.begin(), entry->value.items.end(), add);
  else if (const auto names = names_listed_in(entry->value.text); names.size() > 1)
    reading_.error(Code::E0304, entry->value.where,
                   fmt::format("'{}' wants a list, this is one text", key),
                   {fmt::format("write {} = [\"{}\"]", key, fmt::join(names, "\", \""))});
  else
    add(entry->value);
  return result;
}

std::vector<const Value*> Keys::tables(std::string_view key) {
  std::vector<const Value*> result;
  const Entry* entry = take(key);
  if (!entry) return result;
  if (entry->value.kind != Value::Kind::array) {
    const bool single = entry->value.kind == Value::Kind::table;
    reading_.error(
        Code::E0304, entry->where, fmt::format("'{}' is a list of tables", key),
        single ? std::vector<std::string>{fmt::format("write [[{}]] with two brackets", key)}
               : std::vector<std::string>{});
    return result;
  }
  for (const Value& item : entry->value.items) {
    if (item.kind == Value::Kind::table)
      result.push_back(&item);
    else
      wrong(*entry, item, "a table");
  }
  return result;
}

const Value* Keys::table(std::string_view key) {
  const Entry* entry = take(key);
  if (!entry) return nullptr;
  if (entry->value.kind == Value::Kind::table) return &entry->value;
  const auto& items = entry->value.items;
  const bool doubled =
      !items.empty() && std::all_of(items.begin(), items.end(),
                                    [](const Value& v) { return v.kind == Value::Kind::table; });
  if (!doubled)
    wrong(*entry, entry->value, "a table");
  else
    reading_.error(Code::E0304, entry->where,
                   fmt::format("'{}' is one table, not a list of them", key),
                   {fmt::format("write [{}{}] with one bracket",
                                what_.starts_with('[') && what_.ends_with(']') && what_[1] != '['
                                    ? what_.substr(1, what_.size() - 2) + "."
                                    : "",
                                key)});
  return nullptr;
}

// The keys that the table could have and has not.
std::vector<std::string> Keys::absent() const {
  std::vector<std::string> keys;
  for (const std::string& key : taken_)
    if (!table_.find(key)) keys.push_back(key);
  return keys;
}

// The key that an unknown one is meant to be, as far as it can be told; "" else.
std::string Keys::meant_by(const Entry& entry,
                           const std::function<std::string(const Entry&)>& hint) const {
  constexpr std::string_view asks = "did you mean '";
  if (const std::string note = hint ? hint(entry) : ""; note.starts_with(asks))
    return note.substr(asks.size(), note.rfind('\'') - asks.size());
  if (const auto near = reading_.near(entry.key, [&] { return taken_; })) return *near;
  return key_meant_by(entry.key, absent());
}

// What an unknown key is meant to be is not also called missing.
bool Keys::finish(const std::function<std::string(const Entry&)>& hint) const {
  std::vector<std::string> unknown, meant;
  for (const Entry& entry : table_.entries) {
    if (std::find(taken_.begin(), taken_.end(), entry.key) != taken_.end()) continue;
    unknown.push_back(entry.key);
    std::vector<std::string> notes;
    add_note(notes, hint ? hint(entry) : "");
    const std::string key = meant_by(entry, hint);
    const bool hinted = !notes.empty() && !key.empty() && !table_.find(key);
    if (!hinted && what_.starts_with('[') && report_misplaced(entry, what_, reading_)) continue;
    if (!key.empty()) meant.push_back(key);
    if (notes.empty() && !key.empty()) notes.push_back(fmt::format("did you mean '{}'?", key));
    if (notes.empty())
      notes.push_back(fmt::format("{} can have: {}", what_, fmt::join(taken_, ", ")));
    reading_.error(Code::E0302, entry.where, fmt::format("{} has no key '{}'", what_, entry.key),
                   std::move(notes));
  }
  for (const Lacking& lacking : lacking_)
    if (std::find(meant.begin(), meant.end(), lacking.key) == meant.end())
      reading_.diagnostics.add(lacking.diagnostic);
  return unknown.empty();
}

namespace {

constexpr std::array<std::string_view, 12> head_keys{"title",      "as_of",   "known_by", "model",
                                                     "viewpoints", "horizon", "extends",  "data",
                                                     "countries",  "codes",   "previous", "pool"};
// Tables whose keys are names that others gave.
bool has_free_keys(std::string_view key) {
  return key == "where" || key == "columns" || key == "set" || key == "points" ||
         key == "country_is" || key == "values";
}

}  // namespace

bool report_misplaced(const Entry& entry, const std::string& what, const Reading& reading) {
  constexpr std::array<std::string_view, 7> tables{"expect", "prefer",   "override", "branch",
                                                   "wide",   "relation", "groups"};
  if (reading.document == "scenario" && entry.value.kind == Value::Kind::array &&
      std::find(tables.begin(), tables.end(), entry.key) != tables.end()) {
    reading.error(Code::E0302, entry.where, fmt::format("'{}' stands within {}", entry.key, what),
                  {fmt::format("it is written as tables: [[{}]]", entry.key)});
    return true;
  }
  if (std::find(head_keys.begin(), head_keys.end(), entry.key) == head_keys.end()) return false;
  reading.error(Code::E0302, entry.where,
                fmt::format("'{}' stands within {}: keys of the {} go above the first table",
                            entry.key, what, reading.document),
                {"whatever follows the header of a table belongs to that table"});
  return true;
}

bool stands_within(const Value& document, std::string_view key) {
  const auto holds = [&](const Value& value) {
    return value.find(key) != nullptr || stands_within(value, key);
  };
  for (const Entry& entry : document.entries) {
    if (has_free_keys(entry.key)) continue;
    if (entry.value.kind == Value::Kind::table && holds(entry.value)) return true;
    if (std::any_of(entry.value.items.begin(), entry.value.items.end(), holds)) return true;
  }
  return false;
}

// ---- names

std::vector<std::string> indicator_names(const model::Model& model) {
  std::vector<std::string> names;
  for (const model::Node& node : model.nodes)
    if (node.is_given()) names.push_back(node.name);
  return names;
}

std::vector<std::string> target_names(const model::Model& model) {
  std::vector<std::string> names;
  for (const model::Node& node : model.nodes)
    if (node.is_factor()) names.push_back(node.name);
  return names;
}

std::vector<std::string> viewpoint_names(const model::Model& model) {
  std::vector<std::string> names;
  for (const model::Viewpoint& viewpoint : model.viewpoints) names.push_back(viewpoint.name);
  return names;
}

std::vector<std::string> source_names(const model::Model& model) {
  std::vector<std::string> names;
  for (const model::Source& source : model.sources) names.push_back(source.name);
  return names;
}

}  // namespace waystone::scenario
