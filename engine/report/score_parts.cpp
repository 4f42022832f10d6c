// Notes below the scores.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "explain/reasons.hpp"
#include "report/causes.hpp"
#include "report/document.hpp"
#include "report/marks.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/score_json.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;

// Countries of which so much is missing that a list of it would say nothing.
constexpr std::size_t many_missing = 12;

// Of those that scenarios give: what looks back on them lacks nothing of its own.
std::vector<const data::Chosen*> given_facts(const Scored& scored, const std::string& country) {
  const auto indicators = data::indicators(scored.rules());
  const auto& facts = scored.now->chosen.at(country);
  std::vector<const data::Chosen*> given;
  for (std::size_t k = 0; k < facts.size(); ++k)
    if (scored.rules()[indicators[k]].is_given()) given.push_back(&facts[k]);
  return given;
}

std::size_t missing_facts(const Scored& scored, const std::string& country) {
  const auto facts = given_facts(scored, country);
  return std::size_t(
      std::count_if(facts.begin(), facts.end(), [](const auto* fact) { return !fact->value; }));
}

bool sparse(const Scored& scored, const std::string& country) {
  return missing_facts(scored, country) > many_missing;
}

std::string sparse_note(const Scored& scored, const CountryResult& country) {
  std::vector<std::string> unrated;
  for (const NodeId output : scored.rules().outputs())
    if (std::isnan(country[output].value)) unrated.push_back(scored.rules()[output].name);
  const auto left_out =
      std::size_t(std::count_if(country.rules.begin(), country.rules.end(), [](const auto& rule) {
        return rule.truth == evaluate::Truth::unknown;
      }));
  std::string line =
      fmt::format("{} of {} facts are not known", missing_facts(scored, country.code),
                  given_facts(scored, country.code).size());
  if (!unrated.empty())
    line +=
        fmt::format(", so {} {} not rated", joined(unrated), unrated.size() == 1 ? "is" : "are");
  if (left_out > 0) line += fmt::format("; {} left out", counted(left_out, "rule is", "rules are"));
  return line + ". 'data' names them.";
}

// Countries of which the same is to be said stand in one line.
Document sparse_notes(const Scored& scored) {
  std::vector<std::pair<std::string, std::vector<std::string>>> lines;
  for (const std::string& code : in_order(scored, scored.rules().main)) {
    const CountryResult& country = *scored.assessment->views[0].find(code);
    if (!sparse(scored, country.code)) continue;
    const std::string note = sparse_note(scored, country);
    const auto found = std::find_if(lines.begin(), lines.end(),
                                    [&](const auto& line) { return line.first == note; });
    if (found != lines.end())
      found->second.push_back(country_title(country.code));
    else
      lines.push_back({note, {country_title(country.code)}});
  }
  Document text;
  for (const auto& [note, countries] : lines)
    text += paragraph(fmt::format("{}: {}", joined(countries), note), 0, 2);
  return text;
}

Document per_country(const Scored& scored, const std::string& head,
                     const std::map<std::string, std::vector<std::string>>& by_country,
                     std::size_t most) {
  Document text;
  for (const std::string& country : in_order(scored, scored.rules().main)) {
    const auto found = by_country.find(country);
    if (found == by_country.end() || found->second.empty()) continue;
    text += paragraph(
        fmt::format("{}, {}: {}.", head, country_title(country), joined_up_to(found->second, most)),
        0, 2);
  }
  return text;
}

// "+3", "+3 to +8" over the viewpoints; "" where the amount is unknown
std::string would_move(const Scored& scored, const std::string& country, RuleId rule,
                       NodeId output) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  const int digits = scored.digits_of(output);
  std::string first, last;
  for (const evaluate::ViewResult& view : scored.assessment->views) {
    const CountryResult& result = *view.find(country);
    const auto& moves = result[rule].would_move;
    const auto found = moves.find(output);
    if (found == moves.end()) continue;
    if (std::isnan(found->second)) return "";
    const double value = result[output].value;
    const std::string move = std::isnan(value) ? small_points(found->second, digits)
                                               : printed_move(value, value + found->second, digits);
    if (found->second < low) first = move;
    if (found->second > high) last = move;
    low = std::min(low, found->second);
    high = std::max(high, found->second);
  }
  return first == last ? first : fmt::format("{} to {}", first, last);
}

