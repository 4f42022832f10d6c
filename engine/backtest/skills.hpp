// One subject for one outcome and horizon. Private to this room.
#pragma once
#include <span>

#include "backtest/backtest.hpp"

namespace waystone::backtest {

/// The rows of an outcome and horizon: what followed, and the draws of countries that all subjects
/// share.
struct Rows {
  const Panel& panel;
  const std::vector<Followed>& followed;  // by row
  int horizon = 0;
  std::vector<std::size_t> cluster;  // by country, among those that have a row; or npos
  std::vector<Times> draws;

  bool counts(std::size_t row) const {
    return followed[row] == Followed::no || followed[row] == Followed::yes;
  }
  Point point(std::size_t row, double score) const {
    return {score, followed[row] == Followed::yes, cluster[panel.country_of_row(row)]};
  }
};

/// Those rows where something is said.
std::vector<Point> points_of(const Rows& rows, const std::vector<double>& said);

/// Areas without intervals.
Skill plain_skill(const Rows& rows, const Subject& subject, const std::vector<double>& said);
/// With intervals, chances and precision.
void complete(Skill& skill, const Rows& rows, const std::vector<double>& said);

/// Two subjects on their common rows.
Beside beside(const Rows& rows, const Subject& first, const std::vector<double>& first_said,
              const Subject& second, const std::vector<double>& second_said);

/// The rows from which a curve may learn at the end of a year: those whose time was over by then.
std::vector<Point> learnt_by(const Rows& rows, const std::vector<double>& said, int year);

/// Ranks of one year's end: 1 the highest score, equal ones share a rank; 0 where nothing is said
/// or it isn't known what followed.
std::vector<std::size_t> ranks_at(const Rows& rows, const std::vector<double>& said,
                                  std::size_t year);

}  // namespace waystone::backtest
