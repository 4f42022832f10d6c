// Weights from judgements: published worked examples, what must hold for any judgements, and
// judgements that nothing can be made of.
//
// What the published figures were checked against, since not every original was at hand:
// - OECD/JRC Handbook (2008): its own text, table 20.
// - Saaty's house (1990) and drinks (2008) examples: matrices as public programs carry them
// (LINDO's model library, AHPy's documentation), weights
//   and ratios recomputed from them.
// - Rezaei's car (2016): inputs and results as a public test fixture gives them from the paper's
// tables 2 and 3 and section 4.
// - The swings of a car in R. T. Clemen and T. Reilly, Making Hard Decisions (2001): quoted without
// the book at hand, so it is the arithmetic that counts.
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "catch.hpp"
#include "fit/ahp.hpp"
#include "fit/best_worst.hpp"
#include "fit/budget.hpp"
#include "fit/perturbed.hpp"
#include "fit/swing.hpp"
#include "small_group.hpp"

using namespace waystone;
using fit::Comparison;
using fit::Said;
using tests::group_of;

namespace {

std::vector<Said> said_of(const arma::vec& numbers) {
  std::vector<Said> result;
  for (arma::uword m = 0; m < numbers.n_elem; ++m) result.push_back({m, numbers[m], {}});
  return result;
}

fit::Signature signed_by(const std::string& by) {
  fit::Signature result;
  result.by = by;
  return result;
}

// All pairs above the diagonal of a matrix.
std::vector<Comparison> pairs_of(const arma::mat& matrix) {
  std::vector<Comparison> result;
  for (arma::uword i = 0; i < matrix.n_rows; ++i)
    for (arma::uword j = i + 1; j < matrix.n_cols; ++j) result.push_back({i, j, matrix(i, j), {}});
  return result;
}

fit::Ahp ahp_of(std::vector<Comparison> comparisons) {
  return {signed_by("A"), std::move(comparisons)};
}

const fit::AhpFindings& ahp_findings(const fit::Proposal& proposal) {
  return std::get<fit::AhpFindings>(proposal.findings);
}

bool near(const arma::vec& found, const arma::vec& wanted, double tolerance) {
  return arma::approx_equal(found, wanted, "absdiff", tolerance);
}

// Saaty, "How to make a decision: the analytic hierarchy process", European Journal of Operational
// Research 48, 1990: what matters in a house.
const arma::mat house{{1, 5, 3, 7, 6, 6, 1. / 3, 1. / 4},
                      {1. / 5, 1, 1. / 3, 5, 3, 3, 1. / 5, 1. / 7},
                      {1. / 3, 3, 1, 6, 3, 4, 6, 1. / 5},
                      {1. / 7, 1. / 5, 1. / 6, 1, 1. / 3, 1. / 4, 1. / 7, 1. / 8},
                      {1. / 6, 1. / 3, 1. / 3, 3, 1, 1. / 2, 1. / 5, 1. / 6},
                      {1. / 6, 1. / 3, 1. / 4, 4, 2, 1, 1. / 5, 1. / 6},
                      {3, 5, 1. / 6, 7, 5, 5, 1, 1. / 2},
                      {4, 7, 5, 8, 6, 6, 2, 1}};

// Some weights for round trips, the smallest and the largest 40 times apart.
const std::vector<arma::vec> some_weights{{0.4, 0.3, 0.2, 0.1},
                                          {0.8, 0.1, 0.08, 0.02},
                                          {0.25, 0.25, 0.25, 0.25},
                                          {0.05, 0.15, 0.35, 0.45}};

fit::BestWorst best_worst_of(std::size_t best, std::size_t worst, const arma::vec& to_others,
                             const arma::vec& to_worst) {
  fit::BestWorst result{signed_by("A"), best, worst, {}, {}};
  for (arma::uword m = 0; m < to_others.n_elem; ++m) {
    if (m != best) result.best_to_others.push_back({m, to_others[m], {}});
    if (m != worst) result.others_to_worst.push_back({m, to_worst[m], {}});
  }
  return result;
}

const fit::BestWorstFindings& best_worst_findings(const fit::Proposal& proposal) {
  return std::get<fit::BestWorstFindings>(proposal.findings);
}

}  // namespace

// ---- swing

