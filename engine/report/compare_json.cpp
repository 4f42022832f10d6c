#include <cmath>
#include <set>

#include "explain/reasons.hpp"
#include "model/dependencies.hpp"
#include "report/explained.hpp"
#include "report/robust.hpp"
#include "report/score.hpp"
#include "report/unsplit.hpp"

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

Json name_or_null(const model::Model& model, NodeId node) {
  return node.valid() ? Json(model[node].name) : Json(nullptr);
}

/// What a derived value, or a factor that one reads, was worked out from, of two countries: what
/// differs, down to the facts, each with its parts once.
class Parts {
 public:
  Parts(const model::Model& model, const evaluate::CountryResult& first,
        const evaluate::CountryResult& second)
      : model_(model), first_(first), second_(second) {}

  Json of(NodeId node) {
    Json parts = Json::array();
    const std::vector<NodeId> below = explain::worked_out_from(model_, node);
    if (below.empty() || !told_.insert(node).second) return parts;
    for (const NodeId part : below) {
      const double a = first_[part].value, b = second_[part].value;
      if (a == b || (std::isnan(a) && std::isnan(b))) continue;
      const bool told_above = told_.contains(part);
      parts.push_back({{"node", model_[part].name},
                       {"first", number(a)},
                       {"second", number(b)},
                       {"told_above", told_above},
                       {"parts", of(part)}});
    }
    return parts;
  }

 private:
  const model::Model& model_;
  const evaluate::CountryResult &first_, &second_;
  std::set<NodeId> told_;
};

Json attribution_json(const std::optional<explain::Attribution>& attribution,
                      const model::Model& model, Parts below) {
  if (!attribution) return nullptr;
  Json parts = Json::array(), players = Json::array();
  for (const explain::Part& part : attribution->parts)
    parts.push_back({{"node", model[part.node].name}, {"points", number(part.points)}});
  for (const Player& player : attribution->players)
    players.push_back(
        {{"kind", word_of(player.kind)},
         {"name", explain::name_of(player, model)},
         {"reader", name_or_null(model, player.reader)},
         {"node", name_or_null(model, player.node)},
         {"rule", player.rule.valid() ? Json(model[player.rule].name) : Json(nullptr)},
         {"points", number(player.points)},
         {"parts", player.kind == PlayerKind::leaf ? below.of(player.node) : Json::array()}});
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

Json views_json(const Comparison& comparison, const evaluate::Case& scenario_case,
                const evaluate::Assessment& assessment, const SourceMap& sources) {
  const model::Model& model = *scenario_case.model;
  Json views = Json::array();
  for (const explain::ViewComparison& view : comparison.views) {
    const evaluate::ViewResult& results = *assessment.find(view.name);
    const evaluate::CountryResult &first = *results.find(comparison.first),
                                  &second = *results.find(comparison.second);
    const explain::Causes first_causes(scenario_case, view.viewpoint, comparison.first),
        second_causes(scenario_case, view.viewpoint, comparison.second);
    Json rules = Json::object();
    for (std::size_t r = 0; r < model.rules.size(); ++r)
      rules[model.rules[r].name] = {
          {"first", rule_json(first, RuleId{r}, first_causes, sources)},
          {"second", rule_json(second, RuleId{r}, second_causes, sources)}};
    views.push_back(
        {{"name", view.name},
         {"verdict", explain::word_of(view.verdict)},
         {"first",
          output_json(results, comparison.first, comparison.output, first_causes, sources)},
         {"second",
          output_json(results, comparison.second, comparison.output, second_causes, sources)},
         {"gap", number(view.gap)},
         {"uncut_gap", number(view.uncut_gap)},
         {"attribution", attribution_json(view.attribution, model, Parts(model, first, second))},
         {"unsplit_because",
          view.unsplit ? Json(unsplit_words(*view.unsplit, model, country_title(comparison.first),
                                            country_title(comparison.second)))
                       : Json(nullptr)},
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
    list.push_back({{"output", model[other.output].name},
                    {"overall", explain::word_of(other.overall)},
                    {"viewpoints", scores_json(other)}});
  return list;
}

Json turning_json(const std::vector<robust::ViewTurning>& turning, const Comparison& comparison) {
  Json list = Json::array();
  for (const robust::ViewTurning& view : turning) {
    Json json = {{"viewpoint", view.name},
                 {"higher", view.order.high == 0 ? comparison.first : comparison.second}};
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
                    {"higher_at_from",
                     crossover.at_from_first_higher ? comparison.first : comparison.second}});
  }
  return list;
}

Json lapses_json(const Comparison& comparison) {
  Json list = Json::array();
  for (const explain::Lapse& lapse : comparison.lapses) {
    Json shares = Json::array();
    for (const double share : lapse.shares) shares.push_back(number(share));
    list.push_back({{"from", lapse.from},
                    {"to", lapse.to},
                    {"country", lapse.country},
                    {"shares", std::move(shares)},
                    {"rated_at_from", lapse.rated_at_from}});
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
  json["viewpoints"] = views_json(main, *scored.now, *scored.assessment, *scored.sources);
  json["crossovers"] = crossovers_json(main);
  json["unrated_mixes"] = lapses_json(main);
  json["turning"] = turning_json(compared.turning, main);
  json["equal_weights"] = compared.equal ? Json{{"first", number(compared.equal->first)},
                                                {"second", number(compared.equal->second)}}
                                         : Json(nullptr);
  json["outputs"] = others_json(compared.others, model);
  json["overrides"] = Json::array();
  for (Json& entry : overrides_json(scored))
    if (entry["country"] == main.first || entry["country"] == main.second)
      json["overrides"].push_back(std::move(entry));
  json["without_overrides"] = nullptr;
  if (const auto& without = compared.without_overrides)
    json["without_overrides"] = {{"overall", explain::word_of(without->overall)},
                                 {"viewpoints", scores_json(*without)}};
  if (compared.before)
    json["before"] = {{"overall", explain::word_of(compared.before->overall)},
                      {"viewpoints", views_json(*compared.before, *scored.before,
                                                *scored.assessment_before, *scored.sources)},
                      {"crossovers", crossovers_json(*compared.before)},
                      {"unrated_mixes", lapses_json(*compared.before)}};
  return json;
}

}  // namespace waystone::report
