// Rows that `others = "skip"` leaves out of tables that are about no figures.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.hpp"

namespace waystone::scenario {

class SkippedRows {
 public:
  /// `text`: what stands where a country should.
  void add(std::string_view text, Span where) {
    if (rows_.rows++ == 0) rows_.first = where;
    if (std::find(rows_.codes.begin(), rows_.codes.end(), text) == rows_.codes.end())
      rows_.codes.emplace_back(text);
  }
  void finish(std::vector<LeftOut>& left_out) {
    if (rows_.rows > 0) left_out.push_back(std::move(rows_));
  }

 private:
  LeftOut rows_{LeftOut::Reason::no_country, 0, {}, {}, {}};
};

}  // namespace waystone::scenario