// "frozen (risk +3 to +8 if it held; last_war would decide it)"; "" where the rule would move
// nothing
std::string left_out_words(const Scored& scored, const evaluate::ViewResult& seen_by,
                           const CountryResult& country, RuleId rule) {
  std::vector<std::string> moves;
  for (const NodeId output : scored.rules().outputs()) {
    const auto& views = scored.assessment->views;
    if (std::none_of(views.begin(), views.end(), [&](const auto& view) {
          return (*view.find(country.code))[rule].would_move.contains(output);
        }))
      continue;
    const std::string points = would_move(scored, country.code, rule, output);
    moves.push_back(scored.rules()[output].name +
                    (points.empty() ? " by an unknown amount" : " " + points));
  }
  if (moves.empty()) return "";
  const explain::Causes causes(*scored.now, seen_by.viewpoint, country.code);
  return fmt::format("{} ({} if it held; {})", scored.rules()[rule].name, joined(moves),
                     undecided_words(causes.of(rule), *scored.now, *scored.sources, "decide"));
}

// "r (risk at least 40, perhaps 70; d would decide it)", of a rule that acts by what is sure of its
// amounts.
std::string open_amount_words(const Scored& scored, const evaluate::ViewResult& seen_by,
                              const CountryResult& country, RuleId id) {
  const model::Rule& rule = scored.rules()[id];
  const CountryResult& result = *seen_by.find(country.code);
  std::vector<std::string> amounts;
  for (std::size_t e = 0; e < rule.effects.size(); ++e)
    if (result[id].effects[e].by_what_is_sure)
      amounts.push_back(scored.rules()[rule.effects[e].target].name + " " +
                        sure_words(scored.rules(), rule.effects[e], result[id].effects[e]));
  const explain::Causes causes(*scored.now, seen_by.viewpoint, country.code);
  return fmt::format("{} ({}; {})", rule.name, joined(amounts),
                     undecided_words(causes.of(id), *scored.now, *scored.sources, "decide"));
}

// The first viewpoint of whose result of a country something is true; null where of none.
template <class Is>
const evaluate::ViewResult* first_view(const Scored& scored, const std::string& country, Is is) {
  for (const evaluate::ViewResult& view : scored.assessment->views)
    if (is(*view.find(country))) return &view;
  return nullptr;
}

// ", seen by field": of a viewpoint that isn't the one that notes go by.
std::string seen_words(const Scored& scored, const evaluate::ViewResult& view) {
  return &view == &scored.assessment->views[0] ? "" : ", seen by " + view.name;
}

// By output: the rules that it rests on.
using RulesBehind = std::map<NodeId, std::set<RuleId>>;

RulesBehind rules_behind_outputs(const model::Model& model) {
  RulesBehind behind;
  for (const NodeId output : model.outputs()) behind[output] = explain::rules_behind(model, output);
  return behind;
}

// Whether a rule has to do with an output that is not rated.
bool concerns_unrated(const Scored& scored, const std::string& country, RuleId rule,
                      const RulesBehind& behind) {
  for (const evaluate::ViewResult& view : scored.assessment->views)
    for (const auto& [output, rules] : behind)
      if (rules.contains(rule) && std::isnan((*view.find(country))[output].value)) return true;
  return false;
}

