// How a country came to its score, and what a memo can't say.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/memo.hpp"
#include "report/rules.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::Brief;
using explain::BriefPast;
using explain::Mover;

// What a mover was on two dates: "member of the WTO, no to yes".
std::string memo_mover(const MemoPage& page, const Brief& brief, const Mover& mover, Date from,
                       Date to) {
  const explain::Player& player = mover.player;
  switch (player.kind) {
    case explain::PlayerKind::rule:
      return fmt::format("the rule \"{}\"", plain_title(page.model[player.rule]));
    case explain::PlayerKind::weights: return "other weights";
    case explain::PlayerKind::override_points: return "an override";
    case explain::PlayerKind::time: return "the date itself";
    case explain::PlayerKind::leaf: break;
  }
  const model::Node& node = page.model[player.node];
  std::string words = plain_label(node);
  if (node.kind != model::NodeKind::indicator) return words;
  const auto on = [&](Date date) -> std::string {
    for (const Scored& day : page.memo.days)
      if (day.now->scenario.as_of == date)
        if (const auto& fact = day.now->fact(brief.country, player.node); fact.value)
          return value_in_short(node, *fact.value);
    return "not known";
  };
  const std::string was = on(from), is = on(to);
  if (words.starts_with("member of ") && was == "no" && is == "yes")
    return "joining " + words.substr(10);
  if (words.starts_with("member of ") && was == "yes" && is == "no")
    return "leaving " + words.substr(10);
  return was == is ? words : fmt::format("{} ({}, then {})", words, was, is);
}

std::string movers_words(const MemoPage& page, const Brief& brief,
                         const explain::Movement& movement, Date from, Date to, std::size_t most) {
  std::vector<std::string> parts;
  const double way = movement.to - movement.from;
  for (const Mover& mover : movement.movers) {
    const double points = mover.player.points;
    if (points * way <= 0 || std::fabs(points) < explain::least_told_event) continue;
    std::string words = memo_mover(page, brief, mover, from, to);  // one fact may be read twice
    if (parts.size() < most && std::find(parts.begin(), parts.end(), words) == parts.end())
      parts.push_back(std::move(words));
  }
  return joined(parts);
}

std::string went(double from, double to) { return to > from ? "rose" : "fell"; }

}  // namespace

Document memo_record(MemoPage& page, const Brief& brief) {
  std::vector<BriefPast> rated;
  for (const BriefPast& past : brief.past)
    if (!std::isnan(past.value)) rated.push_back(past);
  const std::string whose = page.name(brief);
  if (std::isnan(brief.past.back().value) && !rated.empty())
    return paragraph(fmt::format("{} has no score {}; it last had one {}, {}.", whose,
                                 at_moment(brief.past.back().date), at_moment(rated.back().date),
                                 page.score(rated.back().value)));
  if (rated.size() < 2)
    return paragraph(
        fmt::format("{} has no score of an earlier date to set beside this one.", whose));
  const BriefPast &first = rated.front(), &last = rated.back();
  const auto by_value = [](const BriefPast& a, const BriefPast& b) { return a.value < b.value; };
  const BriefPast low = *std::min_element(rated.begin(), rated.end(), by_value),
                  high = *std::max_element(rated.begin(), rated.end(), by_value);
  const std::string from = page.score(first.value), to = page.score(last.value);
  std::string text =
      from == to
          ? fmt::format("{} stands where it stood {}, at {}", whose, at_moment(first.date), to)
          : fmt::format("{} {} from {} {} to {} {}", whose, went(first.value, last.value), from,
                        at_moment(first.date), to, at_moment(last.date));
  std::vector<std::string> ends;
  const auto beyond = [&](const BriefPast& end, double other) {
    return std::fabs(end.value - other) > 0.5 && page.score(end.value) != page.score(other);
  };
  if (beyond(low, std::min(first.value, last.value)))
    ends.push_back(fmt::format("as low as {} {}", page.score(low.value), at_moment(low.date)));
  if (beyond(high, std::max(first.value, last.value)))
    ends.push_back(fmt::format("as high as {} {}", page.score(high.value), at_moment(high.date)));
  if (!ends.empty()) text += ", and was " + joined(ends);
  text += ".";
  if (brief.largest_step && rated.size() > 2) {
    const auto& [place, step] = *brief.largest_step;
    const Date before = brief.past[place - 1].date, then = brief.past[place].date;
    const std::string why = movers_words(page, brief, step, before, then, 2);
    text += fmt::format(" Its largest step came between {} and {}, when it {} from {} to {}{}.",
                        moment(before), moment(then), went(step.from, step.to),
                        page.score(step.from), page.score(step.to),
                        why.empty() ? ", by many small things" : ", mostly through " + why);
  }
  if (brief.since_first && from != to && page.memo.briefs.size() == 1) {
    const std::string why = movers_words(page, brief, *brief.since_first, first.date, last.date, 3);
    if (!why.empty()) text += fmt::format(" Over the whole time most came through {}.", why);
    if (brief.since_first->split.mostly_data())
      text +=
          " Much of that is data that began or ended, and says more of what is known than of "
          "the country.";
  }
  for (const scenario::Override& entry : page.memo.scored.now->scenario.overrides)
    if (entry.country == brief.country && entry.until >= page.memo.scored.now->scenario.as_of) {
      text += " The points added by hand are in the earlier scores, too.";
      break;
    }
  return paragraph(text);
}

Document memo_pair_record(MemoPage& page) {
  const auto& past = page.memo.pair_past;
  if (!past || past->dates == 0) return {};
  const std::string first = page.name(page.memo.briefs[0]), second = page.name(page.memo.briefs[1]);
  const std::size_t level = past->dates - past->first_higher - past->second_higher;
  std::vector<std::string> parts;
  const auto add = [&](std::size_t times, const std::string& who) {
    if (times > 0)
      parts.push_back(fmt::format("{} {}", who,
                                  times == 1   ? std::string("once")
                                  : times == 2 ? std::string("twice")
                                               : number_word(times) + " times"));
  };
  add(past->first_higher, first + " stood higher");
  add(past->second_higher, parts.empty() ? second + " stood higher" : second);
  add(level, "they were level");
  std::string text =
      fmt::format("On the {} before this one on which both had a score, {}.",
                  past->dates == 1 ? "date" : number_word(past->dates) + " dates", joined(parts));
  if (past->turned)
    text += fmt::format(" The order last turned between {} and {}.", moment(past->turned->first),
                        moment(past->turned->second));
  return paragraph(text);
}

Document memo_limits(MemoPage& page) {
  const scenario::Scenario& scenario = page.memo.scored.now->scenario;

  std::string text = fmt::format(
      "A score puts countries in order; it is no probability, and a point is no sum of money. It "
      "knows only its facts, and of them what was known by {}.",
      long_date(scenario.known_by));
  const ViewpointId viewpoint = page.view().viewpoint;
  if (viewpoint.valid()) {
    const auto& judged = page.model.viewpoints[viewpoint.index].provenance.judged;
    text += fmt::format(" The weights{} are a judgement", page.notes.viewpoint(viewpoint));
    if (judged) text += fmt::format(", by the {} on {}", judged->by, long_date(judged->on));
    text += "; so are scales, bands and what rules cost.";
  }
  text += fmt::format(
      " 'waystone explain {}{}' prints the computation, 'sources' each figure, 'assumptions' each "
      "judgement.",
      page.memo.scored.path, " " + page.memo.briefs.front().country);
  return paragraph(text);
}

}  // namespace waystone::report