TEST_CASE("swing weights are points over their sum", "[fit]") {
  // price 100, life span 75, colour 10 of 185
  CHECK(near(fit::swing_shares({100, 75, 10}), arma::vec{0.541, 0.405, 0.054}, 5e-4));
  CHECK(near(fit::swing_shares({100, 80, 60, 10}), arma::vec{0.4, 0.32, 0.24, 0.04}, 1e-15));
  CHECK(near(fit::implied_swings({0.4, 0.32, 0.24, 0.04}), arma::vec{100, 80, 60, 10}, 1e-12));
}

TEST_CASE("weights' own swings give them back, and scaling points changes nothing", "[fit]") {
  for (const arma::vec& wanted : some_weights) {
    CHECK(near(fit::swing_shares(fit::implied_swings(wanted)), wanted, 1e-14));
    for (const double scale : {1e-300, 0.1, 7.0, 1e300})
      CHECK(near(fit::swing_shares(scale * wanted), wanted, 1e-14));
  }
}

TEST_CASE("a member left out keeps its share, and so does each without its own points", "[fit]") {
  weights::Group group = group_of(4);
  group.now = {0.4, 0.3, 0.2, 0.1};
  const fit::Proposal proposal =
      fit::propose(fit::Swing{signed_by("A"), {{0, 50, {}}, {2, 100, {}}, {3, 50, {}}}}, group);
  CHECK(near(proposal.shares, arma::vec{0.175, 0.3, 0.35, 0.175}, 1e-14));
  REQUIRE(proposal.judgements.size() == 3);
  CHECK(proposal.judgements[1].text == "c: 100 points");
  CHECK(near(proposal.judgements[1].without, arma::vec{0.25, 0.3, 0.2, 0.25}, 1e-14));
}

TEST_CASE("points that can't be shared out give no weights", "[fit]") {
  const double nan = std::numeric_limits<double>::quiet_NaN(),
               infinite = std::numeric_limits<double>::infinity();
  for (const arma::vec& points :
       {arma::vec{}, arma::vec{0, 0}, arma::vec{1, -1}, arma::vec{1, nan}, arma::vec{1, infinite}})
    CHECK(fit::swing_shares(points).is_empty());
  CHECK(near(fit::swing_shares({1e308, 1e308}), arma::vec{0.5, 0.5}, 0));
  CHECK(near(fit::swing_shares({3}), arma::vec{1}, 0));
  const fit::Proposal none = fit::propose(fit::Swing{signed_by("A"), said_of({0, 0})}, group_of(2));
  CHECK_FALSE(none.found());
  CHECK(none.failure == "no points that could be shared out");
}

// ---- comparisons of pairs

TEST_CASE("Saaty's house: weights, principal eigenvalue, consistency ratio", "[fit]") {
  const fit::Proposal proposal = fit::propose(ahp_of(pairs_of(house)), group_of(8));
  CHECK(near(proposal.shares, arma::vec{0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333},
             6e-4));
  CHECK(ahp_findings(proposal).lambda_max == Approx(9.669).margin(5e-4));
  CHECK(ahp_findings(proposal).consistency_ratio == Approx(0.169).margin(5e-4));
  // Neighbourhood is said to be 6 times as important as the condition, whose weights are nearly the
  // same.
  const auto& worst = ahp_findings(proposal).fits.front();
  CHECK(proposal.judgements[worst.comparison].text == "c is 6 times as important as g");
  CHECK(worst.ratio_replaced < 0.1);
}

TEST_CASE("Saaty's drinks: weights and consistency ratio", "[fit]") {
  // "Decision making with the analytic hierarchy process", International Journal of Services
  // Sciences 1, 2008: coffee, wine, tea, beer, soda, milk, water.
  const arma::mat drinks{{1, 9, 5, 2, 1, 1, 1. / 2},
                         {1. / 9, 1, 1. / 3, 1. / 9, 1. / 9, 1. / 9, 1. / 9},
                         {1. / 5, 3, 1, 1. / 3, 1. / 4, 1. / 3, 1. / 9},
                         {1. / 2, 9, 3, 1, 1. / 2, 1, 1. / 3},
                         {1, 9, 4, 2, 1, 2, 1. / 2},
                         {1, 9, 3, 1, 1. / 2, 1, 1. / 3},
                         {2, 9, 9, 3, 2, 3, 1}};
  const fit::Proposal proposal = fit::propose(ahp_of(pairs_of(drinks)), group_of(7));
  CHECK(near(proposal.shares, arma::vec{0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327}, 6e-4));
  CHECK(ahp_findings(proposal).consistency_ratio == Approx(0.022).margin(5e-4));
}