// "war (+3)", "war (+3, seen by field)": by the first viewpoint from which the rule binds.
std::string binding_words(const Scored& scored, const evaluate::ViewResult& view,
                          const std::string& code, RuleId id) {
  const model::Model& model = scored.rules();
  const CountryResult& country = *view.find(code);
  const auto moved = country[id].moved.find(model.main);
  const std::string seen = seen_words(scored, view);
  if (moved == country[id].moved.end())
    return model[id].name + (seen.empty() ? "" : fmt::format(" ({})", seen.substr(2)));
  return fmt::format(
      "{} ({}{})", model[id].name,
      moved_words(country[model.main].value, moved->second, scored.digits_of(model.main)), seen);
}

// By the first viewpoint from which there is something to tell.
Document rule_notes(const Scored& scored) {
  const model::Model& model = scored.rules();
  const evaluate::ViewResult& view = scored.assessment->views[0];
  const RulesBehind behind = rules_behind_outputs(model);
  std::map<std::string, std::vector<std::string>> binding, left_out, unmeasured, idle, fired, open,
      sure;
  for (const CountryResult& country : view.countries) {
    for (std::size_t r = 0; r < model.rules.size(); ++r) {
      const RuleId id{r};
      if (const auto* by = first_view(scored, country.code,
                                      [&](const CountryResult& c) { return c[id].binding; }))
        binding[country.code].push_back(binding_words(scored, *by, country.code, id));
      if (const auto* acting = first_view(scored, country.code, [&](const CountryResult& c) {
            return c[id].acts_by_what_is_sure() && !c[id].would_move.empty();
          }))
        sure[country.code].push_back(open_amount_words(scored, *acting, country, id));
      const auto* leaving = first_view(scored, country.code,
                                       [&](const CountryResult& c) { return c[id].is_left_out(); });
      if (!leaving) continue;
      const std::string words = left_out_words(scored, *leaving, country, id);
      if (!words.empty())
        left_out[country.code].push_back(words);
      else if (sparse(scored, country.code))
        continue;
      else if (concerns_unrated(scored, country.code, id, behind))
        unmeasured[country.code].push_back(model.rules[r].name);
      else
        idle[country.code].push_back(model.rules[r].name);
    }
    for (std::size_t t = 0; t < model.tripwires.size(); ++t) {
      const auto is = [&](evaluate::Truth truth) {
        return first_view(scored, country.code,
                          [&](const CountryResult& c) { return c.tripwires[t] == truth; });
      };
      const auto* by = is(evaluate::Truth::yes);
      const bool has_fired = by != nullptr;
      if (!has_fired && !sparse(scored, country.code)) by = is(evaluate::Truth::unknown);
      if (!by) continue;
      const model::Tripwire& tripwire = model.tripwires[t];
      (has_fired ? fired : open)[country.code].push_back(
          tripwire.name + (tripwire.label.empty() ? "" : fmt::format(" (\"{}\")", tripwire.label)) +
          seen_words(scored, *by));
    }
  }
  const std::string by = fmt::format("Rules that bind (points of {}{})", model[model.main].name,
                                     view.name.empty() ? "" : ", " + view.name);
  return per_country(scored, by, binding, 12) +
         per_country(scored, "Rules that act by the least that is sure of them", sure, 12) +
         per_country(scored, "*: rules left out because they can't be decided", left_out, 12) +
         per_country(scored,
                     "Rules left out whose effect can't be told, since a score is not rated",
                     unmeasured, 12) +
         per_country(scored, "Rules left out that would move no output", idle, 12) +
         per_country(scored, "Tripwires fired", fired, 12) +
         per_country(scored, "Tripwires of which nobody can tell whether they fired", open, 12);
}

std::vector<const data::Chosen*> older_figures(const Scored& scored, const std::string& country) {
  std::vector<const data::Chosen*> older;
  for (const data::Chosen* fact : given_facts(scored, country))
    if (fact->older) older.push_back(fact);
  return older;
}

