#include "report/sources.hpp"

#include <cmath>

#include <fmt/format.h>

#include "report/csv.hpp"
#include "report/replaced.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::Figure;
using explain::Use;

bool is_of(const Figure& figure, const explain::Giver& giver, const model::Model& model) {
  const scenario::Evidence& evidence = *figure.datum->evidence;
  if (giver.source) return evidence.source == model[*giver.source].name;
  return evidence.source.empty() && evidence.by == giver.by;
}

std::string value_of_figure(const Figure& figure, const model::Model& model) {
  if (figure.use == Use::tie) return "";
  return value_in_short(model[figure.indicator], *figure.datum->value);
}

// "50.3% of 2023-12-31, 12 months old, observed, 2% of the weight"
std::string figure_words(const Sourced& sourced, const Figure& figure) {
  const model::Model& model = sourced.held.scored.rules();
  std::vector<std::string> parts;
  const std::string value = value_of_figure(figure, model);
  parts.push_back(value.empty() ? to_string(figure.datum->valid)
                                : fmt::format("{} of {}", value, to_string(figure.datum->valid)));
  parts.push_back(length_at_a_glance(figure.age_days) + " old");
  parts.emplace_back(scenario::name_of(figure.datum->grade));
  if (figure.stale) parts.emplace_back("past its time");
  const std::string about(scenario::country_name(figure.about));
  if (figure.use == Use::past) parts.emplace_back("looked back on");
  if (figure.use == Use::partner) parts.push_back(fmt::format("of its partner {}", about));
  if (figure.use == Use::tie) parts.push_back(fmt::format("row that makes {} a partner", about));
  parts.push_back(figure.weight > 0 ? fmt::format("{} of the weight", share_told(figure.weight))
                  : figure.use == Use::tie ? std::string("no weight of its own")
                                           : std::string("read by rules or for others alone"));
  return joined(parts, ", ");
}

Document figures_of_source(const Sourced& sourced, const explain::Giver& giver,
                           std::size_t indent) {
  const Held& held = sourced.held;
  const bool several = held.told.size() > 1;
  Document text;
  for (const Figure& figure : sourced.figures) {
    if (!std::binary_search(held.told.begin(), held.told.end(), figure.country) ||
        !is_of(figure, giver, held.scored.rules()))
      continue;
    const std::string& name = held.scored.rules()[figure.indicator].name;
    const std::string place = line_link(figure.datum->where, *held.scored.sources);
    text +=
        paragraph(fmt::format("- {}{}: {}{}", several ? country_title(figure.country) + ", " : "",
                              name, figure_words(sourced, figure),
                              place.empty() ? std::string() : fmt::format(" [{}]", place)),
                  indent, indent + 2);
  }
  return text;
}

std::string ages_words(const Sourced& sourced) {
  if (sourced.figures.empty()) return "";
  const auto [young, old] =
      std::minmax_element(sourced.figures.begin(), sourced.figures.end(),
                          [](const Figure& a, const Figure& b) { return a.age_days < b.age_days; });
  const std::string from = length_at_a_glance(young->age_days),
                    to = length_at_a_glance(old->age_days);
  return from == to ? fmt::format(", {} old", to) : fmt::format(", {} to {} old", from, to);
}

Document opening_of_sources(const Sourced& sourced) {
  const Held& held = sourced.held;
  const scenario::Scenario& scenario = held.scored.now->scenario;
  const std::size_t countries = held.holdings.countries.size();
  std::string text =
      fmt::format("As of {}, with what was known by {}. The {} of {} rests on {} from {}{}.",
                  long_date(scenario.as_of),
                  scenario.known_by == scenario.as_of ? "then" : long_date(scenario.known_by),
                  weighed_output(held),
                  countries == 1 ? country_title(held.holdings.countries.front().code)
                                 : counted(countries, "country", "countries"),
                  counted(sourced.figures.size(), "figure", "figures"),
                  counted(held.holdings.givers.size(), "source", "sources"), ages_words(sourced));
  text += " " + weight_words(held, held.holdings.total, countries);
  if (held.told.empty())
    text +=
        " Name countries with --country, or give --all, to list the figures; --csv and --json "
        "have every one.";
  return document_title(titled(held.scored)) + paragraph(text);
}

std::string evidence_at(const Sourced& sourced, const Figure& figure) {
  return line_of(figure.datum->where, *sourced.held.scored.sources);
}

