// The memo of one country, and what the memos of one and of two begin and end with.
#include "report/memo.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/ties.hpp"
#include "explain/reasons.hpp"
#include "explain/standing.hpp"
#include "report/causes.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::Brief;
using explain::BriefLeaf;
using explain::BriefPart;

constexpr double least_leaf = 0.05;  // points: what costs less isn't worth a word

std::string rank_sentence(const MemoPage& page, const Brief& brief) {
  if (brief.rated < 5) return "";
  const bool high_is_worse = !page.output.factor().higher_is_better;
  const std::size_t above = brief.rank - 1, below = brief.rated - brief.rank;
  std::string text =
      above == 0 ? fmt::format(" No other of the {} countries rated scores higher", brief.rated)
                 : fmt::format(" Of the {} countries rated, {} {} {} and {} {}", brief.rated,
                               number_word(above), above == 1 ? "scores" : "score",
                               high_is_worse ? "worse" : "better", number_word(below),
                               high_is_worse ? "better" : "worse");
  if (brief.level > 0)
    text += fmt::format("; {} of them {} within {} of it, too near for an order to mean anything",
                        number_word(brief.level), brief.level == 1 ? "lies" : "lie",
                        written_points(page.model.level_margin));
  return text + ".";
}

std::string year_before(const MemoPage& page, const Brief& brief) {
  if (brief.past.size() < 2) return "";
  const explain::BriefPast& last = brief.past[brief.past.size() - 2];
  const double value = (*brief.result)[brief.output].value;
  const int days = page.memo.scored.now->scenario.as_of.days - last.date.days;
  if (std::isnan(last.value) || days < 350 || days > 380) return "";
  if (page.score(last.value) == page.score(value)) return " A year earlier it stood the same.";
  return fmt::format(" A year earlier it stood at {}.", page.score(last.value));
}

