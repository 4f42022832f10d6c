#include "optimise/nonlinear.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>
#include <vector>

#include <nlopt.h>

namespace waystone::optimise {
namespace {

struct Destroy {
  void operator()(nlopt_opt_s* optimiser) const { nlopt_destroy(optimiser); }
};

// What NLopt's C functions get to see. An exception must not cross them: it is kept and thrown
// again afterwards.
struct Run {
  const NonlinearProgram* program = nullptr;
  nlopt_opt optimiser = nullptr;
  std::size_t evaluations = 0;
  std::exception_ptr thrown;

  void stop() const { nlopt_force_stop(optimiser); }
};

arma::vec vector_of(unsigned n, const double* x) { return arma::vec(x, n); }

double objective(unsigned n, const double* x, double* gradient, void* data) {
  Run& run = *static_cast<Run*>(data);
  try {
    ++run.evaluations;
    arma::vec slope(n, arma::fill::zeros);
    const double value = run.program->objective(vector_of(n, x), gradient ? &slope : nullptr);
    if (gradient) std::copy_n(slope.memptr(), n, gradient);
    if (std::isnan(value) || (gradient && slope.has_nan())) run.stop();
    return value;
  } catch (...) {
    run.thrown = std::current_exception();
    run.stop();
    return 0;
  }
}

void constraints(unsigned m, double* result, unsigned n, const double* x, double* gradient,
                 void* data) {
  Run& run = *static_cast<Run*>(data);
  try {
    arma::mat jacobian(m, n, arma::fill::zeros);
    const arma::vec values =
        run.program->constraints(vector_of(n, x), gradient ? &jacobian : nullptr);
    std::copy_n(values.memptr(), m, result);
    if (gradient)
      for (unsigned i = 0; i < m; ++i)
        for (unsigned j = 0; j < n; ++j) gradient[std::size_t(i) * n + j] = jacobian(i, j);
    if (values.has_nan() || (gradient && jacobian.has_nan())) run.stop();
  } catch (...) {
    run.thrown = std::current_exception();
    run.stop();
    std::fill_n(result, m, 0.0);
  }
}

void equalities(unsigned m, double* result, unsigned n, const double* x, double* gradient,
                void* data) {
  const NonlinearProgram& program = *static_cast<Run*>(data)->program;
  const arma::vec values = program.equalities * vector_of(n, x) - program.equal_to;
  std::copy_n(values.memptr(), m, result);
  if (gradient)
    for (unsigned i = 0; i < m; ++i)
      for (unsigned j = 0; j < n; ++j) gradient[std::size_t(i) * n + j] = program.equalities(i, j);
}

double violation_at(const NonlinearProgram& program, const arma::vec& x) {
  double worst = 0;
  if (program.constraint_count > 0) {
    const arma::vec values = program.constraints(x, nullptr);
    if (values.has_nan()) return arma::datum::inf;
    worst = std::max(worst, values.max());
  }
  if (program.equalities.n_rows > 0)
    worst = std::max(worst, arma::abs(program.equalities * x - program.equal_to).max());
  return worst;
}

}  // namespace

NonlinearSolution minimise(const NonlinearProgram& program, const arma::vec& start,
                           const Effort& effort) {
  const unsigned n = unsigned(start.n_elem);
  Run run{&program, nullptr, 0, nullptr};
  const std::unique_ptr<nlopt_opt_s, Destroy> owner(nlopt_create(NLOPT_LD_SLSQP, n));
  run.optimiser = owner.get();
  nlopt_set_min_objective(run.optimiser, objective, &run);
  nlopt_set_lower_bounds(run.optimiser, program.low.memptr());
  nlopt_set_upper_bounds(run.optimiser, program.high.memptr());
  const std::vector<double> slack(
      std::max<std::size_t>(program.constraint_count, program.equalities.n_rows),
      effort.feasible / 10);
  if (program.constraint_count > 0)
    nlopt_add_inequality_mconstraint(run.optimiser, unsigned(program.constraint_count), constraints,
                                     &run, slack.data());
  if (program.equalities.n_rows > 0)
    nlopt_add_equality_mconstraint(run.optimiser, unsigned(program.equalities.n_rows), equalities,
                                   &run, slack.data());
  nlopt_set_xtol_abs1(run.optimiser, effort.tolerance);
  nlopt_set_maxeval(run.optimiser, effort.evaluations);

  NonlinearSolution solution;
  solution.x = start;
  for (arma::uword j = 0; j < n; ++j)
    solution.x[j] = std::clamp(start[j], program.low[j], program.high[j]);
  double value = 0;
  const nlopt_result outcome = nlopt_optimize(run.optimiser, solution.x.memptr(), &value);
  if (run.thrown) std::rethrow_exception(run.thrown);
  solution.evaluations = run.evaluations;
  if (outcome == NLOPT_FORCED_STOP || outcome == NLOPT_INVALID_ARGS ||
      outcome == NLOPT_OUT_OF_MEMORY || solution.x.has_nan())
    return solution;
  for (arma::uword j = 0; j < n; ++j)
    solution.x[j] = std::clamp(solution.x[j], program.low[j], program.high[j]);
  solution.value = program.objective(solution.x, nullptr);
  solution.violation = violation_at(program, solution.x);
  // Rounding may end the last line search (ROUNDOFF_LIMITED) at a point that is as good as doubles
  // allow.
  solution.converged = (outcome == NLOPT_SUCCESS || outcome == NLOPT_FTOL_REACHED ||
                        outcome == NLOPT_XTOL_REACHED || outcome == NLOPT_ROUNDOFF_LIMITED) &&
                       solution.violation <= effort.feasible && std::isfinite(solution.value);
  return solution;
}

}  // namespace waystone::optimise
