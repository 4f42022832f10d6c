#include "data/reach.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace waystone::data {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

using Several = std::vector<Ranged>;

// The same figures upside down: the high end of a reach is the low end of this, upside down.
Several negative(Several figures) {
  for (Ranged& figure : figures) {
    figure.low = -figure.low;
    figure.high = -figure.high;
    std::swap(figure.low, figure.high);
  }
  return figures;
}

template <class Low>
Range both_ends(const Several& figures, std::size_t fewest, Low low) {
  return {low(figures, fewest), 0 - low(negative(figures), fewest)};  // never a negative 0
}

std::size_t counted(const Several& figures) {
  return std::size_t(std::count_if(figures.begin(), figures.end(),
                                   [](const Ranged& figure) { return figure.counts; }));
}

// How many must join, so that there are `fewest` of them.
std::size_t wanted(const Several& figures, std::size_t fewest) {
  const std::size_t count = counted(figures);
  return count < fewest ? fewest - count : 0;
}

// Those that may join, what is least by `by` first.
template <class By>
Several joining(const Several& figures, By by) {
  Several found;
  std::copy_if(figures.begin(), figures.end(), std::back_inserter(found),
               [](const Ranged& figure) { return !figure.counts; });
  std::sort(found.begin(), found.end(),
            [&](const Ranged& a, const Ranged& b) { return by(a) < by(b); });
  return found;
}

// A mean is the place about which the weighted distances add up to 0. From the least mean so far,
// those that have to join and all that lie below it draw it down; until none does.
double least_mean(const Several& figures, std::size_t fewest) {
  const std::size_t wants = wanted(figures, fewest);
  double place = unbounded;
  for (bool first = true;; first = false) {
    double sum = 0, weight = 0;
    std::size_t joined = 0;
    const auto add = [&](const Ranged& figure) {
      sum += figure.weight * figure.low;
      weight += figure.weight;
    };
    for (const Ranged& figure : figures)
      if (figure.counts) add(figure);
    const auto distance = [&](const Ranged& figure) {
      return first ? figure.low : figure.weight * (figure.low - place);
    };
    for (const Ranged& figure : joining(figures, distance))
      if (joined < wants || (first ? figure.low * weight < sum : distance(figure) < 0)) {
        add(figure);
        ++joined;
      }
    const double mean = sum / weight;
    if (!(mean < place)) return place;
    place = mean;
    if (place == -unbounded) return place;
  }
}

double least_sum(const Several& figures, std::size_t fewest) {
  const std::size_t wants = wanted(figures, fewest);
  const auto part = [](const Ranged& figure) { return figure.weight * figure.low; };
  double sum = 0;
  std::size_t joined = 0;
  for (const Ranged& figure : figures)
    if (figure.counts) sum += part(figure);
  for (const Ranged& figure : joining(figures, part))
    if (joined++ < wants || part(figure) < 0) sum += part(figure);
  return sum;
}

// The highest of those that count and of the lowest that have to join.
double least_maximum(const Several& figures, std::size_t fewest) {
  const std::size_t wants = wanted(figures, fewest);
  double highest = -unbounded;
  for (const Ranged& figure : figures)
    if (figure.counts) highest = std::max(highest, figure.low);
  const Several lowest = joining(figures, [](const Ranged& figure) { return figure.low; });
  return wants == 0 ? highest : std::max(highest, lowest[wants - 1].low);
}

double least_minimum(const Several& figures) {
  double least = unbounded;
  for (const Ranged& figure : figures) least = std::min(least, figure.low);
  return least;
}

// The least sum of squares from the mean: every figure as near as it can be to one place, which is
// then their mean.
double least_squares(const Several& figures) {
  double low = unbounded, high = -unbounded;
  for (const Ranged& figure : figures) {
    low = std::min(low, figure.low);
    high = std::max(high, figure.high);
  }
  if (!(high - low < unbounded)) return 0;
  const auto mean_near = [&](double place) {
    double sum = 0;
    for (const Ranged& figure : figures) sum += std::clamp(place, figure.low, figure.high);
    return sum / double(figures.size());
  };
  for (int step = 0; step < 200; ++step) {  // mean minus place falls as the place rises: halve
    const double place = low + (high - low) / 2;
    (mean_near(place) > place ? low : high) = place;
  }
  const double middle = mean_near(low);
  double squares = 0;
  for (const Ranged& figure : figures) {
    const double off = std::clamp(low, figure.low, figure.high) - middle;
    squares += off * off;
  }
  return squares;
}

// No less than the variance of any choice: from any place, the squares of the farthest ends are at
// least those from the mean. A joining figure raises it if its square is above the variance so far.
double variance_from(const Several& figures, std::size_t fewest, double place) {
  double squares = 0, count = 0;
  std::vector<double> joining;
  for (const Ranged& figure : figures) {
    const double off = std::max(std::abs(figure.low - place), std::abs(figure.high - place));
    if (!figure.counts) {
      joining.push_back(off * off);
      continue;
    }
    squares += off * off;
    ++count;
  }
  std::sort(joining.rbegin(), joining.rend());
  for (const double square : joining)
    if (count < double(fewest) || square * (count - 1) > squares) {
      squares += square;
      ++count;
    }
  return squares / (count - 1);
}

// The place that makes it least; as a maximum of sums of squares it has one valley.
double greatest_variance(const Several& figures, std::size_t fewest) {
  double low = unbounded, high = -unbounded;
  for (const Ranged& figure : figures) {
    low = std::min(low, figure.low);
    high = std::max(high, figure.high);
  }
  if (!(high - low < unbounded)) return unbounded;
  for (int step = 0; step < 200; ++step) {
    const double third = (high - low) / 3;
    if (variance_from(figures, fewest, low + third) > variance_from(figures, fewest, high - third))
      low += third;
    else
      high -= third;
  }
  return variance_from(figures, fewest, low + (high - low) / 2);
}

}  // namespace

Range mean_reach(const Several& figures, std::size_t fewest) {
  return both_ends(figures, fewest, least_mean);
}

Range sum_reach(const Several& figures, std::size_t fewest) {
  return both_ends(figures, fewest, least_sum);
}

Range minimum_reach(const Several& figures, std::size_t fewest) {
  return {least_minimum(figures), 0 - least_maximum(negative(figures), fewest)};
}

Range maximum_reach(const Several& figures, std::size_t fewest) {
  return {least_maximum(figures, fewest), 0 - least_minimum(negative(figures))};
}

// A figure that joins never makes the sum of squares less.
Range deviation_reach(const Several& figures, std::size_t fewest) {
  const bool all = fewest >= figures.size();
  Several sure;
  std::copy_if(figures.begin(), figures.end(), std::back_inserter(sure),
               [&](const Ranged& figure) { return all || figure.counts; });
  const double least = sure.size() < 2 ? 0 : least_squares(sure) / double(figures.size() - 1);
  return {std::sqrt(least), std::sqrt(greatest_variance(figures, fewest))};
}

}  // namespace waystone::data