Json figure_json(const Sourced& sourced, const Figure& figure) {
  const model::Node& node = sourced.held.scored.rules()[figure.indicator];
  const scenario::Datum& datum = *figure.datum;
  const bool tie = figure.use == Use::tie;
  return object(
      {{"country", figure.country},
       {"indicator", node.name},
       {"about", figure.about},
       {"use", explain::word_of(figure.use)},
       {"value", tie ? Json(nullptr) : number(datum.value)},
       {"unit", tie ? Json(nullptr) : Json(unit_word(node.unit))},
       {"low", tie ? Json(nullptr) : number(datum.low)},
       {"high", tie ? Json(nullptr) : number(datum.high)},
       {"grade", scenario::name_of(datum.grade)},
       {"valid", to_string(datum.valid)},
       {"known_on", to_string(datum.known)},
       {"known_given", datum.known_given},
       {"age_days", number(figure.age_days)},
       {"stale", figure.stale},
       {"weight", number(figure.weight)},
       {"source", datum.evidence->source.empty() ? Json(nullptr) : Json(datum.evidence->source)},
       {"by", datum.evidence->by.empty() ? Json(nullptr) : Json(datum.evidence->by)},
       {"at", at(datum.where, *sourced.held.scored.sources)}});
}

std::vector<std::string> citation_cells(const Sourced& sourced, const Figure& figure) {
  const model::Model& model = sourced.held.scored.rules();
  const auto id = model.find_source(figure.datum->evidence->source);
  if (!id) return std::vector<std::string>(6);
  const model::Source& source = model[*id];
  return {source.title,
          source.publisher,
          source.licence,
          fmt::format("{}", fmt::join(terms_words(explain::terms_of(source.licence)), "; ")),
          source.url,
          source.published ? to_string(*source.published) : ""};
}

}  // namespace

Document sources_text(const Sourced& sourced) {
  const Held& held = sourced.held;
  const Document stamp_line = stamped(stamp(held.scored));
  if (held.holdings.countries.empty())
    return document_title(titled(held.scored)) + paragraph("The scenario scores no country.") +
           stamp_line;
  if (held.told.empty()) return opening_of_sources(sourced) + sources_to_cite(held) + stamp_line;
  return opening_of_sources(sourced) +
         sources_to_cite(held,
                         [&](const explain::Giver& giver, std::size_t indent) {
                           return figures_of_source(sourced, giver, indent);
                         }) +
         stamp_line;
}

Json sources_json(const Sourced& sourced) {
  const Held& held = sourced.held;
  const model::Model& model = held.scored.rules();
  const explain::Holdings& holdings = held.holdings;
  Json json = document("sources", held.scored.tool);
  json["model"] = model_json(held.scored);
  json["scenario"] = scenario_json(held.scored);
  json["output"] = model[holdings.output].name;
  json["viewpoint"] =
      holdings.viewpoint.valid() ? model.viewpoints[holdings.viewpoint.index].name : "";
  json["countries"] = Json::array();
  for (const explain::CountryHoldings& country : holdings.countries)
    json["countries"].push_back(country.code);
  json["figures"] = Json::array();
  for (const Figure& figure : sourced.figures)
    json["figures"].push_back(figure_json(sourced, figure));
  json["sources"] = sources_list_json(held);
  json["cited"] = cited_list_json(held);
  return json;
}

void put_sources_csv(const Sourced& sourced, const Put& put) {
  const Held& held = sourced.held;
  const model::Model& model = held.scored.rules();
  const scenario::Scenario& scenario = held.scored.now->scenario;
  const ViewpointId viewpoint = held.holdings.viewpoint;
  put(std::string(sources_csv_begin) +
      "use,value,unit,low,high,grade,valid,known_on,age_days,stale,weight,source,by,title,"
      "publisher,licence,terms,url,published,at,options\n");
  const auto bound = [](const std::optional<double>& value) {
    return value && std::isfinite(*value) ? exact(*value) : std::string();
  };
  for (const Figure& figure : sourced.figures) {
    const model::Node& node = model[figure.indicator];
    const scenario::Datum& datum = *figure.datum;
    const bool tie = figure.use == Use::tie;
    std::vector<std::string> row{held.scored.path,
                                 to_string(scenario.as_of),
                                 to_string(scenario.known_by),
                                 model[held.holdings.output].name,
                                 viewpoint.valid() ? model.viewpoints[viewpoint.index].name : "",
                                 figure.country,
                                 country_title(figure.country),
                                 node.name,
                                 figure.about,
                                 std::string(explain::word_of(figure.use)),
                                 tie ? std::string()
                                 : node.unit == model::Unit::code
                                     ? value_in_short(node, *datum.value)
                                     : exact(*datum.value),
                                 tie ? std::string() : std::string(unit_word(node.unit)),
                                 tie ? std::string() : bound(datum.low),
                                 tie ? std::string() : bound(datum.high),
                                 std::string(scenario::name_of(datum.grade)),
                                 to_string(datum.valid),
                                 to_string(datum.known),
                                 exact(figure.age_days),
                                 figure.stale ? "yes" : "no",
                                 exact(figure.weight),
                                 datum.evidence->source,
                                 datum.evidence->by};
    for (std::string& cell : citation_cells(sourced, figure)) row.push_back(std::move(cell));
    row.push_back(evidence_at(sourced, figure));
    row.push_back(options_given(held.scored));
    put(csv_row(row));
  }
}

}  // namespace waystone::report
