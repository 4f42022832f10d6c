#include "ask/page.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "ask/compare.hpp"
#include "ask/explain.hpp"
#include "ask/names.hpp"
#include "report/words.hpp"

namespace waystone::ask {
namespace {

// Sizes that keep a page of all partners and a dozen dates in one mail.
constexpr std::size_t most_whole_lanes = 400;  // countries times dates whose facts are told whole
constexpr std::size_t most_whole_texts = 12;   // countries that are told in full unasked
constexpr std::size_t most_moves = 5;          // unasked: so many up, as many down
constexpr double least_move = 0.5;             // points

using Failing = std::optional<Failure>;  // nothing where it went well

class PageMaker {
 public:
  PageMaker(std::vector<SharedSituation> days, const PageAsking& asking)
      : days_(std::move(days)), asking_(asking) {}

  Answer<Page> make() {
    if (auto failure = same_rules()) return std::move(*failure);
    if (auto failure = choose()) return std::move(*failure);
    choose_viewpoints();
    page_.outputs = model().outputs();
    for (std::size_t d = 0; d < days_.size(); ++d) page_.days.push_back(day(d));
    tell();
    if (auto failure = compare_pair()) return std::move(*failure);
    move();
    add_grounds();
    return Page{std::move(days_), std::move(page_)};
  }

 private:
  const Situation& last() const { return *days_.back(); }
  const model::Model& model() const { return last().rules->model; }
  const evaluate::Case& scored(std::size_t day) const { return *days_[day]->now; }

  Failing same_rules() const {
    for (const SharedSituation& day : days_)
      if (day->rules->hash != last().rules->hash)
        return Failure::question(
            fmt::format("a page follows one set of rules: '{}' has '{}', '{}' has '{}'; --rules "
                        "names one for all",
                        days_.front()->path, days_.front()->rules->path,
                        day == days_.front() ? last().path : day->path,
                        day == days_.front() ? last().rules->path : day->rules->path));
    return std::nullopt;
  }

  // Countries of every date. A group may have members on some dates alone.
  Failing choose() {
    std::set<std::string> codes;
    std::optional<Failure> failure;
    for (const SharedSituation& day : days_) {
      auto selection = select(*day->now, asking_.only);
      if (!selection) {
        failure = std::move(selection.failure);
        continue;
      }
      page_.only = std::move(selection.value->words);
      for (std::size_t c = 0; c < day->now->countries.size(); ++c)
        if (selection.value->shown[c]) codes.insert(day->now->countries[c]);
    }
    if (codes.empty() && failure) return failure;
    std::vector<std::string> named = asking_.countries;
    page_.compares = !asking_.first.empty();
    if (page_.compares) named.insert(named.begin(), {asking_.first, asking_.second});
    for (const std::string& code : named) {
      if (auto missing = scored_nowhere(code)) return missing;
      codes.insert(code);
    }
    if (page_.compares && asking_.first == asking_.second)
      return Failure::question("--compare wants two different countries");
    page_.countries.assign(codes.begin(), codes.end());
    if (page_.countries.empty())
      return Failure::question("no country has a fact: there is nothing to show");
    for (const std::string& code : named)
      if (const std::size_t place = place_of(code);
          std::find(page_.named.begin(), page_.named.end(), place) == page_.named.end())
        page_.named.push_back(place);
    return std::nullopt;
  }

  Failing scored_nowhere(const std::string& code) const {
    Failing failure;
    for (const SharedSituation& day : days_) {
      failure = not_scored(*day->now, code);
      if (!failure) return std::nullopt;
    }
    return failure;
  }

  std::size_t place_of(const std::string& code) const {
    return std::size_t(std::lower_bound(page_.countries.begin(), page_.countries.end(), code) -
                       page_.countries.begin());
  }

  // In the order of the last date, then those of others.
  void choose_viewpoints() {
    for (auto day = days_.rbegin(); day != days_.rend(); ++day)
      for (const evaluate::ViewResult& view : (*day)->assessment.views)
        if (std::find(page_.viewpoints.begin(), page_.viewpoints.end(), view.viewpoint) ==
            page_.viewpoints.end())
          page_.viewpoints.push_back(view.viewpoint);
  }

