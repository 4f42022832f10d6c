// Domains of weights: what is nearest lies inside and is nearest, what is drawn lies inside and is
// spread evenly. Linear and nonlinear programs with answers worked out by hand.
#include <cmath>

#include "catch.hpp"
#include "optimise/linear.hpp"
#include "optimise/nonlinear.hpp"
#include "weights/domain.hpp"

using namespace waystone;
using weights::Domain;

namespace {

Domain some_domain() { return {{0.05, 0, 0.1, 0, 0.02}, {0.5, 0.4, 0.1, 1, 0.3}, {{0, 3}}}; }

}  // namespace

TEST_CASE("ties that share a member are one block") {
  const auto blocks = weights::blocks_of({{0, 0.1, 0, 0}, {1, 1, 0.4, 1}, {{2, 1}, {3, 2}}});
  REQUIRE(blocks.size() == 2);
  CHECK(blocks[0].members == std::vector<std::size_t>{0});
  CHECK(blocks[1].members == std::vector<std::size_t>{1, 2, 3});
  CHECK(blocks[1].low == 0.1);
  CHECK(blocks[1].high == 0.4);
}

TEST_CASE("a domain is empty where limits, ties and the sum contradict") {
  CHECK_FALSE(weights::is_empty(some_domain()));
  CHECK(weights::is_empty({{0.6, 0.6}, {1, 1}, {}}));
  CHECK(weights::is_empty({{0, 0}, {0.4, 0.5}, {}}));
  CHECK(weights::is_empty({{0.5, 0}, {1, 0.3}, {{0, 1}}}));
  CHECK_FALSE(weights::is_empty({{0.3, 0.7}, {0.3, 0.7}, {}}));
}

TEST_CASE("the nearest weights lie inside, and no drawn ones are nearer") {
  const Domain domain = some_domain();
  const arma::mat drawn = weights::sample(domain, 4000, 7);
  for (const arma::vec& target : {arma::vec{0.2, 0.2, 0.2, 0.2, 0.2}, arma::vec{1, 0, 0, 0, 0},
                                  arma::vec{0, 0.9, 0, 0, 0.1}, arma::vec{3, -2, 5, 0, 0}}) {
    const arma::vec nearest = weights::nearest(domain, target);
    CHECK(weights::contains(domain, nearest));
    const double distance = arma::norm(nearest - target);
    for (arma::uword k = 0; k < drawn.n_cols; ++k)
      REQUIRE(arma::norm(drawn.col(k) - target) >= distance - 1e-9);
  }
  const arma::vec inside{0.3, 0.2, 0.1, 0.3, 0.1};
  CHECK(arma::norm(weights::nearest(domain, inside) - inside) < 1e-12);
}

TEST_CASE("draws lie inside, are spread evenly, and are the same for the same seed") {
  const Domain domain = some_domain();
  const arma::mat drawn = weights::sample(domain, 2000, 3);
  for (arma::uword k = 0; k < drawn.n_cols; ++k) REQUIRE(weights::contains(domain, drawn.col(k)));
  CHECK(arma::approx_equal(drawn, weights::sample(domain, 2000, 3), "absdiff", 0));
  CHECK_FALSE(arma::approx_equal(drawn, weights::sample(domain, 2000, 4), "absdiff", 1e-6));
  // On the whole simplex of n weights each has mean 1/n and exceeds t with probability (1 - t)^(n -
  // 1).
  const arma::mat plain =
      weights::sample({arma::zeros<arma::vec>(4), arma::ones<arma::vec>(4), {}}, 20000, 1);
  for (arma::uword m = 0; m < 4; ++m) {
    CHECK(arma::mean(plain.row(m)) == Approx(0.25).margin(0.01));
    CHECK(double(arma::accu(plain.row(m) > 0.5)) / 20000 == Approx(0.125).margin(0.01));
  }
}

TEST_CASE("a walk spreads over a part that chance does not hit") {
  const Domain domain{arma::zeros<arma::vec>(6), arma::ones<arma::vec>(6), {}};
  arma::vec inside(6);
  inside.fill(0.008);
  inside[0] = 0.96;
  // w0 >= 0.9 holds for 1 in 100,000 draws; over it the others together have mean 0.1 * 5/6
  const auto part = weights::sample_part(domain, 4000, 5, inside, [](const arma::mat& candidates) {
    std::vector<char> yes(candidates.n_cols);
    for (arma::uword k = 0; k < candidates.n_cols; ++k) yes[k] = candidates(0, k) >= 0.9;
    return yes;
  });
  CHECK(part.walked);
  CHECK(part.accepted < 0.002);
  for (arma::uword k = 0; k < part.shares.n_cols; ++k)
    REQUIRE((weights::contains(domain, part.shares.col(k)) && part.shares(0, k) >= 0.9));
  CHECK(1 - arma::mean(part.shares.row(0)) == Approx(0.1 * 5 / 6).margin(0.004));
}

TEST_CASE("linear programs: optimum, none, without end") {
  using optimise::Status;
  const double none = arma::datum::inf;
  // maximise 3x + 2y: x + y <= 4, x + 3y <= 6, x <= 3: x = 3, y = 1
  const optimise::LinearProgram textbook{
      {-3, -2}, arma::mat{{1, 1}, {1, 3}}, {-none, -none}, {4, 6}, {0, 0}, {3, none}};
  const auto solution = optimise::solve(textbook);
  REQUIRE(solution.status == Status::optimal);
  CHECK(solution.value == Approx(-11));
  CHECK(solution.x[0] == Approx(3));
  const auto one_variable = [&](double cost, double row_low, double row_high) {
    return optimise::solve({arma::vec{cost}, arma::ones<arma::mat>(1, 1), arma::vec{row_low},
                            arma::vec{row_high}, arma::vec{0}, arma::vec{1}})
        .status;
  };
  CHECK(one_variable(1, 0.5, 3) == Status::optimal);
  CHECK(one_variable(1, 2, 3) == Status::infeasible);
  CHECK(one_variable(1, 3, 2) == Status::infeasible);
  CHECK(one_variable(std::nan(""), 0, 1) == Status::failed);
  CHECK(optimise::solve(
            {{-1, 0}, arma::mat{{1, -1}}, arma::vec{-none}, arma::vec{0}, {0, 0}, {none, none}})
            .status == Status::unbounded);
}

TEST_CASE("a nonlinear program with a constraint that binds") {
  // nearest point to (2, 1) on or under the unit circle, with x = y: (1, 1) / sqrt 2
  optimise::NonlinearProgram program;
  program.objective = [](const arma::vec& x, arma::vec* gradient) {
    const arma::vec away = x - arma::vec{2, 1};
    if (gradient) *gradient = 2 * away;
    return arma::dot(away, away);
  };
  program.constraint_count = 1;
  program.constraints = [](const arma::vec& x, arma::mat* jacobian) {
    if (jacobian) *jacobian = 2 * x.t();
    return arma::vec{arma::dot(x, x) - 1};
  };
  program.equalities = arma::mat{{1, -1}};
  program.equal_to = arma::vec{0.0};
  program.low = {-5, -5};
  program.high = {5, 5};
  const auto solution = optimise::minimise(program, {0, 0.5});
  CHECK(solution.converged);
  CHECK(solution.x[0] == Approx(std::sqrt(0.5)).epsilon(1e-6));
  CHECK(solution.x[1] == Approx(std::sqrt(0.5)).epsilon(1e-6));
  program.high = {0.3, -0.3};  // no point with x = y is left
  program.low = {0.2, -0.5};
  CHECK_FALSE(optimise::minimise(program, {0.2, -0.3}).converged);
}
