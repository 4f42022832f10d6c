#include "report/marks.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "explain/reasons.hpp"
#include "explain/standing.hpp"
#include "model/dependencies.hpp"
#include "report/document.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;
using evaluate::NodeResult;

template <class Is>
bool rests_on(const evaluate::Case& scenario_case, const std::string& country, NodeId node, Is is) {
  const auto& all = scenario_case.chosen.at(country);
  if (std::none_of(all.begin(), all.end(), is)) return false;
  const auto facts = explain::indicators_below(*scenario_case.model, node);
  return std::any_of(facts.begin(), facts.end(),
                     [&](NodeId fact) { return is(scenario_case.fact(country, fact)); });
}

// Whether a rule that moves the node, or what it is made of, goes by such a fact.
template <class Is>
bool moved_by(const evaluate::Case& scenario_case, const CountryResult& country, NodeId node,
              Is is) {
  const model::Model& model = *scenario_case.model;
  const auto& all = scenario_case.chosen.at(country.code);
  if (std::none_of(all.begin(), all.end(), is)) return false;
  std::set<NodeId> below;
  const auto goes_by = [&](const model::Expression& expression) {
    for (const NodeId read : model::nodes_in(expression)) {
      if (model[read].kind == model::NodeKind::indicator &&
          is(scenario_case.fact(country.code, read)))
        return true;
      for (const NodeId fact : explain::indicators_below(model, read))
        if (is(scenario_case.fact(country.code, fact))) return true;
    }
    return false;
  };
  for (std::size_t r = 0; r < model.rules.size(); ++r) {
    if (!country[RuleId{r}].binding) continue;
    if (below.empty()) {
      below = explain::nodes_below(model, node);
      below.insert(node);
    }
    for (const model::Effect& effect : model.rules[r].effects)
      if (below.contains(effect.target) && !std::isnan(country[effect.target].value) &&
          (goes_by(model.rules[r].when) || goes_by(effect.amount)))
        return true;
  }
  return false;
}

// Of a score; other values are printed in their unit.
std::string apart(double value, double uncut, int least) {
  for (int digits = least; digits < 6; ++digits) {
    const std::string a = fixed(value, digits), b = fixed(uncut, digits);
    if (a != b) return fmt::format("{}, cut from {}", points(value, least), b);
  }
  return fmt::format("{}, cut from {}", points(value, least), exact(uncut));
}

std::string_view step_words(evaluate::CutStep step) {
  static constexpr std::string_view words[] = {"as worked out",         "after a strength",
                                               "after rules scaled it", "after rules added to it",
                                               "after rules capped it", "after rules lifted it",
                                               "after the override"};
  return words[std::size_t(step)];
}

// ", on the way cut from 270 to 100 (after rules scaled it)": what others have acted on since.
template <class Write>
std::string earlier_cuts(const NodeResult& result, Write write) {
  if (result.cut_before.empty()) return "";
  std::vector<std::string> cuts;
  for (const evaluate::Cut& cut : result.cut_before)
    cuts.push_back(
        fmt::format("from {} to {} ({})", write(cut.from), write(cut.to), step_words(cut.step)));
  return fmt::format(", on the way{} {}", std::isnan(result.uncut) ? " cut" : "", joined(cuts));
}

std::string factor_of(double multiplier) { return "x " + amount(multiplier); }

}  // namespace

std::string marks_of(const Scored& scored, const CountryResult& country, NodeId id) {
  return marks_of(*scored.now, country, id);
}

std::string mark_text(const std::set<char>& marks) {
  std::string text;
  for (const char mark : std::string_view("rcso*~"))
    if (marks.contains(mark)) text += mark;
  return text;
}

std::string all_marks_of(const evaluate::Case& scenario_case, const CountryResult& country,
                         NodeId output) {
  return marks_of(scenario_case, country, output) +
         (explain::left_out(country, output).empty() ? "" : "*") +
         (explain::of_open_amount(country, output).empty() ? "" : "~");
}

std::string marks_of(const evaluate::Case& scenario_case, const CountryResult& country, NodeId id) {
  const NodeResult& node = country[id];
  std::string marks;
  if (std::isnan(node.value)) return marks;
  if (node.reweighted || node.rests_on_reweighted) marks += 'r';
  if (node.was_cut() || node.rests_on_cut) marks += 'c';
  const auto stale = [](const data::Chosen& fact) { return fact.stale; };
  const auto older = [](const data::Chosen& fact) { return fact.older; };
  if (rests_on(scenario_case, country.code, id, stale) ||
      moved_by(scenario_case, country, id, stale))
    marks += 's';
  if (rests_on(scenario_case, country.code, id, older) ||
      moved_by(scenario_case, country, id, older))
    marks += 'o';
  return marks;
}

