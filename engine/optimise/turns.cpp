#include "optimise/turns.hpp"

#include <cmath>

namespace waystone::optimise {
namespace {

int sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }

// Neighbours over which the sign turns; zeros count to the next sign.
std::vector<Turn> turns_between(const std::vector<double>& at, const std::vector<double>& values) {
  std::vector<Turn> found;
  std::size_t last = 0;
  while (last < values.size() && sign(values[last]) == 0) ++last;
  for (std::size_t k = last + 1; k < values.size(); ++k) {
    if (sign(values[k]) == 0) continue;
    if (sign(values[k]) != sign(values[last])) found.push_back({at[last], at[k]});
    last = k;
  }
  return found;
}

Turn narrow(const Along& function, Turn between) {
  constexpr std::size_t steps = 32;
  while (std::fabs(between.after - between.before) > 1e-10) {
    const auto places = grid(between.before, between.after, steps);
    const auto inside = turns_between(places, function(places));
    if (inside.empty()) break;
    // between the two signs there may be a stretch that has none, zero or NaN
    const bool shrinks = std::fabs(inside.front().after - inside.front().before) <
                         0.9 * std::fabs(between.after - between.before);
    between = inside.front();
    if (!shrinks) break;
  }
  return between;
}

}  // namespace

std::vector<double> grid(double from, double to, std::size_t steps) {
  std::vector<double> places(steps + 1);
  for (std::size_t k = 0; k <= steps; ++k)
    places[k] = from + (to - from) * double(k) / double(steps);
  return places;
}

std::vector<Turn> sign_turns(const Along& function, double from, double to, std::size_t steps) {
  const auto places = grid(from, to, steps);
  auto turns = turns_between(places, function(places));
  for (Turn& turn : turns) turn = narrow(function, turn);
  return turns;
}

std::optional<Turn> first_sign_turn(const Along& function, double from, double to,
                                    std::size_t steps) {
  const auto places = grid(from, to, steps);
  const auto turns = turns_between(places, function(places));
  if (turns.empty()) return std::nullopt;
  return narrow(function, turns.front());
}

}  // namespace waystone::optimise