TEST_CASE("the handbook's comparisons of technology indicators are consistent by its rule of thumb",
          "[fit]") {
  const arma::mat technology{{1, 2, 3, 2, 5, 5, 1, 3},
                             {1. / 2, 1, 2, 1. / 2, 4, 4, 1. / 2, 3},
                             {1. / 3, 1. / 2, 1, 1. / 4, 2, 2, 1. / 5, 1. / 2},
                             {1. / 2, 2, 4, 1, 4, 4, 1. / 2, 3},
                             {1. / 5, 1. / 4, 1. / 2, 1. / 4, 1, 1, 1. / 5, 1. / 2},
                             {1. / 5, 1. / 4, 1. / 2, 1. / 4, 1, 1, 1. / 5, 1. / 2},
                             {1, 2, 5, 2, 5, 5, 1, 4},
                             {1. / 3, 1. / 3, 2, 1. / 3, 2, 2, 1. / 4, 1}};  // table 20
  const fit::Proposal proposal = fit::propose(ahp_of(pairs_of(technology)), group_of(8));
  CHECK(ahp_findings(proposal).consistency_ratio < fit::accepted_consistency_ratio);
  CHECK(proposal.shares[4] ==
        Approx(proposal.shares[5]).epsilon(1e-12));  // telephones and electricity have the same row
}

TEST_CASE("weights' own ratios give them back, complete or on a tree", "[fit]") {
  for (const arma::vec& wanted : some_weights) {
    std::vector<Comparison> all, chain;
    for (arma::uword i = 0; i < wanted.n_elem; ++i)
      for (arma::uword j = i + 1; j < wanted.n_elem; ++j) {
        all.push_back({i, j, wanted[i] / wanted[j], {}});
        if (j == i + 1) chain.push_back(all.back());
      }
    for (const auto& comparisons : {all, chain}) {
      const fit::Proposal proposal = fit::propose(ahp_of(comparisons), group_of(wanted.n_elem));
      CHECK(near(proposal.shares, wanted, 1e-12));
      CHECK(ahp_findings(proposal).consistency_ratio == Approx(0).margin(1e-10));
    }
  }
}

TEST_CASE("a long chain of wide ratios is as exact as a short one", "[fit]") {
  std::vector<Comparison> chain;
  arma::vec wanted(20);
  for (arma::uword i = 0; i < 20; ++i) {
    wanted[i] = std::pow(2.0, double(i));
    if (i > 0) chain.push_back({i, i - 1, 2, {}});
  }
  const fit::Proposal proposal = fit::propose(ahp_of(chain), group_of(20));
  CHECK(arma::approx_equal(proposal.shares, wanted / arma::accu(wanted), "reldiff", 1e-10));
}

TEST_CASE("missing pairs are filled in with the ratios of the weights", "[fit]") {
  auto comparisons = pairs_of(house);
  comparisons.erase(comparisons.begin() + 5);
  comparisons.erase(comparisons.begin() + 11);
  const fit::Proposal partial = fit::propose(ahp_of(comparisons), group_of(8));
  CHECK(ahp_findings(partial).missing == 2);
  arma::mat filled = fit::comparison_matrix(comparisons, 8);
  for (arma::uword i = 0; i < 8; ++i)
    for (arma::uword j = 0; j < 8; ++j)
      if (filled(i, j) == 0) filled(i, j) = partial.shares[i] / partial.shares[j];
  const fit::Proposal complete = fit::propose(ahp_of(pairs_of(filled)), group_of(8));
  CHECK(near(complete.shares, partial.shares, 1e-12));
  CHECK(ahp_findings(complete).lambda_max ==
        Approx(ahp_findings(partial).lambda_max).epsilon(1e-12));
}

