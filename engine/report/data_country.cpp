#include <fmt/format.h>

#include "report/data.hpp"
#include "report/marks.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::CountryHoldings;
using explain::Holding;

const CountryHoldings& holdings_of(const Held& held, const std::string& code) {
  const auto& countries = held.holdings.countries;
  return *std::find_if(countries.begin(), countries.end(),
                       [&](const CountryHoldings& country) { return country.code == code; });
}

std::string held_state(const data::Chosen& fact) {
  if (!fact.value) return fact.note.empty() ? "missing" : "missing: " + fact.note;
  const std::string grade(scenario::name_of(fact.grade));
  return fact.known && fact.stale ? grade + ", stale" : grade;
}

// Of a fact said to be unknown only what was said of its range: else it is the indicator's.
std::string held_range(const model::Node& node, const data::Chosen& fact) {
  const bool said = fact.value || (fact.datum && fact.datum->low);
  return said ? range_in_words(node, fact.low, fact.high) : "";
}

std::string held_giver(const data::Chosen& fact) {
  if (!fact.datum) return "";
  const scenario::Evidence& evidence = *fact.datum->evidence;
  return evidence.source.empty() ? "by " + evidence.by : evidence.source;
}

// The folder that holds all places of some facts, with its slash; "" where they share none.
std::string common_folder(const Held& held, const std::vector<Holding>& facts) {
  std::optional<std::string> common;
  for (const Holding& one : facts) {
    if (!one.fact->datum) continue;
    const std::string path = line_of(one.fact->datum->where, *held.scored.sources);
    if (path.empty()) continue;
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    if (!common) common = folder;
    while (!folder.starts_with(*common))
      common->resize(common->size() < 2 ? 0 : common->rfind('/', common->size() - 2) + 1);
  }
  return common.value_or("");
}

// Where a fact stands, from the common folder on.
std::string place_in(const std::string& folder, const Held& held, const data::Chosen& fact) {
  const std::string place =
      fact.datum ? line_of(fact.datum->where, *held.scored.sources) : std::string();
  return place.empty() ? place : place.substr(folder.size());
}

std::vector<Holding> shown_facts(const Held& held, const std::string& country) {
  std::vector<Holding> facts;
  for (const Holding& fact : holdings_of(held, country).facts)
    if (held.part != Held::Part::missing || !fact.fact->known) facts.push_back(fact);
  if (held.part == Held::Part::missing)
    std::stable_sort(facts.begin(), facts.end(),
                     [](const Holding& a, const Holding& b) { return a.weight > b.weight; });
  return facts;
}

Table facts_table(const Held& held, const std::vector<Holding>& facts, const std::string& folder,
                  bool with_ages) {
  std::vector<Column> columns{{"indicator"}, {"value"}, {"between"}, {"grade"}, {"valid"}};
  if (with_ages) columns.push_back({"age", Align::right});
  columns.insert(columns.end(), {{"weight", Align::right}, {"source"}, {"at"}});
  Table table(columns);
  for (const Holding& one : facts) {
    const model::Node& node = held.scored.rules()[one.indicator];
    const scenario::Datum* datum = one.fact->datum;
    std::vector<std::string> row{
        node.name, one.fact->value ? value_in_short(node, *one.fact->value) : "unknown",
        held_range(node, *one.fact), held_state(*one.fact), datum ? to_string(datum->valid) : ""};
    if (with_ages) row.push_back(datum ? length_at_a_glance(one.fact->age_days) : "");
    row.insert(row.end(), {weight_cell(held, one.indicator, one.weight), held_giver(*one.fact),
                           place_in(folder, held, *one.fact)});
    table.add(std::move(row));
  }
  return table;
}

// Where a table would be too wide: what there is to say, after each name.
Document facts_lines(const Held& held, const std::vector<Holding>& facts,
                     const std::string& folder) {
  std::size_t width = 0;
  for (const Holding& one : facts)
    width = std::max(width, held.scored.rules()[one.indicator].name.size());
  Document text;
  for (const Holding& one : facts) {
    const model::Node& node = held.scored.rules()[one.indicator];
    const data::Chosen& fact = *one.fact;
    std::vector<std::string> parts;
    const auto add = [&](std::string part) {
      if (!part.empty()) parts.push_back(std::move(part));
    };
    if (fact.value) add(value_in_short(node, *fact.value));
    add(held_range(node, fact));
    add(held_state(fact));
    if (fact.datum) {
      add(to_string(fact.datum->valid));
      add(held_giver(fact));
    }
    if (const std::string weight = weight_cell(held, one.indicator, one.weight); !weight.empty())
      add(weight == "rules" ? "read by rules alone" : "weight " + weight);
    add(place_in(folder, held, fact));
    text += labelled(padded(node.name, width) + "  ", joined(parts, ", "), width + 2);
  }
  return text;
}

