#include "optimise/linear.hpp"

#include <cmath>
#include <memory>
#include <vector>

#include <glpk.h>

namespace waystone::optimise {
namespace {

struct Delete {
  void operator()(glp_prob* problem) const { glp_delete_prob(problem); }
};

// GLPK's word for which of the two limits there are.
int kind_of(double low, double high) {
  if (std::isinf(low)) return std::isinf(high) ? GLP_FR : GLP_UP;
  if (std::isinf(high)) return GLP_LO;
  return low < high ? GLP_DB : GLP_FX;
}

bool is_well_formed(const LinearProgram& program) {
  const arma::uword n = program.cost.n_elem, m = program.rows.n_rows;
  if (m > 0 && program.rows.n_cols != n) return false;
  if (program.row_low.n_elem != m || program.row_high.n_elem != m || program.low.n_elem != n ||
      program.high.n_elem != n)
    return false;
  return program.cost.is_finite() && program.rows.is_finite() && !program.row_low.has_nan() &&
         !program.row_high.has_nan() && !program.low.has_nan() && !program.high.has_nan();
}

// Limits that leave nothing between them, which GLPK would treat as a fault.
bool has_crossed_limits(const LinearProgram& program) {
  return arma::any(program.low > program.high) ||
         (program.rows.n_rows > 0 && arma::any(program.row_low > program.row_high));
}

void load_rows(glp_prob* problem, const LinearProgram& program) {
  const arma::uword m = program.rows.n_rows;
  if (m == 0) return;
  glp_add_rows(problem, int(m));
  std::vector<int> row{0}, column{0};  // GLPK counts from 1
  std::vector<double> value{0};
  for (arma::uword i = 0; i < m; ++i) {
    glp_set_row_bnds(problem, int(i + 1), kind_of(program.row_low[i], program.row_high[i]),
                     program.row_low[i], program.row_high[i]);
    for (arma::uword j = 0; j < program.rows.n_cols; ++j) {
      if (program.rows(i, j) == 0) continue;
      row.push_back(int(i + 1));
      column.push_back(int(j + 1));
      value.push_back(program.rows(i, j));
    }
  }
  glp_load_matrix(problem, int(value.size()) - 1, row.data(), column.data(), value.data());
}

}  // namespace

LinearSolution solve(const LinearProgram& program) {
  LinearSolution solution;
  if (!is_well_formed(program)) return solution;
  if (has_crossed_limits(program)) return {Status::infeasible, {}, 0};
  glp_term_out(GLP_OFF);
  const std::unique_ptr<glp_prob, Delete> problem(glp_create_prob());
  glp_set_obj_dir(problem.get(), GLP_MIN);
  glp_add_cols(problem.get(), int(program.cost.n_elem));
  for (arma::uword j = 0; j < program.cost.n_elem; ++j) {
    glp_set_obj_coef(problem.get(), int(j + 1), program.cost[j]);
    glp_set_col_bnds(problem.get(), int(j + 1), kind_of(program.low[j], program.high[j]),
                     program.low[j], program.high[j]);
  }
  load_rows(problem.get(), program);
  glp_smcp control;
  glp_init_smcp(&control);
  control.msg_lev = GLP_MSG_OFF;
  // The dual simplex can go round in circles on degenerate programs and doesn't notice; the primal
  // one then starts afresh.
  control.it_lim = int(200 + 20 * (program.cost.n_elem + program.rows.n_rows));
  control.meth = GLP_DUALP;
  if (glp_simplex(problem.get(), &control) != 0) {
    glp_std_basis(problem.get());
    control.meth = GLP_PRIMAL;
    if (glp_simplex(problem.get(), &control) != 0) return solution;
  }
  switch (glp_get_status(problem.get())) {
    case GLP_OPT: solution.status = Status::optimal; break;
    case GLP_INFEAS:
    case GLP_NOFEAS: solution.status = Status::infeasible; break;
    case GLP_UNBND: solution.status = Status::unbounded; break;
    default: break;
  }
  if (solution.status != Status::optimal) return solution;
  solution.x.set_size(program.cost.n_elem);
  for (arma::uword j = 0; j < solution.x.n_elem; ++j)
    solution.x[j] = glp_get_col_prim(problem.get(), int(j + 1));
  solution.value = glp_get_obj_val(problem.get());
  return solution;
}

}  // namespace waystone::optimise
