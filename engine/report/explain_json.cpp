#include <cmath>
#include <set>

#include "model/dependencies.hpp"
#include "report/causes.hpp"
#include "report/explained.hpp"
#include "report/json_stream.hpp"
#include "report/marks.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

class Explainer {
 public:
  Explainer(const Explained& explained, const ExplainedView& view,
            const evaluate::ViewResult& results, const evaluate::Case& scenario_case)
      : explained_(explained),
        view_(view),
        results_(results),
        case_(scenario_case),
        model_(*scenario_case.model),
        sources_(*explained.scored.sources),
        country_(*results.find(explained.country)),
        causes_(scenario_case, results.viewpoint, explained.country) {}

  // The innermost open object gets the members of the view.
  void put_view(JsonStream& stream) const {
    stream.member("name", results_.name);
    stream.member("result",
                  output_json(results_, explained_.country, explained_.output, causes_, sources_));
    stream.member("tree", node(explained_.output));
    stream.open_object("rules");
    for (std::size_t r = 0; r < model_.rules.size(); ++r)
      stream.member(model_.rules[r].name, rule(RuleId{r}));
    stream.close();
    stream.member("tripwires", tripwires());
  }

  void put_ledger(JsonStream& stream) const {
    const program::Program& program = *case_.program;
    stream.open_object("ledger");
    stream.member("output", model_[view_.ledger.output].name);
    stream.member("result", number(view_.ledger.result));
    stream.member("registers", program.operations.size());
    stream.open_array("operations");
    for (const explain::Entry& entry : view_.ledger.entries) {
      Json json = operation_json(*entry.operation, program, model_, sources_);
      json["in_values"] = Json::array();
      for (const double value : entry.in) json["in_values"].push_back(number(value));
      json["slot_values"] = Json::array();
      for (const double value : entry.slots)
        json["slot_values"].push_back(
            std::isinf(value) ? Json(nullptr) : number(value));  // a first step has no edge
      json["result"] = number(entry.result);
      if (entry.by_range) json["by_range"] = true;
      stream.item(json);
    }
    stream.close();
    stream.close();
  }

 private:
  Json without_parts(NodeId id) const {
    const model::Node& node = model_[id];
    Json json = {{"name", node.name},
                 {"label", node.label},
                 {"kind", kind_word(node.kind)},
                 {"unit", unit_word(node.unit)}};
    json.update(node_json(model_, country_, id));
    json["at"] = at(node.where, sources_);
    json.update(provenance_json(node.provenance, model_));
    return json;
  }

  Json node(NodeId id) const {
    const model::Node& node = model_[id];
    Json json = without_parts(id);
    if (node.kind == model::NodeKind::indicator)
      json["fact"] = fact_json(case_.fact(explained_.country, id), node, sources_);
    if (node.kind == model::NodeKind::parameter && std::isnan(country_[id].value)) {
      const NotInForce found = not_in_force(node.parameter(), case_.scenario.as_of);
      json["not_in_force"] = {{"when", found.when}, {"at", at(found.where, sources_)}};
    }
    const bool has_parts = node.kind == model::NodeKind::derived || node.is_factor();
    if (has_parts) json["told_above"] = !told_.insert(id).second;
    if (!has_parts || json["told_above"]) return json;
    if (node.is_factor())
      add_members(node, json);
    else
      add_reads(node, json);
    return json;
  }

  // What a formula reads, one level at a time. Factors have their parts where the tree has them.
  void add_reads(const model::Node& derived, Json& json) const {
    json["value_is"] = code_line(sources_.text(derived.derived().value.where));
    json["reads"] = Json::array();
    for (const NodeId read : nodes_in(derived.derived().value))
      json["reads"].push_back(model_[read].is_factor() ? without_parts(read) : node(read));
  }

  Json at_best(NodeId node) const {
    const auto found = view_.at_best.find(node);
    if (found == view_.at_best.end())
      return {{"at_best", nullptr},
              {"held_by", Json::array()},
              {"without_holds", nullptr},
              {"unheld_today", nullptr}};
    Json held_by = Json::array();
    for (const explain::Hold& hold : found->second.held_by) {
      const model::Effect& effect = model_[hold.rule].effects[hold.effect];
      held_by.push_back({{"rule", model_[hold.rule].name},
                         {"target", model_[effect.target].name},
                         {"kind", effect_word(effect.kind)},
                         {"amount", number(hold.amount)},
                         {"at", at(effect.where, sources_)}});
    }
    return {{"at_best", number(found->second.value)},
            {"held_by", std::move(held_by)},
            {"without_holds", number(found->second.without_holds)},
            {"unheld_today", number(found->second.unheld_today)}};
  }

