// An explanation that can be read aloud: the score, its factors by what they are worth, the facts
// and rules behind them.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "explain/reasons.hpp"
#include "explain/standing.hpp"
#include "report/causes.hpp"
#include "report/document.hpp"
#include "report/explained.hpp"
#include "report/marks.hpp"
#include "report/narrator.hpp"
#include "report/replaced.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

std::string band_of(const evaluate::CountryResult& country, NodeId output) {
  const auto band = country.band.find(output);
  return band == country.band.end() || band->second.empty() ? "" : ", " + band->second;
}

std::string viewpoint_words(const Explained& explained, const evaluate::ViewResult& view) {
  if (!view.viewpoint.valid()) return "";
  const std::string& label = explained.scored.rules().viewpoints[view.viewpoint.index].label;
  return label.empty() ? fmt::format(", seen by {}", view.name)
                       : fmt::format(", seen by {} (\"{}\")", view.name, label);
}

Document overrides_of(const Explained& explained, const evaluate::NodeResult& node) {
  const Scored& scored = explained.scored;
  const std::set<NodeId> reached = explain::nodes_below(scored.rules(), explained.output);
  Document text;
  for (const scenario::Override& entry : scored.now->scenario.overrides) {
    if (entry.country != explained.country || !reached.contains(entry.target)) continue;
    const bool applied = entry.until >= scored.now->scenario.as_of;
    text += paragraph(fmt::format(
        "An override of {}{} on {}, signed by {}, {} {}: {}.", entry.points < 0 ? "-" : "+",
        written_points(std::abs(entry.points)), scored.rules()[entry.target].name, entry.by,
        applied ? "stands until" : "ended on", long_date(entry.until), entry.because));
  }
  if (node.value != node.without_override && !std::isnan(node.without_override))
    text += paragraph(
        fmt::format("Without overrides it would be {}.",
                    points(node.without_override, explained.scored.digits_of(explained.output))));
  return text;
}

// "Belarus, 30 June 2019: risk, seen by state ("…")"
std::string subject(const Explained& explained) {
  return fmt::format("{}, {}: {}{}", country_title(explained.country),
                     long_date(explained.scored.now->scenario.as_of),
                     spoken(explained.scored.rules()[explained.output].name),
                     viewpoint_words(explained, *explained.views[explained.told].view));
}

std::string value_of(const model::Node& node, double value, int digits) {
  return node.is_factor() ? points(value, digits) : value_in_short(node, value);
}

// "40 of 100", "100 of 100, cut from 110"; of a derived value "12.4%"
std::string value_of_100(const model::Node& subject, const evaluate::NodeResult& node, int digits) {
  if (!subject.is_factor())
    return node.was_cut() ? value_and_uncut(subject, node, digits)
                          : value_in_short(subject, node.value);
  std::string text = value_and_uncut(subject, node, digits);
  return text.insert(std::min(text.find(','), text.size()), " of 100");
}

// What the output stands on in place of members that are not known; of factors below only which.
Document reweighted_words(const Explained& explained, const evaluate::CountryResult& country) {
  const model::Model& model = explained.scored.rules();
  std::string text = carried_words(model, country, explained.output);
  std::vector<std::string> below;
  for (const NodeId node : reweighted_below(model, country, explained.output))
    if (node != explained.output) below.push_back(spoken(model[node].name));
  if (!below.empty())
    text +=
        fmt::format("{}It rests on {}, where something has no value and the rest carry its weight.",
                    text.empty() ? "" : " ", joined_up_to(below, 8));
  return text.empty() ? Document() : paragraph(text);
}

// How far it may lie off; which end is worst; what it rests on.
Document certainty(const model::Node& subject, const evaluate::NodeResult& node, int digits) {
  const bool certain = !(node.high - node.low > 1e-9);
  std::string text;
  if (certain)
    text = "Nothing unknown or uncertain would change it";
  else if (!subject.is_factor())
    text = fmt::format("Given all that is unknown or uncertain it may be {}",
                       range_in_words(subject, node.low, node.high));
  else {
    const bool rounds_away = interval(node.low, node.high, digits).find("to") == std::string::npos;
    const int shown =
        rounds_away ? digits_apart(node.low, node.high, std::min(digits + 1, 9), 9).value_or(9)
                    : digits;
    text = fmt::format("Given all that is unknown or uncertain it lies between {} and {}",
                       points(node.low, shown), points(node.high, shown));
  }
  if (subject.is_factor()) text += "; " + direction_words(subject);
  return paragraph(
      fmt::format("{}. {} of the weight rests on known data; {} of the weight was judged or "
                  "assumed, not measured.",
                  text, percent(node.coverage), percent(node.judgement)));
}

