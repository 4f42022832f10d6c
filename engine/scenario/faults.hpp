// What is wrong with figures of tables, and whether a score would rest on them.
#pragma once
#include <vector>

#include "scenario/alike.hpp"
#include "scenario/scenario.hpp"

namespace waystone::scenario {

/// The faults on which a score on the scenario's date would rest, in no order. They are those of
/// scored countries that would count and are not too old to carry forward, and those among the past
/// figures and the partners that windows and relations read.
std::vector<const Fault*> faults_that_count(const Scenario& scenario, const model::Model& model);

/// Reports the faults of a scenario, those of one file and cause together: an error if they count,
/// W0307 if they don't.
void report_faults(const Scenario& scenario, const model::Model& model,
                   const std::vector<const Fault*>& counting, Diagnostics& diagnostics);

/// What is wrong with the rows of one table, beside their figures.
class RowProblems {
 public:
  /// `scored`: whether the row is about a country that the scenario scores.
  void add(const Diagnostics& found, bool scored);
  /// Reports the problems of rows that are scored, each kind once; W0307 for the others.
  void finish(Diagnostics& diagnostics) const;

 private:
  Alike scored_, others_;
};

}  // namespace waystone::scenario