std::string bounds_words(double value, double low, double high, int digits) {
  if (!std::isnan(value) || tie(low, high)) return interval(low, high, digits);
  return interval(low, high, digits_apart(low, high, digits, 9).value_or(digits));
}

Document marks_legend(const std::set<char>& marks) {
  Document text;
  if (marks.contains('r'))
    text +=
        paragraph("r: something below has no value, and the weights of the rest were scaled up");
  if (marks.contains('c'))
    text += paragraph(
        "c: it, or what it rests on, would lie beyond its scale or range, and was cut to it");
  if (marks.contains('s')) text += paragraph("s: rests on a figure that is past its time");
  if (marks.contains('o'))
    text += paragraph("o: rests on a figure that is over a year older than the scenario's date");
  if (marks.contains('*'))
    text += paragraph("*: rules that would move it are left out, because they can't be decided");
  if (marks.contains('~'))
    text += paragraph(
        "~: rules that would move it further act by the least that is sure of them, because their "
        "amounts are not known");
  return text;
}

Document kept_bands(const Scored& scored, const std::vector<std::string>& countries) {
  const model::Model& model = scored.rules();
  Document text;
  for (const NodeId output : model.outputs()) {
    std::vector<std::string> kept;
    for (const std::string& code : countries)
      for (const evaluate::ViewResult& view : scored.assessment->views) {
        const CountryResult& country = *view.find(code);
        const std::string plain = explain::band_by_edges(model, country, output);
        if (plain.empty()) continue;
        kept.push_back(fmt::format("{}{} {}, not {}", scenario::country_name(code),
                                   view.name.empty() ? "" : " (" + view.name + ")",
                                   country.band.at(output), plain));
      }
    if (kept.empty()) continue;
    constexpr std::size_t most = 12;
    if (kept.size() > most) {
      kept[most] = fmt::format("{} more (--json has all)", kept.size() - most);
      kept.resize(most + 1);
    }
    text +=
        paragraph(fmt::format("Bands of {} kept from {} until the score passes an edge by {}: {}.",
                              spoken(model[output].name), scored.now->scenario.previous,
                              written_points(model[output].bands->margin), listed(kept)),
                  0, 2);
  }
  return text;
}

Document common_marks_legend(const CommonMarks& marks,
                             const std::map<char, std::string>& exceptions) {
  static const std::map<char, std::string_view> words = {
      {'r',
       "rest on part of their weight: something below is not known or has no result, and the "
       "weights of the rest were scaled up"},
      {'c', "lie beyond their scale or range, or rest on what does, and were cut to it"},
      {'s', "rest on a figure that is past its time"},
      {'o', "rest on a figure that is over a year older than the scenario's date"}};
  Document text;
  for (const auto& [mark, counts] : marks) {
    const auto& [marked, printed] = counts;
    const auto except = exceptions.find(mark);
    text += paragraph(
        fmt::format("{} scores {} (mark {}, not printed{}).",
                    marked == printed ? fmt::format("All {}", printed)
                                      : fmt::format("{} of {}", marked, printed),
                    words.at(mark), mark, except == exceptions.end() ? "" : except->second),
        0, 2);
  }
  return text;
}

std::string ages(const std::vector<const data::Chosen*>& figures) {
  if (figures.empty()) return "";
  const auto years = [](const data::Chosen* fact) {
    return std::max(1L, std::lround(fact->age_days / days_per_year));
  };
  const auto [least, most] = std::minmax_element(
      figures.begin(), figures.end(), [&](auto* a, auto* b) { return a->age_days < b->age_days; });
  const long from = years(*least), to = years(*most);
  return from == to ? fmt::format("{} {} old", from, from == 1 ? "year" : "years")
                    : fmt::format("{} to {} years old", from, to);
}

std::string date_note(const data::Chosen& fact) {
  if (fact.value && !fact.known) return fmt::format(" ({})", scenario::name_of(fact.grade));
  if (!fact.older) return "";
  const std::string date = to_string(fact.dated);
  return " of " + (date.ends_with("-12-31") ? date.substr(0, 4) : date.substr(0, 7));
}