// Only how many, and how old: a scenario may be built on figures of years before.
Document older_notes(const Scored& scored) {
  std::vector<std::string> parts;
  for (const std::string& country : scored.now->countries) {
    const auto older = older_figures(scored, country);
    if (older.empty()) continue;
    parts.push_back(fmt::format("{} of {} {} {}", counted(older.size(), "figure", "figures"),
                                country_title(country), older.size() == 1 ? "is" : "are",
                                ages(older)));
  }
  return parts.empty()
             ? Document()
             : paragraph(
                   fmt::format(
                       "Over a year older than the scenario's date (o): {}. 'data' has the dates.",
                       joined(parts)),
                   0, 2);
}

Document fact_notes(const Scored& scored) {
  const model::Model& model = scored.rules();
  const auto indicators = data::indicators(model);
  std::map<std::string, std::vector<std::string>> missing, stale, assumed;
  for (const std::string& country : scored.now->countries) {
    if (sparse(scored, country)) continue;
    const auto& facts = scored.now->chosen.at(country);
    for (std::size_t k = 0; k < indicators.size(); ++k) {
      const std::string& name = model[indicators[k]].name;
      if (facts[k].stale) stale[country].push_back(name);
      if (!facts[k].value)
        missing[country].push_back(name_with_note(facts[k], model[indicators[k]]));
      else if (!facts[k].known)
        assumed[country].push_back(name);
    }
  }
  return per_country(scored, "Not known", missing, 8) +
         per_country(scored, "Assumed or typical", assumed, 8) +
         per_country(scored, "Stale (s)", stale, 8) + older_notes(scored);
}

// How the known members of a node carry the weight of the others, by the first viewpoint in which
// they do; named where others say otherwise.
std::string carried_note(const Scored& scored, const std::string& code, NodeId node) {
  const model::Model& model = scored.rules();
  const auto* by =
      first_view(scored, code, [&](const CountryResult& c) { return bool(c[node].reweighted); });
  if (!by) return "";
  const std::string words = carried_words(model, *by->find(code), node);
  const auto& views = scored.assessment->views;
  const bool alike = std::all_of(views.begin(), views.end(), [&](const auto& view) {
    return carried_words(model, *view.find(code), node) == words;
  });
  return words.empty()
             ? ""
             : fmt::format("Re-weighted (r), {}, {}{}: {}", scenario::country_name(code),
                           spoken(model[node].name), alike ? "" : ", seen by " + by->name, words);
}

// What was cut, of each node by the first viewpoint in which it was.
std::vector<std::string> cut_notes(const Scored& scored, const std::string& code) {
  std::vector<std::string> notes;
  std::set<NodeId> told;
  for (const evaluate::ViewResult& view : scored.assessment->views) {
    const std::vector<std::string> words = cut_nodes(scored, *view.find(code), told);
    for (const std::string& one : words) notes.push_back(one + seen_words(scored, view));
  }
  return notes;
}

// What stands on part of its weight, outputs first, and what was cut.
Document mark_notes(const Scored& scored) {
  const model::Model& model = scored.rules();
  Document text;
  std::map<std::string, std::vector<std::string>> cut;
  std::vector<NodeId> nodes = model.outputs();
  for (std::size_t n = 0; n < model.nodes.size(); ++n)
    if (model.nodes[n].kind == model::NodeKind::factor) nodes.emplace_back(n);
  for (const CountryResult& country : scored.assessment->views[0].countries) {
    for (const NodeId node : nodes)
      if (const std::string note = carried_note(scored, country.code, node); !note.empty())
        text += paragraph(note, 0, 2);
    cut[country.code] = cut_notes(scored, country.code);
  }
  return text + per_country(scored, "Cut (c)", cut, 8);
}

Document counted_left_out(const Scored& scored) {
  std::size_t marked = 0;
  for (const std::string& country : scored.now->countries) {
    const auto outputs = scored.rules().outputs();
    marked += std::any_of(outputs.begin(), outputs.end(),
                          [&](NodeId output) { return leaves_out_rules(scored, country, output); });
  }
  if (marked == 0) return {};
  return paragraph(
      fmt::format("*: rules that would move a score are left out of {}, because they can't be "
                  "decided. 'explain' says which.",
                  counted(marked, "country's", "countries'")));
}

