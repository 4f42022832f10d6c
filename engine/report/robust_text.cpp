// How firmly an order stands, viewpoint by viewpoint: what turns it, weight by weight, and over all
// weights.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "report/causes.hpp"
#include "report/document.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/robust.hpp"
#include "report/score.hpp"
#include "report/verdicts.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using robust::Found;
using robust::ViewStudy;

constexpr std::size_t most_listed = 12;

class Teller {
 public:
  Teller(const Robust& robust, const ViewStudy& view)
      : robust_(robust),
        scored_(robust.scored),
        study_(robust.study),
        view_(view),
        question_(view.question),
        output_(scored_.rules()[study_.output]),
        words_(words_of(output_)) {}

  Document text() const {
    Document text =
        gap() + section((view_.name.empty() ? "" : view_.name + ": ") + today()) + marks();
    text += left_out();
    if (question_.countries.size() < 2) return text + paragraph("No order to ask about.");
    if (question_.group.size() == 1)
      return text + paragraph("A single weight is the whole whatever it says: none can move.");
    if (view_.transfers == 0) return text + paragraph("The limits leave no choice of weights.");
    return text + order_changes_text(robust_, view_) + one_at_a_time() + over_all() +
           judged_text(robust_, std::size_t(&view_ - study_.views.data())) +
           lapses_text(robust_, view_) + band_changes_text(robust_, view_);
  }

 private:
  const evaluate::CountryResult& result(std::size_t country) const {
    return *results_of(scored_, view_).find(question_.countries[country]);
  }
  std::string title(std::size_t country) const {
    return country_title(question_.countries[country]);
  }
  const std::string& member(std::size_t m) const { return question_.group.members[m]; }
  std::string by() const { return view_.name.empty() ? "the model" : view_.name; }
  bool high_is_best() const { return output_.factor().higher_is_better; }
  // "Ukraine is the less risky", once a pair has turned
  std::string becomes(std::size_t high, std::size_t low) const {
    return fmt::format("{} is {}", title(high_is_best() ? low : high), words_.better);
  }

  // The countries that are not rated, with why: a paragraph a reason.
  Document left_out() const {
    if (question_.not_rated.empty()) return {};
    std::vector<std::string> titles;
    for (const std::string& code : question_.not_rated) titles.push_back(country_title(code));
    Document text =
        paragraph(fmt::format("Not rated and left out: {}.", joined_up_to(titles, most_listed)));
    const auto lines =
        not_rated_lines(scored_, viewpoint_of(scored_, view_), question_.not_rated, study_.output);
    for (std::size_t k = 0; k < std::min(lines.size(), most_listed); ++k)
      text += paragraph(lines[k], 2, 4);
    return text + rated_by_others();
  }

  Document rated_by_others() const {
    if (view_.rated_by_others.empty()) return {};
    std::vector<std::string> titles;
    for (const std::string& code : view_.rated_by_others) titles.push_back(country_title(code));
    return paragraph(fmt::format(
        "Other weights within the limits rate {}. What follows, ranks too, is said of the "
        "countries that today's weights rate.",
        joined_up_to(titles, most_listed)));
  }

  std::string today() const {
    const auto& ranking = view_.ranking;
    if (ranking.empty()) return "no country is rated.";
    if (ranking.size() > most_listed)
      return fmt::format("{} rated countries, from {} {} to {} {}; the table of ranks has all.",
                         ranking.size(), title(ranking.front()),
                         points(question_.today[ranking.front()], scored_.digits_of(study_.output)),
                         title(ranking.back()),
                         points(question_.today[ranking.back()], scored_.digits_of(study_.output)));
    std::vector<std::string> parts;
    for (const std::size_t c : ranking)
      parts.push_back(fmt::format("{} {}{}", title(c),
                                  points(question_.today[c], scored_.digits_of(study_.output)),
                                  all_marks_of(*scored_.now, result(c), study_.output)));
    return joined(parts, ", ") + ".";
  }

