#include "report/program_json.hpp"

#include <cmath>

#include "explain/ledger.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using model::Combination;
using model::Expression;
using model::Model;
using model::Node;
using model::Op;

std::string_view word_of(Op op) {
  switch (op) {
    case Op::add: return "+";
    case Op::subtract: return "-";
    case Op::multiply: return "*";
    case Op::divide: return "/";
    case Op::power: return "^";
    case Op::negate: return "neg";
    case Op::logical_and: return "and";
    case Op::logical_or: return "or";
    case Op::logical_not: return "not";
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::equal:
    case Op::not_equal: return comparison_word(op);
    case Op::between: return "between";
    case Op::minimum: return "min";
    case Op::maximum: return "max";
    case Op::clamp: return "clamp";
    case Op::absolute: return "abs";
    case Op::log10: return "log";
    case Op::ln: return "ln";
    case Op::exp: return "exp";
    case Op::sqrt: return "sqrt";
    case Op::round_half_up: return "round";
    case Op::round_half_even: return "round_half_even";
    case Op::choose: return "if";
    case Op::months_since: return "months_since";
    case Op::years_since: return "years_since";
    case Op::days_since: return "days_since";
    case Op::number: return "number";
    case Op::name: return "name";
    case Op::score: return "score";
    case Op::known: return "known";
    case Op::holds: return "holds";
    case Op::as_of: return "as_of";
    case Op::horizon: return "horizon";
    case Op::operand: break;  // in assertions alone
  }
  return "";
}

Json expression_json(const Expression& e, const Model& model) {
  Json json = {{"op", word_of(e.op)}};
  if (e.op == Op::number) json["value"] = number(e.number.value);
  if (e.op == Op::name || e.op == Op::score || e.op == Op::known) json["name"] = model[e.node].name;
  if (e.op == Op::holds) json["name"] = model[e.rule].name;
  if (e.arguments.empty()) return json;
  json["args"] = Json::array();
  for (const Expression& argument : e.arguments)
    json["args"].push_back(expression_json(argument, model));
  return json;
}

Json curve_json(const std::optional<model::Curve>& curve) {
  if (!curve) return nullptr;
  using model::CurveKind;
  const auto pairs = [&] {
    Json list = Json::array();
    for (const auto& [x, y] : curve->points)
      list.push_back({std::isinf(x.value) ? Json(nullptr) : number(x.value), number(y.value)});
    return list;
  };
  if (curve->kind == CurveKind::knots) return {{"kind", "knots"}, {"knots", pairs()}};
  if (curve->kind == CurveKind::steps) return {{"kind", "steps"}, {"steps", pairs()}};
  Json json = {{"kind", curve->kind == CurveKind::linear        ? "linear"
                        : curve->kind == CurveKind::logarithmic ? "logarithmic"
                                                                : "logistic"},
               {"best", number(curve->best.value)},
               {"worst", number(curve->worst.value)}};
  if (curve->kind == CurveKind::logarithmic) json["plus"] = curve->from_one_plus ? 1 : 0;
  if (curve->kind == CurveKind::logistic) json["steepness"] = number(curve->steepness.value);
  return json;
}

Json combine_json(const model::Factor& factor, const Model& model) {
  const Json floor = factor.floor ? number(factor.floor->value) : Json(nullptr);
  switch (factor.combination) {
    case Combination::arithmetic: return {{"kind", "arithmetic"}};
    case Combination::geometric: return {{"kind", "geometric"}, {"floor", floor}};
    case Combination::harmonic: return {{"kind", "harmonic"}, {"floor", floor}};
    case Combination::power_mean:
      return {{"kind", "power"},
              {"order", factor.order ? number(factor.order->value) : Json(1.0)},
              {"floor", floor}};
    case Combination::sum: return {{"kind", "sum"}};
    case Combination::product: return {{"kind", "product"}};
    case Combination::worst: return {{"kind", "worst"}};
    case Combination::best: return {{"kind", "best"}};
    case Combination::median: return {{"kind", "median"}};
    case Combination::expression:
      return {{"kind", "expression"}, {"value", expression_json(*factor.expression, model)}};
  }
  return nullptr;
}

Json weights_json(const model::Factor& factor, const Model& model) {
  if (factor.weights.empty()) return nullptr;
  Json json = Json::object();
  for (std::size_t v = 0; v < factor.weights.size(); ++v) {
    Json list = Json::array();
    for (const model::Numeral& weight : factor.weights[v]) list.push_back(number(weight.value));
    json[factor.weights_from_viewpoint ? model.viewpoints[v].name : ""] = std::move(list);
  }
  return json;
}

void add_factor(const model::Factor& factor, const Model& model, Json& json) {
  json["higher_is_better"] = factor.higher_is_better;
  json["combine"] = combine_json(factor, model);
  json["weights"] = weights_json(factor, model);
  json["members"] = Json::array();
  for (const model::Member& member : factor.members)
    json["members"].push_back({{"name", model[member.node].name}, {"flip", member.flip}});
  json["reweight"] = factor.reweight ? number(factor.reweight->value) : Json(nullptr);
  json["strengths"] = Json::array();
  for (const model::Strength& strength : factor.strengths) {
    Json unless = Json::array();
    for (const RuleId rule : strength.unless) unless.push_back(model[rule].name);
    json["strengths"].push_back({{"name", model[strength.node].name},
                                 {"points", number(strength.points.value)},
                                 {"unless", std::move(unless)}});
  }
}

