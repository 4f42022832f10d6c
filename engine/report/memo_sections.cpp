// Sections that memos of one country and of two share.
#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "base/ties.hpp"
#include "explain/reasons.hpp"
#include "explain/standing.hpp"
#include "report/causes.hpp"
#include "report/data.hpp"
#include "report/marks.hpp"
#include "report/memo.hpp"
#include "report/rules.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::Brief;
using explain::BriefEvent;
using explain::Holding;

// ---- how sure

std::string known_sentence(const MemoPage& page, const Brief& brief) {
  std::vector<std::string> missing;
  std::size_t known = 0, asked = 0;
  const auto behind = explain::facts_behind(page.model, brief.output);
  for (const Holding& held : brief.held.facts) {
    if (std::find(behind.begin(), behind.end(), held.indicator) == behind.end()) continue;
    ++asked;
    known += held.fact->known;
    if (!held.fact->known) missing.push_back(plain_label(page.model[held.indicator]));
  }
  const std::string whose = page.memo.briefs.size() > 1 ? " about " + page.name(brief) : "";
  if (missing.empty())
    return fmt::format("All {} facts that the score asks for{} are known.", asked, whose);
  return fmt::format("Of the {} facts that the score asks for{}, {} {} known. Not known: {}.",
                     asked, whose, number_word(known), known == 1 ? "is" : "are",
                     joined_up_to(missing, 3, "'data' has all"));
}

// Points that somebody added by hand are nobody's measurement.
std::string override_sentence(const MemoPage& page, const Brief& brief) {
  const evaluate::NodeResult& result = (*brief.result)[brief.output];
  std::string text;
  for (const scenario::Override& entry : page.memo.scored.now->scenario.overrides) {
    if (entry.country != brief.country || entry.until < page.memo.scored.now->scenario.as_of)
      continue;
    text += fmt::format(
        " By hand, {} {} {} {} {}{}, until {}, because {}.", entry.by,
        entry.points < 0 ? "took" : "added", written_points(std::fabs(entry.points)),
        entry.points < 0 ? "off" : "to", page.memo.briefs.size() > 1 ? page.name(brief) + ", " : "",
        spoken_proper(page.model[entry.target].name), long_date(entry.until), entry.because);
  }
  if (!text.empty() && !std::isnan(result.without_override) &&
      page.score(result.without_override) != page.score(result.value))
    text += fmt::format(" Without it the score would be {}.", page.score(result.without_override));
  return text;
}

std::string measured_sentence(const Brief& brief) {
  const explain::Resting& rests = brief.rests;
  std::vector<std::string> others;
  if (rests.expected >= 0.005)
    others.push_back(fmt::format("what is expected, {}", percent(rests.expected)));
  if (rests.filled >= 0.005)
    others.push_back(fmt::format("what the rules fill in, {}", percent(rests.filled)));
  // What an expression puts in place of the unknown has no policy that could be listed.
  const double stands_in = (*brief.result)[brief.output].judgement - rests.judged - rests.filled;
  if (stands_in >= 0.005)
    others.push_back(
        fmt::format("what the rules put in place of the unknown, {}", percent(stands_in)));
  std::string rest = others.empty() ? "" : fmt::format("; {}", joined(others));
  if (rests.judged < 0.005) return fmt::format(" None of the figures is a judgement{}.", rest);
  const bool all = brief.judge_share > 0.9 * rests.judged;
  std::string whose;
  if (brief.judge == "command line")
    whose = all ? ", by --set on the command line" : ", mostly by --set on the command line";
  else if (!brief.judge.empty())
    whose = fmt::format("{} of the {}", all ? "" : ", mostly", brief.judge);
  return fmt::format(" The judgement{}, not measurement, carries {} of the weight{}.", whose,
                     percent(rests.judged), rest);
}