  Document marks() const {
    std::set<char> marks;
    for (const std::size_t c : view_.ranking)
      for (const char mark : all_marks_of(*scored_.now, result(c), study_.output))
        marks.insert(mark);
    return marks_legend(marks);
  }

  // ---- one weight at a time

  std::string members_of(const robust::Stability& entry) const {
    std::vector<std::string> names;
    for (const std::size_t m : entry.members) names.push_back(member(m));
    return joined(names);
  }

  // Where the order turns: at the end, or further on than it lapses.
  std::string sentence(const robust::Stability& entry, const robust::End& end, bool above) const {
    const std::string outcome =
        end.equal ? fmt::format("{} and {} are equal", title(end.high), title(end.low))
                  : becomes(end.high, end.low);
    std::string until;
    if (end.turns && !end.again.empty())
      until = fmt::format(" {} {}, where it turns back", above ? "up to" : "down to",
                          weight_in_words(question_.group, end.again.front()));
    const double at = end.turned_at.value_or(end.share);
    return fmt::format(
        "Today {} puts {} on {}{}; {} {}{}{}, {}.", by(),
        weight_in_words(question_.group, entry.today), members_of(entry), each(entry),
        end.last ? "at"
        : above  ? "from"
                 : "below",
        weight_in_words(question_.group, at), above && !end.last ? " on" : "", until, outcome);
  }

  std::string lapse(const robust::Stability& entry, const robust::End& end, bool above) const {
    std::string until;
    if (!end.again.empty())
      until = fmt::format(" and {} {}", above ? "up to" : "down to",
                          weight_in_words(question_.group, end.again.front()));
    return fmt::format("{} {}{} on {}{}, {} is not rated{}.", above ? "Above" : "Below",
                       weight_in_words(question_.group, end.share), until, members_of(entry),
                       each(entry), title(*end.not_rated),
                       end.knows_too_little ? ": " + too_little_known(robust_) : "");
  }

  static std::string_view each(const robust::Stability& entry) {
    return entry.members.size() > 1 ? " each" : "";
  }

  Document sentences() const {
    struct Line {
      double distance;
      std::string text;
    };
    std::vector<Line> lines;
    std::vector<std::string> firm;
    for (const robust::Stability& entry : view_.stability) {
      bool turns = false;
      for (const bool above : {false, true}) {
        const robust::End& end = above ? entry.above : entry.below;
        const auto away = [&](double share) { return std::fabs(share - entry.today); };
        if (end.not_rated) lines.push_back({away(end.share), lapse(entry, end, above)});
        if (!end.turns && !end.turned_at) continue;
        turns = true;
        lines.push_back({away(end.turned_at.value_or(end.share)), sentence(entry, end, above)});
      }
      if (!turns) firm.push_back(members_of(entry));
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const Line& a, const Line& b) { return a.distance < b.distance; });
    Document text;
    for (const Line& line : lines) text += paragraph(line.text, 2, 4);
    if (!firm.empty())
      text += paragraph(fmt::format("No {} of {} alone turns it.",
                                    question_.group.multipliers ? "multiplier" : "share",
                                    joined(firm, " or of ")),
                        2, 4);
    return text;
  }

  Document interval_table() const {
    Table table({{"weight"},
                 {"today", Align::right},
                 {"from", Align::right},
                 {"to", Align::right},
                 {"below"},
                 {"above"}});
    const auto beyond = [&](const robust::End& end) {
      if (end.not_rated) return question_.countries[*end.not_rated] + " not rated";
      return end.turns ? fmt::format("{} {} {}", question_.countries[end.low],
                                     end.equal ? "=" : "over", question_.countries[end.high])
                       : std::string("-");
    };
    for (const robust::Stability& entry : view_.stability)
      table.add({members_of(entry), weight_in_words(question_.group, entry.today),
                 weight_in_words(question_.group, entry.below.share),
                 weight_in_words(question_.group, entry.above.share), beyond(entry.below),
                 beyond(entry.above)});
    return inset(table, 2);
  }

  Document one_at_a_time() const {
    const bool ordered = std::any_of(view_.orders.begin(), view_.orders.end(), [](const auto& o) {
      return o.turning.found != Found::settled;
    });
    if (!ordered) return {};
    const bool pair = view_.orders.size() == 1;
    return gap() +
           section(
               pair ? "One weight at a time" : "One weight at a time: where the whole order stands",
               ", the others scaled in proportion") +
           (pair ? sentences() : interval_table());
  }

  // ---- over all weights

  // Where limits and draws are the same, viewpoints differ in where they stand, not in this.
  bool same_as(const ViewStudy& other) const {
    const robust::Acceptabilities &here = view_.acceptabilities, &there = other.acceptabilities;
    if (&other == &view_ || question_.countries != other.question.countries ||
        here.countries.size() != there.countries.size())
      return false;
    return std::equal(here.countries.begin(), here.countries.end(), there.countries.begin(),
                      [](const auto& a, const auto& b) {
                        return a.rank == b.rank && a.not_rated == b.not_rated &&
                               arma::approx_equal(a.central, b.central, "absdiff", 0);
                      });
  }

  Document over_all() const {
    const Document head = gap() + section("Over all weights within the limits");
    const ViewStudy& first = study_.views.front();
    if (same_as(first))
      return head + paragraph(fmt::format("As for {}: the same weights are within the limits.",
                                          first.name),
                              2, 4);
    return head + over_all_text({robust_, question_, view_.ranking, view_.preferences, view_.always,
                                 view_.acceptabilities, output_, scored_.digits_of(study_.output),
                                 nullptr, !view_.rated_by_others.empty()});
  }

  const Robust& robust_;
  const Scored& scored_;
  const robust::Study& study_;
  const ViewStudy& view_;
  const robust::Question& question_;
  const model::Node& output_;
  Words words_;
};

