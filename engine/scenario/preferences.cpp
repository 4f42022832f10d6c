#include "scenario/preferences.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "scenario/facts.hpp"

namespace waystone::scenario {
namespace {

// Names that the order might have been given under.
std::string meant_of_preference(const Entry& entry) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> meant{
      {{"indicators", "indicator"},
       {"source", "sources"},
       {"order", "sources"},
       {"reason", "because"},
       {"why", "because"},
       {"disagree", "disagreement"}}};
  const auto found = std::find_if(meant.begin(), meant.end(),
                                  [&](const auto& pair) { return pair.first == entry.key; });
  return found == meant.end() ? "" : fmt::format("did you mean '{}'?", found->second);
}

std::vector<PreferredSource> read_order(const std::vector<Said<std::string>>& said,
                                        const Entry* given, bool sound, const Reading& reading) {
  std::vector<PreferredSource> order;
  std::set<std::string> seen;
  for (const auto& source : said) {
    known_source(source.value, source.where, reading);
    if (!seen.insert(source.value).second)
      reading.error(Code::E0360, source.where, fmt::format("'{}' stands twice", source.value));
    order.push_back({source.value, source.where});
  }
  if (given && sound && said.size() < 2)
    reading.error(Code::E0360, given->where, "an order has two sources or more",
                  {"the one that counts first stands first: sources = [\"a\", \"b\"]"});
  return order;
}

// Whether the range covers what the others say, too.
bool read_disagreement(const std::optional<Said<std::string>>& word, const Reading& reading) {
  if (!word || word->value == "shown") return false;
  if (word->value != "range")
    reading.error(Code::E0314, word->where,
                  fmt::format("'disagreement' is \"shown\" or \"range\", not '{}'", word->value),
                  reading.suggest(word->value, [] {
                    return std::vector<std::string>{"shown", "range"};
                  }));
  return true;
}

void read_preference(const Value& table, const Reading& reading, Preferences& own) {
  const std::size_t errors = reading.diagnostics.errors();
  Keys keys(table, "[[prefer]]", reading);
  for (const std::string_view key : {"indicator", "sources", "because"}) keys.need(key);
  const auto indicators = keys.texts("indicator");
  const std::size_t before = reading.diagnostics.errors();
  const auto sources = keys.texts("sources");
  const bool sound = reading.diagnostics.errors() == before;
  const auto because = keys.text("because");
  Preference preference;
  preference.where = table.where;
  preference.range = read_disagreement(keys.text("disagreement"), reading);
  keys.finish(meant_of_preference);
  preference.sources = read_order(sources, keys.take("sources"), sound, reading);
  if (because && because->value.empty())
    reading.error(Code::E0303, because->where, "an order of sources says why");
  std::vector<std::pair<NodeId, Span>> named;
  for (const auto& name : indicators)
    if (const auto id = indicator_of(name.value, name.where, reading))
      named.emplace_back(*id, name.where);
  if (reading.diagnostics.errors() > errors) return;
  preference.because = because->value;
  for (const auto& [id, where] : named)
    if (const auto [at, fresh] = own.emplace(id, preference); !fresh)
      reading.diagnostics.add(
          {Code::E0361,
           where,
           fmt::format("'{}' has an order of sources already", reading.model[id].name),
           {},
           {{at->second.where, "here"}},
           {}});
}

int place_of(const Datum& datum, const Preference& preference) {
  const auto& order = preference.sources;
  const auto found = std::find_if(order.begin(), order.end(), [&](const PreferredSource& source) {
    return source.name == datum.evidence->source;
  });
  return int(found - order.begin());
}

// Data in order of date, without those of which nobody says whether they count.
void drop_rivals(const std::string& country, NodeId id, std::vector<Datum>& data,
                 std::vector<Fault>& faults, const Reading& reading) {
  const auto of_table = [](const Datum& datum) { return datum.distance % 2 == 1; };
  const auto rivals = [](const Datum& a, const Datum& b) {
    return a.valid == b.valid && a.known == b.known && a.distance == b.distance &&
           a.preference == b.preference && a.evidence->source != b.evidence->source;
  };
  std::vector<Datum> kept;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const Datum& b = data[i];
    const auto a = std::find_if(kept.rbegin(), kept.rend(), [&](const Datum& other) {
      return other.valid != b.valid || rivals(other, b);
    });
    if (a == kept.rend() || a->valid != b.valid) {
      kept.push_back(b);
      continue;
    }
    const std::string& name = reading.model[id].name;
    const std::string &one = a->evidence->source, &two = b.evidence->source;
    Diagnostic diagnostic{Code::E0326, b.where, {}, {}, {{a->where, "of " + one}}, {}};
    diagnostic.message = fmt::format("'{}' of {} on {} has two figures, of {} and of {}", name,
                                     country, to_string(b.valid), one, two);
    diagnostic.notes.push_back(fmt::format(
        "say which counts: [[prefer]] with indicator = \"{}\", sources = [\"{}\", \"{}\"] and "
        "because = \"…\"",
        name, one, two));
    if (of_table(b))
      faults.push_back({country, id, b, "two sources of " + name, std::move(diagnostic)});
    else
      reading.diagnostics.add(std::move(diagnostic));
  }
  if (kept.size() < data.size()) data = std::move(kept);
}

bool has_rivals(const std::vector<Datum>& data) {
  return std::adjacent_find(data.begin(), data.end(), [](const Datum& a, const Datum& b) {
           return a.valid == b.valid && a.known == b.known && a.distance == b.distance;
         }) != data.end();
}

}  // namespace

void read_preferences(const std::vector<const Value*>& tables, const Reading& reading,
                      Preferences& preferences) {
  Preferences own;
  for (const Value* table : tables) read_preference(*table, reading, own);
  for (auto& [id, preference] : own) preferences.insert_or_assign(id, std::move(preference));
}

void prefer_sources(const Preferences& preferences, std::map<std::string, Facts>& facts,
                    std::vector<Fault>& faults, const Reading& reading) {
  for (Fault& fault : faults)
    if (const auto found = preferences.find(fault.indicator);
        found != preferences.end() && fault.datum.evidence)
      fault.datum.preference = place_of(fault.datum, found->second);
  for (auto& [country, indicators] : facts)
    for (auto& [id, data] : indicators) {
      if (const auto found = preferences.find(id); found != preferences.end())
        for (Datum& datum : data) datum.preference = place_of(datum, found->second);
      if (has_rivals(data)) drop_rivals(country, id, data, faults, reading);
    }
}

void warn_of_idle_sources(const Preferences& preferences, const FactTable& facts,
                          const std::vector<Fault>& faults, const Reading& reading) {
  for (const auto& [id, preference] : preferences) {
    std::set<std::string> giving;
    for (const auto& [country, indicators] : facts)
      if (const auto found = indicators.find(id); found != indicators.end())
        for (const Datum& datum : found->second) giving.insert(datum.evidence->source);
    for (const Fault& fault : faults)
      if (fault.indicator == id && fault.datum.evidence)
        giving.insert(fault.datum.evidence->source);
    for (const PreferredSource& source : preference.sources)
      if (!giving.contains(source.name))
        reading.error(
            Code::W0315, source.where,
            fmt::format("'{}' gives no figure of '{}' here", source.name, reading.model[id].name));
  }
}

}  // namespace waystone::scenario
