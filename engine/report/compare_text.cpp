// Two countries side by side: scores, the verdict and where it turns.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "report/causes.hpp"
#include "report/compare_parts.hpp"
#include "report/document.hpp"
#include "report/explained.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/robust.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/verdicts.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;
using explain::Comparison;

class Comparer {
 public:
  Comparer(const Compared& compared)
      : compared_(compared),
        main_(compared.main),
        scored_(compared.scored),
        model_(scored_.rules()),
        first_(country_title(main_.first)),
        second_(country_title(main_.second)),
        digits_(scored_.digits_of(main_.output)) {}

  Document text() const {
    Document text = heading() + gap() + scores(main_, *scored_.now, *scored_.assessment) + marks() +
                    gap() + verdict();
    if (compared_.before)
      text += gap() + section("Before " + joined(scored_.settings)) +
              scores(*compared_.before, *scored_.before, *scored_.assessment_before) + gap() +
              paragraph(overall_sentence(*compared_.before, model_));
    text += kept_bands(scored_, {main_.first, main_.second});
    text += overrides() + differences_text(compared_) + others();
    return text + stamped(stamp(scored_));
  }

  Document verdict() const {
    Document text = strong(overall_sentence(main_, model_)) + reweighted() + cut() + overlap() +
                    crossover_sentences(main_, model_) + turning();
    for (const std::string& code : {main_.first, main_.second})
      if (const std::string why = not_rated(code); !why.empty()) text += paragraph(why);
    return text;
  }

 private:
  Document heading() const {
    const model::Node& output = model_[main_.output];
    Document text = document_title(fmt::format("{} or {}? {}", first_, second_, titled(scored_)));
    text += paragraph(fmt::format("As of {}; {} from 0 to 100, {}; {} are level.",
                                  long_date(scored_.now->scenario.as_of), spoken(output.name),
                                  direction_words(output), level_gaps(main_.margin)));
    return text;
  }

  static std::string band_of(const CountryResult& country, NodeId output) {
    const auto band = country.band.find(output);
    return band == country.band.end() ? "" : band->second;
  }

  // By name; by code where names are too long for a page.
  Document scores(const Comparison& comparison, const evaluate::Case& scenario_case,
                  const evaluate::Assessment& assessment) const {
    const Table named = scores(comparison, scenario_case, assessment, false);
    return inset(named.width() <= page_width ? named
                                             : scores(comparison, scenario_case, assessment, true));
  }

  Table scores(const Comparison& comparison, const evaluate::Case& scenario_case,
               const evaluate::Assessment& assessment, bool by_code) const {
    Table table({{"viewpoint"},
                 {by_code ? main_.first : first_, Align::right},
                 {"", Align::left, 0},
                 {"bounds"},
                 {"band"},
                 {by_code ? main_.second : second_, Align::right},
                 {"", Align::left, 0},
                 {"bounds"},
                 {"band"},
                 {"gap", Align::right},
                 {"verdict"}});
    for (const explain::ViewComparison& view : comparison.views) {
      const evaluate::ViewResult& results = *assessment.find(view.name);
      std::vector<std::string> cells = {view.name};
      for (const std::string& code : {comparison.first, comparison.second}) {
        const CountryResult& country = *results.find(code);
        cells.push_back(points(country[comparison.output].value, digits_));
        cells.push_back(all_marks_of(scenario_case, country, comparison.output));
        cells.push_back(bounds_words(country[comparison.output].value,
                                     country[comparison.output].low,
                                     country[comparison.output].high, digits_));
        cells.push_back(band_of(country, comparison.output));
      }
      cells.push_back(printed_move(view.first, view.second, digits_));
      cells.push_back(verdict_cell(comparison, view.verdict, model_, by_code));
      table.add(std::move(cells));
    }
    if (compared_.equal && &comparison == &main_) {
      const double first = compared_.equal->first, second = compared_.equal->second;
      table.add({"equal weights", points(first, digits_), equal_marks(main_.first), "", "",
                 points(second, digits_), equal_marks(main_.second), "", "",
                 printed_move(first, second, digits_), ""});
    }
    return table;
  }

