#include "backtest/skills.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace waystone::backtest {
namespace {

struct Intervals {
  Interval roc, precision_recall;
};

Intervals intervals_of(const Ranked& ranked, const std::vector<Times>& draws) {
  std::vector<double> rocs, precisions;
  for (const Times& times : draws) {
    const Areas areas = ranked.areas(times);
    rocs.push_back(areas.roc);
    precisions.push_back(areas.precision_recall);
  }
  return {middle_of(std::move(rocs)), middle_of(std::move(precisions))};
}

// The share of events among the first `count` of one year's end. Where several share the last
// score that fits, each counts for its part of the places left.
double precision_at(std::vector<Point> points, std::size_t count) {
  if (points.size() < count) return not_known;
  std::sort(points.begin(), points.end(),
            [](const Point& a, const Point& b) { return a.score > b.score; });
  const double edge = points[count - 1].score;
  double above = 0, tied = 0, tied_events = 0, events = 0;
  for (const Point& point : points) {
    if (point.score > edge)
      ++above, events += point.event;
    else if (point.score == edge)
      ++tied, tied_events += point.event;
  }
  return (events + (double(count) - above) * tied_events / tied) / double(count);
}

double mean_precision(const Rows& rows, const std::vector<double>& said, std::size_t count) {
  double sum = 0;
  std::size_t years = 0;
  for (std::size_t y = 0; y < rows.panel.years.size(); ++y) {
    std::vector<Point> points;
    for (std::size_t c = 0; c < rows.panel.countries.size(); ++c) {
      const std::size_t row = rows.panel.row(y, c);
      if (rows.counts(row) && !std::isnan(said[row])) points.push_back(rows.point(row, said[row]));
    }
    const double precision = precision_at(std::move(points), count);
    if (std::isnan(precision)) continue;
    sum += precision;
    ++years;
  }
  return years == 0 ? not_known : sum / double(years);
}

void judge_chances(Skill& skill, const Rows& rows, const std::vector<double>& said) {
  std::vector<Forecast> forecasts, of_base;
  for (std::size_t y = 0; y < rows.panel.years.size(); ++y) {
    const std::vector<Point> learnt = learnt_by(rows, said, rows.panel.years[y]);
    const auto curve = fitted(learnt);
    if (!curve) continue;
    const double base = double(std::count_if(learnt.begin(), learnt.end(),
                                             [](const Point& point) { return point.event; })) /
                        double(learnt.size());
    for (std::size_t c = 0; c < rows.panel.countries.size(); ++c) {
      const std::size_t row = rows.panel.row(y, c);
      if (!rows.counts(row) || std::isnan(said[row])) continue;
      const bool event = rows.followed[row] == Followed::yes;
      forecasts.push_back({curve->chance(said[row]), event});
      of_base.push_back({base, event});
    }
  }
  skill.brier = brier_of(forecasts);
  skill.base_brier = brier_of(of_base).score;
}

}  // namespace

std::vector<Point> points_of(const Rows& rows, const std::vector<double>& said) {
  std::vector<Point> points;
  for (std::size_t row = 0; row < rows.followed.size(); ++row)
    if (rows.counts(row) && !std::isnan(said[row])) points.push_back(rows.point(row, said[row]));
  return points;
}

std::vector<Point> learnt_by(const Rows& rows, const std::vector<double>& said, int year) {
  std::vector<Point> points;
  for (std::size_t row = 0; row < rows.followed.size(); ++row)
    if (rows.panel.year_of_row(row) + rows.horizon <= year && rows.counts(row) &&
        !std::isnan(said[row]))
      points.push_back(rows.point(row, said[row]));
  return points;
}

Skill plain_skill(const Rows& rows, const Subject& subject, const std::vector<double>& said) {
  Skill skill;
  skill.subject = subject;
  const std::vector<Point> points = points_of(rows, said);
  const Ranked ranked(points);
  skill.rows = ranked.rows();
  skill.events = ranked.events();
  const std::size_t all =
      std::size_t(std::count_if(rows.followed.begin(), rows.followed.end(), [](Followed followed) {
        return followed == Followed::no || followed == Followed::yes;
      }));
  skill.known_share = all == 0 ? 0 : double(skill.rows) / double(all);
  const Areas areas = ranked.areas();
  skill.roc.value = areas.roc;
  skill.precision_recall.value = areas.precision_recall;
  if (subject.kind == Subject::Kind::rule)
    for (const Point& point : points)
      if (point.score == 1) ++skill.held, skill.held_events += point.event;
  return skill;
}

void complete(Skill& skill, const Rows& rows, const std::vector<double>& said) {
  if (!std::isnan(skill.roc.value)) {
    const Intervals intervals = intervals_of(Ranked(points_of(rows, said)), rows.draws);
    skill.roc.interval = intervals.roc;
    skill.precision_recall.interval = intervals.precision_recall;
  }
  judge_chances(skill, rows, said);
  skill.top_10 = mean_precision(rows, said, 10);
  skill.top_20 = mean_precision(rows, said, 20);
}

Beside beside(const Rows& rows, const Subject& first, const std::vector<double>& first_said,
              const Subject& second, const std::vector<double>& second_said) {
  std::vector<double> one = first_said, other = second_said;
  for (std::size_t row = 0; row < one.size(); ++row)
    if (std::isnan(one[row]) || std::isnan(other[row])) one[row] = other[row] = not_known;
  const Ranked a(points_of(rows, one)), b(points_of(rows, other));
  Beside result;
  result.first = first;
  result.second = second;
  result.rows = a.rows();
  result.events = a.events();
  result.first_roc = a.areas().roc;
  result.second_roc = b.areas().roc;
  std::vector<double> gaps;
  for (const Times& times : rows.draws) gaps.push_back(a.areas(times).roc - b.areas(times).roc);
  result.gap = middle_of(std::move(gaps));
  return result;
}

std::vector<std::size_t> ranks_at(const Rows& rows, const std::vector<double>& said,
                                  std::size_t year) {
  const std::size_t countries = rows.panel.countries.size();
  std::vector<std::size_t> ranks(countries, 0), order;
  for (std::size_t c = 0; c < countries; ++c) {
    const std::size_t row = rows.panel.row(year, c);
    if (rows.counts(row) && !std::isnan(said[row])) order.push_back(c);
  }
  const auto score = [&](std::size_t c) { return said[rows.panel.row(year, c)]; };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return score(a) > score(b); });
  for (std::size_t i = 0; i < order.size(); ++i)
    ranks[order[i]] = i > 0 && score(order[i]) == score(order[i - 1]) ? ranks[order[i - 1]] : i + 1;
  return ranks;
}

}  // namespace waystone::backtest