// What will fill the gaps and renew what is stale; of all else only how many.
Document coming(const Held& held, const std::vector<Holding>& facts) {
  std::vector<std::string> parts;
  std::size_t others = 0;
  for (const Holding& one : facts) {
    if (!one.next) continue;
    const model::Node& node = held.scored.rules()[one.indicator];
    if (!one.fact->known || one.fact->stale)
      parts.push_back(fmt::format("{} {}", node.name, coming_words(*one.next, node)));
    else
      ++others;
  }
  std::string text = parts.empty() ? "" : "To come: " + listed(parts) + ".";
  if (others > 0)
    text += fmt::format("{}A later figure of {} is at hand (--json and --csv have them).",
                        text.empty() ? "" : " ",
                        counted(others, parts.empty() ? "fact" : "other fact",
                                parts.empty() ? "facts" : "other facts"));
  return text.empty() ? Document() : paragraph(text, 0, 2);
}

// What other sources say of what counts here, and what takes its place once it is known.
Document other_sources(const Held& held, const std::vector<Holding>& facts,
                       const std::string& folder) {
  std::vector<std::string> differing, agreeing, awaited;
  for (const Holding& one : facts) {
    const model::Node& node = held.scored.rules()[one.indicator];
    for (const scenario::Datum* other : one.fact->others) {
      const std::string place = line_of(other->where, *held.scored.sources);
      const bool within = place.starts_with(folder);
      const std::string words =
          fmt::format("{} {} ({})", node.name, other_words(node, *one.fact->value, *other),
                      within ? place.substr(folder.size()) : place);
      (data::differ(node, *one.fact->value, *other->value) ? differing : agreeing).push_back(words);
    }
    if (one.fact->awaited)
      awaited.push_back(fmt::format("{} by {}, known from {}", node.name,
                                    one.fact->awaited->evidence->source,
                                    to_string(one.fact->awaited->known)));
  }
  Document text;
  if (!differing.empty())
    text += paragraph("Other sources differ: " + listed(differing) + ".", 0, 2);
  if (!agreeing.empty()) text += paragraph("Other sources agree: " + listed(agreeing) + ".", 0, 2);
  if (!awaited.empty())
    text += paragraph("Comes first once it is known: " + listed(awaited) + ".", 0, 2);
  return text;
}

std::string country_summary(const CountryHoldings& country) {
  const explain::Tally& tally = country.tally;
  std::vector<const data::Chosen*> older;
  for (const Holding& one : country.facts)
    if (one.fact->older) older.push_back(one.fact);
  std::string text = fmt::format("{} of {} facts known", tally.known(), tally.all());
  if (tally.missing > 0) text += fmt::format(", {} missing", tally.missing);
  if (tally.filled() > 0) text += fmt::format(", {} assumed or typical", tally.filled());
  if (tally.stale > 0) text += fmt::format(", {} stale", tally.stale);
  if (tally.differing > 0) text += fmt::format(", {} on which sources differ", tally.differing);
  if (!older.empty()) text += fmt::format(", {} of them {}", older.size(), ages(older));
  return text;
}

}  // namespace

Document country_data(const Held& held, const std::string& country) {
  const CountryHoldings& holdings = holdings_of(held, country);
  Document text = gap() + section(country_title(country), ": " + country_summary(holdings)) +
                  paragraph(weight_words(held, holdings.tally, 1));
  const std::vector<Holding> facts = shown_facts(held, country);
  if (facts.empty()) return text + paragraph("Nothing is missing.");
  const std::string folder = common_folder(held, facts);
  Table table = facts_table(held, facts, folder, true);
  if (table.width() > page_width) table = facts_table(held, facts, folder, false);
  text += table.width() <= page_width ? inset(table) : facts_lines(held, facts, folder);
  if (!folder.empty()) text += paragraph(fmt::format("Files are in {}.", folder));
  return text + other_sources(held, facts, folder) + coming(held, facts);
}

}  // namespace waystone::report
