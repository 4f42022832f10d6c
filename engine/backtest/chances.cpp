#include "backtest/chances.hpp"

#include <algorithm>
#include <cmath>

namespace waystone::backtest {
namespace {

double chance_at(double z) {
  return z >= 0 ? 1 / (1 + std::exp(-z)) : std::exp(z) / (1 + std::exp(z));
}

// log(1 + exp(z)) without overflow.
double soft_plus(double z) {
  return z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z));
}

/// Rows of one score and kind count together: rules and counts have few different ones.
struct Weighed {
  double score = 0, target = 0, times = 0;
};

double loss(const std::vector<Weighed>& rows, double a, double b) {
  double sum = 0;
  for (const Weighed& row : rows) {
    const double z = a + b * row.score;
    sum += row.times * (soft_plus(z) - row.target * z);
  }
  return sum;
}

std::vector<Weighed> weighed(const std::vector<Point>& points, double of_event, double of_other) {
  std::vector<Weighed> rows;
  for (const Point& point : points)
    rows.push_back({point.score, point.event ? of_event : of_other, 1});
  const auto before = [](const Weighed& a, const Weighed& b) {
    return a.score != b.score ? a.score < b.score : a.target < b.target;
  };
  std::sort(rows.begin(), rows.end(), before);
  std::size_t kept = 0;
  for (std::size_t i = 1; i < rows.size(); ++i)
    if (rows[i].score == rows[kept].score && rows[i].target == rows[kept].target)
      rows[kept].times += rows[i].times;
    else
      rows[++kept] = rows[i];
  rows.resize(rows.empty() ? 0 : kept + 1);
  return rows;
}

}  // namespace

double Logistic::chance(double score) const { return chance_at(intercept + slope * score); }

std::optional<Logistic> fitted(const std::vector<Point>& points) {
  const std::size_t events = std::size_t(
      std::count_if(points.begin(), points.end(), [](const Point& point) { return point.event; }));
  const std::size_t others = points.size() - events;
  if (events < fewest_events || others < fewest_events) return std::nullopt;
  const std::vector<Weighed> rows =
      weighed(points, (double(events) + 1) / (double(events) + 2), 1 / (double(others) + 2));

  // Newton's method with halved steps. The loss is convex; a little is added to the diagonal for
  // scores that are all the same.
  double a = std::log((double(events) + 1) / (double(others) + 1)), b = 0;
  double now = loss(rows, a, b);
  constexpr int most_steps = 100;
  for (int step = 0; step < most_steps; ++step) {
    double ga = 0, gb = 0, haa = 1e-12, hab = 0, hbb = 1e-12;
    for (const Weighed& row : rows) {
      const double p = chance_at(a + b * row.score);
      const double off = row.times * (p - row.target), curved = row.times * p * (1 - p);
      ga += off, gb += off * row.score;
      haa += curved, hab += curved * row.score, hbb += curved * row.score * row.score;
    }
    const double det = haa * hbb - hab * hab;
    if (!(det > 0)) break;
    const double da = -(hbb * ga - hab * gb) / det, db = -(haa * gb - hab * ga) / det;
    double length = 1;
    double then = loss(rows, a + da, b + db);
    while (then > now && length > 1e-10) {
      length /= 2;
      then = loss(rows, a + length * da, b + length * db);
    }
    if (!(then < now)) break;
    a += length * da, b += length * db;
    const double gained = now - then;
    now = then;
    if (gained < 1e-12 * (1 + std::fabs(now))) break;
  }
  return Logistic{a, b};
}

Brier brier_of(const std::vector<Forecast>& forecasts) {
  Brier result;
  result.forecasts = forecasts.size();
  if (forecasts.empty()) return result;
  const double n = double(forecasts.size());
  std::vector<Bin> bins;
  for (std::size_t k = 0; k + 1 < bin_edges.size(); ++k)
    bins.push_back({bin_edges[k], bin_edges[k + 1], 0, 0, 0, 0});
  result.score = 0;
  for (const Forecast& forecast : forecasts) {
    std::size_t k = 0;
    while (k + 1 < bins.size() && forecast.chance >= bins[k].high) ++k;
    ++bins[k].forecasts;
    bins[k].events += forecast.event;
    bins[k].mean_chance += forecast.chance;
    result.events += forecast.event;
    const double off = forecast.chance - double(forecast.event);
    result.score += off * off / n;
  }
  const double base = double(result.events) / n;
  result.uncertainty = base * (1 - base);
  result.reliability = result.resolution = 0;
  for (Bin& bin : bins) {
    if (bin.forecasts == 0) continue;
    const double count = double(bin.forecasts);
    bin.mean_chance /= count;
    bin.share = double(bin.events) / count;
    result.reliability += count / n * (bin.mean_chance - bin.share) * (bin.mean_chance - bin.share);
    result.resolution += count / n * (bin.share - base) * (bin.share - base);
    result.bins.push_back(bin);
  }
  result.within = result.score - (result.reliability - result.resolution + result.uncertainty);
  return result;
}

}  // namespace waystone::backtest
