#include "report/score_json.hpp"

#include <algorithm>
#include <map>

#include "report/json_stream.hpp"

namespace waystone::report {
namespace {

// By output and country.
using OutputPlaces = std::map<NodeId, std::vector<evaluate::Place>>;

Json country_json(const evaluate::Case& scenario_case, const evaluate::ViewResult& view,
                  std::size_t index, const OutputPlaces& places, const SourceMap& sources) {
  const model::Model& model = *scenario_case.model;
  const evaluate::CountryResult& country = view.countries[index];
  const explain::Causes causes(scenario_case, view.viewpoint, country.code);
  Json outputs = Json::object(), nodes = Json::object(), rules = Json::object(),
       tripwires = Json::object();
  for (const NodeId output : model.outputs())
    outputs[model[output].name] =
        output_json(country, output, places.at(output)[index], causes, sources);
  for (std::size_t n = 0; n < model.nodes.size(); ++n)
    nodes[model.nodes[n].name] = node_json(model, country, NodeId{n});
  for (std::size_t r = 0; r < model.rules.size(); ++r)
    rules[model.rules[r].name] = rule_json(country, RuleId{r}, causes, sources);
  for (std::size_t t = 0; t < model.tripwires.size(); ++t)
    tripwires[model.tripwires[t].name] = evaluate::word_of(country.tripwires[t]);
  return {{"code", country.code},          {"name", scenario::country_name(country.code)},
          {"outputs", std::move(outputs)}, {"nodes", std::move(nodes)},
          {"rules", std::move(rules)},     {"tripwires", std::move(tripwires)}};
}

void put_views(const evaluate::Case& scenario_case, const evaluate::Assessment& assessment,
               const SourceMap& sources, JsonStream& stream) {
  const model::Model& model = *scenario_case.model;
  stream.open_array("viewpoints");
  for (const evaluate::ViewResult& view : assessment.views) {
    OutputPlaces places;
    for (const NodeId output : model.outputs())
      places[output] = evaluate::places(view, output, model.level_margin);
    stream.open_object();
    stream.member("name", view.name);
    stream.open_array("countries");
    for (std::size_t c = 0; c < view.countries.size(); ++c)
      stream.item(country_json(scenario_case, view, c, places, sources));
    stream.close();
    stream.close();
  }
  stream.close();
}

void put_facts(const evaluate::Case& scenario_case, const SourceMap& sources, JsonStream& stream) {
  stream.open_object("facts");
  for (const std::string& country : scenario_case.countries)
    stream.member(country, facts_json(scenario_case, country, sources));
  stream.close();
}

// {"UKR": {"risk": 48.2, …}, …}; `value` gives the number of a country and output
template <class Value>
Json outputs_by_country(const Scored& scored, Value value) {
  Json countries = Json::object();
  for (const std::string& country : scored.now->countries)
    for (const NodeId output : scored.rules().outputs())
      countries[country][scored.rules()[output].name] = number(value(country, output));
  return countries;
}

Json branches_json(const Scored& scored) {
  Json json;
  json["branches"] = Json::array();
  json["expected"] = Json::array();
  const auto& views = scored.assessment->views;
  for (const auto& entry : explain::branch_groups(scored.branches)) {
    const auto& group = entry.first;
    const auto& branches =
        entry.second;  // no structured binding: clang 14 captures none in a lambda
    for (const BranchResult* branch : branches) {
      Json list = Json::array();
      for (std::size_t v = 0; v < views.size(); ++v) {
        const evaluate::ViewResult& view = branch->assessment.views[v];
        list.push_back(
            {{"name", view.name},
             {"countries", outputs_by_country(scored, [&](const auto& country, NodeId output) {
                return (*view.find(country))[output].value;
              })}});
      }
      json["branches"].push_back({{"group", group},
                                  {"name", branch->branch->name},
                                  {"probability", number(branch->branch->probability)},
                                  {"viewpoints", std::move(list)}});
    }
    Json list = Json::array();
    for (std::size_t v = 0; v < views.size(); ++v)
      list.push_back(
          {{"name", views[v].name},
           {"countries", outputs_by_country(scored, [&](const auto& country, NodeId output) {
              return explain::expected_value(branches, v, country, output);
            })}});
    json["expected"].push_back({{"group", group}, {"viewpoints", std::move(list)}});
  }
  return json;
}

void put_scenario(const Scored& scored, JsonStream& stream) {
  stream.open_object();
  stream.members(scenario_json(scored));
  stream.member("model", model_json(scored));
  put_views(*scored.now, *scored.assessment, *scored.sources, stream);
  put_facts(*scored.now, *scored.sources, stream);
  stream.member("overrides", overrides_json(scored));
  if (!scored.branches.empty()) stream.members(branches_json(scored));
  if (scored.before) {
    stream.open_object("before");
    put_views(*scored.before, *scored.assessment_before, *scored.sources, stream);
    put_facts(*scored.before, *scored.sources, stream);
    stream.close();
  }
  stream.close();
}

}  // namespace

void put_score_json(const std::vector<Scored>& scenarios, const std::string& tool, const Put& put) {
  JsonStream stream(put);
  stream.open_object();
  stream.members(document("score", tool));
  stream.member("model", scenarios.empty() ? Json(nullptr) : model_json(scenarios.front()));
  stream.open_array("scenarios");
  for (const Scored& scored : scenarios) put_scenario(scored, stream);
  stream.close();
  stream.close();
}

}  // namespace waystone::report
