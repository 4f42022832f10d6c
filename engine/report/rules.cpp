#include "report/rules.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/words.hpp"

namespace waystone::report {
namespace {

std::string source_words(const std::string& key, const model::Model& model) {
  const auto source = model.find_source(key);
  return source ? model[*source].title : key;
}

std::string why_unknown(const data::Chosen& fact) {
  if (fact.datum && fact.datum->value) return fact.note;
  if (fact.datum)
    return fact.datum->evidence->because.empty() ? "the scenario says that it is unknown"
                                                 : fact.datum->evidence->because;
  return fact.note;
}

// How far two values are apart; "" where that has no size.
std::string size_words(const model::Node& node, double apart) {
  if (std::isinf(apart)) return "";
  switch (node.unit) {
    case model::Unit::code:
    case model::Unit::yes_no: return "";
    case model::Unit::percent: {
      const std::string size = amount(apart);
      return size + (size == "1" ? " percentage point" : " percentage points");
    }
    case model::Unit::level: return amount(apart) + (apart == 1 ? " level" : " levels");
    case model::Unit::date: return counted(std::size_t(apart), "day", "days");
    default: return value_in_short(node, apart);
  }
}

// What other sources say, and which is to come first.
std::string others_of(const data::Chosen& fact, const model::Node& node, const SourceMap& sources) {
  std::vector<std::string> parts;
  for (const scenario::Datum* other : fact.others)
    parts.push_back(fmt::format("{} [{}]", other_words(node, *fact.value, *other),
                                line_link(other->where, sources)));
  std::string text = parts.empty() ? "" : fmt::format(" Also {}.", listed(parts));
  if (fact.awaited)
    text += fmt::format(" The figure of {} comes first, but is known only from {}.",
                        fact.awaited->evidence->source, long_date(fact.awaited->known));
  if (fact.known && fact.datum && !fact.note.empty()) text += " " + capitalised(fact.note) + ".";
  return text;
}

// "estimated as of 30 June 2015, source "UCDP Battle-Related Deaths": from yearly figures"
std::string grounds(const data::Chosen& fact, const model::Model& model) {
  if (!fact.datum) return fact.note;
  const scenario::Datum& datum = *fact.datum;
  std::string text(scenario::name_of(fact.grade));
  if (!datum.evidence->by.empty()) text += " by " + datum.evidence->by;
  text += " as of " + long_date(datum.valid);
  if (!datum.known_given && datum.known > datum.valid)
    text +=
        fmt::format(" (taken as known from {}, by the lag of its source)", long_date(datum.known));
  if (!datum.evidence->source.empty())
    text += fmt::format(", source \"{}\"", source_words(datum.evidence->source, model));
  if (fact.stale) text += ", past its time, so the range is widened";
  if (!datum.evidence->because.empty()) text += ": " + datum.evidence->because;
  return text;
}

// Where a datum stands; what was put in place on the command line stands in no file.
std::string place_of(const scenario::Datum& datum, const SourceMap& sources) {
  return datum.where.valid() ? line_link(datum.where, sources) : "put in place";
}

// The figures of a window, newest first: "13% of 31 December 2018 [figures.csv:4]".
std::string past_words(const Scored& scored, const model::Node& of, const data::Chosen& fact) {
  constexpr std::size_t shown = 6;
  std::vector<std::string> figures;
  for (const scenario::Datum* datum : fact.past)
    figures.push_back(fmt::format("{} of {} [{}]",
                                  datum->value ? value_in_short(of, *datum->value) : "unknown",
                                  long_date(datum->valid), place_of(*datum, *scored.sources)));
  return joined_up_to(figures, shown);
}

std::string source_names(const data::Chosen& fact, const model::Model& model) {
  std::vector<std::string> names;
  for (const scenario::Datum* datum : fact.past) {
    const scenario::Evidence& evidence = *datum->evidence;
    std::string name = evidence.source.empty()
                           ? "by " + evidence.by
                           : fmt::format("source \"{}\"", source_words(evidence.source, model));
    if (std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  return joined(names);
}

bool looks_back(const model::Node& node) {
  return node.indicator().window && node.indicator().window->function != model::WindowFunction::lag;
}

std::string tie_words(double weight, const model::Relation& relation) {
  if (!relation.weight) return "";
  if (relation.weight == model::Unit::share) return fmt::format(" ({})", percent(weight));
  if (relation.weight == model::Unit::percent) return fmt::format(" ({})", percent(weight / 100));
  return fmt::format(" ({})", amount(weight));
}

// The partners, the highest value first (for a least one the lowest): "Mali (12%) 3,000 of 31
// December 2018 [figures.csv:4; borders.csv:7]".
std::string partners_words(const Scored& scored, const model::Over& over,
                           const data::Chosen& fact) {
  constexpr std::size_t shown = 6;
  const model::Model& model = scored.rules();
  std::vector<const data::Partner*> partners;
  for (const data::Partner& partner : fact.partners) partners.push_back(&partner);
  const double sign = over.function == model::WindowFunction::minimum ? -1 : 1;
  const auto rank = [&](const data::Partner* partner) {
    return std::pair(partner->value.has_value(), sign * partner->value.value_or(0));
  };
  std::stable_sort(partners.begin(), partners.end(),
                   [&](const auto* a, const auto* b) { return rank(a) > rank(b); });
  std::vector<std::string> words;
  for (const data::Partner* partner : partners) {
    const model::Node& of = model[over.of];
    std::string text = std::string(scenario::country_name(partner->country)) +
                       tie_words(partner->weight, model[over.relation]);
    if (partner->value)
      text += fmt::format(" {}", value_in_short(of, *partner->value));
    else if (const std::string range = range_in_words(of, partner->low, partner->high);
             !range.empty())
      text += fmt::format(" unknown ({})", range);
    else
      text += " unknown";
    if (partner->datum)
      text += fmt::format(" of {} [{}; {}]", long_date(partner->datum->valid),
                          place_of(*partner->datum, *scored.sources),
                          line_link(partner->tie->datum.where, *scored.sources));
    else
      text += fmt::format(" [{}]", line_link(partner->tie->datum.where, *scored.sources));
    words.push_back(std::move(text));
  }
  return joined_up_to(words, shown);
}

// Of a value over a relation: "From 3 partners by borders, observed: Mali 3,000 of …".
std::string partners_sentence(const Scored& scored, const model::Node& node,
                              const data::Chosen& fact) {
  const model::Over& over = *node.indicator().over;
  const std::string& relation = scored.rules()[over.relation].name;
  if (fact.partners.empty()) return fact.value ? fmt::format(" No partner by {}.", relation) : "";
  const std::string grade =
      fact.datum ? fmt::format(", {}", scenario::name_of(fact.grade)) : std::string();
  return fmt::format(" From {} by {}{}{}: {}.",
                     counted(fact.partners.size(), "partner", "partners"), relation, grade,
                     fact.stale ? ", past its time, so the range is widened" : "",
                     partners_words(scored, over, fact));
}

// Of a window: "From 3 figures, observed, source "IMF": 13% of …".
std::string past_sentence(const Scored& scored, const model::Node& node, const data::Chosen& fact) {
  const model::Model& model = scored.rules();
  if (fact.past.empty()) return "";
  const std::string grade =
      fact.datum ? fmt::format(", {}", scenario::name_of(fact.grade)) : std::string();
  return fmt::format(" From {}{}, {}{}: {}.", counted(fact.past.size(), "figure", "figures"), grade,
                     source_names(fact, model),
                     fact.stale ? ", past its time, so the range is widened" : "",
                     past_words(scored, model[node.indicator().window->of], fact));
}

}  // namespace

std::string sure_words(const model::Model& model, const model::Effect& effect,
                       const evaluate::EffectResult& result) {
  const bool floor = effect.kind == model::EffectKind::at_least;
  const model::Node& target = model[effect.target];
  const auto told = [&](double x) {
    return target.is_factor() ? amount(x) : value_in_short(target, x);
  };
  const double sure = floor ? result.amount_low : result.amount_high,
               perhaps = floor ? result.amount_high : result.amount_low;
  return fmt::format("at {} {}{}", floor ? "least" : "most", told(sure),
                     sure == perhaps ? "" : ", perhaps " + told(perhaps));
}

std::string line_of(const Span& where, const SourceMap& sources) {
  if (!where.valid()) return "";
  const SourceFile& file = sources[where.file];
  return fmt::format("{}:{}", file.path(), file.place(where.begin).line);
}

namespace {

Link link_to(const Span& where, const SourceMap& sources) {
  Link link{Link::Kind::line, 0, {}, 0};
  if (!where.valid()) return link;
  link.file = where.file;
  link.line = sources[where.file].place(where.begin).line;
  return link;
}

}  // namespace

std::string line_link(const Span& where, const SourceMap& sources) {
  return where.valid() ? linked(link_to(where, sources), line_of(where, sources)) : "";
}

std::string node_link(const Scored& scored, NodeId node, std::string_view text) {
  Link link = link_to(scored.rules()[node].where, *scored.sources);
  link.kind = Link::Kind::node;
  link.place = node.index;
  return linked(link, text);
}

std::string rule_link(const Scored& scored, RuleId rule) {
  Link link = link_to(scored.rules()[rule].where, *scored.sources);
  link.kind = Link::Kind::rule;
  link.place = rule.index;
  return linked(link, rule_title(scored.rules()[rule]));
}

std::string provenance_words(const model::Provenance& provenance, const model::Model& model,
                             bool with_reason) {
  std::vector<std::string> parts;
  for (const SourceId source : provenance.cites) parts.push_back(model[source].title);
  std::string text = listed(parts);
  if (!provenance.judged) return text;
  text += fmt::format("{}judged by {} on {}", text.empty() ? "" : "; ", provenance.judged->by,
                      long_date(provenance.judged->on));
  if (with_reason) text += " because " + provenance.judged->because;
  return text;
}

std::string rule_title(const model::Rule& rule) {
  return rule.label.empty() ? spoken(rule.name) : rule.label;
}

std::string name_with_note(const data::Chosen& fact, const model::Node& indicator) {
  return fact.note.empty() ? indicator.name : fmt::format("{} ({})", indicator.name, fact.note);
}

std::string other_words(const model::Node& node, double value, const scenario::Datum& other) {
  const double said = *other.value, apart = said - value;
  std::string text = fmt::format("{} by {}", value_in_short(node, said), other.evidence->source);
  if (said == value) return text + ", the same";
  if (!data::differ(node, value, said)) return text + ", the same but for rounding";
  if (const std::string size = size_words(node, std::abs(apart)); !size.empty()) {
    const bool date = node.unit == model::Unit::date;
    text += fmt::format(", {} {}", size,
                        apart < 0 ? (date ? "earlier" : "lower") : (date ? "later" : "higher"));
  }
  return text;
}

std::string effects_words(const model::Rule& rule, const SourceMap& sources) {
  std::vector<std::string> parts;
  for (const model::Effect& effect : rule.effects)
    parts.push_back(code_line(sources.text(effect.where)));
  for (const std::string& flag : rule.flags) parts.push_back(fmt::format("flag \"{}\"", flag));
  return joined(parts);
}

std::string fact_sentence(const Scored& scored, const evaluate::Case& scenario_case,
                          const std::string& country, NodeId indicator,
                          const evaluate::NodeResult& result, const std::string& counts) {
  const model::Model& model = *scenario_case.model;
  const model::Node& node = model[indicator];
  const data::Chosen& fact = scenario_case.fact(country, indicator);
  const std::string label = node.label.empty() ? spoken(node.name) : node.label;
  std::string text = node_link(scored, indicator, label) + ": ";
  if (!fact.value) {
    const std::string why = why_unknown(fact), range = range_in_words(node, fact.low, fact.high);
    text += "not known";
    if (!range.empty())
      text +=
          node.unit == model::Unit::code
              ? fmt::format(" ({})", range)
              : fmt::format(
                    " (anything {}{})",
                    node.unit == model::Unit::yes_no || range.starts_with("any ") ? "" : "from ",
                    range);
    return text + (why.empty() ? "." : ": " + why + ".") + counts +
           (looks_back(node)        ? past_sentence(scored, node, fact)
            : node.indicator().over ? partners_sentence(scored, node, fact)
                                    : "");
  }
  text += value_in_words(node, *fact.value);
  if (const std::string range = range_in_words(node, fact.low, fact.high); !range.empty())
    text += fmt::format(" ({})", range);
  if (result.value != *fact.value && !std::isnan(result.value))
    text += fmt::format(", counted as {} by a rule", value_in_short(node, result.value));
  if (looks_back(node)) return text + "." + counts + past_sentence(scored, node, fact);
  if (node.indicator().over) return text + "." + counts + partners_sentence(scored, node, fact);
  text += "." + counts + " " + capitalised(grounds(fact, model));
  if (!text.ends_with('.')) text += '.';
  if (fact.datum && fact.datum->where.valid())
    text += fmt::format(" [{}]", line_link(fact.datum->where, *scored.sources));
  return text + others_of(fact, node, *scored.sources);
}

}  // namespace waystone::report