Json node_json(const Node& node, const Model& model) {
  Json json = {{"name", node.name}, {"kind", kind_word(node.kind)}};
  if (node.is_factor()) {
    add_factor(node.factor(), model, json);
    return json;
  }
  json["unit"] = unit_word(node.unit);
  if (node.kind == model::NodeKind::indicator) json["half_steps"] = node.indicator().half_steps;
  if (node.kind == model::NodeKind::indicator && node.indicator().window)
    json["window"] = window_json(*node.indicator().window, model);
  if (node.kind == model::NodeKind::indicator && node.indicator().over)
    json["over"] = over_json(*node.indicator().over, model);
  if (node.kind == model::NodeKind::parameter) {
    json["from"] = Json::array();
    json["until"] = Json::array();
    for (const auto& entry : node.parameter().entries) {
      json["from"].push_back({entry.from.days, number(entry.value.value)});
      json["until"].push_back(entry.until ? Json(entry.until->days) : Json(nullptr));
    }
    return json;
  }
  if (node.kind == model::NodeKind::derived)
    json["value"] = expression_json(node.derived().value, model);
  json["low"] = number(node.low);
  json["high"] = number(node.high);
  json["score"] = curve_json(node.curve);
  return json;
}

Json model_part(const Model& model) {
  Json viewpoints = Json::array(), nodes = Json::array(), rules = Json::array();
  for (const model::Viewpoint& viewpoint : model.viewpoints) viewpoints.push_back(viewpoint.name);
  for (const Node& node : model.nodes) nodes.push_back(node_json(node, model));
  for (const model::Rule& rule : model.rules) {
    Json effects = Json::array();
    for (const model::Effect& effect : rule.effects)
      effects.push_back({{"target", model[effect.target].name},
                         {"kind", effect_word(effect.kind)},
                         {"amount", expression_json(effect.amount, model)}});
    rules.push_back({{"name", rule.name},
                     {"when", expression_json(rule.when, model)},
                     {"effects", std::move(effects)}});
  }
  Json tripwires = Json::array();
  for (const model::Tripwire& tripwire : model.tripwires)
    tripwires.push_back({{"name", tripwire.name}, {"when", expression_json(tripwire.when, model)}});
  return {{"main", model[model.main].name},
          {"level_margin", number(model.level_margin)},
          {"horizon_years", number(model.horizon_years)},
          {"viewpoints", std::move(viewpoints)},
          {"nodes", std::move(nodes)},
          {"rules", std::move(rules)},
          {"tripwires", std::move(tripwires)}};
}

Json country_part(const evaluate::Case& scenario_case, const std::string& country) {
  const Model& model = *scenario_case.model;
  Json inputs = Json::object(), overrides = Json::object();
  for (const explain::GivenInput& given : explain::given_inputs(scenario_case, country)) {
    const program::Input& input = *given.input;
    if (input.kind == program::InputKind::fact)
      inputs[model[input.node].name] = {
          {"value", number(given.value)}, {"low", number(given.low)}, {"high", number(given.high)}};
    if (input.kind == program::InputKind::override_points && given.value != 0)
      overrides[model[input.node].name] = number(given.value);
  }
  return {{"code", country}, {"inputs", std::move(inputs)}, {"overrides", std::move(overrides)}};
}

Json scenario_part(const evaluate::Case& scenario_case) {
  Json countries = Json::array();
  for (const std::string& country : scenario_case.countries)
    countries.push_back(country_part(scenario_case, country));
  Json viewpoints = Json::array();
  for (const ViewpointId viewpoint : scenario_case.scenario.viewpoints)
    viewpoints.push_back(scenario_case.model->viewpoints[viewpoint.index].name);
  return {{"as_of", scenario_case.scenario.as_of.days},
          {"horizon_years", number(scenario_case.horizon_years)},
          {"viewpoints", std::move(viewpoints)},
          {"countries", std::move(countries)}};
}

}  // namespace

Json program_json(const Model& model, const program::Program& program,
                  const evaluate::Case* scenario_case, const SourceMap& sources,
                  const std::string& tool) {
  Json json = document("program", tool);
  json["model"] = model_part(model);
  json["operations"] = Json::array();
  for (const program::Operation& operation : program.operations)
    json["operations"].push_back(operation_json(operation, program, model, sources));
  json["slots"] = Json::array();
  for (const program::Slot& slot : program.slots)
    json["slots"].push_back({{"value", std::isinf(slot.value) ? Json(nullptr) : number(slot.value)},
                             {"what", slot.what},
                             {"at", at(slot.where, sources)}});
  if (scenario_case) json["scenario"] = scenario_part(*scenario_case);
  return json;
}

}  // namespace waystone::report