std::string askers_sentence(const MemoPage& page, const Brief& brief) {
  const std::string others = page.other_views(brief.country);
  if (others.empty()) return "";
  double low = 100, high = 0;
  for (const evaluate::ViewResult& view : page.memo.scored.assessment->views) {
    const double value = (*view.find(brief.country))[brief.output].value;
    if (std::isnan(value)) return "";
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (tie(high, low)) return "";  // it takes no weights from who asks
  const bool little = high - low < page.model.level_margin;
  return fmt::format(" That is how {} sees it. Who asks matters {}: {}.", page.told_asker(),
                     little ? "little" : "a good deal", others);
}

Document verdict(MemoPage& page, const Brief& brief) {
  const evaluate::CountryResult& result = *brief.result;
  const double value = result[brief.output].value;
  const std::string name = page.name(brief);
  if (std::isnan(value)) {
    return section("Verdict") +
           paragraph(fmt::format("{} can't be rated on these facts, and a guess would look like a "
                                 "rating. {}",
                                 name, page.why_not_rated(brief)));
  }
  const auto band = result.band.find(brief.output);
  const std::string worst = page.output.factor().higher_is_better ? "best" : "worst";
  std::string text;
  if (band != result.band.end() && !band->second.empty())
    text = fmt::format(
        "{} {} is {}: {} on a scale from 0 to 100, where 100 is {} and \"{}\" runs "
        "from {}.",
        possessive(name), spoken_proper(page.output.name), band->second, page.score(value), worst,
        band->second, band_span(*page.output.bands, band->second));
  else
    text = fmt::format("{} {} is {} on a scale from 0 to 100, where 100 is {}.", possessive(name),
                       spoken_proper(page.output.name), page.score(value), worst);
  if (const std::string plain = explain::band_by_edges(page.model, result, brief.output);
      !plain.empty())
    text += fmt::format(
        " By its edges alone it would be \"{}\"; \"{}\" is kept from the previous rating until the "
        "score passes an edge by {}.",
        plain, band->second, written_points(page.output.bands->margin));
  return section("Verdict") + paragraph(text + rank_sentence(page, brief) +
                                        year_before(page, brief) + askers_sentence(page, brief));
}

// ---- why

std::string heavy_sentence(MemoPage& page, const Brief& brief, std::size_t place) {
  const BriefPart& part = brief.parts[place];
  const std::string name =
      place < 2 ? page.part_name(part.node) : spoken_proper(page.model[part.node].name);
  const std::string of_part = part.reweighted ? ", from part of its weight" : "",
                    value = page.score(part.value) + of_part;
  std::string facts = joined(page.costly(brief, part, place == 0 ? 3 : 2));
  if (!facts.empty()) facts = ": " + facts;
  switch (place) {
    case 0:
      return fmt::format("What {} most is {}, at {} of 100{}{}.",
                         page.output.factor().higher_is_better ? "holds it back" : "weighs", name,
                         page.score(part.value), of_part, facts);
    case 1: return fmt::format(" Next comes {}, at {}{}.", name, value, facts);
    default: return fmt::format(" {} stands at {}{}.", capitalised(name), value, facts);
  }
}

std::string acting_sentence(MemoPage& page, const Brief& brief, const explain::BriefRule& acting) {
  const bool worse = (acting.points > 0) != page.output.factor().higher_is_better;
  return fmt::format(" The rule \"{}\"{} applies{} and {} {}.",
                     plain_title(page.model[acting.rule]), page.notes.rule(acting.rule),
                     page.memo.briefs.size() > 1 ? " to " + page.name(brief) : "",
                     worse ? "costs" : "takes off", point_word(acting.points, page.digits));
}

// "risk at 60 or above and security at 85 or above"
std::string held_words(const MemoPage& page, const explain::BriefHold& hold) {
  std::vector<std::string> parts;
  for (const explain::Hold& one : hold.holds) {
    const model::Effect& effect = page.model[one.rule].effects[one.effect];
    parts.push_back(fmt::format("{} at {} or {}", spoken_proper(page.model[effect.target].name),
                                amount(one.amount),
                                effect.kind == model::EffectKind::at_least ? "above" : "below"));
  }
  return joined(parts);
}

// `told`: facts that the sentences before have named.
std::string holding_sentence(MemoPage& page, const Brief& brief, const explain::BriefHold& hold,
                             const std::set<NodeId>& told) {
  const std::string rule =
      fmt::format("\"{}\"{}", plain_title(page.model[hold.rule]), page.notes.rule(hold.rule));
  std::vector<std::string> facts;
  for (const NodeId node : hold.facts)
    if (facts.size() < 2 && !std::isnan((*brief.result)[node].value) && !told.contains(node))
      facts.push_back(page.phrase(brief, node, evaluate::unknown_value));
  std::string text = fmt::format(" The rule {}{} keeps {}", rule,
                                 facts.empty() ? "" : fmt::format(", by {},", joined(facts)),
                                 held_words(page, hold));
  const bool worse = (hold.points > 0) != page.output.factor().higher_is_better;
  if (std::fabs(hold.points) >= explain::least_told_event)
    text += fmt::format(", and {} {}", worse ? "costs" : "takes off",
                        point_word(hold.points, page.digits));
  return text + ".";
}

constexpr std::size_t told_parts = 3;

bool is_told(const Brief& brief, std::size_t place) {
  return place == 0 ||
         (place < told_parts && brief.parts[place].worth >= explain::least_told_event);
}

bool holds_output(const MemoPage& page, const Brief& brief, const explain::BriefHold& hold) {
  return page.model[hold.rule].effects[hold.holds.front().effect].target == brief.output;
}

// The rules that matter: those that hold the score where it is, then those that move it.
std::string rules_sentences(MemoPage& page, const Brief& brief) {
  constexpr std::size_t most = 2;
  constexpr double beside_one_that_holds = 1.5;  // points: of less there is no room to tell
  std::string text;
  std::set<NodeId> named;
  for (std::size_t k = 0; k < brief.parts.size(); ++k)
    for (std::size_t n = 0; is_told(brief, k) && n < brief.parts[k].leaves.size() && n < 2; ++n)
      if (brief.parts[k].leaves[n].worth >= least_leaf) named.insert(brief.parts[k].leaves[n].node);
  std::vector<RuleId> told;
  for (const explain::BriefHold& hold : brief.holding) {
    if (!told.empty() && (told.size() == most || !holds_output(page, brief, hold))) continue;
    text += holding_sentence(page, brief, hold, named);
    told.push_back(hold.rule);
  }
  const double least = told.empty() ? explain::least_told_event : beside_one_that_holds;
  for (const explain::BriefRule& acting : brief.acting) {
    const bool known = std::find(told.begin(), told.end(), acting.rule) != told.end();
    if (known || std::fabs(acting.points) < least || told.size() >= most) continue;
    text += acting_sentence(page, brief, acting);
    told.push_back(acting.rule);
  }
  return text;
}

// Facts that cost nothing, of the parts that stand best.
std::string favourable(MemoPage& page, const Brief& brief) {
  std::vector<const BriefPart*> best;
  const double sign = page.output.factor().higher_is_better ? -1 : 1;
  for (std::size_t k = 0; k < brief.parts.size(); ++k) {
    const BriefPart& part = brief.parts[k];
    if (sign * (50 - part.value) > 10 && part.share >= 0.05 && !is_told(brief, k))
      best.push_back(&part);
  }
  std::stable_sort(best.begin(), best.end(), [&](const BriefPart* a, const BriefPart* b) {
    return sign * a->value < sign * b->value;
  });
  if (best.empty())
    return sign > 0 ? "No other part is of little concern." : "No other part stands out as strong.";
  std::string text;
  for (std::size_t k = 0; k < std::min<std::size_t>(best.size(), 2); ++k) {
    std::vector<std::string> facts;
    for (const BriefLeaf& leaf : best[k]->leaves)
      if (leaf.score <= 10 && facts.size() < 2)
        facts.push_back(page.phrase(brief, leaf.node, leaf.score));
    const std::string part = spoken_proper(page.model[best[k]->node].name),
                      value = page.score(best[k]->value),
                      all = facts.empty() ? "" : ": " + joined(facts);
    if (k == 0)
      text = fmt::format("{} is {}, at {}{}.", sign > 0 ? "Of least concern" : "Strongest", part,
                         value, all);
    else
      text += fmt::format(" {}, at {}, {}{}.", capitalised(part), value,
                          sign > 0 ? "counts for little, too" : "is strong, too", all);
  }
  return text;
}
Document why(MemoPage& page, const Brief& brief) {
  if (brief.parts.empty()) return {};
  std::string text = fmt::format("Parts and facts are scored like the whole: 100 is {}. ",
                                 page.output.factor().higher_is_better ? "best" : "worst");
  for (std::size_t k = 0; k < brief.parts.size(); ++k)
    if (is_told(brief, k)) text += heavy_sentence(page, brief, k);
  text += rules_sentences(page, brief);
  return gap() + section("Why") + paragraph(text) + paragraph(favourable(page, brief));
}

Document memo_of_one(MemoPage& page) {
  const Brief& brief = page.memo.briefs.front();
  Document text = memo_heading(page, page.name(brief)) + gap() + verdict(page, brief);
  if (std::isnan((*brief.result)[brief.output].value)) return text;
  text += why(page, brief);
  text += gap() + section("How sure we are") + memo_how_sure(page, brief);
  text += gap() + section("What would turn it") + memo_events(page, brief, 2);
  return text;
}

}  // namespace