  std::string equal_marks(const std::string& code) const {
    return all_marks_of(*scored_.now, *compared_.equally_weighed.find(code), main_.output);
  }

  // Points added by hand, apart: who put them there, and what the comparison would be without them.
  Document overrides() const {
    const Document notes = override_notes(scored_, {main_.first, main_.second});
    if (notes.empty()) return {};
    Document text = gap() + section("Overrides") + notes;
    if (!compared_.without_overrides) return text;
    Table table({{"without them"},
                 {main_.first, Align::right},
                 {main_.second, Align::right},
                 {"gap", Align::right},
                 {"verdict"}});
    for (const explain::ViewComparison& view : compared_.without_overrides->views)
      table.add({view.name, points(view.first, digits_), points(view.second, digits_),
                 printed_move(view.first, view.second, digits_),
                 verdict_cell(*compared_.without_overrides, view.verdict, model_, true)});
    text += inset(table);
    if (compared_.without_overrides->views.size() > 1)
      text += paragraph("Without them: " + overall_sentence(*compared_.without_overrides, model_));
    return text;
  }

  // By the first viewpoint that doesn't rate it; which do not, where others do. "" where all do.
  std::string not_rated(const std::string& code) const {
    const auto& views = scored_.assessment->views;
    std::vector<const evaluate::ViewResult*> without;
    for (const evaluate::ViewResult& view : views)
      if (std::isnan((*view.find(code))[main_.output].value)) without.push_back(&view);
    if (without.empty()) return "";
    std::vector<std::string> names;
    for (const evaluate::ViewResult* view : without) names.push_back(view->name);
    const explain::Causes causes(*scored_.now, without.front()->viewpoint, code);
    return fmt::format("{} is not rated{}: {}.", country_title(code),
                       without.size() == views.size() ? "" : " by " + joined(names),
                       because_words(causes.of(main_.output), *scored_.now, *scored_.sources));
  }

  // What the marks mean. Re-weighting and cuts of the scores themselves are told with the verdict.
  Document marks() const {
    std::set<char> marks;
    const auto add = [&](const evaluate::Case& scenario_case, const evaluate::ViewResult& view) {
      for (const std::string& code : {main_.first, main_.second})
        for (const char mark : all_marks_of(scenario_case, *view.find(code), main_.output))
          marks.insert(mark);
    };
    for (const explain::ViewComparison& view : main_.views)
      add(*scored_.now, *scored_.assessment->find(view.name));
    std::set<char> told = marks;
    if (compared_.equal) add(*scored_.now, compared_.equally_weighed);
    if (compared_.before)
      for (const evaluate::ViewResult& view : scored_.assessment_before->views)
        add(*scored_.before, view);
    for (const char mark : {'r', 'c'})
      if (told.contains(mark)) marks.erase(mark);
    return marks_legend(marks);
  }

  // By the first viewpoint in which it is; named where others say otherwise.
  Document reweighted() const {
    Document text;
    for (const std::string& code : {main_.first, main_.second}) {
      const auto& views = scored_.assessment->views;
      const auto by = std::find_if(views.begin(), views.end(), [&](const auto& view) {
        return !reweighted_below(model_, *view.find(code), main_.output).empty();
      });
      if (by == views.end()) continue;
      const std::string words = reweighted_words(*by, code);
      const bool alike = std::all_of(views.begin(), views.end(), [&](const auto& view) {
        return reweighted_words(view, code) == words;
      });
      text += paragraph(fmt::format("{} is re-weighted{}{}", country_title(code),
                                    alike ? "" : ", seen by " + by->name, words));
    }
    return text.empty() ? Document()
                        : text + paragraph("Part of the gap may be the re-weighting alone.");
  }