  // ---- dates

  report::PageDay day(std::size_t d) const {
    report::PageDay made;
    made.scored = days_[d]->scored(asking_.tool, model().main);
    for (const std::string& code : page_.countries) {
      const std::size_t lane = scored(d).lane_of(code);
      made.lanes.push_back(lane < scored(d).countries.size() ? lane : report::no_lane);
    }
    made.whole = d + 1 == days_.size() || page_.countries.size() * days_.size() <= most_whole_lanes;
    for (const ViewpointId viewpoint : page_.viewpoints)
      made.views.push_back(view(d, viewpoint, made.whole));
    return made;
  }

  const evaluate::ViewResult* find_view(std::size_t d, ViewpointId viewpoint) const {
    for (const evaluate::ViewResult& view : days_[d]->assessment.views)
      if (view.viewpoint == viewpoint) return &view;
    return nullptr;
  }

  report::PageView view(std::size_t d, ViewpointId viewpoint, bool whole) const {
    report::PageView made;
    made.view = find_view(d, viewpoint);
    if (!made.view) return made;
    for (const NodeId output : page_.outputs) {
      report::PageOutput result;
      result.places = evaluate::places(*made.view, output, model().level_margin);
      result.within = evaluate::ranks_within_bounds(*made.view, output);
      if (d > 0 && find_view(d - 1, viewpoint)) result.changes = changes(d, *made.view, output);
      made.outputs.push_back(std::move(result));
    }
    if (!whole) return made;
    made.drivers = explain::drivers(scored(d), *made.view, model().main);
    made.would = explain::would_be(scored(d), *made.view, model().main, least_move);
    return made;
  }

  std::vector<explain::Change> changes(std::size_t d, const evaluate::ViewResult& view,
                                       NodeId output) const {
    const evaluate::Case &before = scored(d - 1), &now = scored(d);
    if (before.countries == now.countries)
      return explain::changes(before, now, view.viewpoint, output);
    std::vector<explain::Change> found(view.countries.size());
    const evaluate::ViewResult& earlier = *find_view(d - 1, view.viewpoint);
    for (std::size_t c = 0; c < found.size(); ++c) {
      const evaluate::CountryResult* then = earlier.find(view.countries[c].code);
      if (!then) continue;
      found[c].before = (*then)[output].value;
      found[c].points = view.countries[c][output].value - found[c].before;
    }
    return found;
  }

  // ---- texts

  bool is_named(std::size_t country) const {
    return std::find(page_.named.begin(), page_.named.end(), country) != page_.named.end();
  }

  void tell() {
    for (std::size_t d = 0; d < days_.size(); ++d)
      for (std::size_t c = 0; c < page_.countries.size(); ++c) {
        const bool is_last = d + 1 == days_.size(),
                   few = page_.named.empty() && page_.countries.size() <= most_whole_texts;
        if (page_.days[d].lanes[c] == report::no_lane) continue;
        if (is_named(c) || (is_last && few))
          tell_whole(c, d);
        else if (is_last)
          tell_head(c, d);
      }
  }

  std::size_t viewpoint_place(const evaluate::ViewResult& view) const {
    return std::size_t(std::find(page_.viewpoints.begin(), page_.viewpoints.end(), view.viewpoint) -
                       page_.viewpoints.begin());
  }

  // On the last date as every viewpoint tells it, on others as the first does.
  void tell_whole(std::size_t country, std::size_t d) {
    ExplainAsking asking;
    asking.country = page_.countries[country];
    asking.tool = asking_.tool;
    asking.ledger = false;
    auto answer = explain(days_[d], asking);
    if (!answer) return;
    const auto& views = days_[d]->assessment.views;
    const std::size_t tellers = d + 1 == days_.size() ? views.size() : 1;
    for (std::size_t v = 0; v < tellers; ++v)
      page_.texts.push_back({country, d, viewpoint_place(views[v]), true,
                             told_by(*days_[d], answer.value->report, v)});
  }