Document counted_facts(const Scored& scored) {
  std::size_t missing = 0, stale = 0, older = 0, fired = 0;
  for (const auto& [country, facts] : scored.now->chosen)
    for (const data::Chosen& fact : facts)
      missing += !fact.value, stale += fact.stale, older += fact.older;
  for (const CountryResult& country : scored.assessment->views[0].countries)
    fired += std::size_t(
        std::count(country.tripwires.begin(), country.tripwires.end(), evaluate::Truth::yes));
  return paragraph(
      fmt::format("{} not known, {} stale, {} over a year older than the scenario's date; {} "
                  "fired. 'explain' says which.",
                  counted(missing, "fact is", "facts are"), stale, older,
                  counted(fired, "tripwire has", "tripwires have")));
}

// Countries of whose facts another note, or of many countries the ranking, says what is missing.
bool told_elsewhere(const Scored& scored, const std::string& country, NodeId output,
                    NodeId ranked) {
  if (ranked.valid()) return output == ranked;
  return sparse(scored, country) &&
         explain::only_facts(
             explain::Causes(*scored.now, scored.assessment->views[0].viewpoint, country)
                 .of(output));
}

Document not_rated_notes(const Scored& scored, NodeId ranked) {
  constexpr std::size_t most = 8;  // reasons told
  const bool few = !ranked.valid();
  const evaluate::ViewResult& view = scored.assessment->views[0];
  Document text;
  std::size_t told = 0;
  for (const NodeId output : scored.rules().outputs()) {
    std::vector<std::string> countries;
    for (const std::string& code : in_order(scored, scored.rules().main))
      if (std::isnan((*view.find(code))[output].value) &&
          !told_elsewhere(scored, code, output, ranked))
        countries.push_back(code);
    for (const std::string& line : not_rated_lines(scored, view.viewpoint, countries, output))
      if (++told <= most || few) text += paragraph(line, 0, 2);
  }
  if (told > most && !few)
    text += paragraph(
        fmt::format("{} more; 'explain' says which.", counted(told - most, "reason", "reasons")), 0,
        2);
  return text;
}

}  // namespace

Document override_notes(const Scored& scored, const std::vector<std::string>& countries) {
  Document text;
  for (const scenario::Override& entry : scored.now->scenario.overrides) {
    if (std::find(countries.begin(), countries.end(), entry.country) == countries.end()) continue;
    const bool applied = entry.until >= scored.now->scenario.as_of;
    text += paragraph(fmt::format("Override of {}, {}: {} points by {}, {} {}: {}.{}",
                                  scored.rules()[entry.target].name, country_title(entry.country),
                                  signed_points(entry.points, decimals_in(entry.points)), entry.by,
                                  applied ? "until" : "ended on", to_string(entry.until),
                                  entry.because, applied ? "" : " Not applied."),
                      0, 2);
  }
  return text;
}

bool leaves_out_rules(const Scored& scored, const std::string& country, NodeId output) {
  const auto& views = scored.assessment->views;
  return std::any_of(views.begin(), views.end(), [&](const auto& view) {
    return !explain::left_out(*view.find(country), output).empty();
  });
}

Document score_notes(const Scored& scored, NodeId ranked) {
  const Document kept = kept_bands(scored, in_order(scored, scored.rules().main));
  if (ranked.valid())
    return not_rated_notes(scored, ranked) + override_notes(scored, scored.now->countries) + kept +
           counted_left_out(scored) + counted_facts(scored);
  return sparse_notes(scored) + not_rated_notes(scored, ranked) + mark_notes(scored) +
         override_notes(scored, scored.now->countries) + kept + rule_notes(scored) +
         fact_notes(scored);
}

}  // namespace waystone::report
