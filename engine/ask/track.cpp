#include "ask/track.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ask/names.hpp"
#include "explain/standing.hpp"
#include "report/words.hpp"

namespace waystone::ask {
namespace {

bool any_rated(const Situation& day, NodeId node) {
  return std::any_of(day.assessment.views.begin(), day.assessment.views.end(),
                     [&](const evaluate::ViewResult& view) {
                       return std::any_of(view.countries.begin(), view.countries.end(),
                                          [&](const evaluate::CountryResult& country) {
                                            return !std::isnan(country[node].value);
                                          });
                     });
}

class Tracker {
 public:
  Tracker(std::vector<SharedSituation> days, const TrackAsking& asking)
      : days_(std::move(days)), asking_(asking) {}

  Answer<Track> track() {
    if (days_.empty()) return Failure::question("a track wants dates");
    const auto node = find_output(days_.front()->rules->model, asking_.output);
    if (!node) return node.failure;
    made_.node = *node.value;
    if (asking_.trimmed)
      while (days_.size() > 2 && !any_rated(*days_.front(), made_.node)) days_.erase(days_.begin());
    if (days_.size() < 2)
      return Failure::question("a track wants two dates or more; --as-of or --from names them");
    if (auto failure = choose()) return std::move(*failure);
    for (const SharedSituation& day : days_)
      made_.days.push_back(day->scored(asking_.tool, made_.node));
    for (std::size_t v = 0; v < days_.back()->assessment.views.size(); ++v)
      made_.views.push_back(view(v));
    return Track{std::move(days_), std::move(made_)};
  }

 private:
  const Situation& last() const { return *days_.back(); }

  std::optional<Failure> choose() {
    if (!asking_.country.empty())
      if (auto failure = not_scored(*last().now, asking_.country)) return failure;
    std::vector<std::string> only = asking_.only;
    if (!asking_.country.empty()) only = {asking_.country};
    auto selection = select(*last().now, only);
    if (!selection) return std::move(selection.failure);
    shown_ = std::move(selection.value->shown);
    made_.only = std::move(selection.value->words);
    made_.country = asking_.country;
    const bool several = last().assessment.views.size() > 1;
    made_.top = asking_.top > 0 ? asking_.top : several ? 5 : 10;
    if (!asking_.since) return std::nullopt;
    if (*asking_.since < days_.front()->now->scenario.as_of)
      return Failure::question(fmt::format("--since {} is before the first date, {}",
                                           to_string(*asking_.since),
                                           to_string(days_.front()->now->scenario.as_of)));
    while (made_.since + 1 < days_.size() &&
           days_[made_.since + 1]->now->scenario.as_of <= *asking_.since)
      ++made_.since;
    if (made_.since + 1 == days_.size())
      return Failure::question(
          fmt::format("--since {} leaves no date after it", to_string(*asking_.since)));
    return std::nullopt;
  }

  std::optional<explain::Movement> between(std::size_t from, std::size_t to, std::size_t v,
                                           const std::string& country) const {
    const ViewpointId viewpoint = last().assessment.views[v].viewpoint;
    return explain::movement(last().rules->separate(), made_.node,
                             {days_[from]->now.get(), viewpoint, country},
                             {days_[to]->now.get(), viewpoint, country});
  }

  double value(std::size_t day, std::size_t v, std::size_t country) const {
    return days_[day]->assessment.views[v].countries[country][made_.node].value;
  }

  report::TrackedView view(std::size_t v) const {
    report::TrackedView result;
    const evaluate::ViewResult& view = last().assessment.views[v];
    result.order = evaluate::ranking(view, made_.node, last().rules->model.level_margin);
    std::erase_if(result.order,
                  [&](const evaluate::Place& place) { return !shown_[place.country]; });
    for (const std::size_t c : candidates(v, result)) {
      if (auto found = between(made_.since, days_.size() - 1, v, view.countries[c].code))
        result.moves.push_back({c, std::move(*found)});
      else
        result.unsplit.push_back({c, value(made_.since, v, c), value(days_.size() - 1, v, c)});
    }
    if (made_.country.empty()) return result;
    result.steps.emplace_back();
    for (std::size_t d = 1; d < days_.size(); ++d)
      result.steps.push_back(between(d - 1, d, v, made_.country));
    return result;
  }

  // An exact split takes long, so it is worked out for the largest moves alone. Which of them are
  // mostly data is told first by putting what began or ended in place by itself.
  std::vector<std::size_t> candidates(std::size_t v, report::TrackedView& view) const {
    constexpr std::size_t spare = 2;  // for those that the exact split puts on the other list
    const auto changes = explain::changes(*days_[made_.since]->now, *last().now,
                                          last().assessment.views[v].viewpoint, made_.node);
    std::vector<std::size_t> moved, by_data;
    for (std::size_t c = 0; c < changes.size(); ++c) {
      if (!shown_[c] || std::isnan(changes[c].points)) continue;
      const bool data = changes[c].mostly_data();
      if (data || std::fabs(changes[c].points) >= 0.05) (data ? by_data : moved).push_back(c);
    }
    view.moved = moved.size();
    view.by_data = by_data.size();
    const auto keep = [&](std::vector<std::size_t>& list, double explain::Change::*size) {
      std::stable_sort(list.begin(), list.end(), [&](std::size_t a, std::size_t b) {
        return std::fabs(changes[a].*size) > std::fabs(changes[b].*size);
      });
      if (list.size() > made_.top + spare) list.resize(made_.top + spare);
    };
    keep(moved, &explain::Change::points);
    keep(by_data, &explain::Change::by_data);
    moved.insert(moved.end(), by_data.begin(), by_data.end());
    std::sort(moved.begin(), moved.end());
    return moved;
  }

  std::vector<SharedSituation> days_;
  const TrackAsking& asking_;
  std::vector<char> shown_;
  report::Tracked made_;
};

// The end of a month stays one.
Date so_much_before(Date last, int months) {
  const bool ends_month = to_string(Date{last.days + 1}).ends_with("-01");
  if (!ends_month) return add_months(last, -months);
  return Date{add_months(Date{last.days + 1}, -months).days - 1};
}

}  // namespace

std::vector<Date> dates_between(Date first, Date last, int months, std::size_t most) {
  std::vector<Date> dates;
  for (int k = 0; dates.size() < most; ++k) {
    const Date date = so_much_before(last, k * months);
    if (date < first || (!dates.empty() && date >= dates.back())) break;
    dates.push_back(date);
  }
  std::reverse(dates.begin(), dates.end());
  return dates;
}

std::vector<Date> dates_with_figures(const scenario::Scenario& scenario, Date last, int months,
                                     std::size_t most) {
  Date first = last;
  for (const auto& [country, indicators] : scenario.facts)
    if (std::binary_search(scenario.countries.begin(), scenario.countries.end(), country))
      for (const auto& [indicator, data] : indicators)
        for (const scenario::Datum& datum : data)
          first = std::min(first, std::max(datum.valid, datum.known));
  return dates_between(first, last, months, most);
}

Answer<Track> track(std::vector<SharedSituation> days, const TrackAsking& asking) {
  return Tracker(std::move(days), asking).track();
}

}  // namespace waystone::ask