  // ": econ carries the weight of order, …"; of what lies below " in economy: something there …".
  std::string reweighted_words(const evaluate::ViewResult& view, const std::string& code) const {
    const CountryResult& country = *view.find(code);
    if (const std::string carried = carried_words(model_, country, main_.output); !carried.empty())
      return ": " + uncapitalised(carried);
    std::vector<std::string> nodes;
    for (const NodeId node : reweighted_below(model_, country, main_.output))
      nodes.push_back(spoken(model_[node].name));
    return nodes.empty() ? ""
                         : fmt::format(
                               " in {}: something there has no value, and the rest carry its "
                               "weight.",
                               joined_up_to(nodes, 6));
  }

  // "Both are cut to 100; uncut 110 and 101." And what was cut on the way or below.
  Document cut() const {
    std::vector<std::string> lines;
    for (const explain::ViewComparison& view : main_.views) {
      const evaluate::ViewResult& results = *scored_.assessment->find(view.name);
      const CountryResult &a = *results.find(main_.first), &b = *results.find(main_.second);
      std::vector<std::string> said;
      if (const std::string sides = cut_sides(a[main_.output], b[main_.output]); !sides.empty())
        said.push_back(sides);
      for (const CountryResult* side : {&a, &b})
        if (const std::string below = cut_behind(*side); !below.empty()) said.push_back(below);
      if (said.empty()) continue;
      const std::string line = fmt::format("{}", fmt::join(said, "; "));
      if (std::isnan(a[main_.output].value) || std::isnan(b[main_.output].value)) continue;
      lines.push_back(line + (view.name.empty() ? "." : fmt::format(" ({}).", view.name)));
    }
    return lines.empty() ? Document()
                         : paragraph(fmt::format("{}", fmt::join(lines, " ")) +
                                     " The verdict goes by the scores as cut.");
  }

  std::string cut_sides(const evaluate::NodeResult& a, const evaluate::NodeResult& b) const {
    const auto side = [&](const std::string& name, const evaluate::NodeResult& result) {
      return fmt::format("{} is {}", name, value_and_uncut(model_[main_.output], result, digits_));
    };
    const bool last = !std::isnan(a.uncut) && !std::isnan(b.uncut) && a.cut_before.empty() &&
                      b.cut_before.empty();
    if (last && a.value == b.value)
      return fmt::format("Both are cut to {}; uncut {} and {}", points(a.value, digits_),
                         amount(a.uncut), amount(b.uncut));
    std::vector<std::string> sides;
    if (a.was_cut()) sides.push_back(side(first_, a));
    if (b.was_cut()) sides.push_back(side(second_, b));
    return joined(sides, "; ");
  }

  // "Poland rests on d 100, cut from 180"
  std::string cut_behind(const CountryResult& country) const {
    std::vector<std::string> values;
    for (const NodeId node : cut_below(model_, country, main_.output))
      values.push_back(
          fmt::format("{} {}", model_[node].name,
                      value_and_uncut(model_[node], country[node], scored_.digits_of(node))));
    return values.empty() ? ""
                          : fmt::format("{} rests on {}", country_title(country.code),
                                        joined_up_to(values, 4));
  }

  static std::string uncapitalised(std::string text) {
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = char(text[0] - 'A' + 'a');
    return text;
  }

  // Where bounds of the two overlap, facts within what is known of them may turn the order without
  // any weight.
  Document overlap() const {
    std::vector<std::string> names;
    bool unnamed = false;
    for (const explain::ViewComparison& view : main_.views) {
      const evaluate::ViewResult& results = *scored_.assessment->find(view.name);
      const evaluate::NodeResult &a = (*results.find(main_.first))[main_.output],
                                 &b = (*results.find(main_.second))[main_.output];
      if (std::isnan(a.value) || std::isnan(b.value) ||
          std::max(a.low, b.low) > std::min(a.high, b.high))
        continue;
      if (a.low == a.high && b.low == b.high) continue;
      names.push_back(view.name);
      unnamed = unnamed || view.name.empty();
    }
    if (names.empty()) return {};
    return paragraph(fmt::format(
        "The bounds overlap{}: what is unknown or uncertain of the facts could turn the order by "
        "itself.",
        unnamed                                                  ? ""
        : names.size() == main_.views.size() && names.size() > 1 ? " in every viewpoint"
                                                                 : " for " + joined(names)));
  }

