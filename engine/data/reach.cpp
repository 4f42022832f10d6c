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
Range both_ends(const Several& figures, Low low) {
  return {low(figures), 0 - low(negative(figures))};  // never a negative 0
}

// Those that may join, the lowest first.
Several joining(const Several& figures) {
  Several found;
  std::copy_if(figures.begin(), figures.end(), std::back_inserter(found),
               [](const Ranged& figure) { return !figure.counts; });
  std::sort(found.begin(), found.end(),
            [](const Ranged& a, const Ranged& b) { return a.low < b.low; });
  return found;
}

// Whatever lies below the mean so far draws it down.
double least_mean(const Several& figures) {
  double sum = 0, weight = 0;
  const auto add = [&](const Ranged& figure) {
    sum += figure.weight * figure.low;
    weight += figure.weight;
  };
  for (const Ranged& figure : figures)
    if (figure.counts) add(figure);
  for (const Ranged& figure : joining(figures))
    if (weight == 0 || figure.low * weight < sum) add(figure);
  return sum / weight;
}

double least_sum(const Several& figures) {
  double sum = 0, least = unbounded;
  bool any = false;  // is in the sum
  for (const Ranged& figure : figures) {
    const double low = figure.weight * figure.low;
    least = std::min(least, low);
    if (!figure.counts && low > 0) continue;
    sum += low;
    any = true;
  }
  return any ? sum : least;
}

double least_maximum(const Several& figures) {
  double counted = -unbounded, joined = unbounded;
  for (const Ranged& figure : figures)
    if (figure.counts)
      counted = std::max(counted, figure.low);
    else
      joined = std::min(joined, figure.low);
  return counted > -unbounded ? counted : joined;
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
double variance_from(const Several& figures, double place) {
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
    if (count < 2 || square * (count - 1) > squares) {
      squares += square;
      ++count;
    }
  return squares / (count - 1);
}

// The place that makes it least; as a maximum of sums of squares it has one valley.
double greatest_variance(const Several& figures) {
  double low = unbounded, high = -unbounded;
  for (const Ranged& figure : figures) {
    low = std::min(low, figure.low);
    high = std::max(high, figure.high);
  }
  if (!(high - low < unbounded)) return unbounded;
  for (int step = 0; step < 200; ++step) {
    const double third = (high - low) / 3;
    if (variance_from(figures, low + third) > variance_from(figures, high - third))
      low += third;
    else
      high -= third;
  }
  return variance_from(figures, low + (high - low) / 2);
}

}  // namespace

Range mean_reach(const Several& figures) { return both_ends(figures, least_mean); }
Range sum_reach(const Several& figures) { return both_ends(figures, least_sum); }

Range minimum_reach(const Several& figures) {
  return {least_minimum(figures), 0 - least_maximum(negative(figures))};
}

Range maximum_reach(const Several& figures) {
  return {least_maximum(figures), 0 - least_minimum(negative(figures))};
}

// A figure that joins never makes the sum of squares less.
Range deviation_reach(const Several& figures) {
  Several counted;
  std::copy_if(figures.begin(), figures.end(), std::back_inserter(counted),
               [](const Ranged& figure) { return figure.counts; });
  const double least = counted.size() < 2 ? 0 : least_squares(counted) / double(figures.size() - 1);
  return {std::sqrt(least), std::sqrt(greatest_variance(figures))};
}

}  // namespace waystone::data
