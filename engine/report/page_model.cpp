// The rules as a page holds them: nodes, rules, tripwires, sources.
#include <algorithm>
#include <cmath>

#include "explain/reasons.hpp"
#include "report/asked.hpp"
#include "report/page.hpp"
#include "report/rules.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

template <class Ids>
Json places_json(const Ids& ids) {
  Json list = Json::array();
  for (const auto id : ids) list.push_back(id.index);
  return list;
}

Json optional_json(const std::optional<double>& value) { return number(value); }

Json curve_json(const model::Curve& curve) {
  Json points = Json::array();
  for (const auto& [value, score] : curve.points)
    points.push_back(Json::array({number(value.value), number(score.value)}));
  static constexpr std::pair<model::CurveKind, std::string_view> kinds[] = {
      {model::CurveKind::linear, "linear"},
      {model::CurveKind::logarithmic, "logarithmic"},
      {model::CurveKind::logistic, "logistic"},
      {model::CurveKind::knots, "knots"},
      {model::CurveKind::steps, "steps"}};
  std::string_view name;
  for (const auto& [kind, word] : kinds)
    if (curve.kind == kind) name = word;
  return object({{"kind", name},
                 {"best", curve.points.empty() ? number(curve.best.value) : Json(nullptr)},
                 {"worst", curve.points.empty() ? number(curve.worst.value) : Json(nullptr)},
                 {"points", std::move(points)}});
}

Json levels_json(const model::Indicator& indicator) {
  Json levels = Json::array();
  for (const model::Level& level : indicator.levels)
    levels.push_back(
        object({{"value", number(level.value)}, {"code", level.code}, {"anchor", level.anchor}}));
  return levels;
}

Json bands_json(const std::optional<model::Bands>& bands) {
  if (!bands) return nullptr;
  Json edges = Json::array();
  for (const double edge : bands->edges) edges.push_back(number(edge));
  return object(
      {{"names", bands->names}, {"edges", std::move(edges)}, {"margin", number(bands->margin)}});
}

// The list of a viewpoint: of a factor that is weighed alike by all, its only one.
std::size_t profile(const model::Factor& factor, ViewpointId viewpoint) {
  return factor.weights_from_viewpoint && viewpoint.valid() ? viewpoint.index : 0;
}

Json member_json(PageKeys& keys, const model::Factor& factor, std::size_t m) {
  Json weights = Json::array(), low = Json::array(), high = Json::array(), locked = Json::array(),
       at = Json::array();
  for (const ViewpointId viewpoint : keys.page().viewpoints) {
    const std::vector<double> shares = explain::member_shares(factor, viewpoint);
    if (m >= shares.size()) break;
    const std::size_t list = profile(factor, viewpoint);
    weights.push_back(number(shares[m]));
    at.push_back(keys.at(factor.weights[list][m].where));
    if (list >= factor.limits.size() || m >= factor.limits[list].size()) continue;
    const model::WeightLimits& limits = factor.limits[list][m];
    low.push_back(number(limits.low));
    high.push_back(number(limits.high));
    locked.push_back(limits.locked);
  }
  return object({{"node", factor.members[m].node.index},
                 {"flip", factor.members[m].flip},
                 {"weights", std::move(weights)},
                 {"low", std::move(low)},
                 {"high", std::move(high)},
                 {"locked", std::move(locked)},
                 {"at", std::move(at)}});
}

void add_factor(PageKeys& keys, const model::Factor& factor, Json& json) {
  Json members = Json::array(), ties = Json::array();
  for (std::size_t m = 0; m < factor.members.size(); ++m)
    members.push_back(member_json(keys, factor, m));
  for (const ViewpointId viewpoint : keys.page().viewpoints) {
    const std::size_t list = profile(factor, viewpoint);
    ties.push_back(list < factor.ties.size() ? Json(factor.ties[list]) : Json::array());
  }
  json["higher_is_better"] = factor.higher_is_better;
  json["worse"] = {factor.worse.more, factor.worse.most, factor.worse.plain};
  json["combination"] = factor.expression ? "" : combination_in_words(factor);
  json["reweight"] = factor.reweight ? number(factor.reweight->value) : Json(nullptr);
  json["members"] = std::move(members);
  json["ties"] = std::move(ties);
  json["weighed_by_viewpoint"] = factor.weights_from_viewpoint;
}

std::string formula(const Page& page, const model::Node& node) {
  const model::Expression* written = nullptr;
  if (node.kind == model::NodeKind::derived) written = &node.derived().value;
  if (node.is_factor() && node.factor().expression) written = &*node.factor().expression;
  return written ? code_line(page.last().scored.sources->text(written->where)) : "";
}