  // How far weights would have to move: a line a viewpoint, or one where it is the same for
  // several.
  Document turning() const {
    std::vector<std::pair<Turning, std::vector<std::string>>>
        lines;  // what is to be said, of which viewpoints
    for (const robust::ViewTurning& view : compared_.turning) {
      const Turning words = turning_words(view);
      if (words.first.empty()) continue;
      const auto same = std::find_if(lines.begin(), lines.end(),
                                     [&](const auto& line) { return line.first == words; });
      if (same != lines.end())
        same->second.push_back(view.name);
      else
        lines.push_back({words, {view.name}});
    }
    Document text;
    for (const auto& [words, names] : lines) {
      const std::string by = names.front().empty() ? "" : fmt::format(" ({})", joined(names));
      text += paragraph(words.first + by + words.second, 0, 2);
    }
    return text;
  }

  using Turning = std::pair<std::string, std::string>;  // before and behind the names of viewpoints

  Turning turning_words(const robust::ViewTurning& view) const {
    const auto& change = view.order.turning.change;
    const auto& [low, high] =
        view.order.high == 0 ? std::tie(second_, first_) : std::tie(first_, second_);
    const std::string turned = fmt::format("after which {} scores higher than {}", low, high);
    if (change)
      return {"Smallest change of weights " + turned,
              fmt::format(": {}{}.", change_in_words(view.group, *change),
                          view.order.turning.proved ? "" : " (found by search)")};
    if (view.order.turning.found == robust::Found::none)
      return {"No change of weights " + turned, " was found."};
    return {};
  }

  // " (cut from 110)", " (re-weighted)": of any of the viewpoints.
  std::string notes_of(const Comparison& other, const std::string& code) const {
    std::vector<std::string> notes;
    const auto of = [&](const auto& view) -> const evaluate::NodeResult& {
      return (*scored_.assessment->find(view.name)->find(code))[other.output];
    };
    const auto is = [&](auto what) {
      return std::any_of(other.views.begin(), other.views.end(), [&](const auto& view) {
        return !std::isnan(of(view).value) && what(of(view));
      });
    };
    if (is([](const auto& node) { return node.reweighted || node.rests_on_reweighted; }))
      notes.push_back("re-weighted");
    if (is([](const auto& node) { return node.was_cut() || node.rests_on_cut; }))
      notes.push_back(other.views.size() > 1 || std::isnan(of(other.views[0]).uncut)
                          ? "cut"
                          : "cut from " + amount(of(other.views[0]).uncut));
    return notes.empty() ? "" : fmt::format(" ({})", joined(notes));
  }

  Document others() const {
    if (compared_.others.empty()) return {};
    Document text;
    for (const Comparison& other : compared_.others) {
      const auto range = [&](auto value) {
        double low = std::numeric_limits<double>::infinity(), high = -low;
        for (const explain::ViewComparison& view : other.views) {
          if (std::isnan(value(view))) return std::string("not rated");
          low = std::min(low, value(view));
          high = std::max(high, value(view));
        }
        return interval(low, high, scored_.digits_of(other.output));
      };
      const std::string first = range([](const auto&v) { return v.first; }) +
                                notes_of(other, other.first),
                        second = range([](const auto&v) { return v.second; }) +
                                 notes_of(other, other.second);
      text +=
          paragraph(fmt::format("{}: {} {}, {} {}. {}", spoken(model_[other.output].name), first_,
                                first, second_, second, overall_sentence(other, model_)),
                    0, 2);
    }
    return gap() +
           section("Other outputs", main_.views.size() > 1 ? " (over the viewpoints)" : "") + text;
  }

  const Compared& compared_;
  const Comparison& main_;
  const Scored& scored_;
  const model::Model& model_;
  std::string first_, second_;
  int digits_;  // of the output's scores
};

}  // namespace

Document compare_text(const Compared& compared) { return Comparer(compared).text(); }
Document compare_verdict(const Compared& compared) { return Comparer(compared).verdict(); }

}  // namespace waystone::report