std::string bounds_sentence(const MemoPage& page, const Brief& brief) {
  const evaluate::NodeResult& result = (*brief.result)[brief.output];
  const std::string low = page.score(result.low), high = page.score(result.high);
  if (low == high || std::isnan(result.value)) return "";
  std::string text = fmt::format(
      " Given what is uncertain or unknown, the score lies between {} and {}", low, high);
  if (!page.output.bands) return text + ".";
  const auto& edges = page.output.bands->edges;
  const auto band_at = [&](double value) {
    std::size_t k = 0;
    while (k < edges.size() && value >= edges[k]) ++k;
    return page.output.bands->names[k];
  };
  const std::string from = band_at(result.low), to = band_at(result.high);
  const auto band = brief.result->band.find(brief.output);
  if (from == to && band != brief.result->band.end() && band->second == from)
    return text + fmt::format(", \"{}\" throughout.", from);
  return text + fmt::format(", from \"{}\" to \"{}\".", from, to);
}

std::string age_sentence(const MemoPage& page, const Brief& brief) {
  std::vector<const data::Chosen*> older;
  const auto behind = explain::facts_behind(page.model, brief.output);
  for (const Holding& held : brief.held.facts)
    if (held.fact->known && held.fact->older &&
        std::find(behind.begin(), behind.end(), held.indicator) != behind.end())
      older.push_back(held.fact);
  if (older.empty()) return "";
  return fmt::format(" Of the figures, {} {} {}.", number_word(older.size()),
                     older.size() == 1 ? "is" : "are", ages(older));
}

std::string left_out_sentence(const MemoPage& page, const Brief& brief) {
  std::vector<std::string> names;
  const explain::Causes causes(*page.memo.scored.now, page.view().viewpoint, brief.country);
  for (const RuleId rule : explain::left_out(*brief.result, brief.output)) {
    const std::vector<explain::Cause> found = causes.of(rule);
    const std::string why =
        explain::only_facts(found)
            ? ""
            : fmt::format(" ({})", undecided_words(found, *page.memo.scored.now,
                                                   *page.memo.scored.sources, "would decide it"));
    names.push_back(fmt::format("\"{}\"{}", plain_title(page.model[rule]), why));
  }
  if (names.empty()) return "";
  return fmt::format(" Left out, since nobody knows whether {} {}: {}.",
                     names.size() == 1 ? "it" : "they", names.size() == 1 ? "applies" : "apply",
                     joined_up_to(names, 3));
}

// Rules whose amounts aren't known: they act by what is sure.
std::string open_amount_sentence(const MemoPage& page, const Brief& brief) {
  std::vector<std::string> names;
  for (const RuleId rule : explain::of_open_amount(*brief.result, brief.output))
    names.push_back(fmt::format("\"{}\"", plain_title(page.model[rule])));
  if (names.empty()) return "";
  const bool one = names.size() == 1;
  return fmt::format(" {} {} by the least that is sure, since {} not known.",
                     joined_up_to(names, 3), one ? "acts" : "act",
                     one ? "its amount is" : "their amounts are");
}

// Parts that the score is made without.
std::string unscored_sentence(const MemoPage& page, const Brief& brief) {
  const std::string of = page.memo.briefs.size() > 1 ? fmt::format(" of {}", page.name(brief)) : "";
  const evaluate::NodeResult& result = (*brief.result)[brief.output];
  std::vector<std::string> names;
  for (const NodeId part : brief.unscored) names.push_back(spoken_proper(page.model[part].name));
  if (names.empty())
    return result.rests_on_reweighted
               ? fmt::format(
                     " The score{} rests on part of its weight: where facts lack, others "
                     "carry theirs.",
                     of)
               : "";
  return fmt::format(" Not in the score{}, since too little is known: {}{}{}.", of, joined(names),
                     brief.unscored_share > 0
                         ? fmt::format(", {} of its weight", percent(brief.unscored_share))
                         : std::string(),
                     result.reweighted ? ", which the other parts carry" : "");
}

// A score at the end of its scale may hide more.
std::string cut_sentence(const MemoPage& page, const Brief& brief) {
  const evaluate::NodeResult& result = (*brief.result)[brief.output];
  if (std::isnan(result.uncut)) return "";
  return fmt::format(" The rules come to {}; the scale ends at {}.", exact(result.uncut),
                     page.score(result.value));
}

// ---- what would turn it

