#include "report/asked.hpp"

#include <cmath>

#include <fmt/format.h>

#include "report/document.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using model::MissingKind;
using model::Node;

std::string_view word_of(MissingKind kind) {
  switch (kind) {
    case MissingKind::refuse: return "refuse";
    case MissingKind::unknown: return "unknown";
    case MissingKind::assume: return "assume";
    case MissingKind::carry_forward: return "carry forward";
    case MissingKind::typical: return "typical";
  }
  return "";
}

// "36 months", "90 days", "1 month and 15 days"
std::string length_words(const TimeSpan& span) {
  const auto days = std::size_t(std::lround(span.days));
  const std::string in_days = counted(days, "day", "days");
  if (span.months == 0) return in_days;
  const std::string in_months = counted(std::size_t(span.months), "month", "months");
  return days == 0 ? in_months : in_months + " and " + in_days;
}

std::string missing_words(const Node& node) {
  const model::Missing& missing = node.indicator().missing;
  switch (missing.kind) {
    case MissingKind::assume:
      return fmt::format("assume {} because \"{}\"", value_in_short(node, missing.value),
                         missing.because);
    case MissingKind::carry_forward: return "carry forward up to " + length_words(missing.limit);
    case MissingKind::typical:
      if (!missing.its.empty())
        return fmt::format("typical of its {}, at least {} known", missing.its, missing.at_least);
      return fmt::format("typical of {}: {}", missing.group, value_in_short(node, missing.value));
    default: return std::string(word_of(missing.kind));
  }
}

std::string range_words(const Node& node) {
  if (!node.low && !node.high) return "";
  const double infinity = std::numeric_limits<double>::infinity();
  return range_in_words(node, node.low.value_or(-infinity), node.high.value_or(infinity));
}

std::string stale_words(const Node& node) {
  const auto& stale = node.indicator().stale;
  if (!stale) return "";
  std::string text = "stale after " + length_words(stale->after);
  if (stale->widen_per_year > 0)
    text += fmt::format(", then {} of the range wider a year", percent(stale->widen_per_year));
  return text;
}

std::string cites_words(const Node& node, const model::Model& model) {
  std::vector<std::string> names;
  for (const SourceId source : node.provenance.cites) names.push_back(model[source].name);
  return joined(names, ", ");
}

// What is worked out from the figures of another, and so asked of nobody.
Document window_text(const Node& node, const Asked& asked) {
  const std::string& of = (*asked.model)[node.source_of_values()].name;
  const auto& over = node.indicator().over;
  std::vector<std::string> facts = {std::string(unit_word(node.unit))};
  if (const std::string range = range_words(node);
      !range.empty() && node.unit != model::Unit::yes_no)
    facts.push_back(range);
  facts.push_back(over ? fmt::format("worked out from {} of the partners by {}", of,
                                     (*asked.model)[over->relation].name)
                       : "worked out from past figures of " + of);
  return labelled(node.name + "  ", node.label, 4, true) +
         paragraph(fmt::format("{}", fmt::join(facts, "; ")), 4, 4);
}

Document indicator_text(const Node& node, const Asked& asked) {
  if (!node.is_given()) return window_text(node, asked);
  Document text = labelled(node.name + "  ", node.label, 4, true);
  std::vector<std::string> facts = {std::string(unit_word(node.unit))};
  if (const std::string range = range_words(node);
      !range.empty() && node.unit != model::Unit::yes_no && node.unit != model::Unit::code)
    facts.push_back(range);
  facts.push_back("if missing: " + missing_words(node));
  if (const std::string stale = stale_words(node); !stale.empty()) facts.push_back(stale);
  if (const std::string cites = cites_words(node, *asked.model); !cites.empty())
    facts.push_back("sources " + cites);
  text += paragraph(fmt::format("{}", fmt::join(facts, "; ")), 4, 4);
  std::vector<std::string> bare;  // codes that need no words
  for (const model::Level& level : node.indicator().levels) {
    const std::string name = level.code.empty() ? amount(level.value) : level.code;
    if (level.anchor.empty())
      bare.push_back(name);
    else
      text += labelled(fmt::format("      {}  ", name), level.anchor, 9);
  }
  if (!bare.empty()) text += paragraph(joined(bare, ", "), 6, 6);
  return text;
}

Json span_json(const TimeSpan& span) {
  return {{"months", span.months}, {"days", number(span.days)}};
}

Json indicator_json(const Node& node, const Asked& asked) {
  const model::Indicator& indicator = node.indicator();
  Json levels = Json::array();
  for (const model::Level& level : indicator.levels)
    levels.push_back(
        {{"value", number(level.value)}, {"code", level.code}, {"anchor", level.anchor}});
  const model::Missing& missing = indicator.missing;
  Json policy = {{"kind", word_of(missing.kind)}};
  const bool by_scenario = !missing.its.empty();
  if (missing.kind == MissingKind::assume || (missing.kind == MissingKind::typical && !by_scenario))
    policy["value"] = number(missing.value);
  if (by_scenario) {
    policy["its"] = missing.its;
    policy["at_least"] = missing.at_least;
  }
  if (!missing.because.empty()) policy["because"] = missing.because;
  if (!missing.group.empty()) policy["group"] = missing.group;
  if (missing.kind == MissingKind::carry_forward) {
    policy["limit"] = span_json(missing.limit);
    policy["limit_days"] = number(mean_days(missing.limit));
  }
  Json json = {
      {"name", node.name},
      {"label", node.label},
      {"unit", unit_word(node.unit)},
      {"low", number(node.low)},
      {"high", number(node.high)},
      {"half_steps", indicator.half_steps},
      {"levels", std::move(levels)},
      {"missing", std::move(policy)},
      {"over", indicator.over ? over_json(*indicator.over, *asked.model) : Json(nullptr)},
      {"window", indicator.window ? window_json(*indicator.window, *asked.model) : Json(nullptr)},
      {"stale_after", indicator.stale ? span_json(indicator.stale->after) : Json(nullptr)},
      {"stale_after_days",
       indicator.stale ? number(mean_days(indicator.stale->after)) : Json(nullptr)},
      {"widen_per_year", indicator.stale ? number(indicator.stale->widen_per_year) : Json(nullptr)},
      {"at", at(node.where, *asked.sources)}};
  json.update(provenance_json(node.provenance, *asked.model));
  return json;
}

}  // namespace

Json asked_json(const Asked& asked) {
  Json json = document("list", asked.tool);
  json["model"] = {{"path", asked.stamp.path},
                   {"title", asked.model->title},
                   {"version", asked.model->version},
                   {"hash", asked.stamp.hash}};
  json["indicators"] = Json::array();
  for (const NodeId indicator : data::indicators(*asked.model))
    json["indicators"].push_back(indicator_json((*asked.model)[indicator], asked));
  return json;
}

Document asked_text(const Asked& asked) {
  const auto indicators = data::indicators(*asked.model);
  const auto given = std::count_if(indicators.begin(), indicators.end(),
                                   [&](NodeId id) { return (*asked.model)[id].is_given(); });
  Document text =
      paragraph(fmt::format("{} asks for {} a country.",
                            asked.model->title.empty() ? asked.stamp.path : asked.model->title,
                            counted(std::size_t(given), "fact", "facts"))) +
      gap();
  for (const NodeId indicator : indicators)
    text += indicator_text((*asked.model)[indicator], asked);
  return text + stamped(fmt::format("{} · rules {}", asked.tool, asked.stamp.hash.substr(0, 12)));
}

}  // namespace waystone::report