TEST_CASE(
    "what a comparison contributes is the result without it, and the order of comparisons changes "
    "nothing",
    "[fit]") {
  const auto comparisons = pairs_of(house);
  const fit::Proposal all = fit::propose(ahp_of(comparisons), group_of(8));
  for (const std::size_t k : {std::size_t{0}, std::size_t{12}, comparisons.size() - 1}) {
    auto others = comparisons;
    others.erase(others.begin() + std::ptrdiff_t(k));
    const fit::Proposal without = fit::propose(ahp_of(others), group_of(8));
    CHECK(near(all.judgements[k].without, without.shares, 1e-14));
    for (const auto& fit : ahp_findings(all).fits)
      if (fit.comparison == k)
        CHECK(*fit.ratio_without == Approx(ahp_findings(without).consistency_ratio));
  }
  auto turned = comparisons;
  std::reverse(turned.begin(), turned.end());
  for (Comparison& one : turned) one = {one.second, one.first, 1 / one.ratio, {}};
  CHECK(near(fit::propose(ahp_of(turned), group_of(8)).shares, all.shares, 1e-14));
}

TEST_CASE("comparisons that nothing can be made of", "[fit]") {
  CHECK_FALSE(fit::propose(ahp_of({}), group_of(3)).found());
  CHECK_FALSE(
      fit::propose(ahp_of({{0, 1, 2, {}}, {2, 3, 2, {}}}), group_of(4)).found());  // not connected
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(fit::propose(ahp_of({{0, 1, nan, {}}}), group_of(2)).found());
  CHECK_FALSE(fit::propose(ahp_of({{0, 1, 0, {}}}), group_of(2)).found());
  CHECK_FALSE(fit::propose(ahp_of({{0, 1, -3, {}}}), group_of(2)).found());
  for (const double wide : {1e308, 1e-308}) {  // no crash, and weights only where they are some
    const fit::Proposal proposal =
        fit::propose(ahp_of({{0, 1, wide, {}}, {1, 2, wide, {}}, {0, 2, 1, {}}}), group_of(3));
    CHECK((!proposal.found() || proposal.shares.is_finite()));
  }
  const fit::Proposal two = fit::propose(ahp_of({{0, 1, 4, {}}}), group_of(2));
  CHECK(near(two.shares, arma::vec{0.8, 0.2}, 1e-14));
  CHECK(two.judgements[0].without.is_empty());
  CHECK_FALSE(ahp_findings(two).fits[0].ratio_without.has_value());
  CHECK(ahp_findings(two).consistency_ratio == 0);
}

TEST_CASE("random indices", "[fit]") {
  CHECK(fit::random_index(2, 0) == 0);
  CHECK(fit::random_index(8, 0) == 1.41);
  CHECK(fit::random_index(11, 0) == Approx(1.51).margin(5e-3));
  CHECK(fit::random_index(5, 6) == 0);  // a tree
  CHECK(fit::random_index(5, 3) == Approx(0.56));
}

// ---- best-worst method

TEST_CASE("Rezaei's car: quality, price, comfort, safety, style", "[fit]") {
  const fit::Proposal consistent =
      fit::propose(best_worst_of(1, 4, {2, 1, 4, 2, 8}, {4, 8, 2, 4, 1}), group_of(5));  // table 2
  CHECK(near(consistent.shares, arma::vec{0.2105, 0.4211, 0.1053, 0.2105, 0.0526}, 6e-5));
  CHECK(best_worst_findings(consistent).xi == Approx(0).margin(1e-9));
  CHECK(best_worst_findings(consistent).input_ratio == 0);
  CHECK_FALSE(best_worst_findings(consistent).worst_member.has_value());

  const fit::Proposal proposal =
      fit::propose(best_worst_of(1, 4, {2, 1, 4, 3, 8}, {4, 8, 2, 3, 1}), group_of(5));  // table 3
  CHECK(near(proposal.shares, arma::vec{0.2295, 0.4481, 0.1148, 0.1530, 0.0546}, 6e-5));
  CHECK(best_worst_findings(proposal).xi == Approx(0.0109).margin(5e-5));
  CHECK(best_worst_findings(proposal).input_ratio == Approx(1.0 / 56));
  CHECK(*best_worst_findings(proposal).threshold == 0.2958);
  CHECK(*best_worst_findings(proposal).worst_member == 3);
}