std::string event_phrase(MemoPage& page, const Brief& brief, const BriefEvent& event) {
  std::vector<std::string> asks;
  for (const explain::BriefAsk& ask : event.asks) {
    const model::Node& node = page.model[ask.node];
    std::string words = ask_phrase(node, ask);
    const evaluate::NodeResult& result = (*brief.result)[ask.node];
    if (node.unit != model::Unit::yes_no && !std::isnan(result.value))
      words +=
          fmt::format("; {} {}{}", page.time_of(brief, ask.node),
                      value_in_short(node, result.value), page.notes.fact(brief.country, ask.node));
    else if (std::isnan(result.value))
      words += "; not known";
    asks.push_back(words);
  }
  return fmt::format("\"{}\"{}{}{}", plain_title(page.model[event.rule]),
                     page.notes.rule(event.rule),
                     asks.empty() ? "" : fmt::format(" ({})", joined(asks)),
                     event.undecided ? ", of which nobody knows whether it applies," : "");
}

// A score beside an edge that it lies below: with the digits that show it.
std::string score_below(const MemoPage& page, double value, double edge) {
  constexpr int most = 6;
  for (int digits = page.digits; digits < most; ++digits)
    if (below(std::stod(points(value, digits)), edge)) return points(value, digits);
  return points(value, most);
}

// A part can't do what a fact may that ends the rule.
std::string while_held(const MemoPage& page, const Brief& brief) {
  for (const explain::BriefHold& hold : brief.holding)
    for (const explain::Hold& one : hold.holds)
      if (page.model[one.rule].effects[one.effect].target == brief.output)
        return fmt::format(" while the rule \"{}\" holds", plain_title(page.model[hold.rule]));
  return "";
}

std::string better_sentence(const MemoPage& page, const Brief& brief) {
  if (!page.output.bands || brief.parts.empty()) return "";
  if (!explain::band_by_edges(page.model, *brief.result, brief.output).empty())
    return "";  // a kept band begins elsewhere
  const model::Bands& bands = *page.output.bands;
  const bool high_is_better = page.output.factor().higher_is_better;
  const auto band = brief.result->band.find(brief.output);
  const auto at = band == brief.result->band.end()
                      ? bands.names.end()
                      : std::find(bands.names.begin(), bands.names.end(), band->second);
  const std::size_t k = std::size_t(at - bands.names.begin());
  if (at == bands.names.end() || (high_is_better ? k + 1 == bands.names.size() : k == 0)) return "";
  const double edge = high_is_better ? bands.edges[k] : bands.edges[k - 1];
  const std::string next = bands.names[high_is_better ? k + 1 : k - 1];
  std::vector<std::string> enough;
  for (const explain::BriefPart& part : brief.parts)
    if (below(part.at_best, edge) != high_is_better)
      enough.push_back(fmt::format(
          "{} ({})", spoken_proper(page.model[part.node].name),
          high_is_better ? page.score(part.at_best) : score_below(page, part.at_best, edge)));
  const std::string wanted =
      high_is_better ? fmt::format("\"{}\" begins at {}", capitalised(next), amount(edge))
                     : fmt::format("\"{}\" begins at {}; below it lies \"{}\"",
                                   capitalised(band->second), amount(edge), next);
  const explain::BriefPart& first = brief.parts.front();
  if (enough.empty())
    return fmt::format(
        "{}. No single part would bring it there{}: with {} at its best the {} "
        "would still be {}.",
        wanted, while_held(page, brief), spoken_proper(page.model[first.node].name),
        spoken_proper(page.output.name),
        high_is_better ? score_below(page, first.at_best, edge) : page.score(first.at_best));
  constexpr std::size_t most = 4;
  if (enough.size() > most + 1)
    return fmt::format(
        "{}. One part at its best would bring it there by itself: {} or any of {} others.", wanted,
        joined({enough.begin(), enough.begin() + most}, ", "), number_word(enough.size() - most));
  return fmt::format("{}. One part at its best would bring it there by itself: {}.", wanted,
                     joined(enough, " or "));
}

