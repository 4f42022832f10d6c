#include "scenario/table_map.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "source/paths.hpp"

namespace waystone::scenario {
namespace {

// Words of the map on itself.
constexpr std::array<std::string_view, 2> own_words{"map", "checked"};
// Tables whose entries are those of the map and of the block together.
constexpr std::array<std::string_view, 3> shared_tables{"where", "country_is", "columns"};

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& words, std::string_view key) {
  return std::find(words.begin(), words.end(), key) != words.end();
}

// The map's title and what it was checked against; `file` and `valid` dates of a whole table are
// the scenario's to say.
bool check_map(const Value& map, Span start, const std::string& path, const Reading& reading) {
  const std::size_t errors = reading.diagnostics.errors();
  for (const std::string_view word : own_words) {
    const Entry* entry = map.find(word);
    if (entry && entry->value.kind != Value::Kind::text)
      wrong_kind(reading, std::string(word), entry->value, "text");
    else if (!entry && word == "map")
      reading.error(
          Code::E0303, start, fmt::format("'{}' is no map: it lacks 'map', its title", path),
          {"a map says what a publisher's table is like: map = \"World Bank, …\", country = …"});
  }
  if (const Entry* file = map.find("file"))
    reading.error(Code::E0302, file->where,
                  "a map has no key 'file': the scenario names the table");
  return reading.diagnostics.errors() == errors;
}

void add_entries(Value& own, const Value& other) {
  for (const Entry& entry : other.entries)
    if (!own.find(entry.key)) own.entries.push_back(entry);
}

Entry* find_entry(Value& table, std::string_view key) {
  const auto found = std::find_if(table.entries.begin(), table.entries.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  return found == table.entries.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Value> with_map(const Value& table, const FigureTarget& target,
                              const Reading& reading) {
  Value result = table;
  const Entry* named = table.find("map");
  if (!named) return result;
  if (named->value.kind != Value::Kind::text) {
    wrong_kind(reading, "map", named->value, "the path of a map");
    return std::nullopt;
  }
  std::erase_if(result.entries, [](const Entry& entry) { return entry.key == "map"; });
  const std::string path = path_from(target.scenario_path, named->value.text);
  const auto id = open_file(path, "a map", named->value.where, largest_scenario, reading.read,
                            reading.sources, reading.diagnostics);
  if (!id) return std::nullopt;
  target.files.push_back(*id);
  const auto map = read_document(reading.sources, *id, reading.diagnostics);
  if (!map || !check_map(*map, Span{*id, 0, 0}, path, reading)) return std::nullopt;
  for (const Entry& entry : map->entries) {
    if (is_one_of(own_words, entry.key)) continue;
    Entry* own = find_entry(result, entry.key);
    if (!own)
      result.entries.push_back(entry);
    else if (is_one_of(shared_tables, entry.key) && own->value.kind == Value::Kind::table &&
             entry.value.kind == Value::Kind::table)
      add_entries(own->value, entry.value);
  }
  return result;
}

}  // namespace waystone::scenario