Document before_settings(const Explained& explained, const ExplainedView& told, double value) {
  const model::Node& subject = explained.scored.rules()[explained.output];
  const int digits = explained.scored.digits_of(explained.output);
  const double before = (*told.before->find(explained.country))[explained.output].value,
               moved = value - before;
  std::string text = fmt::format("Before {} it was {}", joined(explained.scored.settings),
                                 value_of(subject, before, digits));
  if (tie(before, value))
    text += ": nothing moved";
  else if (!std::isnan(moved) && subject.is_factor())
    text +=
        fmt::format(": {} {}", moved > 0 ? "up" : "down", printed_change(before, value, digits));
  return paragraph(text + ".");
}

Document headline(const Explained& explained) {
  const Scored& scored = explained.scored;
  const ExplainedView& told = explained.views[explained.told];
  const evaluate::CountryResult& country = *told.view->find(explained.country);
  const evaluate::NodeResult& node = country[explained.output];
  const model::Node& output = scored.rules()[explained.output];
  const bool rated = !std::isnan(node.value);
  const int digits = scored.digits_of(explained.output);
  const std::string unrated = output.is_factor() ? "not rated" : "not known";
  Document text = document_title(fmt::format(
      "{}, {}: {} {}{}{}.", country_title(explained.country), long_date(scored.now->scenario.as_of),
      spoken(output.name), rated ? value_of_100(output, node, digits) : "is " + unrated,
      band_of(country, explained.output), viewpoint_words(explained, *told.view)));
  if (const std::string replaced = replaced_sentence(scored); !replaced.empty())
    text += paragraph(replaced);
  text += certainty(output, node, digits);
  if (!rated) {
    const explain::Causes causes(*scored.now, told.view->viewpoint, explained.country);
    text += paragraph(
        fmt::format("It is {} because {}.", unrated,
                    because_words(causes.of(explained.output), *scored.now, *scored.sources)));
  }
  text += reweighted_words(explained, country);
  if (const std::size_t open = explain::left_out(country, explained.output).size(); open > 0)
    text += paragraph(fmt::format(
        "{} left out that would move it if {} held, because that can't be decided; see below.",
        counted(open, "rule is", "rules are"), open == 1 ? "it" : "they"));
  if (const std::size_t open = explain::of_open_amount(country, explained.output).size(); open > 0)
    text += paragraph(fmt::format("{} by the least that is sure, because {} not known; see below.",
                                  counted(open, "rule that would move it further acts",
                                          "rules that would move it further act"),
                                  open == 1 ? "its amount is" : "their amounts are"));
  if (told.before) text += before_settings(explained, told, node.value);
  text += overrides_of(explained, node);
  if (const std::string plain = explain::band_by_edges(scored.rules(), country, explained.output);
      !plain.empty())
    text += paragraph(fmt::format(
        "By the edges alone it would be {}: it keeps the band of {} until the score passes an edge "
        "by {}.",
        plain, scored.now->scenario.previous, written_points(output.bands->margin)));
  std::vector<std::string> others;
  for (const ExplainedView& view : explained.views) {
    if (&view == &told) continue;
    const evaluate::CountryResult& same = *view.view->find(explained.country);
    others.push_back(fmt::format("{} {}{}", view.view->name,
                                 value_of(output, same[explained.output].value, digits),
                                 band_of(same, explained.output)));
  }
  if (!others.empty()) text += paragraph(fmt::format("Other viewpoints: {}.", listed(others)));
  return text;
}

Document notes(const Explained& explained) {
  const Scored& scored = explained.scored;
  const model::Model& model = scored.rules();
  std::vector<std::string> missing, assumed, stale, older, expected;
  for (const model::Node& node : model.nodes) {
    if (node.kind != model::NodeKind::parameter) continue;
    const model::Parameter::Entry* in_force = node.parameter().in_force(scored.now->scenario.as_of);
    if (in_force && in_force->expected)
      expected.push_back(fmt::format("{} (from {})", node.name, long_date(in_force->from)));
  }
  for (const NodeId indicator : explain::facts_behind(model, explained.output)) {
    const data::Chosen& fact = scored.now->fact(explained.country, indicator);
    if (!fact.value)
      missing.push_back(name_with_note(fact, model[indicator]));
    else if (!fact.known)
      assumed.push_back(fmt::format("{} ({})", model[indicator].name, fact.note));
    if (fact.stale) stale.push_back(model[indicator].name);
    if (fact.older) older.push_back(model[indicator].name + date_note(fact));
  }
  Document text;
  if (!missing.empty()) text += paragraph(fmt::format("Not known: {}.", joined(missing)), 2, 4);
  if (!assumed.empty()) text += paragraph(fmt::format("Filled in: {}.", listed(assumed)), 2, 4);
  if (!stale.empty()) text += paragraph(fmt::format("Past its time: {}.", joined(stale)), 2, 4);
  if (!older.empty())
    text += paragraph(fmt::format("Over a year older than the scenario's date: {}.", joined(older)),
                      2, 4);
  if (!expected.empty())
    text += paragraph(
        fmt::format("Expected, not yet so when the rules were written: {}.", joined(expected)), 2,
        4);
  return text.empty() ? Document() : gap() + section("What is missing or old") + text;
}