namespace {

std::vector<std::string> codes_of(const Memo& memo) {
  std::vector<std::string> codes;
  for (const Brief& brief : memo.briefs) codes.push_back(brief.country);
  return codes;
}

}  // namespace

MemoPage::MemoPage(const Memo& about)
    : memo(about),
      model(about.scored.rules()),
      output(model[about.briefs.front().output]),
      digits(about.scored.digits_of(about.briefs.front().output)),
      notes(about.scored, codes_of(about)) {}

// A factor's label is the question that it answers.
std::string MemoPage::part_name(NodeId part) const {
  const std::string name = spoken_proper(model[part].name);
  const std::string& label = model[part].label;
  return label.ends_with('?') ? fmt::format("{} (\"{}\")", name, label) : name;
}
std::string MemoPage::score(double value) const { return points(value, digits); }

const evaluate::ViewResult& MemoPage::view() const {
  return memo.scored.assessment->views[memo.told];
}

std::string MemoPage::name(const Brief& brief) const { return country_title(brief.country); }

std::string MemoPage::told_asker() const {
  const ViewpointId viewpoint = view().viewpoint;
  return viewpoint.valid() ? asker(model.viewpoints[viewpoint.index], false) : "";
}

std::string MemoPage::seen() const {
  const std::string who = told_asker();
  return who.empty() ? who : "seen by " + who;
}
std::string MemoPage::other_views(const std::string& country) const {
  std::vector<std::string> parts;
  const auto& views = memo.scored.assessment->views;
  for (std::size_t v = 0; v < views.size(); ++v) {
    if (v == memo.told || !views[v].viewpoint.valid()) continue;
    const double value = (*views[v].find(country))[memo.briefs.front().output].value;
    parts.push_back(fmt::format("{}{} at {}",
                                asker(model.viewpoints[views[v].viewpoint.index], true),
                                parts.empty() ? " would put it" : "", score(value)));
  }
  return joined(parts);
}