  void tell_head(std::size_t country, std::size_t d) {
    report::Explained told;
    told.scored = page_.days[d].scored;
    told.country = page_.countries[country];
    told.output = model().main;
    const auto& now = days_[d]->assessment.views;
    const auto& before = days_[d]->assessment_before.views;
    for (std::size_t v = 0; v < now.size(); ++v) {
      report::ExplainedView view;
      view.view = &now[v];
      view.before = days_[d]->before ? &before[v] : nullptr;
      told.views.push_back(std::move(view));
    }
    const std::size_t viewpoint = viewpoint_place(now.front());
    page_.texts.push_back({country, d, viewpoint, false, std::move(told)});
  }

  Failing compare_pair() {
    if (!page_.compares) return std::nullopt;
    const std::size_t first = place_of(asking_.first), second = place_of(asking_.second);
    for (std::size_t d = 0; d < days_.size(); ++d) {
      const auto& lanes = page_.days[d].lanes;
      if (lanes[first] == report::no_lane || lanes[second] == report::no_lane) continue;
      auto answer = compare(days_[d], {asking_.first, asking_.second, "", asking_.tool});
      if (!answer) return std::move(answer.failure);
      page_.pairs.push_back({d, std::move(answer.value->report)});
    }
    if (page_.pairs.empty())
      return Failure::question(
          fmt::format("no date scores both {} and {}", asking_.first, asking_.second));
    return std::nullopt;
  }

  // ---- moves

  void move() {
    if (days_.size() < 2) return;
    for (const std::size_t country : page_.named)
      for (std::size_t d = 1; d < days_.size(); ++d) add_move(country, 0, d - 1, d);
    if (page_.named.empty())
      for (const std::size_t country : moved_most())
        add_move(country, 0, days_.size() - 2, days_.size() - 1);
  }

  void add_move(std::size_t country, std::size_t v, std::size_t from, std::size_t to) {
    const auto side = [&](std::size_t d) {
      return explain::Side{days_[d]->now.get(), page_.viewpoints[v], page_.countries[country]};
    };
    for (const std::size_t d : {from, to})
      if (!page_.days[d].views[v].view || page_.days[d].lanes[country] == report::no_lane) return;
    if (auto movement =
            explain::movement(last().rules->separate(), model().main, side(from), side(to)))
      page_.moves.push_back({country, v, from, to, std::move(*movement)});
  }

  // To the last date, from the first viewpoint: the largest steps up and down.
  std::vector<std::size_t> moved_most() const {
    const report::PageDay& now = page_.last();
    if (!now.views[0].view || now.views[0].outputs[0].changes.empty()) return {};
    const auto points = [&](std::size_t country) {
      const std::size_t lane = now.lanes[country];
      return lane == report::no_lane ? evaluate::unknown_value
                                     : now.views[0].outputs[0].changes[lane].points;
    };
    std::vector<std::size_t> moved(page_.countries.size());
    std::iota(moved.begin(), moved.end(), std::size_t(0));
    std::erase_if(moved, [&](std::size_t c) { return !(std::fabs(points(c)) >= least_move); });
    std::stable_sort(moved.begin(), moved.end(),
                     [&](std::size_t a, std::size_t b) { return points(a) > points(b); });
    if (moved.size() > 2 * most_moves)
      moved.erase(moved.begin() + most_moves, moved.end() - most_moves);
    return moved;
  }

  // ---- what the last date rests on

  void add_grounds() {
    std::vector<std::string> shown;
    const report::PageDay& now = page_.last();
    for (std::size_t c = 0; c < page_.countries.size(); ++c)
      if (now.lanes[c] != report::no_lane) shown.push_back(page_.countries[c]);
    if (shown.empty()) return;
    const evaluate::ViewResult& view = last().assessment.views.front();
    report::Held held;
    held.scored = now.scored;
    held.holdings = explain::holdings(*last().now, view.viewpoint, model().main, shown);
    page_.held = std::move(held);
    report::Assumed assumed;
    assumed.scored = now.scored;
    assumed.found = explain::assumptions(*last().now, view, model().main, shown);
    page_.assumed = std::move(assumed);
  }

  std::vector<SharedSituation> days_;
  const PageAsking& asking_;
  report::Page page_;
};

}  // namespace

Answer<Page> page(std::vector<SharedSituation> days, const PageAsking& asking) {
  return PageMaker(std::move(days), asking).make();
}

}  // namespace waystone::ask