TEST_CASE("weights' own ratios to the best and the worst give them back", "[fit]") {
  for (const arma::vec& wanted : some_weights) {
    std::size_t best = wanted.index_max(), worst = wanted.index_min();
    if (best == worst) worst = best + 1;
    const fit::Proposal proposal =
        fit::propose(best_worst_of(best, worst, wanted[best] / wanted, wanted / wanted[worst]),
                     group_of(wanted.n_elem));
    CHECK(near(proposal.shares, wanted, 1e-9));
    CHECK(best_worst_findings(proposal).xi == Approx(0).margin(1e-9));
    for (const auto& judgement : proposal.judgements)
      CHECK(near(judgement.without, wanted, 1e-7));  // the rest say the same
  }
}

TEST_CASE("the best against the worst may be said on either side or both", "[fit]") {
  const fit::BestWorst both = best_worst_of(1, 4, {2, 1, 4, 3, 8}, {4, 8, 2, 3, 1});
  const auto only = [&](bool first) {
    fit::BestWorst result = both;
    auto& list = first ? result.others_to_worst : result.best_to_others;
    list.erase(std::find_if(list.begin(), list.end(),
                            [&](const Said& one) { return one.member == (first ? 1u : 4u); }));
    return fit::propose(result, group_of(5));
  };
  const fit::Proposal all = fit::propose(both, group_of(5));
  for (const bool first : {true, false}) {
    CHECK(near(only(first).shares, all.shares, 1e-9));
    CHECK(best_worst_findings(only(first)).input_ratio == best_worst_findings(all).input_ratio);
    CHECK(only(first).judgements.size() == 7);
  }
}

TEST_CASE("two members, and thresholds where the table ends", "[fit]") {
  const fit::Proposal two = fit::propose(best_worst_of(0, 1, {1, 4}, {4, 1}), group_of(2));
  CHECK(near(two.shares, arma::vec{0.8, 0.2}, 1e-9));
  CHECK(two.judgements[0].without.is_empty());
  CHECK_FALSE(fit::input_threshold(2, 4).has_value());
  CHECK_FALSE(fit::input_threshold(5, 4.5).has_value());
  CHECK_FALSE(fit::input_threshold(10, 4).has_value());
  CHECK(*fit::input_threshold(9, 9) == 0.3662);
  const fit::Proposal wide =
      fit::propose(best_worst_of(0, 2, {1, 1e6, 1e6}, {1e6, 1, 1}), group_of(3));
  CHECK((!wide.found() || wide.shares.is_finite()));
}

// ---- budgets and pooling

TEST_CASE("budgets are pooled, and the spread is shown", "[fit]") {
  std::vector<fit::Budget> budgets{{signed_by("A"), said_of({40, 40, 20})},
                                   {signed_by("B"), said_of({20, 60, 20})}};
  const fit::Proposal equal = fit::propose(budgets, fit::Pool::arithmetic, group_of(3));
  CHECK(near(equal.shares, arma::vec{0.3, 0.5, 0.2}, 1e-15));
  const auto& spread = std::get<fit::BudgetFindings>(equal.findings);
  CHECK(near(spread.lowest, arma::vec{0.2, 0.4, 0.2}, 1e-15));
  CHECK(near(spread.highest, arma::vec{0.4, 0.6, 0.2}, 1e-15));
  CHECK(near(spread.deviation, arma::vec{std::sqrt(0.02), std::sqrt(0.02), 0}, 1e-15));
  CHECK(equal.judgements[0].text == "A");
  CHECK(near(equal.judgements[0].without, arma::vec{0.2, 0.6, 0.2}, 1e-15));

  budgets[0].signature.trust = 3;
  CHECK(near(fit::propose(budgets, fit::Pool::arithmetic, group_of(3)).shares,
             arma::vec{0.35, 0.45, 0.2}, 1e-15));
  // 0.4^(3/4) 0.2^(1/4), …, scaled to add up to 1
  arma::vec geometric{std::pow(0.4, 0.75) * std::pow(0.2, 0.25),
                      std::pow(0.4, 0.75) * std::pow(0.6, 0.25), 0.2};
  geometric /= arma::accu(geometric);
  CHECK(near(fit::propose(budgets, fit::Pool::geometric, group_of(3)).shares, geometric, 1e-15));
}

