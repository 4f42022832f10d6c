#include <cmath>

#include "report/covered.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using validate::Coverage;

Json edge(double value) { return std::isinf(value) ? Json(nullptr) : number(value); }

void add_truth(Json& json, const validate::TruthCounts& truth) {
  json["true"] = truth.yes;
  json["false"] = truth.no;
  json["unknown"] = truth.unknown;
}

Json rules_json(const Coverage& coverage, const model::Model& model, const SourceMap& sources) {
  Json list = Json::array();
  for (std::size_t r = 0; r < coverage.rules.size(); ++r) {
    const validate::RuleCoverage& rule = coverage.rules[r];
    Json json = {{"name", model.rules[r].name}, {"at", at(model.rules[r].where, sources)}};
    add_truth(json, rule.truth);
    json["effects"] = model.rules[r].effects.size();
    json["binding"] = rule.binding;
    json["may_bind"] = rule.may_bind;
    json["moved"] = rule.moved;
    list.push_back(std::move(json));
  }
  return list;
}

Json conditions_json(const Coverage& coverage, const model::Model& model,
                     const SourceMap& sources) {
  Json list = Json::array();
  for (const auto& [condition, truth] : coverage.conditions) {
    Json json = {{"of", kind_of(condition)},
                 {"name", name_of(condition, model)},
                 {"text", code_line(sources.text(condition.where))},
                 {"at", at(condition.where, sources)},
                 {"choice", condition.choice},
                 {"depth", condition.depth},
                 {"turned", condition.turned}};
    add_truth(json, truth);
    list.push_back(std::move(json));
  }
  return list;
}

Json levels_json(const Coverage& coverage, const model::Model& model, const SourceMap& sources) {
  Json list = Json::array();
  for (const validate::LevelCoverage& covered : coverage.levels) {
    const model::Node& node = model[covered.indicator];
    Json levels = Json::array();
    for (const auto& level : covered.levels)
      levels.push_back({{"name", name_of(level, node)},
                        {"value", number(level.value)},
                        {"at", at(level.where, sources)},
                        {"lanes", level.lanes}});
    list.push_back({{"name", node.name},
                    {"at", at(node.where, sources)},
                    {"levels", std::move(levels)},
                    {"between", covered.between},
                    {"unknown", covered.unknown}});
  }
  return list;
}

Json curves_json(const Coverage& coverage, const model::Model& model, const SourceMap& sources) {
  Json list = Json::array();
  for (const validate::CurveCoverage& covered : coverage.curves) {
    const model::Node& node = model[covered.node];
    Json ranges = Json::array();
    for (const auto& range : covered.ranges)
      ranges.push_back(
          {{"from", edge(range.from)}, {"to", edge(range.to)}, {"lanes", range.lanes}});
    list.push_back({{"name", node.name},
                    {"at", at(node.where, sources)},
                    {"ends", covered.has_ends},
                    {"ranges", std::move(ranges)},
                    {"unknown", covered.unknown}});
  }
  return list;
}

Json weights_json(const Coverage& coverage, const model::Model& model, const SourceMap& sources) {
  Json list = Json::array();
  for (const validate::WeightCoverage& weight : coverage.weights) {
    const model::Node& node = model[weight.node];
    list.push_back({{"in", node.name},
                    {"member", model[node.factor().members[weight.member].node].name},
                    {"viewpoint", weight.viewpoint.valid()
                                      ? Json(model.viewpoints[weight.viewpoint.index].name)
                                      : Json(nullptr)},
                    {"at", at(weight.where, sources)},
                    {"alone", weight.alone},
                    {"lanes", weight.lanes},
                    {"combination", weight.combination},
                    {"value", weight.value},
                    {"outputs", weight.outputs}});
  }
  return list;
}

}  // namespace

Json covered_json(const std::vector<CoveredModel>& models, const SourceMap& sources,
                  const std::string& tool, const std::string& rules) {
  Json json = document("coverage", tool);
  json["rules"] = rules.empty() ? Json(nullptr) : Json(rules);
  json["models"] = Json::array();
  for (const CoveredModel& covered : models) {
    const model::Model& model = *covered.model;
    Json scenarios = Json::array();
    for (const CoveredScenario& scenario : covered.scenarios)
      scenarios.push_back(
          {{"path", scenario.path}, {"hash", scenario.hash}, {"branches", scenario.branches}});
    json["models"].push_back({{"model",
                               {{"path", covered.stamp.path},
                                {"title", model.title},
                                {"version", model.version},
                                {"hash", covered.stamp.hash}}},
                              {"scenarios", std::move(scenarios)},
                              {"lanes", covered.coverage.lanes},
                              {"rules", rules_json(covered.coverage, model, sources)},
                              {"conditions", conditions_json(covered.coverage, model, sources)},
                              {"levels", levels_json(covered.coverage, model, sources)},
                              {"curves", curves_json(covered.coverage, model, sources)},
                              {"weights", weights_json(covered.coverage, model, sources)}});
  }
  return json;
}

}  // namespace waystone::report
