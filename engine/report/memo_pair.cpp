// The memo of two countries beside each other.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "explain/reasons.hpp"
#include "report/memo.hpp"
#include "report/robust.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::Brief;
using explain::Comparison;
using explain::Overall;
using explain::Player;
using explain::Verdict;
using explain::ViewComparison;

class PairMemo {
 public:
  explicit PairMemo(MemoPage& page)
      : page_(page),
        pair_(*page.memo.pair),
        first_(page.memo.briefs[0]),
        second_(page.memo.briefs[1]),
        told_(pair_.views[page.memo.told]) {}

  Document text() {
    Document text = memo_heading(page_, fmt::format("{} beside {}", name(first_), name(second_)));
    text += gap() + section("Verdict") + paragraph(verdict());
    if (told_.attribution) text += gap() + section("Why") + why();
    text += gap() + section("How sure we are") + how_sure();
    text += gap() + section("What would turn it") + turning();
    for (const Brief* brief : {&first_, &second_})
      if (!std::isnan(value(*brief))) text += memo_events(page_, *brief, 1);
    return text;
  }

 private:
  std::string name(const Brief& brief) const { return page_.name(brief); }
  double value(const Brief& brief) const { return (*brief.result)[brief.output].value; }
  std::string more() const {
    const std::string& word = page_.output.factor().worse.more;
    const bool better = page_.output.factor().higher_is_better;
    return better ? "better" : word.empty() ? "worse" : word;
  }
  std::string asker_of(const ViewComparison& view, bool with_label) const {
    return view.viewpoint.valid() ? asker(page_.model.viewpoints[view.viewpoint.index], with_label)
                                  : std::string("the rules");
  }

  // "Ukraine, 54 against 45"
  std::string higher(const ViewComparison& view, bool with_name = true) const {
    const bool second = view.verdict == Verdict::second;
    return fmt::format("{}{} against {}",
                       with_name ? name(second ? second_ : first_) + ", " : std::string(),
                       page_.score(second ? view.second : view.first),
                       page_.score(second ? view.first : view.second));
  }

  // ---- verdict

  std::string verdict() const {
    std::string text;
    switch (pair_.overall) {
      case Overall::agreed: text = agreed(); break;
      case Overall::divided: text = divided(); break;
      case Overall::level:
      case Overall::cut:
        text =
            fmt::format("{} and {} can't be told apart: {}.", name(first_), name(second_), both());
        break;
      case Overall::not_rated: return not_rated();
    }
    text += fmt::format(
        " The scale runs from 0 to 100, where 100 is {}; a gap under {} counts as "
        "level.",
        page_.output.factor().higher_is_better ? "best" : "worst", written_points(pair_.margin));
    return text + bands();
  }

  std::string both() const {
    std::vector<std::string> parts;
    for (const ViewComparison& view : pair_.views)
      parts.push_back(
          fmt::format("{} and {}{}", page_.score(view.first), page_.score(view.second),
                      view.viewpoint.valid() ? " to " + asker_of(view, true) : std::string()));
    return joined(parts);
  }

  std::string agreed() const {
    const ViewComparison& first = pair_.views.front();
    std::string text = fmt::format(
        "{} is the {} of the two{}: {}", name(first.verdict == Verdict::second ? second_ : first_),
        more(), pair_.views.size() > 1 ? ", whoever asks" : "", higher(first, false));
    if (pair_.views.size() == 1) return text + ".";
    text += " to " + asker_of(first, true);
    std::vector<std::string> others;
    for (std::size_t v = 1; v < pair_.views.size(); ++v)
      others.push_back(
          fmt::format("{} to {}", higher(pair_.views[v], false), asker_of(pair_.views[v], true)));
    return fmt::format("{}, {}.", text, joined(others));
  }