std::string value_and_uncut(const model::Node& node, const NodeResult& result, int digits) {
  if (node.is_factor())
    return (std::isnan(result.uncut) ? points(result.value, digits)
                                     : apart(result.value, result.uncut, digits)) +
           earlier_cuts(result, [](double value) { return amount(value); });
  const auto short_value = [&](double value) { return value_in_short(node, value); };
  const std::string value = short_value(result.value);
  return (std::isnan(result.uncut)
              ? value
              : fmt::format("{}, cut from {}", value, short_value(result.uncut))) +
         earlier_cuts(result, short_value);
}

std::vector<std::string> cut_nodes(const Scored& scored, const CountryResult& country,
                                   std::set<NodeId>& told) {
  const model::Model& model = scored.rules();
  std::vector<NodeId> order = model.outputs();
  for (std::size_t n = 0; n < model.nodes.size(); ++n)
    if (model.nodes[n].kind != model::NodeKind::output) order.emplace_back(n);
  std::vector<std::string> words;
  for (const NodeId id : order)
    if (country[id].was_cut() && told.insert(id).second)
      words.push_back(fmt::format("{} {}", model[id].name,
                                  value_and_uncut(model[id], country[id], scored.digits_of(id))));
  return words;
}

std::string carried_words(const model::Model& model, const CountryResult& country, NodeId id) {
  const NodeResult& node = country[id];
  if (!node.reweighted) return "";
  const model::Factor& factor = model[id].factor();
  std::vector<std::string> missing, known, counts;
  bool all_facts = true;
  for (std::size_t m = 0; m < factor.members.size(); ++m) {
    const std::string name = spoken(model[factor.members[m].node].name);
    if (std::isnan(country[factor.members[m].node].score)) {
      all_facts = all_facts && model[factor.members[m].node].kind == model::NodeKind::indicator;
      missing.push_back(name);
      continue;
    }
    known.push_back(name);
    if (node.counted.empty()) continue;
    const bool sum = factor.combination == model::Combination::sum;
    counts.push_back(fmt::format("{} {}{}", name, counts.empty() ? "counts " : "",
                                 sum ? factor_of(node.counted[m]) : percent(node.counted[m])));
  }
  constexpr std::size_t most = 6;
  const bool one = missing.size() == 1;
  std::string text =
      fmt::format("{} {} the weight of {}, which {}", joined_up_to(known, most),
                  known.size() == 1 ? "carries" : "carry", joined_up_to(missing, most),
                  all_facts ? one ? "is not known" : "are not known"
                  : one     ? "has no value"
                            : "have no value");
  if (!counts.empty()) text += ": " + joined_up_to(counts, most);
  return capitalised(text) + ".";
}

std::vector<NodeId> reweighted_below(const model::Model& model, const CountryResult& country,
                                     NodeId node) {
  std::vector<NodeId> found;
  if (country[node].reweighted) found.push_back(node);
  if (!country[node].rests_on_reweighted) return found;
  for (const NodeId below : explain::nodes_behind(model, node))
    if (below != node && country[below].reweighted) found.push_back(below);
  return found;
}

std::vector<NodeId> cut_below(const model::Model& model, const CountryResult& country,
                              NodeId node) {
  std::vector<NodeId> found;
  if (!country[node].rests_on_cut) return found;
  for (const NodeId below : explain::nodes_behind(model, node))
    if (below != node && country[below].was_cut()) found.push_back(below);
  return found;
}

std::vector<MemberWeight> member_weights(const model::Factor& factor, ViewpointId viewpoint,
                                         const NodeResult& result) {
  if (factor.weights.empty()) return {};
  const bool sum = factor.combination == model::Combination::sum;
  const auto shares = explain::member_shares(factor, viewpoint);
  const auto& written =
      factor.weights[factor.weights_from_viewpoint && viewpoint.valid() ? viewpoint.index : 0];
  std::vector<MemberWeight> weights;
  for (std::size_t m = 0; m < factor.members.size(); ++m) {
    weights.push_back({sum ? written[m].value : shares[m], evaluate::unknown_value, sum});
    if (!result.counted.empty()) weights.back().counted = result.counted[m];
  }
  return weights;
}

std::string weight_words(const MemberWeight& weight, double score, int digits) {
  if (std::isnan(weight.written)) return "";
  const bool scaled = !std::isnan(weight.counted) && weight.counted > 0;
  const double counts = scaled ? weight.counted : weight.written;
  std::string text = weight.multiplier ? factor_of(counts) : percent(counts) + " of the weight";
  if (scaled)
    text += fmt::format(" ({} as written)",
                        weight.multiplier ? factor_of(weight.written) : percent(weight.written));
  if (weight.multiplier && !std::isnan(score)) text += ", " + point_word(counts * score, digits);
  return text;
}

}  // namespace waystone::report