// The single fact that would help most.
std::string best_fact(MemoPage& page, const Brief& brief) {
  const explain::BriefLeaf* best = nullptr;
  for (const explain::BriefPart& part : brief.parts)
    for (const explain::BriefLeaf& leaf : part.leaves)
      if (!best || leaf.worth > best->worth) best = &leaf;
  if (!best || best->worth < explain::least_told_event) return "";
  const double sign = page.output.factor().higher_is_better ? -1 : 1;
  const double then = (*brief.result)[brief.output].value - sign * best->worth;
  return fmt::format(" Of single facts, {} counts most{}: at its best the {} would be {}.",
                     plain_label(page.model[best->node]),
                     page.notes.fact(brief.country, best->node), spoken_proper(page.output.name),
                     page.score(then));
}

}  // namespace

Document memo_how_sure(MemoPage& page, const Brief& brief) {
  return paragraph(known_sentence(page, brief) + unscored_sentence(page, brief) +
                   measured_sentence(brief) + override_sentence(page, brief) +
                   age_sentence(page, brief) + bounds_sentence(page, brief) +
                   cut_sentence(page, brief) + left_out_sentence(page, brief) +
                   open_amount_sentence(page, brief));
}

Document memo_events(MemoPage& page, const Brief& brief, std::size_t most) {
  Document text;
  const bool pair = page.memo.briefs.size() > 1;
  if (!pair)
    if (const std::string better = better_sentence(page, brief) + best_fact(page, brief);
        !better.empty())
      text += paragraph(better);
  std::vector<std::string> parts;
  const std::string today = page.score((*brief.result)[brief.output].value);
  for (const BriefEvent& event : brief.worse) {
    if (parts.size() >= most || page.score(event.to) == today) continue;  // looks like none
    const bool same = event.band.empty() || event.band == brief.result->band.at(brief.output);
    parts.push_back(fmt::format("{} {} {}{}", event_phrase(page, brief, event),
                                parts.empty() ? "would bring it to" : "to", page.score(event.to),
                                same ? std::string() : fmt::format(", \"{}\"", event.band)));
  }
  if (!parts.empty())
    text += paragraph(
        fmt::format("For the worse{}: {}.", pair ? " in " + page.name(brief) : "", listed(parts)));
  else
    text += paragraph(fmt::format("No rule that does not hold today would make {} visibly worse.",
                                  pair ? page.name(brief) : std::string("the score")));
  return text;
}

// ---- what to watch