std::string MemoPage::why_not_rated(const Brief& brief) const {
  const auto causes =
      explain::Causes(*memo.scored.now, view().viewpoint, brief.country).of(brief.output);
  if (explain::only_facts(causes)) {
    std::vector<std::string> missing;
    for (const explain::Cause& cause : causes) missing.push_back(plain_label(model[cause.node]));
    return fmt::format("Not known{}: {}.",
                       memo.briefs.size() > 1 ? " about " + name(brief) : std::string(),
                       joined_up_to(missing, 8, "'data' has all"));
  }
  std::string text;
  for (const std::string& line :
       not_rated_lines(memo.scored, view().viewpoint, {brief.country}, brief.output))
    text += (text.empty() ? "" : " ") + line;
  return text;
}

std::string MemoPage::time_of(const Brief& brief, NodeId node) const {
  if (model[node].kind != model::NodeKind::indicator) return "now";
  const auto& fact = memo.scored.now->fact(brief.country, node);
  return fact.older ? fmt::format("{} it was", at_moment(fact.dated)) : "now";
}

std::string MemoPage::phrase(const Brief& brief, NodeId node, double leaf_score) {
  const evaluate::NodeResult& result = (*brief.result)[node];
  double value = result.value;
  if (model[node].kind == model::NodeKind::indicator)
    if (const auto& fact = memo.scored.now->fact(brief.country, node); fact.value)
      value = *fact.value;
  const double shown = output.factor().higher_is_better ? 100 - leaf_score : leaf_score;
  std::string words = fact_phrase(model[node], value, shown);
  const bool counted = words.find_first_of("0123456789") != std::string::npos;
  if (const std::string time = time_of(brief, node); counted && time != "now") {
    const Date date = memo.scored.now->fact(brief.country, node).dated;
    const std::string when =
        to_string(date).ends_with("-12-31") ? fmt::format("in {}", year_of(date)) : at_moment(date);
    words = words.ends_with(')') ? fmt::format("{}, {})", words.substr(0, words.size() - 1), when)
                                 : fmt::format("{} ({})", words, when);
  }
  return words + notes.fact(brief.country, node);
}

std::vector<std::string> MemoPage::costly(const Brief& brief, const BriefPart& part,
                                          std::size_t most) {
  constexpr std::size_t long_sentence = 200;  // characters: after so many, two facts will do
  std::vector<std::string> found;
  std::size_t length = 0;
  for (const BriefLeaf& leaf : part.leaves) {
    if (leaf.worth < least_leaf || found.size() >= most ||
        (found.size() >= 2 && length > long_sentence) ||
        explain::indicators_below(model, leaf.node).empty())  // a constant of the rules is no fact
      continue;
    found.push_back(phrase(brief, leaf.node, leaf.score));
    length += found.back().size();
  }
  return found;
}

Document memo_heading(MemoPage& page, const std::string& title) {
  const scenario::Scenario& scenario = page.memo.scored.now->scenario;
  const double years = page.memo.scored.now->horizon_years;
  std::string text = fmt::format(
      "{}. By the rules \"{}\", looking {} {} ahead", long_date(scenario.as_of), page.model.title,
      years == std::floor(years) ? number_word(std::size_t(years)) : amount(years),
      years == 1 ? "year" : "years");
  if (const std::string seen = page.seen(); !seen.empty()) text += ", " + seen;
  text += ".";
  Scored others = page.memo.scored;  // who sees it is said
  std::erase_if(others.replaced,
                [](const Replaced& one) { return one.kind == Replaced::Kind::viewpoint; });
  if (const std::string replaced = replaced_sentence(others); !replaced.empty())
    text += " " + replaced;
  return document_title(fmt::format("{}: {} memo", title, spoken_proper(page.output.name))) +
         paragraph(text);
}

Document memo_text(const Memo& memo, const Document& record) {
  MemoPage page(memo);
  Document text = memo.pair ? memo_of_pair(page) : memo_of_one(page);
  text += memo_watch(page);
  Document past;
  for (const Brief& brief : memo.briefs) past += memo_record(page, brief);
  past += memo_pair_record(page);
  text += gap() + section("Track record") + past;
  const std::string rules = "These are today's rules, applied to what was known on each date.";
  if (record.empty())
    text += paragraph(rules +
                      " Whether such scores told beforehand what happened afterwards has not been "
                      "tested here.");
  else
    text += paragraph(rules) + gap() + record;
  text += gap() + section("Limits") + memo_limits(page);
  if (const Document notes = page.notes.list(); !notes.empty())
    text += gap() + section("Notes") + notes;
  return text + stamped(stamp(memo.scored));
}

}  // namespace waystone::report
