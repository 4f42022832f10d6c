// Smooth nonlinear programs, solved by NLopt; the only room that knows it. Nothing here knows of
// models or weights.
#pragma once
#include <functional>

#include <armadillo>

namespace waystone::optimise {

/// A function's value; its gradient (variables) too where `gradient` is not null.
using Function = std::function<double(const arma::vec& x, arma::vec* gradient)>;
/// Several functions' values; their gradients (functions x variables) too where `jacobian` is not
/// null.
using Functions = std::function<arma::vec(const arma::vec& x, arma::mat* jacobian)>;

/// Minimise objective(x) subject to constraints(x) <= 0, equalities x = equal_to and low <= x <=
/// high.
struct NonlinearProgram {
  Function objective;
  std::size_t constraint_count = 0;
  Functions constraints;  // of constraint_count values; unused where that is 0
  arma::mat equalities;   // rows x variables; may have no rows
  arma::vec equal_to;
  arma::vec low, high;  // may be infinite
};

struct NonlinearSolution {
  bool converged = false;  // the steps or the objective's changes came under the tolerance, and no
                           // constraint is broken by more than `feasible`
  arma::vec x;             // the last point, within low and high, whether converged or not
  double value = 0;        // objective there
  double violation = 0;    // largest amount by which a constraint or equality is broken there
  std::size_t evaluations = 0;
};

struct Effort {
  double tolerance = 1e-10;  // of x, absolute
  double feasible = 1e-7;    // how far a constraint may be broken
  int evaluations = 2000;
};

/// Sequential least-squares programming (Kraft 1994, as in NLopt), from one start: a local minimum.
/// A function that gives NaN ends it, not converged.
NonlinearSolution minimise(const NonlinearProgram& program, const arma::vec& start,
                           const Effort& effort = {});

}  // namespace waystone::optimise