Document tripwires(const Explained& explained) {
  const model::Model& model = explained.scored.rules();
  const evaluate::CountryResult& country =
      *explained.views[explained.told].view->find(explained.country);
  Document text, open;
  for (std::size_t t = 0; t < model.tripwires.size(); ++t) {
    if (country.tripwires[t] == evaluate::Truth::no) continue;
    const model::Tripwire& tripwire = model.tripwires[t];
    Document& into = country.tripwires[t] == evaluate::Truth::yes ? text : open;
    into += paragraph(
        fmt::format("{} (owner {}{}): {}, because {}. [{}]",
                    tripwire.label.empty() ? spoken(tripwire.name) : tripwire.label, tripwire.owner,
                    tripwire.review ? ", to be reviewed by " + long_date(*tripwire.review) : "",
                    code_line(explained.scored.sources->text(tripwire.when.where)),
                    tripwire.because, line_link(tripwire.where, *explained.scored.sources)),
        2, 4);
  }
  if (!text.empty()) text = gap() + section("Tripwires that have fired") + text;
  if (!open.empty())
    text += gap() + section("Tripwires of which nobody can tell whether they fired") + open;
  return text;
}

// Those that don't move it. Call after those that do are told.
Document other_rules(const Narrator& narrator) {
  Document text;
  if (const Document idle = narrator.idle_rules(); !idle.empty())
    text += gap() +
            section("Rules that hold but change nothing: without them all would be the same") +
            idle;
  if (const Document on_unknown = narrator.rules_on_unknown(); !on_unknown.empty())
    text += gap() +
            section("Rules that hold, on parts that are not known: they move the bounds alone") +
            on_unknown;
  if (const Document sure = narrator.rules_by_what_is_sure(); !sure.empty())
    text += gap() + section("Rules that act by the least that is sure of them") + sure;
  if (const Document open = narrator.open_rules(); !open.empty())
    text += gap() + section("Rules left out because they can't be decided") + open;
  return text;
}

}  // namespace

Document explain_text(const Explained& explained, const Document& record) {
  Narrator narrator(explained, explained.views[explained.told]);
  Document text;
  if (!explained.scored.rules()[explained.output].is_factor()) {
    text += headline(explained) + gap() + section(narrator.members_title()) + gap() +
            narrator.parts_of_formula();
    if (const Document rules = narrator.binding_rules(); !rules.empty())
      text += gap() + section("Rules that bind") + rules;
  } else if (explained.deepest_first) {
    text += document_title(subject(explained) + ", from its facts up.") + gap() +
            section("The facts, by what each is worth") + gap() + narrator.facts_by_influence();
    if (const Document rules = narrator.binding_rules(); !rules.empty())
      text += gap() + section("Rules that bind") + rules;
    text += gap() + section("What they are part of") + gap() + narrator.factors(1) + gap() +
            headline(explained) + narrator.who_weighs();
  } else {
    text += headline(explained) + gap() + section(narrator.members_title()) + gap() +
            narrator.factors(explained.depth);
    if (const Document weights = narrator.who_weighs(); !weights.empty()) text += gap() + weights;
  }
  text += other_rules(narrator) + notes(explained) + tripwires(explained) + record;
  return text + stamped(stamp(explained.scored));
}

Document explain_head(const Explained& explained) {
  Narrator narrator(explained, explained.views[explained.told]);
  Document text = headline(explained);
  if (const Document rules = narrator.binding_rules(); !rules.empty())
    text += gap() + section("Rules that bind") + rules;
  return text + other_rules(narrator) + notes(explained) + tripwires(explained);
}

Document ledger_text(const Explained& explained) {
  const Scored& scored = explained.scored;
  Document text;
  const explain::Ledger& ledger = explained.views[explained.told].ledger;
  for (const explain::Entry& entry : ledger.entries) {
    std::vector<std::string> in, slots;
    for (std::size_t i = 0; i < entry.in.size(); ++i)
      in.push_back(fmt::format("r{}={}", entry.operation->in[i].index, exact(entry.in[i])));
    for (const double slot : entry.slots) slots.push_back(exact(slot));
    std::string words = fmt::format("r{} = {} {}", entry.reg.index,
                                    program::name_of(entry.operation->code), exact(entry.result));
    if (entry.operation->node.valid())
      words += fmt::format("  {}", scored.rules()[entry.operation->node].name);
    if (!in.empty()) words += fmt::format("  from {}", fmt::join(in, " "));
    if (!slots.empty()) words += fmt::format("  with {}", fmt::join(slots, " "));
    if (entry.by_range) words += "  whatever is unknown";
    const std::string line = line_of(entry.operation->where, *scored.sources);
    text += labelled(words + (line.empty() ? "" : "  [" + line + "]"), "", 0);
  }
  return text;
}

}  // namespace waystone::report
