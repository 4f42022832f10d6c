#include <cmath>
#include <map>

#include <fmt/format.h>

#include "evaluate/ranking.hpp"
#include "explain/reasons.hpp"
#include "report/causes.hpp"
#include "report/csv.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

std::string cell(double value) { return std::isnan(value) ? "" : exact(value); }

// Of a fact why there is none, of all else what it waits for; "" of what has a value.
std::string why_unknown(const Scored& scored, const evaluate::CountryResult& country, NodeId id,
                        const explain::Causes& causes) {
  if (!std::isnan(country[id].value)) return "";
  if (scored.rules()[id].kind == model::NodeKind::indicator)
    return scored.now->fact(country.code, id).note;
  return because_words(causes.of(id), *scored.now, *scored.sources, scored.rules().nodes.size());
}

// `place`: of outputs, else null.
std::vector<std::string> row_of(const Scored& scored, const evaluate::ViewResult& view,
                                const evaluate::CountryResult& country, NodeId id,
                                const evaluate::Place* place, const explain::Causes& causes) {
  const model::Node& node = scored.rules()[id];
  const evaluate::NodeResult& result = country[id];
  const auto band = country.band.find(id);
  std::vector<std::string> rules;  // of outputs: those left out that would move it
  for (const RuleId rule : explain::left_out(country, id))
    rules.push_back(scored.rules()[rule].name);
  const auto rank = [&](std::size_t evaluate::Place::*number) {
    return place && place->rated() ? std::to_string(place->*number) : "";
  };
  const data::Chosen* fact =
      node.kind == model::NodeKind::indicator ? &scored.now->fact(country.code, id) : nullptr;
  return {scored.path,
          to_string(scored.now->scenario.as_of),
          view.name,
          country.code,
          std::string(kind_word(node.kind)),
          node.name,
          cell(result.value),
          cell(result.low),
          cell(result.high),
          cell(result.score),
          cell(result.score_low),
          cell(result.score_high),
          band == country.band.end() ? "" : band->second,
          cell(result.without_override),
          cell(result.coverage),
          cell(result.judgement),
          result.reweighted ? "yes" : "no",
          fmt::format("{}", fmt::join(rules, " ")),
          country_title(country.code),
          rank(&evaluate::Place::rank),
          rank(&evaluate::Place::level_from),
          rank(&evaluate::Place::level_to),
          options_given(scored),
          result.rests_on_reweighted ? "yes" : "no",
          cell(result.uncut),
          fact && fact->datum ? to_string(fact->datum->valid) : "",
          fact && (fact->datum || fact->value) ? std::string(scenario::name_of(fact->grade)) : "",
          why_unknown(scored, country, id, causes),
          result.rests_on_cut ? "yes" : "no"};
}

}  // namespace

void put_score_csv(const std::vector<Scored>& scenarios, const Put& put) {
  put(csv_row({"scenario",     "as_of",
               "viewpoint",    "country",
               "kind",         "name",
               "value",        "low",
               "high",         "score",
               "score_low",    "score_high",
               "band",         "without_override",
               "coverage",     "judgement",
               "reweighted",   "rules_left_out",
               "country_name", "rank",
               "level_from",   "level_to",
               "options",      "rests_on_reweighted",
               "uncut",        "valid",
               "grade",        "unknown_because",
               "rests_on_cut"}));
  for (const Scored& scored : scenarios) {
    std::vector<NodeId> order = scored.rules().outputs();
    for (const model::NodeKind kind :
         {model::NodeKind::factor, model::NodeKind::derived, model::NodeKind::indicator})
      for (std::size_t n = 0; n < scored.rules().nodes.size(); ++n)
        if (scored.rules().nodes[n].kind == kind) order.emplace_back(n);
    for (const evaluate::ViewResult& view : scored.assessment->views) {
      std::map<NodeId, std::vector<evaluate::Place>> places;
      for (const NodeId output : scored.rules().outputs())
        places[output] = evaluate::places(view, output, scored.rules().level_margin);
      for (std::size_t c = 0; c < view.countries.size(); ++c) {
        const explain::Causes causes(*scored.now, view.viewpoint, view.countries[c].code);
        for (const NodeId node : order) {
          const auto ranked = places.find(node);
          put(csv_row(row_of(scored, view, view.countries[c], node,
                             ranked == places.end() ? nullptr : &ranked->second[c], causes)));
        }
      }
    }
  }
}

}  // namespace waystone::report