Json node_page_json(PageKeys& keys, const model::Node& node) {
  Json json = object({{"name", node.name},
                      {"label", node.label},
                      {"labels", labels_json(node.provenance)},
                      {"kind", kind_word(node.kind)},
                      {"unit", unit_word(node.unit)},
                      {"low", optional_json(node.low)},
                      {"high", optional_json(node.high)},
                      {"formula", formula(keys.page(), node)},
                      {"curve", node.curve ? curve_json(*node.curve) : Json(nullptr)},
                      {"bands", bands_json(node.bands)},
                      {"sources", places_json(node.provenance.cites)},
                      {"judged", signature_json(node.provenance)},
                      {"at", keys.at(node.where)}});
  if (node.kind == model::NodeKind::indicator) {
    json["levels"] = levels_json(node.indicator());
    json["missing"] = missing_words(node);
  }
  if (node.is_factor()) add_factor(keys, node.factor(), json);
  return json;
}

}  // namespace

Json labels_json(const model::Provenance& provenance) {
  Json labels = Json::object();
  for (const auto& [language, text] : provenance.labels) labels[language] = text;
  return labels;
}

Json signature_json(const model::Provenance& provenance) {
  if (!provenance.judged) return nullptr;
  return object({{"by", provenance.judged->by},
                 {"because", provenance.judged->because},
                 {"on", to_string(provenance.judged->on)}});
}

Json page_nodes(PageKeys& keys) {
  Json list = Json::array();
  for (const model::Node& node : keys.model().nodes) list.push_back(node_page_json(keys, node));
  return list;
}

Json page_rules(PageKeys& keys) {
  const SourceMap& sources = *keys.page().last().scored.sources;
  Json list = Json::array();
  for (const model::Rule& rule : keys.model().rules) {
    Json effects = Json::array();
    for (const model::Effect& effect : rule.effects)
      effects.push_back(object({{"kind", effect_word(effect.kind)},
                                {"node", effect.target.index},
                                {"text", code_line(sources.text(effect.where))}}));
    list.push_back(object({{"name", rule.name},
                           {"label", rule.label},
                           {"labels", labels_json(rule.provenance)},
                           {"because", rule.because},
                           {"when", code_line(sources.text(rule.when.where))},
                           {"effects", std::move(effects)},
                           {"flags", rule.flags},
                           {"sources", places_json(rule.provenance.cites)},
                           {"judged", signature_json(rule.provenance)},
                           {"at", keys.at(rule.where)}}));
  }
  return list;
}

Json page_tripwires(PageKeys& keys) {
  const SourceMap& sources = *keys.page().last().scored.sources;
  Json list = Json::array();
  for (const model::Tripwire& wire : keys.model().tripwires)
    list.push_back(object({{"name", wire.name},
                           {"label", wire.label},
                           {"labels", labels_json(wire.provenance)},
                           {"owner", wire.owner},
                           {"because", wire.because},
                           {"when", code_line(sources.text(wire.when.where))},
                           {"review", wire.review ? Json(to_string(*wire.review)) : Json(nullptr)},
                           {"sources", places_json(wire.provenance.cites)},
                           {"at", keys.at(wire.where)}}));
  return list;
}

Json page_sources(PageKeys& keys) {
  Json list = Json::array();
  for (const model::Source& source : keys.model().sources) {
    const explain::Terms terms = explain::terms_of(source.licence);
    list.push_back(object(
        {{"name", source.name},
         {"title", source.title},
         {"publisher", source.publisher},
         {"licence", source.licence},
         {"url", source.url},
         {"published", source.published ? Json(to_string(*source.published)) : Json(nullptr)},
         {"terms", object({{"stated", terms.stated},
                           {"share_alike", terms.share_alike},
                           {"cited_only", terms.cited_only},
                           {"non_commercial", terms.non_commercial},
                           {"no_derivatives", terms.no_derivatives}})},
         {"figures", 0},
         {"countries", 0},
         {"weight", 0},
         {"at", keys.at(source.where)}}));
  }
  if (const auto& held = keys.page().held)
    for (const explain::GiverHoldings& giver : held->holdings.givers) {
      if (!giver.giver.source) continue;
      Json& source = list[giver.giver.source->index];
      source["figures"] = giver.figures;
      source["countries"] = giver.countries;
      source["weight"] = short_number(giver.weight);
    }
  return list;
}

}  // namespace waystone::report
