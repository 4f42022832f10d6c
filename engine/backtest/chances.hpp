// Scores made into chances by what followed earlier ones, and how far chances were from what
// happened.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "backtest/areas.hpp"

namespace waystone::backtest {

/// chance = 1 / (1 + exp(-(intercept + slope · score))).
struct Logistic {
  double intercept = 0, slope = 0;
  double chance(double score) const;
};

/// Fewer events than so many, or fewer rows without one, say nothing.
inline constexpr std::size_t fewest_events = 5;

/// A logistic curve fitted by maximum likelihood to rows with and without an event, with the
/// smoothed targets of Platt (2000), so that there is one also where a score parts them wholly:
/// (events + 1) / (events + 2) for rows with an event, 1 / (others + 2) for the others. Nothing
/// where there are under `fewest_events` of either.
std::optional<Logistic> fitted(const std::vector<Point>& rows);

/// A chance that was given, and what happened.
struct Forecast {
  double chance = 0;
  bool event = false;
};

/// Forecasts of nearly the same chance.
struct Bin {
  double low = 0, high = 0;  // edges: from low, below high
  std::size_t forecasts = 0, events = 0;
  double mean_chance = not_known, share = not_known;  // share: events / forecasts
};
inline constexpr std::array<double, 8> bin_edges{0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1};

/// Brier's score, the mean of (chance - event)², 0 at best, and Murphy's parts of it over the bins:
/// score = reliability - resolution + uncertainty + within. `within` is what differs inside of bins
/// and 0 where all chances of a bin are the same.
struct Brier {
  std::size_t forecasts = 0, events = 0;
  double score = not_known;
  double reliability = not_known, resolution = not_known, uncertainty = not_known;
  double within = not_known;
  std::vector<Bin> bins;  // those that have forecasts
};
Brier brier_of(const std::vector<Forecast>& forecasts);

}  // namespace waystone::backtest
