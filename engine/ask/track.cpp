#include "ask/track.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "ask/names.hpp"
#include "evaluate/digits.hpp"
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
    if (days_[made_.since]->now->scenario.as_of != *asking_.since)
      made_.asked_since = asking_.since;
    if (made_.since + 1 == days_.size())
      return Failure::question(
          fmt::format("--since {} leaves no date after it", to_string(*asking_.since)));
    return std::nullopt;
  }

  double value(std::size_t day, std::size_t v, std::size_t country) const {
    return days_[day]->assessment.views[v].countries[country][made_.node].value;
  }

  // Nothing where a country isn't rated on both dates.
  std::optional<report::TrackedMove> between(std::size_t from, std::size_t to, std::size_t v,
                                             std::size_t country) const {
    const evaluate::ViewResult& view = last().assessment.views[v];
    const std::string& code = view.countries[country].code;
    const explain::Side then{days_[from]->now.get(), view.viewpoint, code},
        now{days_[to]->now.get(), view.viewpoint, code};
    const program::Program& separate = last().rules->separate();
    if (auto split = explain::movement(separate, made_.node, then, now)) {
      const bool by_data = split->split.mostly_data();
      return report::TrackedMove{country, std::move(*split), std::nullopt, by_data};
    }
    report::TrackedMove move{country, {}, std::nullopt, false};
    move.movement.from = value(from, v, country);
    move.movement.to = value(to, v, country);
    if (std::isnan(move.movement.from) || std::isnan(move.movement.to)) return std::nullopt;
    const double unknown = evaluate::unknown_value;
    move.movement.split = {unknown, unknown, unknown, unknown};
    move.unsplit = explain::why_not_split(separate, made_.node, then, now);
    return move;
  }

  report::TrackedView view(std::size_t v) const {
    report::TrackedView result;
    const evaluate::ViewResult& view = last().assessment.views[v];
    result.order = evaluate::ranking(view, made_.node, last().rules->model.level_margin);
    std::erase_if(result.order,
                  [&](const evaluate::Place& place) { return !shown_[place.country]; });
    for (const auto& [c, by_data] : candidates(v, result))
      if (auto found = between(made_.since, days_.size() - 1, v, c)) {
        if (found->unsplit) found->by_data = by_data;
        result.moves.push_back(std::move(*found));
      }
    if (made_.country.empty()) return result;
    const std::size_t country = last().now->lane_of(made_.country);
    result.steps.emplace_back();
    for (std::size_t d = 1; d < days_.size(); ++d)
      result.steps.push_back(between(d - 1, d, v, country));
    return result;
  }

  // What a list tells at least: half a unit of the last digit that scores print with, and 0.05
  // points for JSON and CSV.
  double least_move() const {
    std::vector<const evaluate::Assessment*> printed;
    for (const SharedSituation& day : days_) printed.push_back(&day->assessment);
    const model::Model& model = last().rules->model;
    const int digits = evaluate::digits_of(model, printed, made_.node)[made_.node.index];
    return std::min(0.05, report::least_told(digits));
  }

  // An exact split takes long, so it is worked out for the largest moves alone. Which of them are
  // mostly data is told first by putting what began or ended in place by itself. By country, with
  // whether it is.
  std::map<std::size_t, bool> candidates(std::size_t v, report::TrackedView& view) const {
    constexpr std::size_t spare = 2;  // for those that the exact split puts on the other list
    const auto changes = explain::changes(*days_[made_.since]->now, *last().now,
                                          last().assessment.views[v].viewpoint, made_.node);
    const double least = least_move();
    std::vector<std::size_t> moved, by_data;
    for (std::size_t c = 0; c < changes.size(); ++c) {
      if (!shown_[c] || std::isnan(changes[c].points)) continue;
      const bool data = changes[c].mostly_data();
      if (data || std::fabs(changes[c].points) >= least) (data ? by_data : moved).push_back(c);
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
    std::map<std::size_t, bool> kept;
    for (const std::size_t c : moved) kept[c] = false;
    for (const std::size_t c : by_data) kept[c] = true;
    return kept;
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
