// How well scores part those to whom something happened from the others: areas under the ROC curve
// and under the curve of precision by recall, for rows drawn again by country.
#pragma once
#include <cstdint>
#include <limits>
#include <vector>

namespace waystone::backtest {

inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// A country at a year's end: what was said of it, and whether the outcome followed.
struct Point {
  double score = 0;  // higher is worse; never NaN
  bool event = false;
  std::size_t cluster = 0;  // its country
};

/// Both are NaN unless there are rows with an event and rows without one.
struct Areas {
  /// The chance that a row with an event scores higher than one without; equal scores count half.
  double roc = not_known;
  /// Average precision: the mean over the events of the precision at their score, all rows of that
  /// score counted. The share of events is what scores that say nothing come to.
  double precision_recall = not_known;
};

/// How often each country was drawn, by cluster.
using Times = std::vector<std::uint16_t>;

/// Rows sorted once by score, so that every draw is one pass.
class Ranked {
 public:
  explicit Ranked(std::vector<Point> points);
  std::size_t rows() const { return cluster_.size(); }
  std::size_t events() const { return events_; }
  Areas areas() const;  // each row once
  Areas areas(const Times& times) const;

 private:
  template <class Weight>
  Areas sum(const Weight& weight) const;

  // Descending by score.
  std::vector<std::uint32_t> cluster_;
  std::vector<char> event_, ends_;  // ends_: the next row has another score
  std::size_t events_ = 0;
};

/// So many draws of as many countries as there are, with replacement. The same for one seed.
std::vector<Times> draws_of(std::size_t clusters, std::size_t draws, std::uint64_t seed);

/// The middle nine tenths of some values: 5th and 95th percentile, between neighbours on a straight
/// line. Those not known are left out; NaN both if that is more than half of them.
struct Interval {
  double low = not_known, high = not_known;
};
Interval middle_of(std::vector<double> values);

}  // namespace waystone::backtest
