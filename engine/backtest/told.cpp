#include "backtest/told.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace waystone::backtest {
namespace {

std::size_t rated(const std::vector<std::size_t>& ranks) {
  return std::size_t(
      std::count_if(ranks.begin(), ranks.end(), [](std::size_t rank) { return rank > 0; }));
}

bool alarmed(std::size_t rank, std::size_t of) {
  return rank > 0 && rank <= std::min(alarms, std::max<std::size_t>(of / 5, 1));
}

}  // namespace

std::optional<Came> came_to(const Rows& next, const std::vector<double>& said, std::size_t country,
                            int year) {
  const Panel& panel = next.panel;
  const auto at = std::find(panel.years.begin(), panel.years.end(), year - 1);
  if (at == panel.years.end()) return std::nullopt;
  std::size_t y = std::size_t(at - panel.years.begin());
  const std::vector<std::size_t> ranks = ranks_at(next, said, y);
  Came came;
  came.country = panel.countries[country];
  came.year = year;
  came.rank = ranks[country];
  came.of = rated(ranks);
  came.score = said[panel.row(y, country)];
  std::size_t rank = came.rank, of = came.of;
  while (alarmed(rank, of)) {
    ++came.lead;
    if (y == 0 || panel.years[y - 1] != panel.years[y] - 1) break;
    const std::vector<std::size_t> earlier = ranks_at(next, said, --y);
    rank = earlier[country];
    of = rated(earlier);
  }
  return came;
}

Told told_of(const Rows& next, const Rows& main, const Subject& subject,
             const std::vector<double>& said) {
  const Panel& panel = next.panel;
  Told told;
  told.subject = subject;
  for (std::size_t y = 0; y < panel.years.size(); ++y)
    for (std::size_t c = 0; c < panel.countries.size(); ++c)
      if (next.followed[panel.row(y, c)] == Followed::yes)
        if (auto came = came_to(next, said, c, panel.years[y] + 1))
          told.came.push_back(std::move(*came));
  double leads = 0;
  std::size_t hits = 0;
  for (const Came& came : told.came)
    if (!came.missed()) leads += came.lead, ++hits;
  if (hits > 0) told.mean_lead = leads / double(hits);

  std::map<std::string, std::vector<int>> empty_alarms;
  for (std::size_t y = 0; y < panel.years.size(); ++y) {
    const std::vector<std::size_t> ranks = ranks_at(main, said, y);
    for (std::size_t c = 0; c < ranks.size(); ++c) {
      if (!alarmed(ranks[c], rated(ranks))) continue;
      ++told.alarmed;
      if (main.followed[panel.row(y, c)] == Followed::yes)
        ++told.followed;
      else
        empty_alarms[panel.countries[c]].push_back(panel.years[y]);
    }
  }
  for (auto& [country, years] : empty_alarms) told.false_alarms.push_back({country, years});
  std::stable_sort(
      told.false_alarms.begin(), told.false_alarms.end(),
      [](const FalseAlarm& a, const FalseAlarm& b) { return a.years.size() > b.years.size(); });
  return told;
}

}  // namespace waystone::backtest
