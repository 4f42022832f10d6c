#include "report/data.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::CountryHoldings;
using explain::GiverHoldings;
using explain::Holding;
using explain::IndicatorHoldings;
using explain::Tally;

Json date_or_null(const std::optional<Date>& date) {
  return date ? Json(to_string(*date)) : Json(nullptr);
}

Json tally_json(const Tally& tally) {
  return object({{"facts", tally.all()},
                 {"known", tally.known()},
                 {"observed", tally.observed},
                 {"estimated", tally.estimated},
                 {"judged", tally.judged},
                 {"expected", tally.expected},
                 {"assumed", tally.assumed},
                 {"typical", tally.typical},
                 {"missing", tally.missing},
                 {"stale", tally.stale},
                 {"older", tally.older},
                 {"compared", tally.compared},
                 {"differing", tally.differing},
                 {"no_figure", tally.no_figure},
                 {"not_yet", tally.not_yet},
                 {"too_old", tally.too_old},
                 {"said_unknown", tally.said_unknown},
                 {"awaited", tally.awaited},
                 {"known_weight", number(tally.known_weight)},
                 {"filled_weight", number(tally.filled_weight)},
                 {"missing_weight", number(tally.missing_weight)},
                 {"rules_weight", number(tally.rules_weight)}});
}

Json giver_json(const explain::Giver& giver, const model::Model& model) {
  return object({{"source", giver.source ? Json(model[*giver.source].name) : Json(nullptr)},
                 {"by", giver.source ? Json(nullptr) : Json(giver.by)}});
}

Json largest_json(const std::optional<explain::Disagreement>& largest) {
  if (!largest) return nullptr;
  return object({{"country", largest->country},
                 {"value", number(largest->fact->value)},
                 {"source", largest->fact->datum->evidence->source},
                 {"other_value", number(largest->other->value)},
                 {"other_source", largest->other->evidence->source}});
}

Json column_json(const IndicatorHoldings& one, const model::Model& model) {
  Json givers = Json::array();
  for (const auto& [giver, figures] : one.givers) {
    givers.push_back(giver_json(giver, model));
    givers.back()["figures"] = figures;
  }
  const bool any = one.tally.known() > 0;
  return object({{"name", model[one.indicator].name},
                 {"weight", number(one.weight)},
                 {"tally", tally_json(one.tally)},
                 {"first", date_or_null(one.first)},
                 {"last", date_or_null(one.last)},
                 {"median_age_days", any ? number(one.median_age_days) : Json(nullptr)},
                 {"worst_age_days", any ? number(one.worst_age_days) : Json(nullptr)},
                 {"worst", one.worst},
                 {"sources", std::move(givers)},
                 {"largest", largest_json(one.largest)}});
}

Json citation_json(const model::Source& source, const explain::Terms& terms,
                   const SourceMap& sources) {
  return object({{"title", source.title},
                 {"publisher", source.publisher},
                 {"licence", source.licence},
                 {"url", source.url},
                 {"published", date_or_null(source.published)},
                 {"terms", terms_words(terms)},
                 {"at", at(source.where, sources)}});
}

Json source_json(const GiverHoldings& one, const model::Model& model, const SourceMap& sources) {
  Json json = giver_json(one.giver, model);
  json["figures"] = one.figures;
  json["countries"] = one.countries;
  json["indicators"] = Json::array();
  for (const NodeId id : one.indicators) json["indicators"].push_back(model[id].name);
  json["first"] = date_or_null(one.first);
  json["last"] = date_or_null(one.last);
  json["weight"] = number(one.weight);
  json["citation"] = one.giver.source ? citation_json(model[*one.giver.source], one.terms, sources)
                                      : Json(nullptr);
  return json;
}

Json next_json(const scenario::Datum& next, const SourceMap& sources) {
  return object(
      {{"value", number(next.value)},
       {"valid", to_string(next.valid)},
       {"known_on", to_string(next.known)},
       {"source", next.evidence->source.empty() ? Json(nullptr) : Json(next.evidence->source)},
       {"at", at(next.where, sources)}});
}

Json country_json(const Held& held, const CountryHoldings& country) {
  const model::Model& model = held.scored.rules();
  Json facts = Json::object();
  for (const Holding& one : country.facts) {
    if (held.part == Held::Part::missing && one.fact->known) continue;
    Json json = fact_json(*one.fact, model[one.indicator], *held.scored.sources);
    json["weight"] = number(one.weight);
    json["next"] = one.next ? next_json(*one.next, *held.scored.sources) : Json(nullptr);
    facts[model[one.indicator].name] = std::move(json);
  }
  return object({{"tally", tally_json(country.tally)}, {"facts", std::move(facts)}});
}

}  // namespace

Json sources_list_json(const Held& held) {
  Json list = Json::array();
  for (const GiverHoldings& one : held.holdings.givers)
    list.push_back(source_json(one, held.scored.rules(), *held.scored.sources));
  return list;
}

Json cited_list_json(const Held& held) {
  const model::Model& model = held.scored.rules();
  Json list = Json::array();
  for (const SourceId id : held.holdings.cited) {
    Json cited = {{"source", model[id].name}};
    cited["citation"] =
        citation_json(model[id], explain::terms_of(model[id].licence), *held.scored.sources);
    list.push_back(std::move(cited));
  }
  return list;
}

Json data_json(const Held& held) {
  const model::Model& model = held.scored.rules();
  const explain::Holdings& holdings = held.holdings;
  Json json = document("data", held.scored.tool);
  json["model"] = model_json(held.scored);
  json["scenario"] = scenario_json(held.scored);
  json["output"] = model[holdings.output].name;
  json["viewpoint"] =
      holdings.viewpoint.valid() ? model.viewpoints[holdings.viewpoint.index].name : "";
  json["total"] = tally_json(holdings.total);
  if (held.part != Held::Part::sources) {
    json["indicators"] = Json::array();
    for (const IndicatorHoldings& one : holdings.indicators)
      if (held.part == Held::Part::all || one.tally.known() < one.tally.all())
        json["indicators"].push_back(column_json(one, model));
    json["countries"] = Json::object();
    for (const CountryHoldings& country : holdings.countries)
      if (std::binary_search(held.told.begin(), held.told.end(), country.code))
        json["countries"][country.code] = country_json(held, country);
  }
  if (held.part != Held::Part::missing) {
    json["sources"] = sources_list_json(held);
    json["windows"] = Json::array();
    for (const explain::UnknownWindow& one : holdings.windows)
      json["windows"].push_back({{"name", model[one.node].name},
                                 {"countries", one.countries},
                                 {"weight", number(one.weight)},
                                 {"why", one.why}});
    json["cited"] = cited_list_json(held);
  }
  return json;
}

}  // namespace waystone::report
