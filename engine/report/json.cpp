#include "report/json.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "explain/reasons.hpp"
#include "explain/standing.hpp"
#include "report/causes.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/words.hpp"
#include "source/visible.hpp"

namespace waystone::report {

Json object(std::initializer_list<std::pair<std::string_view, Json>> members) {
  Json json = Json::object();
  auto& entries = json.get_ref<Json::object_t&>();
  entries.reserve(members.size() + 6);  // most get some more
  for (const auto& [name, value] : members) entries.emplace_back(std::string(name), value);
  return json;
}

Json number(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return value < 0 ? "never" : "infinity";
  return value == 0 ? 0.0 : value;
}

Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json at(const Span& span, const SourceMap& sources) {
  return span.valid() ? Json(sources.where(span)) : Json(nullptr);
}

// Bytes that are not UTF-8 (of a path) are replaced rather than refused.
std::string text_of(const Json& document) {
  return visible_json(document.dump(1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

Json model_json(const Scored& scored) {
  const model::Model& model = scored.rules();
  return {{"path", scored.model.path},
          {"title", model.title},
          {"version", model.version},
          {"hash", scored.model.hash}};
}

Json scenario_json(const Scored& scored) {
  const scenario::Scenario& scenario = scored.now->scenario;
  return {{"path", scored.path},
          {"title", scenario.title},
          {"hash", scored.hash},
          {"as_of", to_string(scenario.as_of)},
          {"known_by", to_string(scenario.known_by)},
          {"horizon_years", number(scored.now->horizon_years)},
          {"settings", scored.settings},
          {"replaced", replaced_json(scored.replaced)}};
}

namespace {

// What has to be said of a number: docs/schema/score.md.
void add_marks(const model::Model& model, NodeId id, const evaluate::NodeResult& node, Json& json) {
  json["reweighted"] = node.reweighted;
  json["rests_on_reweighted"] = node.rests_on_reweighted;
  json["counted"] = nullptr;
  for (std::size_t m = 0; m < node.counted.size(); ++m)
    json["counted"][model[model[id].factor().members[m].node].name] = number(node.counted[m]);
  json["uncut"] = number(node.uncut);
  json["cut_before"] = Json::array();
  for (const evaluate::Cut& cut : node.cut_before)
    json["cut_before"].push_back(
        {{"step", word_of(cut.step)}, {"from", number(cut.from)}, {"to", number(cut.to)}});
  json["rests_on_cut"] = node.rests_on_cut;
}

}  // namespace

Json output_json(const evaluate::ViewResult& view, const std::string& country, NodeId output,
                 const explain::Causes& causes, const SourceMap& sources) {
  const model::Model& model = *causes.scenario_case().model;
  const evaluate::CountryResult& result = *view.find(country);
  evaluate::Place place;  // a derived value is not rated
  if (model[output].is_factor())
    place = evaluate::places(view, output,
                             model.level_margin)[std::size_t(&result - view.countries.data())];
  return output_json(result, output, place, causes, sources);
}

Json output_json(const evaluate::CountryResult& country, NodeId output,
                 const evaluate::Place& place, const explain::Causes& causes,
                 const SourceMap& sources) {
  const model::Model& model = *causes.scenario_case().model;
  Json rules = Json::array();
  for (const RuleId rule : explain::left_out(country, output)) rules.push_back(model[rule].name);
  const evaluate::NodeResult& node = country[output];
  const auto band = country.band.find(output);
  const std::string plain = explain::band_by_edges(model, country, output);
  Json json = object({{"value", number(node.value)},
                      {"low", number(node.low)},
                      {"high", number(node.high)},
                      {"band", band == country.band.end() ? "" : band->second},
                      {"band_by_edges", plain.empty() ? Json(nullptr) : Json(plain)},
                      {"without_override", number(node.without_override)},
                      {"coverage", number(node.coverage)},
                      {"judgement", number(node.judgement)},
                      {"rules_left_out", std::move(rules)},
                      {"rank", place.rated() ? Json(place.rank) : Json(nullptr)},
                      {"level_from", place.rated() ? Json(place.level_from) : Json(nullptr)},
                      {"level_to", place.rated() ? Json(place.level_to) : Json(nullptr)}});
  json["not_rated_because"] = std::isnan(node.value)
                                  ? causes_json(causes.of(output), causes.scenario_case(), sources)
                                  : Json::array();
  add_marks(model, output, node, json);
  return json;
}

Json node_json(const model::Model& model, const evaluate::CountryResult& country, NodeId id) {
  const evaluate::NodeResult& node = country[id];
  Json json = object({{"value", number(node.value)},
                      {"low", number(node.low)},
                      {"high", number(node.high)},
                      {"score", number(node.score)},
                      {"score_low", number(node.score_low)},
                      {"score_high", number(node.score_high)},
                      {"coverage", number(node.coverage)},
                      {"judgement", number(node.judgement)},
                      {"base", number(node.base)}});
  add_marks(model, id, node, json);
  return json;
}

Json rule_json(const evaluate::CountryResult& country, RuleId id, const explain::Causes& causes,
               const SourceMap& sources) {
  const model::Model& model = *causes.scenario_case().model;
  const evaluate::RuleResult& rule = country[id];
  Json moved = Json::object(), would_move = Json::object();
  for (const auto& [output, points] : rule.moved) moved[model[output].name] = number(points);
  for (const auto& [output, points] : rule.would_move)
    would_move[model[output].name] = number(points);
  const bool open = rule.is_left_out() || rule.acts_by_what_is_sure() ||
                    (rule.truth == evaluate::Truth::yes &&
                     std::any_of(rule.effects.begin(), rule.effects.end(),
                                 [](const auto& effect) { return std::isnan(effect.amount); }));
  const auto undecided = open ? causes.of(id) : std::vector<explain::Cause>{};
  Json unknown = Json::array();
  for (const explain::Cause& cause : undecided)
    if (cause.kind == explain::CauseKind::fact) unknown.push_back(model[cause.node].name);
  return object({{"condition", evaluate::word_of(rule.truth)},
                 {"binding", rule.binding},
                 {"may_bind", rule.may_bind},
                 {"may_hold", rule.may_hold},
                 {"must_hold", rule.must_hold},
                 {"moved", std::move(moved)},
                 {"left_out", rule.is_left_out()},
                 {"by_what_is_sure", rule.acts_by_what_is_sure()},
                 {"would_move", std::move(would_move)},
                 {"unknown", std::move(unknown)},
                 {"undecided_because", causes_json(undecided, causes.scenario_case(), sources)}});
}

Json window_json(const model::Window& window, const model::Model& model) {
  Json json = {{"function", model::name_of(window.function)},
               {"of", model[window.of].name},
               {"months", window.span.months},
               {"days", number(window.span.days)},
               {"at_least", window.at_least},
               {"out_of", window.out_of ? Json(*window.out_of) : Json(nullptr)}};
  if (window.counted)
    json["counts"] = {{"op", comparison_word(window.counted->first)},
                      {"value", number(window.counted->second)}};
  return json;
}

Json over_json(const model::Over& over, const model::Model& model) {
  Json json = {{"function", model::name_of(over.function)},
               {"relation", model[over.relation].name},
               {"of", model[over.of].name},
               {"known_for", number(over.known_for)},
               {"without", number(over.without)}};
  if (over.counted)
    json["counts"] = {{"op", comparison_word(over.counted->first)},
                      {"value", number(over.counted->second)}};
  return json;
}

// The partners of a value over a relation, by code.
static Json partners_json(const data::Chosen& fact, const SourceMap& sources) {
  Json list = Json::array();
  for (const data::Partner& partner : fact.partners)
    list.push_back(
        object({{"country", partner.country},
                {"weight", number(partner.weight)},
                {"row", at(partner.tie->datum.where, sources)},
                {"value", number(partner.value)},
                {"low", number(partner.low)},
                {"high", number(partner.high)},
                {"known", partner.known},
                {"valid", partner.datum ? Json(to_string(partner.datum->valid)) : Json(nullptr)},
                {"at", partner.datum ? at(partner.datum->where, sources) : Json(nullptr)}}));
  return list;
}

// The figures of a window, newest first.
static Json past_json(const data::Chosen& fact, const SourceMap& sources) {
  Json list = Json::array();
  for (const scenario::Datum* datum : fact.past)
    list.push_back(
        object({{"value", number(datum->value)},
                {"low", number(datum->low)},
                {"high", number(datum->high)},
                {"grade", scenario::name_of(datum->grade)},
                {"source",
                 datum->evidence->source.empty() ? Json(nullptr) : Json(datum->evidence->source)},
                {"valid", to_string(datum->valid)},
                {"known_on", to_string(datum->known)},
                {"at", at(datum->where, sources)}}));
  return list;
}

Json fact_json(const data::Chosen& fact, const model::Node& node, const SourceMap& sources) {
  const scenario::Datum* datum = fact.datum;
  const bool graded = datum || fact.value;
  Json json =
      object({{"value", number(fact.value)},
              {"low", number(fact.low)},
              {"high", number(fact.high)},
              {"grade", graded ? Json(scenario::name_of(fact.grade)) : Json(nullptr)},
              {"source", datum && !datum->evidence->source.empty() ? Json(datum->evidence->source)
                                                                   : Json(nullptr)},
              {"valid", datum ? Json(to_string(datum->valid)) : Json(nullptr)},
              {"known", fact.known},
              {"stale", fact.stale},
              {"age_days", number(fact.age_days)},
              {"older", fact.older},
              {"absence", fact.absence == data::Absence::none ? Json(nullptr)
                                                              : Json(data::name_of(fact.absence))},
              {"note", fact.note},
              {"at", datum ? at(datum->where, sources) : Json(nullptr)}});
  if (node.unit == model::Unit::code && fact.value)
    json["code"] = value_in_short(node, *fact.value);
  if (node.kind == model::NodeKind::indicator && node.indicator().window)
    json["rests_on"] = past_json(fact, sources);
  if (node.kind == model::NodeKind::indicator && node.indicator().over)
    json["partners"] = partners_json(fact, sources);
  if (!datum) return json;
  json["known_on"] = to_string(datum->known);
  json["known_given"] = datum->known_given;
  if (!datum->evidence->by.empty()) json["by"] = datum->evidence->by;
  if (!datum->evidence->because.empty()) json["because"] = datum->evidence->because;
  if (!datum->evidence->note.empty()) json["remark"] = datum->evidence->note;
  if (datum->evidence->review) json["review"] = to_string(*datum->evidence->review);
  for (const scenario::Datum* other : fact.others)
    json["others"].push_back(
        object({{"source", other->evidence->source},
                {"value", number(other->value)},
                {"low", number(other->low)},
                {"high", number(other->high)},
                {"known_on", to_string(other->known)},
                {"differs", fact.value && data::differ(node, *fact.value, *other->value)},
                {"at", at(other->where, sources)}}));
  if (fact.awaited)
    json["awaited"] = object({{"source", fact.awaited->evidence->source},
                              {"known_on", to_string(fact.awaited->known)},
                              {"at", at(fact.awaited->where, sources)}});
  return json;
}

Json facts_json(const evaluate::Case& scenario_case, const std::string& country,
                const SourceMap& sources) {
  const model::Model& model = *scenario_case.model;
  const auto indicators = data::indicators(model);
  const auto& chosen = scenario_case.chosen.at(country);
  Json json = Json::object();
  for (std::size_t k = 0; k < indicators.size(); ++k)
    json[model[indicators[k]].name] = fact_json(chosen[k], model[indicators[k]], sources);
  return json;
}

Json overrides_json(const Scored& scored) {
  Json list = Json::array();
  const scenario::Scenario& scenario = scored.now->scenario;
  for (const scenario::Override& entry : scenario.overrides)
    list.push_back({{"country", entry.country},
                    {"target", scored.rules()[entry.target].name},
                    {"points", number(entry.points)},
                    {"because", entry.because},
                    {"by", entry.by},
                    {"until", to_string(entry.until)},
                    {"applied", entry.until >= scenario.as_of}});
  return list;
}

Json provenance_json(const model::Provenance& provenance, const model::Model& model) {
  Json cites = Json::array();
  for (const SourceId source : provenance.cites) cites.push_back(model[source].name);
  Json judged = nullptr;
  if (provenance.judged)
    judged = {{"by", provenance.judged->by},
              {"on", to_string(provenance.judged->on)},
              {"because", provenance.judged->because}};
  return {{"cites", std::move(cites)}, {"judged", std::move(judged)}};
}

namespace {

Json open_end(double value) { return std::isinf(value) ? Json(nullptr) : number(value); }

std::string_view input_word(program::InputKind kind) {
  switch (kind) {
    case program::InputKind::as_of: return "as_of";
    case program::InputKind::horizon: return "horizon";
    case program::InputKind::fact: return "fact";
    case program::InputKind::override_points: return "override_points";
  }
  return "";
}

}  // namespace

Json operation_json(const program::Operation& operation, const program::Program& program,
                    const model::Model& model, const SourceMap& sources) {
  Json in = Json::array(), slots = Json::array();
  for (const RegisterId reg : operation.in) in.push_back(reg.index);
  for (const SlotId slot : operation.slots) slots.push_back(slot.index);
  Json json = {{"register", operation.out.index},
               {"op", program::name_of(operation.code)},
               {"in", std::move(in)},
               {"slots", std::move(slots)}};
  using program::OpCode;
  if (operation.code == OpCode::input)
    json["input"] = input_word(program.inputs[operation.input.index].kind);
  if (program::row_of(operation.code).range == program::NaturalRange::declared) {
    json["low"] = open_end(operation.low);
    json["high"] = open_end(operation.high);
  }
  if (!operation.dates.empty()) {
    json["dates"] = Json::array();
    for (const double date : operation.dates) json["dates"].push_back(number(date));
    json["last_days"] = Json::array();
    for (const double day : operation.last_days) json["last_days"].push_back(open_end(day));
  }
  if (operation.code == OpCode::effects) {
    json["effects"] = Json::array();
    for (const model::EffectKind kind : operation.effects)
      json["effects"].push_back(effect_word(kind));
  }
  if (operation.has_floor) json["has_floor"] = true;
  if (operation.has_reweight) json["has_reweight"] = true;
  if (operation.from_one_plus) json["from_one_plus"] = true;
  if (operation.node.valid()) json["node"] = model[operation.node].name;
  json["at"] = at(operation.where, sources);
  return json;
}

Json document(std::string_view name, const std::string& tool, int version) {
  return {{"schema", fmt::format("waystone/{}/{}", name, version)}, {"tool", tool}};
}

}  // namespace waystone::report
