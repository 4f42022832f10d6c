// Linear programs, solved by GLPK; the only room that knows it. Nothing here knows of models or
// weights.
#pragma once
#include <armadillo>

namespace waystone::optimise {

/// Minimise cost'x subject to row_low <= rows x <= row_high and low <= x <= high. Limits may be
/// infinite, every other number must be finite.
struct LinearProgram {
  arma::vec cost;               // variables
  arma::mat rows;               // constraints x variables
  arma::vec row_low, row_high;  // constraints
  arma::vec low, high;          // variables
};

enum class Status {
  optimal,
  infeasible,
  unbounded,
  failed  // the solver gave up; nothing may be concluded
};

struct LinearSolution {
  Status status = Status::failed;
  arma::vec x;       // where optimal
  double value = 0;  // cost'x, where optimal
};

/// Simplex method. Deterministic: the same program gives the same vertex.
LinearSolution solve(const LinearProgram& program);

}  // namespace waystone::optimise
