#include <cmath>

#include <fmt/format.h>

#include "report/csv.hpp"
#include "report/data.hpp"
#include "report/replaced.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::CountryHoldings;
using explain::GiverHoldings;
using explain::Holding;
using explain::IndicatorHoldings;
using Cells = std::vector<std::string>;

std::string date_cell(const std::optional<Date>& date) { return date ? to_string(*date) : ""; }
std::string yes_cell(bool yes) { return yes ? "yes" : "no"; }

// How every row begins: of what, by whose weights.
Cells head_cells(const Held& held) {
  const model::Model& model = held.scored.rules();
  const ViewpointId viewpoint = held.holdings.viewpoint;
  return {held.scored.path, to_string(held.scored.now->scenario.as_of),
          to_string(held.scored.now->scenario.known_by), model[held.holdings.output].name,
          viewpoint.valid() ? model.viewpoints[viewpoint.index].name : ""};
}
const Cells head_names{"scenario", "as_of", "known_by", "output", "viewpoint"};

// With what the command line put in place of the scenario's own, at the end.
void put_row(const Cells& head, const Cells& cells, const std::string& options, const Put& put) {
  Cells row = head;
  row.insert(row.end(), cells.begin(), cells.end());
  row.push_back(options);
  put(csv_row(row));
}

// A code as it is written, all else as a number.
std::string figure_cell(const model::Node& node, const std::optional<double>& value) {
  if (!value) return "";
  return node.unit == model::Unit::code ? value_in_short(node, *value) : exact(*value);
}

Cells fact_cells(const Held& held, const std::string& country, const Holding& one) {
  const model::Node& node = held.scored.rules()[one.indicator];
  const data::Chosen& fact = *one.fact;
  const scenario::Datum* datum = fact.datum;
  Cells others;  // "wdi 12.4"
  for (const scenario::Datum* other : fact.others)
    others.push_back(
        fmt::format("{} {}", other->evidence->source, figure_cell(node, other->value)));
  const auto bound = [](double value) { return std::isinf(value) ? "" : exact(value); };
  return {country,
          country_title(country),
          node.name,
          figure_cell(node, fact.value),
          bound(fact.low),
          bound(fact.high),
          datum || fact.value ? std::string(scenario::name_of(fact.grade)) : "",
          yes_cell(fact.known),
          std::string(data::name_of(fact.absence)),
          fact.note,
          datum ? to_string(datum->valid) : "",
          datum ? to_string(datum->known) : "",
          datum ? exact(fact.age_days) : "",
          yes_cell(fact.stale),
          yes_cell(fact.older),
          datum ? datum->evidence->source : "",
          datum ? datum->evidence->by : "",
          exact(one.weight),
          datum ? line_of(datum->where, *held.scored.sources) : "",
          one.next ? figure_cell(node, one.next->value) : "",
          one.next ? to_string(one.next->valid) : "",
          one.next ? to_string(one.next->known) : "",
          fmt::format("{}", fmt::join(others, "; ")),
          yes_cell(one.differs)};
}

void put_facts(const Held& held, const Put& put) {
  put_row(head_names,
          {"country",  "country_name", "indicator",  "value",         "low",    "high",
           "grade",    "known",        "absence",    "note",          "valid",  "known_on",
           "age_days", "stale",        "older",      "source",        "by",     "weight",
           "at",       "next_value",   "next_valid", "next_known_on", "others", "differs"},
          "options", put);
  const Cells head = head_cells(held);
  const std::string options = options_given(held.scored);
  for (const CountryHoldings& country : held.holdings.countries) {
    if (!std::binary_search(held.told.begin(), held.told.end(), country.code)) continue;
    for (const Holding& one : country.facts)
      if (held.part == Held::Part::all || !one.fact->known)
        put_row(head, fact_cells(held, country.code, one), options, put);
  }
}

void put_indicators(const Held& held, const Put& put) {
  put_row(head_names,
          {"indicator", "facts",     "known",     "observed", "estimated",       "judged",
           "expected",  "assumed",   "typical",   "missing",  "stale",           "older",
           "compared",  "differing", "no_figure", "not_yet",  "too_old",         "said_unknown",
           "awaited",   "weight",    "first",     "last",     "median_age_days", "worst_age_days",
           "worst",     "sources"},
          "options", put);
  const Cells head = head_cells(held);
  const std::string options = options_given(held.scored);
  const model::Model& model = held.scored.rules();
  for (const IndicatorHoldings& one : held.holdings.indicators) {
    const explain::Tally& tally = one.tally;
    if (held.part == Held::Part::missing && tally.known() == tally.all()) continue;
    Cells cells{model[one.indicator].name};
    for (const std::size_t count :
         {tally.all(), tally.known(), tally.observed, tally.estimated, tally.judged, tally.expected,
          tally.assumed, tally.typical, tally.missing, tally.stale, tally.older, tally.compared,
          tally.differing, tally.no_figure, tally.not_yet, tally.too_old, tally.said_unknown,
          tally.awaited})
      cells.push_back(fmt::format("{}", count));
    const bool any = tally.known() > 0;
    cells.insert(cells.end(),
                 {exact(one.weight), date_cell(one.first), date_cell(one.last),
                  any ? exact(one.median_age_days) : "", any ? exact(one.worst_age_days) : "",
                  fmt::format("{}", fmt::join(one.worst, " "))});
    Cells givers;
    for (const auto& [giver, figures] : one.givers)
      givers.push_back(fmt::format("{} {}", explain::name_of(giver, model), figures));
    cells.push_back(fmt::format("{}", fmt::join(givers, "; ")));
    put_row(head, cells, options, put);
  }
}

void put_sources(const Held& held, const Put& put) {
  put_row(head_names,
          {"source", "title", "publisher", "licence", "terms", "url", "published", "figures",
           "countries", "indicators", "first", "last", "weight"},
          "options", put);
  const Cells head = head_cells(held);
  const std::string options = options_given(held.scored);
  const model::Model& model = held.scored.rules();
  const auto cite = [](const model::Source& source, const explain::Terms& terms) {
    return Cells{source.title,   source.publisher,
                 source.licence, fmt::format("{}", fmt::join(terms_words(terms), "; ")),
                 source.url,     date_cell(source.published)};
  };
  for (const GiverHoldings& one : held.holdings.givers) {
    Cells cells{explain::name_of(one.giver, model)}, names;
    const Cells cited = one.giver.source ? cite(model[*one.giver.source], one.terms) : Cells(6);
    cells.insert(cells.end(), cited.begin(), cited.end());
    for (const NodeId id : one.indicators) names.push_back(model[id].name);
    cells.insert(cells.end(), {fmt::format("{}", one.figures), fmt::format("{}", one.countries),
                               fmt::format("{}", fmt::join(names, " ")), date_cell(one.first),
                               date_cell(one.last), exact(one.weight)});
    put_row(head, cells, options, put);
  }
  for (const SourceId id : held.holdings.cited) {
    Cells cells{model[id].name};
    const Cells cited = cite(model[id], explain::terms_of(model[id].licence));
    cells.insert(cells.end(), cited.begin(), cited.end());
    cells.insert(cells.end(), {"0", "0", "", "", "", "0"});
    put_row(head, cells, options, put);
  }
}

}  // namespace

void put_data_csv(const Held& held, const Put& put) {
  if (held.part == Held::Part::sources)
    put_sources(held, put);
  else if (!held.told.empty())
    put_facts(held, put);
  else
    put_indicators(held, put);
}

}  // namespace waystone::report
