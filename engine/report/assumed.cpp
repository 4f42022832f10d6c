// The words, JSON and table of assumptions.
#include "report/assumed.hpp"

#include <cmath>

#include <fmt/format.h>

#include "report/asked.hpp"
#include "report/csv.hpp"
#include "report/replaced.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::Assumption;
using explain::AssumptionKind;

std::string parameter_words(const Assumed& assumed, const model::Node& node) {
  const auto* entry = node.parameter().in_force(assumed.scored.now->scenario.as_of);
  return entry ? value_in_short(node, entry->value.value) : "not in force";
}

std::string reweight_words(const model::Factor& factor) {
  return fmt::format("re-weighted over what is known, if at least {} of its weight is",
                     percent(factor.reweight->value));
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json date_or_none(const std::optional<Date>& date) {
  return date ? Json(to_string(*date)) : Json(nullptr);
}

bool is_overdue(const Assumed& assumed, const Assumption& one) {
  return one.review && *one.review < assumed.scored.now->scenario.as_of;
}

Json resting_json(const explain::Resting& rests) {
  return object({{"judged", number(rests.judged)},
                 {"expected", number(rests.expected)},
                 {"filled", number(rests.filled)},
                 {"carried", number(rests.carried)},
                 {"missing", number(rests.missing)}});
}

}  // namespace

std::string assumed_name(const Assumed& assumed, const Assumption& one) {
  const model::Model& model = assumed.scored.rules();
  if (one.rule.valid()) return model[one.rule].name;
  if (one.viewpoint.valid()) return model.viewpoints[one.viewpoint.index].name;
  return model[one.node].name;
}

std::string assumed_words(const Assumed& assumed, const Assumption& one) {
  const model::Model& model = assumed.scored.rules();
  if (one.adjustment) return written_points(one.adjustment->points);
  if (one.rule.valid()) return effects_words(model[one.rule], *assumed.scored.sources);
  if (one.viewpoint.valid()) return "weights of the parts";
  const model::Node& node = model[one.node];
  if (one.fact) return one.fact->value ? value_in_short(node, *one.fact->value) : "unknown";
  switch (one.kind) {
    case AssumptionKind::parameter: return parameter_words(assumed, node);
    case AssumptionKind::combination: return combination_in_words(node.factor());
    case AssumptionKind::absence:
      return node.is_factor() ? reweight_words(node.factor()) : missing_words(node);
    default: return "its scale";
  }
}

std::string review_words(const Assumed& assumed, const Assumption& one) {
  if (!one.review) return "";
  if (one.adjustment) return "ends on " + to_string(*one.review);
  return is_overdue(assumed, one) ? "review was due on " + to_string(*one.review)
                                  : "review on " + to_string(*one.review);
}

Json assumptions_json(const Assumed& assumed) {
  const model::Model& model = assumed.scored.rules();
  const explain::Assumptions& found = assumed.found;
  Json json = document("assumptions", assumed.scored.tool);
  json["model"] = model_json(assumed.scored);
  json["scenario"] = scenario_json(assumed.scored);
  json["output"] = model[found.output].name;
  json["viewpoint"] = found.viewpoint.valid() ? model.viewpoints[found.viewpoint.index].name : "";
  json["mean"] = resting_json(found.mean);
  json["countries"] = Json::object();
  for (const explain::Resting& rests : found.countries)
    json["countries"][rests.code] = resting_json(rests);
  json["assumptions"] = Json::array();
  for (const Assumption& one : found.all) {
    const bool of_country = explain::is_of_country(one.kind);
    json["assumptions"].push_back(
        object({{"kind", explain::word_of(one.kind)},
                {"country", of_country ? Json(one.country) : Json(nullptr)},
                {"name", assumed_name(assumed, one)},
                {"assumed", assumed_words(assumed, one)},
                {"value", one.fact ? number(one.fact->value) : Json(nullptr)},
                {"by", text_or_null(one.by)},
                {"because", text_or_null(one.because)},
                {"on", date_or_none(one.on)},
                {"review", date_or_none(one.review)},
                {"overdue", is_overdue(assumed, one)},
                {"valid", one.fact && one.fact->datum ? Json(to_string(one.fact->datum->valid))
                                                      : Json(nullptr)},
                {"share", number(one.share)},
                {"points", number(one.points)},
                {"countries", one.countries},
                {"at", at(one.where, *assumed.scored.sources)}}));
  }
  json["idle_policies"] = found.idle_policies;
  return json;
}

void put_assumptions_csv(const Assumed& assumed, const Put& put) {
  const model::Model& model = assumed.scored.rules();
  const explain::Assumptions& found = assumed.found;
  put(std::string(assumptions_csv_begin) +
      "assumed,by,because,on,review,overdue,valid,share,points,countries,at,options\n");
  for (const Assumption& one : found.all)
    put(csv_row({assumed.scored.path,
                 to_string(assumed.scored.now->scenario.as_of),
                 model[found.output].name,
                 found.viewpoint.valid() ? model.viewpoints[found.viewpoint.index].name : "",
                 std::string(explain::word_of(one.kind)),
                 one.country,
                 one.country.empty() ? "" : country_title(one.country),
                 assumed_name(assumed, one),
                 assumed_words(assumed, one),
                 one.by,
                 one.because,
                 one.on ? to_string(*one.on) : "",
                 one.review ? to_string(*one.review) : "",
                 is_overdue(assumed, one) ? "yes" : "no",
                 one.fact && one.fact->datum ? to_string(one.fact->datum->valid) : "",
                 std::isnan(one.share) ? "" : exact(one.share),
                 std::isnan(one.points) ? "" : exact(one.points),
                 fmt::format("{}", one.countries),
                 line_of(one.where, *assumed.scored.sources),
                 options_given(assumed.scored)}));
}

}  // namespace waystone::report