std::string limits_in_words(const weights::Group& group) {
  const bool limited =
      group.domain.low.max() > 0 || group.domain.high.min() < 1 || !group.domain.ties.empty();
  return group.size() == 1 ? "which has none beside it"
         : limited         ? "within the limits of the rule file"
         : group.multipliers
             ? fmt::format("freely, x 0 to {} each, all of them {} together as today",
                           weight_in_words(group, 1), amount(group.written_total))
             : "freely, 0% to 100% each";
}

Document heading(const Robust& robust) {
  const Scored& scored = robust.scored;
  const model::Node& output = scored.rules()[robust.study.output];
  const weights::Group& group = robust.study.views.front().question.group;
  std::string about;
  if (robust.study.pair)
    about = fmt::format(" of {} and {}", country_title(robust.study.pair->first),
                        country_title(robust.study.pair->second));
  Document text =
      document_title(fmt::format("How firm is the order{}?", about)) + paragraph(titled(scored));
  text += paragraph(fmt::format(
      "As of {}; {} from 0 to 100, {}. What moves: {} of {}, {}. Facts and rules stand.",
      long_date(scored.now->scenario.as_of), spoken(output.name), direction_words(output),
      group.multipliers ? counted(group.size(), "multiplier", "multipliers")
                        : counted(group.size(), "weight", "weights"),
      spoken(scored.rules()[robust.study.node].name), limits_in_words(group)));
  return text;
}

}  // namespace

Document robust_text(const Robust& robust) {
  Document text = heading(robust);
  for (const ViewStudy& view : robust.study.views) text += Teller(robust, view).text();
  if (robust.study.pair && robust.study.views.size() > 1) {
    const Document crossovers = crossover_sentences(*robust.study.pair, robust.scored.rules());
    if (!crossovers.empty()) text += gap() + section("Between viewpoints") + crossovers;
  }
  if (const Document notes = override_notes(
          robust.scored, robust.study.pair
                             ? std::vector{robust.study.pair->first, robust.study.pair->second}
                             : robust.scored.now->countries);
      !notes.empty())
    text += gap() + notes;
  std::string versions = stamp(robust.scored);
  if (!robust.judgements.hash.empty())
    versions += " · judgements " + robust.judgements.hash.substr(0, 12);
  return text + stamped(versions);
}

}  // namespace waystone::report
