#include "report/explained.hpp"
#include "report/robust.hpp"

namespace waystone::report {
namespace {

using explain::Comparison;
using explain::Player;
using explain::PlayerKind;

std::string_view word_of(PlayerKind kind) {
  switch (kind) {
    case PlayerKind::leaf: return "leaf";
    case PlayerKind::weights: return "weights";
    case PlayerKind::rule: return "rule";
    case PlayerKind::override_points: return "override";
    case PlayerKind::time: return "time";
  }
  return "";
}

Json name_or_null(const model::Model& model, NodeId node) { return node.valid() ? Json(model[node].name) : Json(nullptr); }

Json attribution_json(const std::optional<explain::Attribution>& attribution, const model::Model& model) {
  if (!attribution) return nullptr;
  Json parts = Json::array(), players = Json::array();
  for (const explain::Part& part : attribution->parts) parts.push_back({{"node", model[part.node].name}, {"points", number(part.points)}});
  for (const Player& player : attribution->players)
    players.push_back({{"kind", word_of(player.kind)},
                       {"name", explain::name_of(player, model)},
                       {"reader", name_or_null(model, player.reader)},
                       {"node", name_or_null(model, player.node)},
                       {"rule", player.rule.valid() ? Json(model[player.rule].name) : Json(nullptr)},
                       {"points", number(player.points)}});
  return {{"from", number(attribution->from)},
          {"to", number(attribution->to)},
          {"difference", number(attribution->to - attribution->from)},
          {"parts", std::move(parts)},
          {"players", std::move(players)},
          {"exactness", number(attribution->exactness)},
          {"sampled", attribution->sampled},
          {"standard_error", number(attribution->standard_error)},
          {"evaluations", attribution->evaluations}};
}

Json views_json(const Comparison& comparison, const evaluate::Assessment& assessment, const model::Model& model) {
  Json views = Json::array();
  for (const explain::ViewComparison& view : comparison.views) {
    const evaluate::ViewResult& results = *assessment.find(view.name);
    const evaluate::CountryResult &first = *results.find(comparison.first), &second = *results.find(comparison.second);
    Json rules = Json::object();
    for (std::size_t r = 0; r < model.rules.size(); ++r)
      rules[model.rules[r].name] = {{"first", rule_json(model, first, RuleId{r})}, {"second", rule_json(model, second, RuleId{r})}};
    views.push_back({{"name", view.name},
                     {"verdict", explain::word_of(view.verdict)},
                     {"first", output_json(model, results, comparison.first, comparison.output)},
                     {"second", output_json(model, results, comparison.second, comparison.output)},
                     {"gap", number(view.gap)},
                     {"uncut_gap", number(view.uncut_gap)},
                     {"attribution", attribution_json(view.attribution, model)},
                     {"rules", std::move(rules)}});
  }
  return views;
}

Json scores_json(const Comparison& comparison) {
  Json views = Json::array();
  for (const explain::ViewComparison& view : comparison.views)
    views.push_back({{"name", view.name},
                     {"verdict", explain::word_of(view.verdict)},
                     {"first", number(view.first)},
                     {"second", number(view.second)},
                     {"gap", number(view.gap)},
                     {"uncut_gap", number(view.uncut_gap)}});
  return views;
}

Json others_json(const std::vector<Comparison>& others, const model::Model& model) {
  Json list = Json::array();
  for (const Comparison& other : others)
    list.push_back({{"output", model[other.output].name}, {"overall", explain::word_of(other.overall)}, {"viewpoints", scores_json(other)}});
  return list;
}

Json turning_json(const std::vector<robust::ViewTurning>& turning, const Comparison& comparison) {
  Json list = Json::array();
  for (const robust::ViewTurning& view : turning) {
    Json json = {{"viewpoint", view.name}, {"higher", view.order.high == 0 ? comparison.first : comparison.second}};
    json.update(change_json(view.group, view.order.turning));
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace

Json crossovers_json(const Comparison& comparison) {
  Json list = Json::array();
  for (const explain::Crossover& crossover : comparison.crossovers) {
    Json shares = Json::array();
    for (const double share : crossover.shares) shares.push_back(number(share));
    list.push_back({{"from", crossover.from},
                    {"to", crossover.to},
                    {"shares", std::move(shares)},
                    {"higher_at_from", crossover.at_from_first_higher ? comparison.first : comparison.second}});
  }
  return list;
}

Json compare_json(const Compared& compared) {
  const Scored& scored = compared.scored;
  const model::Model& model = scored.rules();
  const Comparison& main = compared.main;
  Json json = document("compare", scored.tool);
  json["model"] = model_json(scored);
  json["scenario"] = scenario_json(scored);
  json["first"] = {{"code", main.first}, {"name", scenario::country_name(main.first)}};
  json["second"] = {{"code", main.second}, {"name", scenario::country_name(main.second)}};
  json["output"] = model[main.output].name;
  json["margin"] = number(main.margin);
  json["overall"] = explain::word_of(main.overall);
  json["viewpoints"] = views_json(main, *scored.assessment, model);
  json["crossovers"] = crossovers_json(main);
  json["turning"] = turning_json(compared.turning, main);
  json["equal_weights"] = compared.equal ? Json{{"first", number(compared.equal->first)}, {"second", number(compared.equal->second)}} : Json(nullptr);
  json["outputs"] = others_json(compared.others, model);
  json["overrides"] = Json::array();
  for (Json& entry : overrides_json(scored))
    if (entry["country"] == main.first || entry["country"] == main.second) json["overrides"].push_back(std::move(entry));
  json["without_overrides"] = nullptr;
  if (const auto& without = compared.without_overrides)
    json["without_overrides"] = {{"overall", explain::word_of(without->overall)}, {"viewpoints", scores_json(*without)}};
  if (compared.before)
    json["before"] = {{"overall", explain::word_of(compared.before->overall)},
                      {"viewpoints", views_json(*compared.before, *scored.assessment_before, model)},
                      {"crossovers", crossovers_json(*compared.before)}};
  return json;
}

}  // namespace waystone::report