TEST_CASE(
    "a budget of the weights gives them back whatever its total, the order of people changes "
    "nothing",
    "[fit]") {
  for (const auto how : {fit::Pool::arithmetic, fit::Pool::geometric}) {
    for (const arma::vec& wanted : some_weights) {
      const std::vector<fit::Budget> budgets{{signed_by("A"), said_of(wanted)},
                                             {signed_by("B"), said_of(1e5 * wanted)}};
      CHECK(near(fit::propose(budgets, how, group_of(4)).shares, wanted, 1e-14));
    }
    std::vector<fit::Budget> people;
    for (const arma::vec& budget : some_weights)
      people.push_back({signed_by("A"), said_of(budget)});
    const arma::vec forward = fit::propose(people, how, group_of(4)).shares;
    std::reverse(people.begin(), people.end());
    CHECK(near(fit::propose(people, how, group_of(4)).shares, forward, 1e-15));
  }
}

TEST_CASE("budgets and pools of nothing", "[fit]") {
  CHECK_FALSE(fit::propose(std::vector<fit::Budget>{}, fit::Pool::arithmetic, group_of(2)).found());
  const std::vector<fit::Budget> one{{signed_by("A"), said_of({1, 3})}};
  const fit::Proposal alone = fit::propose(one, fit::Pool::geometric, group_of(2));
  CHECK(near(alone.shares, arma::vec{0.25, 0.75}, 1e-15));
  CHECK(alone.judgements[0].without.is_empty());
  CHECK(near(std::get<fit::BudgetFindings>(alone.findings).deviation, arma::vec{0, 0}, 0));
  CHECK(fit::pool(arma::mat{{1, 0}, {0, 1}}, {1, 1}, fit::Pool::geometric)
            .is_empty());  // each has a veto
  CHECK(near(fit::pool(arma::mat{{0.5, 0}, {0.5, 1}}, {1, 1}, fit::Pool::geometric),
             arma::vec{0, 1}, 1e-15));
  CHECK(fit::pool(arma::mat{{0.5, 0}, {0.5, 1}}, {1, 0}, fit::Pool::arithmetic).is_empty());
  CHECK(fit::pool(std::vector<fit::Proposal>(2), fit::Pool::arithmetic).is_empty());
}

TEST_CASE("one comparison left out or replaced, by the series, is what the whole matrix gives") {
  std::mt19937 bits(7);
  for (const arma::uword n : {5, 12, 40}) {
    arma::mat matrix(n, n, arma::fill::eye);
    for (arma::uword i = 0; i < n; ++i)
      for (arma::uword j = i + 1; j < n; ++j) {
        if (bits() % 10 == 0 && j > i + 1) continue;  // a tenth of the pairs is missing
        matrix(i, j) = double(1 + bits() % 9) / double(1 + bits() % 9);
        matrix(j, i) = 1 / matrix(i, j);
      }
    const auto whole = fit::principal_eigenvector(matrix);
    REQUIRE(whole);
    const fit::Perturbed perturbed(matrix, *whole);
    for (arma::uword j = 1; j < n; ++j)
      for (const double ratio : {0.0, 1.0, 7.0}) {
        if (!(matrix(0, j) > 0)) continue;
        arma::mat changed = matrix;
        changed(0, j) = ratio;
        changed(j, 0) = ratio > 0 ? 1 / ratio : 0;
        const auto direct = fit::principal_eigenvector(changed),
                   found = perturbed.with(0, j, ratio);
        REQUIRE(direct.has_value() == found.has_value());
        if (!direct) continue;
        CHECK(found->lambda_max == Approx(direct->lambda_max).epsilon(1e-12));
        CHECK(arma::approx_equal(found->shares, direct->shares, "reldiff", 1e-11));
      }
  }
}

TEST_CASE("a comparison that alone connects two parts can't be left out") {
  const arma::mat chain =
      fit::comparison_matrix({{0, 1, 2, {}}, {1, 2, 3, {}}, {2, 0, 1, {}}, {2, 3, 4, {}}}, 4);
  const fit::Perturbed perturbed(chain, *fit::principal_eigenvector(chain));
  CHECK_FALSE(perturbed.with(2, 3, 0));
  CHECK(perturbed.with(0, 1, 0));
}