  void add_members(const model::Node& node, Json& json) const {
    const model::Factor& factor = node.factor();
    json["combine"] = factor.expression ? code_line(sources_.text(factor.expression->where))
                                        : combination_in_words(factor);
    json["members"] = Json::array();
    const auto weights =
        member_weights(factor, results_.viewpoint, country_[*model_.find(node.name)]);
    for (std::size_t m = 0; m < factor.members.size(); ++m) {
      const model::Member& member = factor.members[m];
      const MemberWeight weight = weights.empty() ? MemberWeight{} : weights[m];
      Json one = {{"weight", weight.multiplier ? Json(nullptr) : number(weight.written)},
                  {"multiplier", weight.multiplier ? number(weight.written) : Json(nullptr)},
                  {"counts", number(std::isnan(weight.counted) ? weight.written : weight.counted)},
                  {"flip", member.flip}};
      one.update(at_best(member.node));
      one.update(this->node(member.node));
      json["members"].push_back(std::move(one));
    }
    if (factor.expression)
      for (const NodeId part : nodes_in(*factor.expression)) {
        Json one = {{"weight", nullptr}, {"flip", false}};
        one.update(at_best(part));
        one.update(this->node(part));
        json["members"].push_back(std::move(one));
      }
    if (factor.strengths.empty()) return;
    json["strengths"] = Json::array();
    const auto& effects = view_.strengths.at(*model_.find(node.name));
    for (std::size_t s = 0; s < factor.strengths.size(); ++s) {
      const model::Strength& strength = factor.strengths[s];
      Json unless = Json::array(), off_by = Json::array();
      for (const RuleId rule : strength.unless) unless.push_back(model_[rule].name);
      for (const RuleId rule : effects[s].off_by) off_by.push_back(model_[rule].name);
      Json one = {{"points", number(strength.points.value)},
                  {"unless", std::move(unless)},
                  {"off_by", std::move(off_by)},
                  {"lowers", number(effects[s].lowers)}};
      one.update(this->node(strength.node));
      json["strengths"].push_back(std::move(one));
    }
  }

  Json rule(RuleId id) const {
    const model::Rule& rule = model_[id];
    const evaluate::RuleResult& result = country_[id];
    Json json = rule_json(country_, id, causes_, sources_);
    json["label"] = rule.label;
    json["because"] = rule.because;
    json["when"] = code_line(sources_.text(rule.when.where));
    json["effects"] = Json::array();
    for (std::size_t e = 0; e < rule.effects.size(); ++e) {
      const model::Effect& effect = rule.effects[e];
      json["effects"].push_back({{"target", model_[effect.target].name},
                                 {"kind", effect_word(effect.kind)},
                                 {"amount", number(result.effects[e].amount)},
                                 {"amount_low", number(result.effects[e].amount_low)},
                                 {"amount_high", number(result.effects[e].amount_high)},
                                 {"value", number(country_[effect.target].value)},
                                 {"without", number(result.effects[e].without)},
                                 {"text", code_line(sources_.text(effect.where))}});
    }
    json["flags"] = rule.flags;
    json.update(provenance_json(rule.provenance, model_));
    json["at"] = at(rule.where, sources_);
    return json;
  }

  Json tripwires() const {
    Json json = Json::object();
    for (std::size_t t = 0; t < model_.tripwires.size(); ++t) {
      const model::Tripwire& tripwire = model_.tripwires[t];
      json[tripwire.name] = {
          {"condition", evaluate::word_of(country_.tripwires[t])},
          {"label", tripwire.label},
          {"owner", tripwire.owner},
          {"because", tripwire.because},
          {"review", tripwire.review ? Json(to_string(*tripwire.review)) : Json(nullptr)},
          {"when", code_line(sources_.text(tripwire.when.where))},
          {"at", at(tripwire.where, sources_)}};
    }
    return json;
  }

  const Explained& explained_;
  const ExplainedView& view_;
  const evaluate::ViewResult& results_;
  const evaluate::Case& case_;
  const model::Model& model_;
  const SourceMap& sources_;
  const evaluate::CountryResult& country_;
  explain::Causes causes_;
  mutable std::set<NodeId>
      told_;  // whose parts stand in the document: what several are made of stands there once
};

Json sources_json(const model::Model& model) {
  Json json = Json::object();
  for (const model::Source& source : model.sources)
    json[source.name] = {
        {"title", source.title},
        {"publisher", source.publisher},
        {"published", source.published ? Json(to_string(*source.published)) : Json(nullptr)},
        {"url", source.url}};
  return json;
}

// Of the scenario before, where there is one: what was best then isn't worked out.
void put_before(const Explained& explained, JsonStream& stream) {
  const Scored& scored = explained.scored;
  stream.open_object("before");
  stream.open_array("viewpoints");
  for (const ExplainedView& view : explained.views) {
    if (!view.before) continue;
    ExplainedView without = view;
    without.at_best.clear();
    without.strengths = view.strengths_before;
    stream.open_object();
    Explainer(explained, without, *view.before, *scored.before).put_view(stream);
    stream.close();
  }
  stream.close();
  stream.close();
}

}  // namespace

void put_explain_json(const Explained& explained, const Put& put, const Json& record) {
  const Scored& scored = explained.scored;
  JsonStream stream(put);
  stream.open_object();
  stream.members(document("explain", scored.tool, 2));
  stream.member("model", model_json(scored));
  stream.member("scenario", scenario_json(scored));
  stream.member("country",
                {{"code", explained.country}, {"name", scenario::country_name(explained.country)}});
  stream.member("output", scored.rules()[explained.output].name);
  stream.open_array("viewpoints");
  for (const ExplainedView& view : explained.views) {
    const Explainer explainer(explained, view, *view.view, *scored.now);
    stream.open_object();
    explainer.put_view(stream);
    explainer.put_ledger(stream);
    stream.close();
  }
  stream.close();
  if (scored.before) put_before(explained, stream);
  stream.member("sources", sources_json(scored.rules()));
  if (!record.is_null()) stream.member("record", record);
  stream.close();
}

}  // namespace waystone::report
