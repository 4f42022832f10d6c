// Whether the points of a column part thousands: "12.346" is twelve and a bit, or twelve thousand.
#pragma once
#include <limits>
#include <map>
#include <string_view>
#include <vector>

#include "scenario/reading.hpp"

namespace waystone::scenario {

class PointedFigures {
 public:
  /// A cell of figures as written. `series`: what has one notation, such as a column.
  void add(std::size_t series, std::string_view text, Span where);
  /// The first series in which points may part thousands, W0322, or E0370 of a publisher's file
  /// (`mapped`): each figure with a point has three digits behind it and one to three before it, no
  /// 0 first; and all else are whole numbers below 1,000 (if there are none, four figures or more).
  /// Or some such figures lie below all others, and would lie among them as thousands.
  void report(bool mapped, const Reading& reading) const;

 private:
  struct Pointed {
    double number = 0;  // its size, without the sign
    Span where;
  };
  struct Series {
    std::vector<Pointed> pointed;  // of those that look so; no more than tell
    std::size_t others = 0;
    double low = std::numeric_limits<double>::infinity(), high = 0;  // of the others, as sizes
    bool with_decimals = false;                                      // of the others
    std::vector<Pointed> in_doubt() const;
  };
  std::map<std::size_t, Series> series_;
};

}  // namespace waystone::scenario