namespace {

struct Wire {
  const model::Tripwire* tripwire;
  std::vector<std::string> fired, unknown;  // countries
};

std::vector<Wire> wires_of(const MemoPage& page) {
  std::vector<Wire> wires;
  for (std::size_t t = 0; t < page.model.tripwires.size(); ++t) {
    Wire wire{&page.model.tripwires[t], {}, {}};
    for (const Brief& brief : page.memo.briefs) {
      const evaluate::Truth truth = brief.result->tripwires[t];
      if (truth == evaluate::Truth::yes) wire.fired.push_back(page.name(brief));
      if (truth == evaluate::Truth::unknown) wire.unknown.push_back(page.name(brief));
    }
    wires.push_back(std::move(wire));
  }
  return wires;
}

std::string wire_name(const model::Tripwire& wire) {
  return fmt::format("\"{}\"", wire.label.empty() ? spoken(wire.name) : wire.label);
}

// Who answers for them and when they are looked at again, said once where it is one.
std::string owners_sentence(const std::vector<Wire>& wires, Date now) {
  std::map<std::string, std::size_t> owners;
  std::optional<Date> first, last;
  for (const Wire& wire : wires) {
    ++owners[wire.tripwire->owner];
    if (!wire.tripwire->review) continue;
    first = first ? std::min(*first, *wire.tripwire->review) : wire.tripwire->review;
    last = last ? std::max(*last, *wire.tripwire->review) : wire.tripwire->review;
  }
  std::vector<std::string> names;
  for (const auto& [name, count] : owners) names.push_back("the " + name);
  std::string text =
      fmt::format("{} {} set; {} {} {}", capitalised(number_word(wires.size())),
                  wires.size() == 1 ? "tripwire is" : "tripwires are", joined(names),
                  names.size() == 1 ? "watches" : "watch", wires.size() == 1 ? "it" : "them");
  const bool overdue = first && *first < now;
  if (first)
    text += fmt::format(
        ". {} {}", overdue ? "A review was due" : "The next review is due",
        first == last ? "on " + long_date(*first)
                      : fmt::format("between {} and {}", long_date(*first), long_date(*last)));
  return text + ".";
}

std::string place_of_wire(const MemoPage& page, const model::Tripwire& wire) {
  return fmt::format("({})", line_link(wire.where, *page.memo.scored.sources));
}

Document wires_text(MemoPage& page, const std::vector<Wire>& wires) {
  Document text = paragraph(owners_sentence(wires, page.memo.scored.now->scenario.as_of));
  std::vector<std::string> quiet;
  for (const Wire& wire : wires) {
    const model::Tripwire& tripwire = *wire.tripwire;
    if (wire.fired.empty() && wire.unknown.empty()) {
      quiet.push_back(wire_name(tripwire));
      continue;
    }
    std::string state;
    if (!wire.fired.empty()) state = "has fired";
    if (!wire.fired.empty() && page.memo.briefs.size() > 1) state += " for " + joined(wire.fired);
    if (!wire.unknown.empty())
      state += fmt::format("{}can't be told{}", state.empty() ? "" : " and ",
                           page.memo.briefs.size() > 1 ? " for " + joined(wire.unknown)
                                                       : std::string(" on these facts"));
    text += paragraph(fmt::format("- {} {}: {}. {}", wire_name(tripwire), state, tripwire.because,
                                  place_of_wire(page, tripwire)),
                      0, 2);
  }
  if (!quiet.empty()) text += paragraph(fmt::format("- Quiet: {}.", joined(quiet)), 0, 2);
  return text;
}

// What the events above hang on, where nobody has set a tripwire.
std::string events_to_watch(MemoPage& page) {
  std::vector<std::string> facts;
  for (const Brief& brief : page.memo.briefs)
    for (const BriefEvent& event : brief.worse)
      for (const explain::BriefAsk& ask : event.asks) {
        const std::string name = plain_label(page.model[ask.node]);
        if (facts.size() < 4 && std::find(facts.begin(), facts.end(), name) == facts.end())
          facts.push_back(name);
      }
  if (facts.empty()) return "The rules set no tripwires, and nobody is named to watch.";
  return fmt::format(
      "The rules set no tripwires, and nobody is named to watch. Until somebody is, "
      "look first at what the events above hang on: {}.",
      joined(facts));
}

// Figures that the tables have and that begin to count within a year.
std::string coming_sentence(MemoPage& page) {
  if (page.memo.briefs.size() > 1) return "";  // a page of two has no room
  if (std::isnan((*page.memo.briefs.front().result)[page.memo.briefs.front().output].value))
    return "";
  constexpr std::size_t most = 2;
  const Brief& brief = page.memo.briefs.front();
  const Date now = page.memo.scored.now->scenario.as_of, year = add_months(now, 12);
  std::vector<const Holding*> coming;
  for (const Holding& held : brief.held.facts)
    if (held.next && held.weight > 0 && held.next->known > now && held.next->known <= year &&
        held.next->value != held.fact->value)
      coming.push_back(&held);
  std::stable_sort(coming.begin(), coming.end(),
                   [](const Holding* a, const Holding* b) { return a->weight > b->weight; });
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < std::min(most, coming.size()); ++k) {
    const scenario::Datum& next = *coming[k]->next;
    const model::Node& node = page.model[coming[k]->indicator];
    parts.push_back(fmt::format("{} ({} from {}){}", plain_label(node),
                                value_in_short(node, *next.value), long_date(next.known),
                                page.notes.next(brief.country, coming[k]->indicator, next)));
  }
  if (parts.empty()) return "";
  if (coming.size() > most)
    parts.push_back(fmt::format("{} more ('data' has all)", number_word(coming.size() - most)));
  return fmt::format(
      "The score will move by itself as later figures, which the tables have "
      "already, begin to count: {}.",
      joined(parts));
}
}  // namespace

Document memo_watch(MemoPage& page) {
  Document text = gap() + section("What to watch");
  const std::vector<Wire> wires = wires_of(page);
  text += wires.empty() ? paragraph(events_to_watch(page)) : wires_text(page, wires);
  if (const std::string coming = coming_sentence(page); !coming.empty()) text += paragraph(coming);
  return text;
}

}  // namespace waystone::report