  std::string divided() const {
    std::string text = "Which of the two is the " + more() + " depends on who asks.";
    std::vector<std::string> parts;
    for (const ViewComparison& view : pair_.views) {
      const std::string who = asker_of(view, true);
      if (view.verdict == Verdict::first || view.verdict == Verdict::second)
        parts.push_back(fmt::format("to {} it is {}", who, higher(view)));
      else if (view.verdict == Verdict::not_rated)
        parts.push_back(fmt::format("to {} one of them has no score", who));
      else
        parts.push_back(fmt::format("to {} they are level, {} and {}", who, page_.score(view.first),
                                    page_.score(view.second)));
    }
    return fmt::format("{} {}.", text, capitalised(listed(parts)));
  }

  std::string not_rated() const {
    std::vector<std::string> unrated;
    for (const Brief* brief : {&first_, &second_})
      if (std::isnan(value(*brief))) unrated.push_back(name(*brief));
    std::string text = fmt::format("The two can't be compared: {} {} no score on these facts.",
                                   joined(unrated), unrated.size() == 1 ? "has" : "have");
    for (const Brief* brief : {&first_, &second_})
      if (std::isnan(value(*brief))) text += " " + page_.why_not_rated(*brief);
    return text;
  }

  std::string bands() const {
    const auto one = first_.result->band.find(first_.output),
               two = second_.result->band.find(second_.output);
    if (one == first_.result->band.end() || one->second.empty() || two->second.empty()) return "";
    const std::string seen = page_.seen().empty() ? "" : capitalised(page_.seen()) + ", ";
    std::string text =
        one->second == two->second
            ? fmt::format("both are \"{}\" ({})", one->second,
                          band_span(*page_.output.bands, one->second))
            : fmt::format("{} is \"{}\" ({}) and {} is \"{}\" ({})", name(first_), one->second,
                          band_span(*page_.output.bands, one->second), name(second_), two->second,
                          band_span(*page_.output.bands, two->second));
    return " " + (seen.empty() ? capitalised(text) : seen + text) + ".";
  }

  // ---- why

  Document why() {
    std::vector<explain::Part> against_second, against_first;
    const double sign = page_.output.factor().higher_is_better ? -1 : 1;
    for (const explain::Part& part : told_.attribution->parts) {
      if (std::fabs(part.points) < explain::least_told_event) continue;
      (sign * part.points > 0 ? against_second : against_first).push_back(part);
    }
    Document text;
    text += side(second_, against_second);
    text += side(first_, against_first);
    return text;
  }

  Document side(const Brief& brief, const std::vector<explain::Part>& parts) {
    if (parts.empty()) return {};
    Document text;
    const std::string seen = page_.seen().empty() ? "" : capitalised(page_.seen()) + ", ";
    text += paragraph(&brief == &second_
                          ? capitalised(fmt::format("{}this speaks against {}:", seen, name(brief)))
                          : fmt::format("Against {}:", name(brief)));
    for (std::size_t k = 0; k < std::min<std::size_t>(parts.size(), 3); ++k) {
      const std::string facts = listed(movers_in(parts[k], k == 0 ? 2 : k == 1 ? 1 : 0));
      text += paragraph(
          fmt::format("- {}, {}{}{}.", capitalised(spoken_proper(page_.model[parts[k].node].name)),
                      point_word(parts[k].points, page_.digits), lacking(parts[k].node),
                      facts.empty() ? "" : ": " + facts),
          0, 2);
    }
    return text;
  }

  // ", of which Russia has no score: other parts carry its weight there"
  std::string lacking(NodeId part) const {
    std::vector<std::string> names;
    for (const Brief* brief : {&first_, &second_})
      if (std::isnan((*brief->result)[part].score)) names.push_back(name(*brief));
    return names.empty() ? ""
                         : fmt::format(", of which {} {} no score, so that others carry its weight",
                                       joined(names), names.size() == 1 ? "has" : "have");
  }

  // What differs below a part, largest first: facts of both with notes, rules of one.
  std::vector<std::string> movers_in(const explain::Part& part, std::size_t most) {
    const std::set<NodeId> below = explain::nodes_below(page_.model, part.node);
    std::vector<std::string> found;
    std::set<NodeId> told;
    for (const Player& player : told_.attribution->players) {
      if (player.points * part.points <= 0 ||
          std::fabs(player.points) < explain::least_told_event || found.size() >= most)
        continue;
      if (player.kind == explain::PlayerKind::rule && acts_below(player.rule, below))
        found.push_back(rule_words(player.rule));
      if (player.kind == explain::PlayerKind::leaf && below.contains(player.reader) &&
          told.insert(player.node).second)
        found.push_back(fact_words(player.node));
    }
    return found;
  }
  bool acts_below(RuleId rule, const std::set<NodeId>& below) const {
    const auto& effects = page_.model[rule].effects;
    return std::any_of(effects.begin(), effects.end(),
                       [&](const model::Effect& effect) { return below.contains(effect.target); });
  }

  std::string rule_words(RuleId rule) {
    std::vector<std::string> holds;
    for (const Brief* brief : {&first_, &second_})
      if ((*brief->result)[rule].truth == evaluate::Truth::yes) holds.push_back(name(*brief));
    return fmt::format("the rule \"{}\"{}{}", plain_title(page_.model[rule]),
                       holds.size() == 1 ? fmt::format(" applies to {} alone", holds.front()) : "",
                       page_.notes.rule(rule));
  }

  // As the fact says, whatever a rule makes of it.
  std::string value_of(const Brief& brief, NodeId id) const {
    const model::Node& node = page_.model[id];
    double value = (*brief.result)[id].value;
    if (node.kind == model::NodeKind::indicator)
      if (const auto& fact = page_.memo.scored.now->fact(brief.country, id); fact.value)
        value = *fact.value;
    return std::isnan(value) ? std::string("not known") : value_in_short(node, value);
  }

  std::string fact_words(NodeId id) {
    return fmt::format("{}, {} in {} against {} in {}{}", plain_label(page_.model[id]),
                       value_of(second_, id), name(second_), value_of(first_, id), name(first_),
                       page_.notes.fact(second_.country, id));
  }
  // ---- how sure

  Document how_sure() {
    Document text = memo_how_sure(page_, first_) + memo_how_sure(page_, second_);
    const auto &one = (*first_.result)[first_.output], &two = (*second_.result)[second_.output];
    if (std::isnan(one.value) || std::isnan(two.value)) return text;
    const bool overlap = one.low <= two.high && two.low <= one.high;
    return text + paragraph(overlap ? "The two ranges overlap, so what is uncertain could turn the "
                                      "order by itself."
                                    : "The two ranges do not overlap: nothing that is uncertain in "
                                      "the facts could turn the order.");
  }

  // ---- what would turn it

  Document turning() const {
    // by who becomes the riskier, and by whose say
    std::map<std::string, std::vector<std::string>> turns;
    for (const explain::Crossover& crossover : pair_.crossovers) {
      if (crossover.shares.size() != 1) continue;
      const bool first_then = !crossover.at_from_first_higher;
      auto& parts =
          turns[fmt::format("{} becomes the {} once {} has", name(first_then ? first_ : second_),
                            more(), "the " + spoken_proper(crossover.to))];
      parts.push_back(fmt::format("more than {}{} against {}", percent(crossover.shares.front()),
                                  parts.empty() ? " of the say" : "",
                                  "the " + spoken_proper(crossover.from)));
    }
    std::string text;
    for (const auto& [begin, parts] : turns)
      text += fmt::format(" {} {}.", begin, joined(parts, " or "));
    for (const robust::ViewTurning& turning : page_.memo.turning) {
      if (turning.name != told_.name || !turning.order.turning.change) continue;
      std::string change = change_in_words(turning.group, *turning.order.turning.change);
      std::replace(change.begin(), change.end(), '_', ' ');
      text += fmt::format(" {}, the smallest change of weights that turns the order is {}.",
                          page_.seen().empty() ? "All told" : capitalised(page_.seen()),
                          spoken_proper_words(change));
    }
    return text.empty() ? Document() : paragraph(text.substr(1));
  }
  MemoPage& page_;
  const Comparison& pair_;
  const Brief &first_, &second_;
  const ViewComparison& told_;
};

}  // namespace

Document memo_of_pair(MemoPage& page) { return PairMemo(page).text(); }

}  // namespace waystone::report
